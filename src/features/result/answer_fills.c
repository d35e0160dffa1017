#include "features/result/answer_fills.h"

#include <stdio.h>
#include <string.h>

#include "core/index_key.h"
#include "core/moment.h"

/* Whoever asks: those that the reader may not know of are left out afterwards. */
static bool is_counted(const struct form *form, const struct field *field)
{
	return field != form->title && !field->hidden && !index_names_record(form, field);
}

static struct result_fill *add(struct answer_fills *fills, struct result_fill *fill)
{
	if (fills->n == RESULT_QUESTIONS_MAX) return NULL;
	fills->all[fills->n++] = fill;
	return fill;
}

struct beginning {
	struct answer_fills *fills;
	const struct form *form;
	int most;
	const char *texts;
};

static void add_asked(const struct beginning *b, const struct field *field, enum fill_kind kind)
{
	/* Room is left for the program's own. */
	if (kind == FILL_NONE || b->fills->n >= RESULT_QUESTIONS_MAX - 4) return;
	bool texts = b->texts && strcmp(b->texts, field->key) == 0;
	add(b->fills, fill_begin(b->fills->a, field, kind, b->most, texts));
}

/* Of a ranking, its first place is the question itself. */
static void add_parts(const struct beginning *b, const struct field *whole, bool ranking)
{
	for (int i = 0; i < b->form->nparts; i++) {
		const struct field *part = &b->form->parts[i];
		if (part->whole != whole || (ranking && strcmp(part->path[0], "1") == 0)) continue;
		add_asked(b, part, fill_kind_of(part));
	}
}

void answer_fills_begin(struct answer_fills *fills, const struct page *p, struct arena *a, const struct form *form,
                        const struct answer_source *source, int most, const char *texts, bool groups)
{
	const struct beginning b = { fills, form, most, texts };
	*fills = (struct answer_fills){ .p = p, .a = a };
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		enum fill_kind kind = fill_kind_of(field);
		if (!is_counted(form, field)) continue;
		if (kind != FILL_ROWS) add_asked(&b, field, kind);
		if (kind == FILL_ROWS || kind == FILL_FIRST) add_parts(&b, field, kind == FILL_FIRST);
	}
	fills->asked = fills->n;
	if (p->model->nspaces > 1) fills->space = add(fills, fill_begin_own(a, "_space", most, false));
	fills->year = add(fills, fill_begin_own(a, "_year", most, false));
	if (source->channels) fills->channel = add(fills, fill_begin_own(a, "_channel", most, false));
	if (groups) fills->group = add(fills, fill_begin_own(a, "_group", most, true));
}

void answer_fills_own(struct answer_fills *fills, int i, const struct space *space, int64_t at, const char *channel)
{
	const struct page *p = fills->p;
	if (fills->space && space) fill_take_key(fills->space, i, space->slug, t(p, &space->name));
	if (at > 0) {
		/* Not date_machine(): it would leave a text in the page's arena for each. */
		struct datetime local = zone_local(model_zone(p->model), at);
		char year[8];
		snprintf(year, sizeof(year), "%04d", local.date.year);
		fill_take_key(fills->year, i, year, NULL);
	}
	if (fills->channel && channel) fill_take_key(fills->channel, i, channel, NULL);
}

void answer_fills_take(struct answer_fills *fills, int i, const struct answer *answer)
{
	for (int k = 0; k < fills->asked; k++)
		fill_take(fills->all[k], fills->p->lang, i,
		          json_object_get(answer->values, fill_whole(fills->all[k])->key));
	answer_fills_own(fills, i, answer->space, answer->at, answer->channel);
}

void answer_fills_end(struct answer_fills *fills, int n, struct result_question **ret, int *nquestions)
{
	struct result_question *questions = arena_array(fills->a, struct result_question, RESULT_QUESTIONS_MAX);
	for (int k = 0; k < fills->n; k++) fill_end(fills->all[k], n, &questions[k]);
	*ret = questions;
	*nquestions = fills->n;
}
