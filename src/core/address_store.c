#include "core/address.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"

enum { TRIES = 1000 };

/* A view of the site's first space has the same short addresses. */
static bool is_view(const struct model *model, const struct record *record, const char *slug)
{
	return record->space->num == model->spaces[0].num && model_view_by_slug(model, slug);
}

static enum code is_taken(struct db *db, const struct model *model, const struct record *record, const char *slug,
                          bool *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err,
	           "SELECT (SELECT COUNT(*) FROM record WHERE space = $1 AND slug = $2 AND num <> $3) + "
	           "(SELECT COUNT(*) FROM record_slug WHERE space = $1 AND slug = $2 AND record <> $3)",
	           record->space->num, slug, record->num));
	*ret = n > 0 || !slug_is_valid(slug) || is_view(model, record, slug);
	return OK;
}

enum code address_choose(struct db *db, struct arena *a, const struct model *model, const struct record *record,
                         const char *wanted, const char **ret, struct err *err)
{
	wanted = text_slug(a, wanted, RECORD_SLUG_MAX);
	if (*wanted == '\0') wanted = record->form->key;
	const char *slug = wanted;
	for (int i = 2; i < TRIES; i++) {
		bool taken;
		TRY(is_taken(db, model, record, slug, &taken, err));
		if (!taken) {
			*ret = slug;
			return OK;
		}
		slug = arena_printf(a, "%s-%d", wanted, i);
	}
	char id[ID_TEXT + 1];
	*ret = arena_printf(a, "%s-%s", wanted, id_format(record->id, id));
	return OK;
}

enum code address_change(struct db *db, struct arena *a, const struct model *model, struct record *record,
                         const char *wanted, bool *moved, struct err *err)
{
	const char *slug;
	*moved = false;
	if (strcmp(wanted, record->slug) == 0) return OK;
	TRY(address_choose(db, a, model, record, wanted, &slug, err));
	if (strcmp(slug, record->slug) == 0) return OK;
	TRY(db_run(db, err, "DELETE FROM record_slug WHERE space = $1 AND slug = $2", record->space->num, slug));
	TRY(db_run(db, err, "INSERT INTO record_slug (space, slug, record, created) VALUES ($1, $2, $3, $4)",
	           record->space->num, record->slug, record->num, clock_now()));
	TRY(db_run(db, err, "UPDATE record SET slug = $1 WHERE num = $2", slug, record->num));
	record->slug = slug;
	*moved = true;
	return OK;
}

enum code address_free_for_view(struct db *db, const struct model *model, const char *slug, const struct view *view,
                                bool *ret, struct err *err)
{
	int64_t n;
	TRY(db_int(db, &n, 0, err,
	           "SELECT (SELECT COUNT(*) FROM record WHERE space = $1 AND slug = $2) + "
	           "(SELECT COUNT(*) FROM record_slug WHERE space = $1 AND slug = $2)",
	           model->spaces[0].num, slug));
	const struct view *other = model_view_by_slug(model, slug), *former = model_view_by_former(model, slug);
	bool own = view && strcmp(view->slug, slug) == 0; /* it may keep what it has */
	*ret = own || (n == 0 && slug_is_valid(slug) && other == NULL && (former == NULL || former == view));
	return OK;
}
