/* What people of the demonstration write and answer: demo/life.json, an array of
 *	{"form": key, "by": address, "values": {…}, "comments": [{"by", "text", "solves", "first"}],
 *	 "exchange": [{"by", "text"}], "positions": [{"by" or "name", "stance", "before", "reason"}],
 *	 "report": {"of": key, "closes": day, "remarks": [{"paragraph": its first words, "text", "answer"}]}}
 * The first of an exchange answers the page in private. Positions with a name are of a group, entered by the page's author. */
#include <string.h>

#include "base/clock.h"
#include "core/comment.h"
#include "core/debate.h"
#include "core/exchange.h"
#include "core/news.h"
#include "core/person.h"
#include "core/relative_day.h"
#include "core/thread.h"
#include "features/preset/preset.h"
#include "features/preset/preset_coding.h"
#include "features/restitution/restitution_anchor.h"
#include "features/restitution/restitution_page.h"
#include "store/disk.h"

enum { LIFE_MAX = 1 << 20 };

struct living {
	struct arena *a;
	const struct model *model;
	const json_t *item;
	struct actor author;
	struct record *record;
};

static enum code actor_of(struct db *db, const struct living *l, const json_t *said, struct actor *ret, struct err *err)
{
	struct person person;
	TRY(person_by_email(db, l->a, json_str_or(said, "by", ""), &person, err));
	return actor_load(db, l->a, person.num, ret, err);
}

static json_t *values_of(const struct living *l)
{
	struct date today = model_today(l->model, clock_now());
	json_t *values = json_keep(l->a, json_object()), *value;
	const char *key;
	json_object_foreach (json_object_get(l->item, "values"), key, value) {
		const char *day = json_is_string(value) ? relative_day(l->a, json_string_value(value), today) : NULL;
		if (day) json_object_set_new(values, key, json_string(day));
		else json_object_set(values, key, value);
	}
	return values;
}

static enum code write_page(struct tx *tx, struct living *l, struct err *err)
{
	struct issues issues;
	struct save save = { .actor = &l->author,
		             .form = model_form(l->model, json_str_or(l->item, "form", "")),
		             .space = &l->model->spaces[0],
		             .values = values_of(l),
		             .state = json_object_get(l->item, "report") ? STATE_DRAFT : STATE_PUBLISHED };
	issues_init(&issues, l->a);
	if (save.form == NULL) FAIL(err, E_INPUT, N_("there is no form “%s”"), json_str_or(l->item, "form", ""));
	enum code code = record_save(tx, l->a, l->model, &save, &issues, err);
	if (code == E_INPUT && issues.first) *err = issues.first->err;
	TRY(code);
	return record_load(tx_db(tx), l->a, l->model, &l->author, save.saved, &l->record, err);
}

static enum code write_comment(struct tx *tx, const struct living *l, const json_t *said, struct err *err)
{
	struct actor actor;
	struct issues issues;
	struct record *saved;
	TRY(actor_of(tx_db(tx), l, said, &actor, err));
	issues_init(&issues, l->a);
	struct comment_new comment = { .actor = &actor, .about = l->record->id, .text = json_str_or(said, "text", "") };
	TRY(comment_add(tx, l->a, l->model, &comment, &issues, err));
	TRY(record_load(tx_db(tx), l->a, l->model, &actor, comment.saved, &saved, err));
	if (json_bool(said, "solves", false)) TRY(thread_solve(tx, l->record->num, true, saved->num, err));
	return json_bool(said, "first", false) ? thread_show_first(tx, l->record->num, saved->num, err) : OK;
}

static enum code write_message(struct tx *tx, const struct living *l, const json_t *said, struct id *id,
                               struct err *err)
{
	struct actor actor;
	struct exchange exchange;
	int64_t num;
	const char *text = json_str_or(said, "text", "");
	TRY(actor_of(tx_db(tx), l, said, &actor, err));
	if (id_is_zero(*id)) return exchange_begin(tx, l->record, actor.person, text, id, err);
	TRY(exchange_load(tx_db(tx), l->a, &actor, *id, &exchange, err));
	return exchange_say(tx, &exchange, actor.person, MESSAGE_TEXT, text, &num, err);
}

static enum stance stance_of(const json_t *said, const char *name)
{
	static const char *const names[STANCES] = { "for", "against", "unsure", "question" };
	for (int i = 0; i < STANCES; i++)
		if (strcmp(names[i], json_str_or(said, name, "")) == 0) return (enum stance)i;
	return STANCE_UNSURE;
}

static enum code write_position(struct tx *tx, const struct living *l, const json_t *said, struct err *err)
{
	struct actor actor = { 0 };
	const char *name = json_str_or(said, "name", "");
	if (*name == '\0') TRY(actor_of(tx_db(tx), l, said, &actor, err));
	struct position_new position = { .record = l->record->num,
		                         .person = actor.person,
		                         .entered_by = *name ? l->author.person : 0,
		                         .name = name,
		                         .stance = stance_of(said, "before"),
		                         .reason = json_str_or(said, "reason", "") };
	if (json_object_get(said, "before")) TRY(position_set(tx, &position, err));
	position.stance = stance_of(said, "stance");
	return position_set(tx, &position, err);
}

/* What those who were asked said of a paragraph: nothing is kept of who. */
static enum code write_remark(struct tx *tx, const struct living *l, const struct restitution_text *text,
                              const json_t *said, struct err *err)
{
	const char *paragraph = json_str_or(said, "paragraph", "");
	struct remark *all;
	int n;
	for (int i = 0; i < text->n; i++) {
		const struct block *block = &text->blocks[i];
		if (strncmp(block->plain, paragraph, strlen(paragraph)) != 0) continue;
		const struct remark remark = { .who = REMARK_ASKED,
			                       .name = "",
			                       .anchor = block->anchor,
			                       .quote = restitution_quote(l->a, block),
			                       .body = json_str_or(said, "text", ""),
			                       .created = clock_now() };
		TRY(remark_add(tx, l->record->num, &remark, err));
		const char *answer = json_str(said, "answer");
		if (answer == NULL) return OK;
		TRY(remark_list(tx_db(tx), l->a, l->record->num, &all, &n, err));
		const struct remark answered = { .num = all[n - 1].num, .state = REMARK_TAKEN, .answer = answer };
		return remark_answer(tx, l->record->num, &answered, l->author.person, err);
	}
	FAIL(err, E_INPUT, N_("there is no paragraph that begins with “%s”"), paragraph);
}

static enum code write_report(struct tx *tx, const struct living *l, const json_t *said, struct err *err)
{
	const struct form *form = model_form(l->model, json_str_or(said, "of", ""));
	const struct field *field = restitution_field(l->record->form);
	const char *day = relative_day(l->a, json_str_or(said, "closes", ""), model_today(l->model, clock_now()));
	const struct page page = {
		.arena = l->a, .lang = LANG_FR, .model = l->model, .actor = &l->author, .path = "/"
	};
	struct restitution_text text;
	struct restitution report;
	size_t i;
	json_t *remark;
	if (form == NULL || field == NULL) FAIL(err, E_INPUT, N_("there is no form “%s”"), json_str_or(said, "of", ""));
	TRY(restitution_add(tx, l->record->num, form, err));
	TRY(restitution_load(tx_db(tx), l->a, l->model, l->record->num, &report, err));
	report.state = RESTITUTION_OPEN;
	report.opened = clock_now();
	report.closes = day ? day : "";
	TRY(restitution_set(tx, &report, err));
	restitution_text_read(&page, json_string_value(record_value(l->record, field)), false, &text);
	json_array_foreach (json_object_get(said, "remarks"), i, remark) TRY(write_remark(tx, l, &text, remark, err));
	return OK;
}

static enum code live(struct tx *tx, void *arg, struct err *err)
{
	struct living *l = arg;
	struct id exchange = { 0 };
	size_t i;
	json_t *said;
	TRY(actor_of(tx_db(tx), l, l->item, &l->author, err));
	TRY(write_page(tx, l, err));
	if (json_object_get(l->item, "report")) TRY(write_report(tx, l, json_object_get(l->item, "report"), err));
	json_array_foreach (json_object_get(l->item, "comments"), i, said) TRY(write_comment(tx, l, said, err));
	json_array_foreach (json_object_get(l->item, "exchange"), i, said)
		TRY(write_message(tx, l, said, &exchange, err));
	json_array_foreach (json_object_get(l->item, "positions"), i, said) TRY(write_position(tx, l, said, err));
	return news_quiet(tx, err);
}

enum code preset_life(struct site *site, struct arena *a, const char *folder, struct err *err)
{
	char *text;
	size_t len, i;
	json_t *all;
	struct living l = { .a = a };
	enum code code = disk_read(a, arena_printf(a, "%s/demo/life.json", folder), LIFE_MAX, &text, &len, err);
	if (code == E_NOT_FOUND) return preset_coding(site, a, folder, err); /* a preset may have none */
	TRY(code);
	TRY(json_parse(a, text, len, &all, err));
	l.model = site_model(site);
	json_array_foreach (all, i, l.item) {
		code = store_write(site_store(site), live, &l, err);
		if (code != OK) break;
	}
	model_release(l.model);
	TRY(code);
	return preset_coding(site, a, folder, err);
}
