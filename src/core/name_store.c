#include "core/name.h"

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "core/query.h"

enum { TARGET_MAX = 99 };

struct mending {
	struct tx *tx;
	struct db *db;
	struct arena *a;
	const struct model *model;
	const struct actor *actor;
	const struct renamed *renamed;
	struct id batch;
	bool titled, moved;          /* the title changed, the address changed */
	const char *folded, *former; /* the former title, folded; the address that it would make */
	const struct record *source; /* whose texts are read now */
	struct err err;
	enum code code; /* what stopped the search for names */
};

/* ---- Who links ---- */

static enum code find_sources(const struct mending *m, int64_t nums[NAME_LINKS_MAX], int *n, struct err *err)
{
	const struct record *record = m->renamed->record;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(m->db, &rows, err,
	             "SELECT DISTINCT l.source FROM link l JOIN record s ON s.num = l.source WHERE l.kind = 'wiki' AND "
	             "l.source <> $1 AND (l.target_slug = $2 OR (l.target_slug = $3 AND s.space = $4)) "
	             "ORDER BY l.source LIMIT $5",
	             record->num, m->former, m->renamed->slug, record->space->num, (int)NAME_LINKS_MAX));
	*n = 0;
	while (*n < NAME_LINKS_MAX && rows_next(&rows)) nums[(*n)++] = row_int(&rows, 0);
	return rows_end(&rows, err);
}

/* ---- What a name leads to, from the space of the source ---- */

static bool same_space(const struct mending *m)
{
	return m->source->space->num == m->renamed->record->space->num;
}

/* Another record of the source's space that has the address, or had it. */
static enum code is_address_of_another(const struct mending *m, const char *slug, bool *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(m->db, &n, 0, err,
	           "SELECT (SELECT COUNT(*) FROM record WHERE space = $1 AND slug = $2 AND num <> $3) + "
	           "(SELECT COUNT(*) FROM record_slug WHERE space = $1 AND slug = $2 AND record <> $3)",
	           m->source->space->num, slug, m->renamed->record->num));
	*ret = n > 0;
	return OK;
}

/* The record of that title or other name; 0: none. */
static enum code find_name(const struct mending *m, const char *name, int64_t *ret, struct err *err)
{
	enum code code = query_find_name(m->db, m->a, m->model, &actor_program, m->source->space, name, ret, err);
	if (code != E_NOT_FOUND) return code;
	*ret = 0;
	return OK;
}

/* Was the former title the other record's before it was this one's? As names are looked up (core/query.h):
 * titles first, those of the source's space first. */
static enum code comes_first(const struct mending *m, int64_t num, bool *ret, struct err *err)
{
	struct record *other;
	TRY(record_load_num(m->db, m->a, m->model, &actor_program, num, &other, err));
	bool near = other->space->num == m->source->space->num;
	*ret = strcmp(text_fold(m->a, other->title), m->folded) == 0 &&
	       (near == same_space(m) ? num < m->renamed->record->num : near);
	return OK;
}

/* Did the former title, written in the source, lead to the record, and does it no more? */
static enum code led_here(const struct mending *m, const char *target, bool *ret, struct err *err)
{
	bool theirs;
	int64_t num;
	*ret = false;
	TRY(is_address_of_another(m, text_slug(m->a, target, RECORD_SLUG_MAX), &theirs, err));
	if (theirs) return OK;
	TRY(find_name(m, target, &num, err));
	if (num == m->renamed->record->num) return OK; /* it is one of its other names now */
	if (num) TRY(comes_first(m, num, &theirs, err));
	*ret = !theirs;
	return OK;
}

/* ---- What a link becomes ---- */

/* Would a link or an embed hold it as it is, whatever a writer of Markdown means by its signs? */
static bool fits_link(const char *title)
{
	return strlen(title) <= TARGET_MAX && strpbrk(title, "[]|\\`<\n*_~{}@") == NULL &&
	       strstr(title, "://") == NULL && strstr(title, "www.") == NULL && strstr(title, "  ") == NULL &&
	       !(strchr(title, '&') && strchr(title, ';'));
}

static const char *lasting(const struct mending *m)
{
	const struct record *record = m->renamed->record;
	return same_space(m) ? record->slug : id_format(record->id, arena_alloc(m->a, ID_TEXT + 1));
}

static enum code present_name(const struct mending *m, const char **ret, struct err *err)
{
	const struct record *record = m->renamed->record;
	bool theirs;
	int64_t num = 0;
	TRY(is_address_of_another(m, text_slug(m->a, record->title, RECORD_SLUG_MAX), &theirs, err));
	if (!theirs) TRY(find_name(m, record->title, &num, err));
	*ret = num == record->num && fits_link(record->title) ? record->title : lasting(m);
	return OK;
}

static enum code find_target(const struct mending *m, const char *target, const char **ret, struct err *err)
{
	const char *slug = text_slug(m->a, target, RECORD_SLUG_MAX);
	bool here = same_space(m) && strcmp(slug, m->renamed->slug) == 0;
	*ret = NULL;
	if (here && strcmp(target, slug) == 0) {
		if (m->moved) *ret = m->renamed->record->slug;
		return OK;
	}
	if (!m->titled) return OK;
	if (!here && strcmp(text_fold(m->a, target), m->folded) == 0) TRY(led_here(m, target, &here, err));
	if (here && strcmp(text_fold(m->a, target), m->folded) != 0) {
		int64_t num;
		TRY(find_name(m, target, &num, err));
		here = num == 0; /* else another name, which stays one */
	}
	return here ? present_name(m, ret, err) : OK;
}

static const char *target_now(void *context, const char *target)
{
	struct mending *m = context;
	const char *ret = NULL;
	if (m->code == OK) m->code = find_target(m, target, &ret, &m->err);
	return ret;
}

/* ---- The sources ---- */

/* May everybody who reads this answer of the source read the title? */
static bool readers_know(const struct mending *m, enum audience readers)
{
	const struct record *record = m->renamed->record;
	enum audience title = record->form->title->audience;
	if (same_space(m)) return title <= readers;
	return title == AUDIENCE_PUBLIC && record->space->visibility == VISIBILITY_PUBLIC;
}

static bool in_conflict(const struct record *source, const struct field *field)
{
	for (int i = 0; i < AUDIENCE_COUNT; i++)
		if (json_object_get(source->parts[i].conflict, field->key)) return true;
	return false;
}

static enum code mended_values(struct mending *m, json_t *values, struct err *err)
{
	struct renaming renaming = { m, target_now };
	for (int i = 0; i < m->source->form->nfields; i++) {
		const struct field *field = &m->source->form->fields[i];
		enum audience readers;
		const json_t *value = record_find_value(m->source, field, &readers);
		if (field->type->rename == NULL || value == NULL || in_conflict(m->source, field)) continue;
		if (!readers_know(m, readers)) continue;
		json_t *mended = field->type->rename(m->a, value, &renaming);
		if (mended) json_object_set(values, field->key, mended);
	}
	if (m->code != OK) *err = m->err;
	return m->code;
}

static enum code mend_source(struct mending *m, int64_t num, struct err *err)
{
	struct record *source;
	struct issues issues;
	json_t *values = json_keep(m->a, json_object());
	enum code code = record_load_num(m->db, m->a, m->model, &actor_program, num, &source, err);
	if (code == E_NOT_FOUND) return OK; /* its form was taken away */
	TRY(code);
	m->source = source;
	TRY(mended_values(m, values, err));
	if (json_object_size(values) == 0) return OK;
	issues_init(&issues, m->a);
	struct save save = { .actor = m->actor,
		             .record = source->id,
		             .state = STATE_PUBLISHED,
		             .values = values,
		             .batch = m->batch,
		             .minor = true,
		             .mends = true };
	code = record_save(m->tx, m->a, m->model, &save, &issues, err);
	return code == E_INPUT ? OK : code; /* over its limits with the longer name: it keeps the former one */
}

enum code name_mend(struct tx *tx, struct arena *a, const struct model *model, const struct actor *actor,
                    const struct renamed *renamed, struct id batch, struct err *err)
{
	struct mending m = { .tx = tx,
		             .db = tx_db(tx),
		             .a = a,
		             .model = model,
		             .actor = actor,
		             .renamed = renamed,
		             .batch = batch,
		             .code = OK };
	int64_t nums[NAME_LINKS_MAX];
	int n;
	m.titled = strcmp(renamed->title, renamed->record->title) != 0;
	m.moved = strcmp(renamed->slug, renamed->record->slug) != 0;
	if (!m.titled && !m.moved) return OK;
	m.folded = text_fold(a, renamed->title);
	m.former = text_slug(a, renamed->title, RECORD_SLUG_MAX);
	TRY(find_sources(&m, nums, &n, err));
	for (int i = 0; i < n; i++) TRY(mend_source(&m, nums[i], err));
	return OK;
}
