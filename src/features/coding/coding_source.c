/* Where texts to read come from: answers to a questionnaire, pages, what is said below them, positions. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/comment.h"
#include "core/debate.h"
#include "core/query.h"
#include "core/relative_day.h"
#include "core/response.h"
#include "features/coding/coding_work.h"
#include "features/result/result_fill.h"
#include "fields/chosen.h"
#include "formats/format.h"

enum { BATCH = 200 };

/* ---- What can be read ---- */

static bool is_written(const struct field *field)
{
	return fill_kind_of(field) == FILL_TEXT || strcmp(field->type->name, "rich_text") == 0;
}

static bool has_words(const struct field *field)
{
	bool choices = strcmp(field->type->name, "choice") == 0 || strcmp(field->type->name, "choices") == 0;
	return choices && (chosen_asks_other(field) || chosen_asks_comment(field));
}

/* Read whole, each line with its name. */
static bool is_table_of_texts(const struct field *field)
{
	return strcmp(field->type->name, "matrix") == 0 &&
	       strcmp(json_str_or(field->definition, "answer", ""), "text") == 0;
}

static bool can_be_read(const struct page *p, const struct form *form, const struct field *field)
{
	if (field->hidden || !export_may_know(p, field)) return false;
	return is_table_of_texts(field) || (is_written(field) && (field != form->title || form->nfields == 1)) ||
	       has_words(field);
}

static const struct field *agreement_of(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (strcmp(form->fields[i].type->name, "consent") == 0) return &form->fields[i];
	return NULL;
}

int coding_fields(const struct page *p, const struct form *form, struct coding_field *ret, int max)
{
	int n = 0;
	for (int i = 0; i < form->nfields && n < max; i++)
		if (can_be_read(p, form, &form->fields[i]))
			ret[n++] = (struct coding_field){ form->fields[i].key,
				                          coding_field_words(p, form, form->fields[i].key) };
	if (form->survey) return n;
	if (form->comments != COMMENTS_CLOSED && n < max)
		ret[n++] = (struct coding_field){ CODING_COMMENTS, coding_field_words(p, form, CODING_COMMENTS) };
	if (form_debates(form) && n < max)
		ret[n++] = (struct coding_field){ CODING_POSITIONS, coding_field_words(p, form, CODING_POSITIONS) };
	return n;
}

const char *coding_field_words(const struct page *p, const struct form *form, const char *key)
{
	if (strcmp(key, CODING_COMMENTS) == 0) return _("What is said below the pages");
	if (strcmp(key, CODING_POSITIONS) == 0) return _("Reasons of the positions taken");
	const struct field *field = form_field_ever(form, key);
	if (field == NULL) return key;
	return has_words(field) ? page_printf(p, _("%s – in one’s own words"), t(p, &field->label))
	                        : t(p, &field->label);
}

bool coding_form_fits(const struct page *p, const struct form *form)
{
	struct coding_field one;
	struct err err;
	if (form->confidential) return false;
	if (form->survey && responses_may(p->model, p->actor, ACTION_READ, form, &err) != OK) return false;
	return coding_fields(p, form, &one, 1) > 0;
}

bool coding_offered(const struct page *p)
{
	for (int i = 0; i < p->model->nspaces; i++) {
		struct thing thing = codebook_thing(&p->model->spaces[i]);
		if (allowed(p->actor, ACTION_READ, &thing)) return true;
	}
	return false;
}

/* ---- Taking texts ---- */

struct taking {
	const struct page *p;
	const struct coding_list *list;
	const struct field *fields[256];
	int orders[256];
	int nfields;
	struct coding_found *found;
};

static void begin_taking(struct taking *t)
{
	const struct form *form = t->list->form;
	for (int i = 0; i < form->nfields && t->nfields < (int)COUNT(t->fields); i++) {
		if (!coding_list_takes(t->list, form->fields[i].key) || !can_be_read(t->p, form, &form->fields[i]))
			continue;
		t->orders[t->nfields] = i;
		t->fields[t->nfields++] = &form->fields[i];
	}
}

static const char *address_of(const struct page *p, const struct coding_key *key)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "%s.%s", id_format(key->thing, id), key->field);
}

/* The key's field and the words are the page's arena's. */
static void add(struct taking *t, struct coding_text text)
{
	struct coding_found *f = t->found;
	const struct page *p = t->p;
	if (text_is_blank(text.words)) return;
	if (f->n == CODING_TEXTS_MAX) {
		f->cut = true;
		return;
	}
	if (f->n == f->room) {
		int room = f->room ? f->room * 2 : 256;
		struct coding_text *bigger = arena_array(p->arena, struct coding_text, (size_t)room);
		if (f->n) memcpy(bigger, f->texts, (size_t)f->n * sizeof(*bigger));
		f->texts = bigger;
		f->room = room;
	}
	text.id = address_of(p, &text.key);
	text.version = coding_version(text.words);
	f->texts[f->n++] = text;
}

static void put_item(struct buf *out, const json_t *item)
{
	const char *const texts[] = { chosen_text(item), chosen_comment(item) };
	for (size_t i = 0; i < COUNT(texts); i++)
		if (*texts[i]) buf_printf(out, "%s%s", out->len ? "\n" : "", texts[i]);
}

static const char *words_of(const struct page *p, const struct field *field, const json_t *value)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	if (value == NULL || json_is_null(value)) return "";
	if (!has_words(field)) field->type->text(&out, p->lang, field, value);
	else if (!json_is_array(value)) put_item(&out, value);
	else
		for (size_t i = 0; i < json_array_size(value); i++) put_item(&out, json_array_get(value, i));
	return text_trim(p->arena, buf_str(&out));
}

static void take_values(struct taking *t, const json_t *values, struct coding_text text)
{
	const struct page *p = t->p;
	for (int i = 0; i < t->nfields; i++) {
		const struct field *field = t->fields[i];
		text.key.field = field->key;
		text.order = t->orders[i];
		text.words = words_of(p, field, json_object_get(values, field->key));
		text.question = coding_field_words(p, t->list->form, field->key);
		add(t, text);
	}
}

/* ---- Answers to a questionnaire ---- */

static enum code take_response(void *context, const struct response *response, struct err *err)
{
	struct taking *t = context;
	const struct page *p = t->p;
	char id[ID_TEXT + 1];
	bool anonymous = t->list->form->survey->anonymity == ANONYMITY_ANONYMOUS;
	bool named = t->list->form->survey->anonymity == ANONYMITY_NAMED && *response->name;
	struct coding_text text = { .key = { .kind = anonymous ? CODED_ANONYMOUS : CODED_RESPONSE,
		                             .thing = response->id,
		                             .owner = response->num },
		                    .who = named ? arena_strdup(p->arena, response->name) : NULL,
		                    .unit = t->found->units++ };
	(void)err;
	if (!anonymous) text.url = arena_printf(p->arena, "/-/response/%s", id_format(response->id, id));
	take_values(t, response->values, text);
	return OK;
}

static enum code gather_responses(struct taking *t, struct err *err)
{
	const struct page *p = t->p;
	const struct form *form = t->list->form;
	const struct response_walk walk = { .model = p->model,
		                            .form = form,
		                            .actor = p->actor,
		                            .stand = survey_stand(form->survey, model_today(p->model, p->now)) };
	return response_each(p->db, &walk, take_response, t, err);
}

/* ---- Pages ---- */

static enum code take_comments(struct taking *t, const struct record *record, struct err *err)
{
	const struct page *p = t->p;
	struct thread thread = { .pages = 1 };
	for (int page = 1; page <= thread.pages; page++) {
		TRY(comment_list(p->db, p->arena, p->model, p->actor, record, page, &thread, err));
		for (int i = 0; i < thread.n; i++) {
			const struct record *comment = thread.comments[i].record;
			if (comment->state != STATE_PUBLISHED) continue;
			add(t, (struct coding_text){
			               .key = { .kind = CODED_RECORD,
			                        .thing = comment->id,
			                        .owner = comment->num,
			                        .field = "_comment" },
			               .words = text_trim(p->arena, comment_text(comment)),
			               .question = page_printf(p, _("What is said below “%s”"), record->title),
			               .who = *thread.comments[i].author ? thread.comments[i].author : NULL,
			               .url = record_short_url(p, comment),
			               .unit = t->found->units++,
			               .order = t->list->form->nfields });
		}
	}
	return OK;
}

static enum code take_positions(struct taking *t, const struct record *record, struct err *err)
{
	const struct page *p = t->p;
	struct debate debate;
	TRY(debate_read(p->db, p->arena, record->num, &debate, err));
	for (int i = 0; i < debate.n; i++) {
		const struct position *position = &debate.positions[i];
		if (position->waits) continue;
		add(t, (struct coding_text){
		               .key = { .kind = CODED_POSITION,
		                        .thing = record->id,
		                        .owner = position->num,
		                        .field = arena_printf(p->arena, "_position_%lld", (long long)position->num) },
		               .words = text_trim(p->arena, position->reason),
		               .question = page_printf(p, _("Positions: %s"), record->title),
		               .who = *position->name ? position->name : NULL,
		               .url = record_short_url(p, record),
		               .unit = t->found->units++,
		               .order = t->list->form->nfields + 1 });
	}
	return OK;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* The records of the list's view, by their numbers; NULL: all of them. */
static enum code in_view(const struct taking *t, int64_t **ret, int *n, struct err *err)
{
	const struct page *p = t->p;
	const struct view *view = *t->list->view ? page_view(p, t->list->view) : NULL;
	bool more;
	*ret = NULL;
	*n = 0;
	if (*t->list->view == '\0') return OK;
	*ret = arena_array(p->arena, int64_t, 1);
	if (view == NULL || view->form != t->list->form) return OK;
	const struct query query = {
		.form = view->form, .where = view->where, .nwhere = view->nwhere, .search = view->search, .size = 1
	};
	TRY(query_all(p->db, p->arena, p->model, p->actor, &query, ret, n, &more, err));
	if (*n) qsort(*ret, (size_t)*n, sizeof(**ret), by_number);
	return OK;
}

static enum code take_record(struct taking *t, const struct record *record, bool comments, bool positions,
                             struct err *err)
{
	const struct page *p = t->p;
	const struct field *agreement = agreement_of(record->form);
	if (agreement && record_value(record, agreement) == NULL) return OK;
	if (comments) TRY(take_comments(t, record, err));
	if (positions) TRY(take_positions(t, record, err));
	if (comments || positions) t->found->units++;
	take_values(t, record->values,
	            (struct coding_text){ .key = { .kind = CODED_RECORD, .thing = record->id, .owner = record->num },
	                                  .who = record->title,
	                                  .url = record_url(p, record),
	                                  .unit = t->found->units - 1 });
	return OK;
}

/* In the order in which results take them (answer_source.c), so that a page is the same answer there. */
static enum code gather_records(struct taking *t, struct err *err)
{
	const struct page *p = t->p;
	const struct query query = { .form = t->list->form, .size = 1 };
	bool comments = coding_list_takes(t->list, CODING_COMMENTS),
	     positions = coding_list_takes(t->list, CODING_POSITIONS);
	int64_t *nums, *wanted;
	int n, nwanted, found;
	TRY(query_all(p->db, p->arena, p->model, p->actor, &query, &nums, &n, &t->found->cut, err));
	TRY(in_view(t, &wanted, &nwanted, err));
	for (int i = 0; i < n; i += BATCH) {
		struct record **records;
		TRY(record_load_many(p->db, p->arena, p->model, p->actor, nums + i, MIN(BATCH, n - i), &records, &found,
		                     err));
		for (int k = 0; k < found; k++) {
			if (!comments && !positions) t->found->units++;
			if (wanted == NULL ||
			    (nwanted && bsearch(&records[k]->num, wanted, (size_t)nwanted, sizeof(*wanted), by_number)))
				TRY(take_record(t, records[k], comments, positions, err));
		}
	}
	return OK;
}

/* One question after another; answers in the order in which they came. */
static int by_order(const void *a, const void *b)
{
	const struct coding_text *x = a, *y = b;
	if (x->order != y->order) return x->order < y->order ? -1 : 1;
	if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
	return strcmp(x->id, y->id);
}

enum code coding_gather(const struct page *p, const struct coding_list *list, struct coding_found *ret, struct err *err)
{
	struct coding_found found = { 0 };
	struct taking *t = arena_new(p->arena, struct taking);
	*t = (struct taking){ .p = p, .list = list, .found = &found };
	begin_taking(t);
	if (list->form->survey) TRY(gather_responses(t, err));
	else if (list->form->confidential == 0) TRY(gather_records(t, err));
	if (found.n) qsort(found.texts, (size_t)found.n, sizeof(*found.texts), by_order);
	*ret = found;
	return OK;
}
