/* A sheet typed in, page after page as it was printed. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/form_answers.h"
#include "core/index_key.h"
#include "features/moderation/moderation_web.h"
#include "features/paper/paper.html.h"
#include "features/paper/paper_web.h"
#include "features/survey/answer.h"
#include "features/survey/survey_web.h"
#include "page/form.h"
#include "web/web.h"

const char *const paper_mark_keys[PAPER_MARKS] = { "", "doubtful", "illegible", "several", "as_on_paper" };
const char *const paper_mark_words[PAPER_MARKS] = { N_("clear"), N_("doubtful"), N_("illegible"),
	                                            N_("more boxes crossed than asked"), N_("as on the paper") };

const char *paper_mark_said(const struct page *p, const char *key)
{
	for (int i = 1; i < (int)COUNT(paper_mark_keys); i++)
		if (strcmp(paper_mark_keys[i], key) == 0) return tr(p->lang, paper_mark_words[i]);
	return "";
}

const char *paper_name(const struct page *p, const char *before, const struct field *field)
{
	return arena_printf(p->arena, "%s-%s", before, field->key);
}

/* ---- What stands on a page ---- */

static int pages_of(const struct paper_edition *edition)
{
	return (int)json_array_size(json_object_get(edition->body, "pages"));
}

/* The first page from `page` on that asks something, by steps of `by`; 0: none. */
static int page_with_questions(const struct paper_edition *edition, int page, int by)
{
	size_t i;
	json_t *question;
	for (; page >= 1 && page <= pages_of(edition); page += by)
		json_array_foreach (json_object_get(edition->body, "questions"), i, question)
			if (json_int(question, "page", 0) == page && json_int(question, "number", 0) > 0) return page;
	return 0;
}

static struct field *bare(const struct page *p, const struct field *field)
{
	struct field *shown = arena_new(p->arena, struct field);
	*shown = *field;
	shown->unfolded = true;
	shown->required = false; /* what is empty on paper stays empty */
	shown->audience = AUDIENCE_PUBLIC;
	return shown;
}

static void fill(const struct page *p, struct paper_typing *x, const struct paper_edition *edition,
                 const struct paper_typed *entry)
{
	size_t i;
	json_t *question;
	const json_t *all = json_object_get(edition->body, "questions");
	struct paper_question *questions = arena_array(p->arena, struct paper_question, json_array_size(all) + 1);
	json_array_foreach ((json_t *)all, i, question) {
		int number = (int)json_int(question, "number", 0);
		if (json_int(question, "page", 0) != x->page || number == 0) continue;
		const struct field *field = form_field(x->sheet->form, json_str_or(question, "key", ""));
		if (field == NULL) {
			x->gone++;
			continue;
		}
		const json_t *note = json_object_get(entry->notes, field->key);
		questions[x->n++] = (struct paper_question){ .field = bare(p, field),
			                                     .number = number,
			                                     .value = json_object_get(entry->values, field->key),
			                                     .mark = json_str_or(note, "mark", ""),
			                                     .note = json_str_or(note, "note", ""),
			                                     .only_if = condition_words(p, field) };
	}
	x->questions = questions;
}

static enum code show(struct request *r, const struct paper_sheet *sheet, const struct paper_edition *edition, int page,
                      const struct paper_typed *entry, struct issues *issues)
{
	struct page *p = &r->page;
	bool names = sheet->form->survey->anonymity == ANONYMITY_NAMED;
	struct paper_typing x = { .sheet = sheet,
		                  .name = paper_sheet_name(p, sheet, names),
		                  .page = page,
		                  .pages = pages_of(edition),
		                  .turn = paper_turn(sheet) };
	fill(p, &x, edition, entry);
	p->title = page_printf(p, _("%1$s – page %2$d of %3$d"), x.name, x.page, x.pages);
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	paper_typing_page(request_out(r), p, &x);
	return OK;
}

/* ---- Whose turn ---- */

static struct paper_typed blank(struct arena *a)
{
	return (struct paper_typed){ .values = json_keep(a, json_object()),
		                     .notes = json_keep(a, json_object()),
		                     .kept = json_keep(a, json_array()) };
}

/* The sheet, the turn that is hers, and what she typed so far. *done: an answer is written. */
static enum code take_turn(struct request *r, struct paper_sheet *sheet, struct paper_edition *edition, int *turn,
                           struct paper_typed *entry, bool *done, struct err *err)
{
	struct page *p = &r->page;
	TRY(paper_of_route(r, sheet, edition, err));
	*turn = paper_turn(sheet);
	*done = false;
	if (*turn == 3) {
		*done = true;
		return request_redirect(r, paper_sheet_url(p, sheet, "/compare"), NULL);
	}
	if (*turn == 2 && (sheet->entries[0].hers || !sheet->twice)) {
		*done = true;
		p->title = tr(p->lang, N_("Somebody else enters it now"));
		paper_wait_page(request_out(r), p, sheet);
		return OK;
	}
	*entry = sheet->entries[*turn - 1].there ? sheet->entries[*turn - 1] : blank(r->arena);
	return OK;
}

enum code paper_typing_show(struct request *r, struct err *err)
{
	struct paper_sheet sheet;
	struct paper_edition edition;
	struct paper_typed entry;
	int turn;
	bool done;
	TRY(take_turn(r, &sheet, &edition, &turn, &entry, &done, err));
	if (done) return OK;
	int page = page_with_questions(&edition, (int)MAX(MIN(strtol(request_query(r, "page"), NULL, 10), 1000), 1), 1);
	if (page == 0) return request_redirect(r, paper_sheet_url(&r->page, &sheet, "/check"), NULL);
	return show(r, &sheet, &edition, page, &entry, NULL);
}

/* ---- Typed ---- */

static enum code read_note(struct request *r, const struct field *field, json_t *notes, struct issues *issues,
                           struct err *err)
{
	const struct page *p = &r->page;
	const char *mark = request_form(r, paper_name(p, "mark", field)), *note;
	TRY(moderation_text(r, paper_name(p, "note", field), PAPER_NOTE_MAX, false, issues, &note, err));
	json_object_del(notes, field->key);
	if (*paper_mark_said(p, mark) == '\0' && *note == '\0') return OK;
	json_object_set_new(notes, field->key,
	                    json_pack("{s:s, s:s}", "mark", *paper_mark_said(p, mark) ? mark : "", "note", note));
	return OK;
}

/* What was typed on this page, over what there was. */
static enum code read_page(struct request *r, const struct paper_sheet *sheet, const struct paper_edition *edition,
                           int page, const struct paper_typed *before, struct paper_typed *ret, struct issues *issues,
                           struct err *err)
{
	struct field_post post = request_post(r);
	json_t *values = json_keep(r->arena, json_copy((json_t *)before->values));
	json_t *notes = json_keep(r->arena, json_copy((json_t *)before->notes)), *question;
	size_t i;
	post.db = r->db;
	post.model = r->page.model;
	post.actor = &r->actor;
	json_array_foreach (json_object_get(edition->body, "questions"), i, question) {
		const struct field *field = form_field(sheet->form, json_str_or(question, "key", ""));
		if (field == NULL || json_int(question, "page", 0) != page || json_int(question, "number", 0) == 0)
			continue;
		json_t *value = field->type->read(field, &post, issues);
		if (value && issues_of(issues, field->key) == NULL) field->type->check(field, value, issues);
		if (value && !index_value_is_blank(value)) json_object_set(values, field->key, value);
		else json_object_del(values, field->key);
		TRY(read_note(r, field, notes, issues, err));
	}
	*ret = *before;
	ret->values = values;
	ret->notes = notes;
	return OK;
}

struct keeping {
	struct request *r;
	const struct paper_sheet *sheet;
	int turn;
	const struct paper_typed *entry;
};

static enum code keep(struct tx *tx, void *arg, struct err *err)
{
	const struct keeping *k = arg;
	return paper_typed_keep(tx, k->r->arena, k->sheet, k->turn, &k->r->actor, k->entry, err);
}

static int doubts_of(const struct page *p, const struct paper_sheet *sheet, const struct paper_edition *edition,
                     const struct paper_typed *entry, struct paper_doubt **ret);

enum code paper_typing_post(struct request *r, struct err *err)
{
	struct paper_sheet sheet;
	struct paper_edition edition;
	struct paper_typed before, entry;
	struct paper_doubt *doubts;
	struct issues issues;
	int turn;
	bool done;
	const char *go = request_form(r, "_go[]");
	TRY(take_turn(r, &sheet, &edition, &turn, &before, &done, err));
	if (done) return OK;
	int page = (int)MAX(MIN(strtol(request_form(r, "_page"), NULL, 10), 1000), 1);
	issues_init(&issues, r->arena);
	TRY(read_page(r, &sheet, &edition, page, &before, &entry, &issues, err));
	if (issues.count) return show(r, &sheet, &edition, page, &entry, &issues);
	struct keeping k = { r, &sheet, turn, &entry };
	int next = page_with_questions(&edition, strcmp(go, "back") == 0 ? page - 1 : page + 1,
	                               strcmp(go, "back") == 0 ? -1 : 1);
	TRY(request_write(r, keep, &k, err));
	if (strcmp(go, "stop") == 0) return request_redirect(r, survey_url(&r->page, sheet.form, "/sheets"), NULL);
	if (next || strcmp(go, "back") == 0)
		return request_redirect(
		        r, paper_sheet_url(&r->page, &sheet, arena_printf(r->arena, "?page=%d", MAX(next, 1))), NULL);
	/* Where all fits together, the next sheet comes at once. */
	if (doubts_of(&r->page, &sheet, &edition, &entry, &doubts) > 0)
		return request_redirect(r, paper_sheet_url(&r->page, &sheet, "/check"), NULL);
	return paper_finish(r, &sheet, &edition, turn, &entry, err);
}

/* ---- What does not fit together ---- */

static bool is_kept(const json_t *kept, const char *key)
{
	for (size_t i = 0; i < json_array_size(kept); i++)
		if (json_is_string(json_array_get(kept, i)) &&
		    strcmp(json_string_value(json_array_get(kept, i)), key) == 0)
			return true;
	return false;
}

/* Why the question's constraint refuses what was answered, as on the screen; NULL: it does not. */
static const char *refused(const struct page *p, const struct form *form, const json_t *asked,
                           const struct field *field)
{
	struct issues issues;
	struct form_answers answers;
	issues_init(&issues, p->arena);
	issues.lang = p->lang;
	form_answers_init(&answers, p->arena, form, asked, survey_today(p));
	form_check_answer(&answers, field, &issues);
	return issues.first ? page_error(p, &issues.first->err) : NULL;
}

/* Answers to questions that did not apply, and what is needed and not there. */
static int doubts_of(const struct page *p, const struct paper_sheet *sheet, const struct paper_edition *edition,
                     const struct paper_typed *entry, struct paper_doubt **ret)
{
	const json_t *asked = survey_values_asked(p->arena, sheet->form, entry->values);
	const json_t *all = json_object_get(edition->body, "questions");
	struct paper_doubt *doubts = arena_array(p->arena, struct paper_doubt, json_array_size(all) + 1);
	int n = 0;
	size_t i;
	json_t *question;
	json_array_foreach ((json_t *)all, i, question) {
		const struct field *field = form_field(sheet->form, json_str_or(question, "key", ""));
		int number = (int)json_int(question, "number", 0);
		if (field == NULL || number == 0) continue;
		const json_t *value = json_object_get(entry->values, field->key);
		bool stray = value && json_object_get(asked, field->key) == NULL;
		bool lacks = value == NULL && field->required && survey_asks(sheet->form, field, asked);
		const char *refusal = value && !stray ? refused(p, sheet->form, asked, field) : NULL;
		if (!stray && !lacks && refusal == NULL) continue;
		doubts[n++] = (struct paper_doubt){ .field = field,
			                            .number = number,
			                            .page = (int)json_int(question, "page", 1),
			                            .value = value,
			                            .refusal = refusal,
			                            .kept = is_kept(entry->kept, field->key) };
	}
	*ret = doubts;
	return n;
}

enum code paper_check_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct paper_sheet sheet;
	struct paper_edition edition;
	struct paper_typed entry;
	struct paper_doubt *doubts;
	int turn;
	bool done;
	TRY(take_turn(r, &sheet, &edition, &turn, &entry, &done, err));
	if (done) return OK;
	struct paper_check x = { .sheet = &sheet, .pages = pages_of(&edition) };
	x.name = paper_sheet_name(p, &sheet, sheet.form->survey->anonymity == ANONYMITY_NAMED);
	x.n = doubts_of(p, &sheet, &edition, &entry, &doubts);
	for (int i = 0; i < x.n; i++) x.applies += doubts[i].value != NULL;
	x.doubts = doubts;
	p->title = page_printf(p, _("%s – before it is kept"), x.name);
	paper_check_page(request_out(r), p, &x);
	return OK;
}

/* What the question refuses is kept with a mark, unless one is there. */
static void keep_answer(const struct paper_doubt *doubt, json_t *kept, json_t *notes)
{
	const char *key = doubt->field->key;
	json_array_append_new(kept, json_string(key));
	if (doubt->refusal && json_object_get(notes, key) == NULL)
		json_object_set_new(notes, key, json_pack("{s:s, s:s}", "mark", "as_on_paper", "note", ""));
}

enum code paper_check_post(struct request *r, struct err *err)
{
	struct paper_sheet sheet;
	struct paper_edition edition;
	struct paper_typed entry;
	struct paper_doubt *doubts;
	int turn;
	bool done;
	TRY(take_turn(r, &sheet, &edition, &turn, &entry, &done, err));
	if (done) return OK;
	int n = doubts_of(&r->page, &sheet, &edition, &entry, &doubts);
	json_t *kept = json_keep(r->arena, json_array()), *notes = json_keep(r->arena, json_deep_copy(entry.notes));
	for (int i = 0; i < n; i++)
		if (doubts[i].value && strcmp(request_form(r, paper_name(&r->page, "keep", doubts[i].field)), "1") == 0)
			keep_answer(&doubts[i], kept, notes);
	entry.kept = kept;
	entry.notes = notes;
	return paper_finish(r, &sheet, &edition, turn, &entry, err);
}
