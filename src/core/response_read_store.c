/* Reading responses: all of them for results, one by one for who looks after them. */
#include <string.h>

#include "core/response_row.h"

static struct thing thing_of(const struct model *model, const struct form *form, int64_t author)
{
	return (struct thing){
		.kind = KIND_RESPONSE, .space = survey_space(model, form), .author = author, .state = STATE_PUBLISHED
	};
}

enum code responses_may(const struct model *model, const struct actor *actor, enum action action,
                        const struct form *form, struct err *err)
{
	struct thing thing = thing_of(model, form, 0);
	return may(actor, action, &thing, err);
}

/* ---- Counting ---- */

static enum code count_anonymous(struct db *db, const struct form *form, enum survey_stand stand,
                                 struct response_counts *ret, struct err *err)
{
	TRY(db_int(db, &ret->complete, 0, err, "SELECT COUNT(*) FROM anonymous_answer WHERE form = $1", form->num));
	if (stand == STAND_OVER) {
		ret->shown = ret->complete >= RESPONSES_LOT ? ret->complete : 0;
		return OK;
	}
	return db_int(db, &ret->shown, 0, err, "SELECT COUNT(*) FROM anonymous_answer WHERE form = $1 AND shown = 1",
	              form->num);
}

enum code response_count(struct db *db, const struct form *form, enum survey_stand stand, struct response_counts *ret,
                         struct err *err)
{
	struct response_counts counts = { 0 };
	TRY(db_int(db, &counts.started, 0, err,
	           "SELECT COUNT(*) FROM response WHERE form = $1 AND state = $2 AND channel <> $3", form->num,
	           (int)RESPONSE_STARTED, (int)CHANNEL_TRIAL));
	if (form->survey->anonymity == ANONYMITY_ANONYMOUS) TRY(count_anonymous(db, form, stand, &counts, err));
	else {
		AUTO(rows_release) struct rows rows = { 0 };
		TRY(db_query(
		        db, &rows, err,
		        "SELECT COUNT(*), MIN(completed), MAX(completed) FROM response WHERE form = $1 AND state = $2",
		        form->num, (int)RESPONSE_COMPLETE));
		if (rows_next(&rows)) {
			counts.complete = row_int(&rows, 0);
			counts.first = row_int(&rows, 1);
			counts.last = row_int(&rows, 2);
		}
		TRY(rows_end(&rows, err));
		bool withheld = form->survey->anonymity != ANONYMITY_NAMED && counts.complete < RESPONSES_LOT;
		counts.shown = withheld ? 0 : counts.complete;
	}
	*ret = counts;
	return OK;
}

/* ---- All of them ---- */

static int64_t limit_of(const struct response_walk *walk)
{
	return walk->max ? walk->max : INT64_MAX;
}

static enum code each_anonymous(struct db *db, const struct response_walk *walk, struct arena *a, bool all,
                                response_fn *fn, void *context, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	/* By the index, whatever is shown: the two halves are merged, so that the order never says which were shown last. */
	TRY(db_query(
	        db, &rows, err,
	        "SELECT id, version, language, body FROM (SELECT id, version, language, body FROM anonymous_answer "
	        "WHERE form = $1 AND shown = 1 AND id > $2 ORDER BY id LIMIT $3) AS shown UNION ALL SELECT id, "
	        "version, language, body FROM (SELECT id, version, language, body FROM anonymous_answer WHERE form "
	        "= $1 AND shown = 0 AND shown >= $4 AND id > $2 ORDER BY id LIMIT $3) AS behind ORDER BY 1 LIMIT $3",
	        walk->form->num, walk->after_id, limit_of(walk), all ? 0 : 1));
	while (rows_next(&rows)) {
		json_t *values;
		const char *body = row_text(&rows, 3);
		TRY(json_parse(a, body, strlen(body), &values, err));
		struct response response = { .id = row_id(&rows, 0),
			                     .form = walk->form,
			                     .version = row_int(&rows, 1),
			                     .language = arena_strdup(a, row_text(&rows, 2)),
			                     .state = RESPONSE_COMPLETE,
			                     .page = "",
			                     .name = "",
			                     .values = values };
		TRY(fn(context, &response, err));
		arena_reset(a);
	}
	return rows_end(&rows, err);
}

static enum code each_dated(struct db *db, const struct response_walk *walk, struct arena *a, response_fn *fn,
                            void *context, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT " RESPONSE_COLUMNS
	        "WHERE r.form = $1 AND r.state = $2 AND r.num > $3 AND r.completed >= $4 AND r.completed < $5 ORDER "
	        "BY r.num LIMIT $6",
	        walk->form->num, (int)RESPONSE_COMPLETE, walk->after, walk->from, walk->until ? walk->until : INT64_MAX,
	        limit_of(walk)));
	while (rows_next(&rows)) {
		struct response response;
		TRY(response_row(&rows, a, walk->model, NULL, false, &response, err));
		TRY(fn(context, &response, err));
		arena_reset(a);
	}
	return rows_end(&rows, err);
}

/* What response_count says of `shown`, without counting: a walk asks it once for each of its snapshots. */
static enum code any_shown(struct db *db, const struct response_walk *walk, bool *ret, struct err *err)
{
	const struct form *form = walk->form;
	bool over = walk->stand == STAND_OVER, named = form->survey->anonymity == ANONYMITY_NAMED;
	int64_t n;
	if (form->survey->anonymity == ANONYMITY_ANONYMOUS)
		TRY(db_int(db, &n, 0, err,
		           "SELECT COUNT(*) FROM (SELECT 1 FROM anonymous_answer WHERE form = $1 AND shown >= $2 LIMIT "
		           "$3) AS found",
		           form->num, over ? 0 : 1, (int)RESPONSES_LOT));
	else
		TRY(db_int(
		        db, &n, 0, err,
		        "SELECT COUNT(*) FROM (SELECT 1 FROM response WHERE form = $1 AND state = $2 LIMIT $3) AS found",
		        form->num, (int)RESPONSE_COMPLETE, (int)RESPONSES_LOT));
	bool shown_already = form->survey->anonymity == ANONYMITY_ANONYMOUS && !over;
	*ret = n >= (named || shown_already ? 1 : RESPONSES_LOT);
	return OK;
}

enum code response_each(struct db *db, const struct response_walk *walk, response_fn *fn, void *context,
                        struct err *err)
{
	struct arena a;
	bool any;
	TRY(responses_may(walk->model, walk->actor, ACTION_READ, walk->form, err));
	TRY(any_shown(db, walk, &any, err));
	if (!any) return OK;
	arena_init(&a);
	enum code code = walk->form->survey->anonymity == ANONYMITY_ANONYMOUS
	                         ? each_anonymous(db, walk, &a, walk->stand == STAND_OVER, fn, context, err)
	                         : each_dated(db, walk, &a, fn, context, err);
	arena_release(&a);
	return code;
}

/* ---- One by one ---- */

enum code response_load(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        struct id id, struct response *ret, struct err *err)
{
	struct response response;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " RESPONSE_COLUMNS "WHERE r.id = $1", id));
	bool found = rows_next(&rows), hers = found && actor->person && row_int(&rows, 13) == actor->person;
	if (found) TRY(response_row(&rows, a, model, NULL, hers, &response, err));
	TRY(rows_end(&rows, err));
	if (!found || response.form->survey->anonymity == ANONYMITY_ANONYMOUS)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	struct thing thing = thing_of(model, response.form, hers ? actor->person : 0);
	TRY(may(actor, ACTION_READ, &thing, err));
	*ret = response;
	return OK;
}

enum code response_list(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                        const struct form *form, int64_t before, int max, struct response **ret, int *n,
                        struct err *err)
{
	struct response *all = arena_array(a, struct response, (size_t)max + 1);
	int found = 0;
	*n = 0;
	*ret = all;
	TRY(responses_may(model, actor, ACTION_READ, form, err));
	if (form->survey->anonymity == ANONYMITY_ANONYMOUS) return OK;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err,
	             "SELECT " RESPONSE_COLUMNS "WHERE r.form = $1 AND r.num < $2 ORDER BY r.num DESC LIMIT $3",
	             form->num, before ? before : INT64_MAX, max));
	while (found < max && rows_next(&rows)) TRY(response_row(&rows, a, model, NULL, false, &all[found++], err));
	*n = found;
	return rows_end(&rows, err);
}

enum code response_list_person(struct db *db, struct arena *a, const struct model *model, int64_t person, int max,
                               struct response **ret, int *n, struct err *err)
{
	struct response *all = arena_array(a, struct response, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT " RESPONSE_COLUMNS "WHERE w.person = $1 ORDER BY r.num DESC LIMIT $2",
	             person, max));
	while (found < max && rows_next(&rows)) TRY(response_row(&rows, a, model, NULL, true, &all[found++], err));
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code response_changes(struct db *db, struct arena *a, const struct response *response, int max,
                           struct response_change **ret, int *n, struct err *err)
{
	struct response_change *all = arena_array(a, struct response_change, (size_t)max + 1);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT c.at, p.name, c.fields FROM response_change c LEFT JOIN person p ON p.num = c.person WHERE "
	        "c.response = $1 ORDER BY c.num DESC LIMIT $2",
	        response->num, max));
	while (found < max && rows_next(&rows))
		all[found++] = (struct response_change){ .at = row_int(&rows, 0),
			                                 .who = row_is_null(&rows, 1)
			                                                ? NULL
			                                                : arena_strdup(a, row_text(&rows, 1)),
			                                 .fields = arena_strdup(a, row_text(&rows, 2)) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}
