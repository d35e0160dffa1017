#include "features/spam/spam_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/definition.h"
#include "features/spam/spam.html.h"
#include "features/spam/spam_page.h"
#include "web/web.h"

enum { WORD_MAX = 60 };

const struct spam_level spam_levels[SPAM_LEVELS] = {
	{ 3, N_("Strict: at the least doubt it waits") },
	{ SPAM_THRESHOLD, N_("Usual") },
	{ 0, N_("Never: nothing is held for that") },
};

struct typing {
	struct request *r;
	const char *lines;
	int threshold;
	json_t *words;
	struct issues issues;
};

/* A word a line, as they are in force. */
static const char *present(struct request *r)
{
	const json_t *own = model_setting(r->page.model, "spam_words");
	struct buf out;
	buf_init(&out, r->arena, 0);
	for (size_t i = 0; i < json_array_size(own); i++)
		buf_printf(&out, "%s\n", json_string_value(json_array_get(own, i)));
	for (const char *const *word = spam_usual_words; own == NULL && *word; word++) buf_printf(&out, "%s\n", *word);
	return buf_str(&out);
}

static enum code show(struct typing *t)
{
	struct page *p = &t->r->page;
	if (t->issues.count) {
		t->r->response->status = 422;
		p->issues = &t->issues;
	}
	p->title = _("What looks like an advertisement");
	p->hidden = true;
	spam_page(request_out(t->r), p, t->lines, t->threshold);
	return OK;
}

static enum code spam_show(struct request *r, struct err *err)
{
	struct typing t = { .r = r, .lines = present(r), .threshold = spam_threshold(r->page.model) };
	(void)err;
	issues_init(&t.issues, r->arena);
	return show(&t);
}

static void read_words(struct typing *t)
{
	struct arena *a = t->r->arena;
	t->words = json_keep(a, json_array());
	for (const char *line = t->lines; *line; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
		const char *word = text_trim(a, arena_strndup(a, line, strcspn(line, "\n")));
		if (*word == '\0') continue;
		if (text_length(word) > WORD_MAX)
			issues_add(&t->issues, "words", N_("“%s” is too long: %d letters at most on a line."), word,
			           WORD_MAX);
		else if (text_length(word) < 3)
			issues_add(&t->issues, "words", N_("“%s” is too short: it would be found everywhere."), word);
		else json_array_append_new(t->words, json_string(word));
	}
	if (json_array_size(t->words) > SPAM_WORDS_MAX)
		issues_add(&t->issues, "words", N_("That is too many: %d at most."), SPAM_WORDS_MAX);
}

static enum code save(struct tx *tx, void *arg, struct err *err)
{
	const struct typing *t = arg;
	struct request *r = t->r;
	TRY(definition_save(tx, r->arena, DEFINITION_SETTING, "spam_words", t->words, &r->actor, NULL, err));
	return definition_save(tx, r->arena, DEFINITION_SETTING, "spam_threshold",
	                       json_keep(r->arena, json_integer(t->threshold)), &r->actor, NULL, err);
}

static enum code spam_post(struct request *r, struct err *err)
{
	struct typing t = { .r = r, .threshold = spam_threshold(r->page.model) };
	const char *typed = request_form(r, "words"), *level = request_form(r, "threshold");
	char *clean;
	issues_init(&t.issues, r->arena);
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_BLOCK, &clean, err));
	t.lines = clean;
	for (int i = 0; i < SPAM_LEVELS; i++)
		if (strcmp(level, arena_printf(r->arena, "%d", spam_levels[i].threshold)) == 0)
			t.threshold = spam_levels[i].threshold;
	read_words(&t);
	if (t.issues.count) return show(&t);
	TRY(request_write_model(r, save, &t, err));
	return request_redirect(r, "/-/moderation/spam", "reglages");
}

const struct feature spam_feature = {
	.name = "spam",
	.routes = ROUTES({ HTTP_GET, "/-/moderation/spam", spam_show, ACTION_MANAGE, KIND_MODEL,
	                   N_("What looks like an advertisement"), 0, false },
	                 { HTTP_POST, "/-/moderation/spam", spam_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Change what looks like an advertisement"), 0, false }),
};
