/* Erasing for ever: asked of who looks after the space, who shows once more who she is and says why. */
#include "features/erasure/erasure_web.h"

#include <string.h>

#include "base/i18n.h"
#include "core/audit.h"
#include "core/trash.h"
#include "features/erasure/erasure.html.h"
#include "features/erasure/erasure_page.h"
#include "features/record/life_web.h"
#include "features/record/record_page.h"
#include "features/setting/config.h"
#include "features/setting/setting_words.h"
#include "web/web.h"

enum { VERSIONS = 60 /* looked at beside the one */, TRASHED = 200 };

/* An erasure being asked for. */
struct erasing_asked {
	struct request *r;
	struct erasure_page page;
	struct issues issues;
	struct id saves[VERSIONS + 1];
	int nsaves;
};

/* ---- Both ---- */

static enum code begin(struct request *r, struct erasing_asked *x, struct err *err)
{
	struct record *record;
	struct config config;
	*x = (struct erasing_asked){ .r = r, .page = { .reason = "" } };
	issues_init(&x->issues, r->arena);
	TRY(record_of_route(r, ACTION_ERASE, &record, err));
	x->page.record = record;
	x->page.action = arena_strndup(r->arena, r->http->path, strlen(r->http->path));
	TRY(config_load(r->arena, store_dir(site_store(r->site)), &config, err));
	x->page.rhythm = setting_value_words(&r->page, SETTING_BACKUPS, config.values[SETTING_BACKUPS]);
	x->page.kept = config_number(&config, SETTING_BACKUPS_KEPT);
	return again_load(r, AGAIN_LATELY, x->page.action, &x->page.again, err);
}

static enum code read(struct erasing_asked *x, struct err *err)
{
	struct request *r = x->r;
	x->page.reason = request_form(r, "reason");
	x->page.sure = *request_form(r, "sure") != '\0';
	if (erasure_reason_words(x->page.reason) == NULL)
		issues_add(&x->issues, "reason", N_("Say why: the log keeps it, without a word of what is erased."));
	if (!x->page.sure) issues_add(&x->issues, "sure", N_("Tick this box: nothing brings back what is erased."));
	return again_check(r, &x->page.again, "again", &x->issues, err);
}

/* Nobody empties a site in an afternoon, even with a session that is not hers. */
static enum code limit(struct request *r, struct err *err)
{
	return web_limit(r, LIMIT_ERASE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

static enum code note(struct tx *tx, const struct erasing_asked *x, const char *action, struct err *err)
{
	json_t *detail = json_pack("{s:s}", "reason", x->page.reason);
	if (x->nsaves > 1) json_object_set_new(detail, "versions", json_integer(x->nsaves));
	return audit_note(tx, &x->r->actor, action, x->page.record->id, detail, err);
}

static void prepare(struct erasing_asked *x, const char *title, const char *back)
{
	struct page *p = &x->r->page;
	p->title = title;
	p->hidden = true;
	x->page.back = back;
	http_set(x->r->response, "Cache-Control", "no-store");
	if (x->issues.count == 0) return;
	p->issues = &x->issues;
	x->r->response->status = 422;
}

/* ---- The whole page ---- */

static enum code load_whole(struct erasing_asked *x, struct err *err)
{
	struct request *r = x->r;
	struct record *copy;
	struct err none;
	TRY(erasure_weigh(r->db, r->arena, r->page.model, &r->actor, x->page.record, &x->page.extent, err));
	if (!id_is_zero(x->page.extent.copy) &&
	    record_load(r->db, r->arena, r->page.model, &r->actor, x->page.extent.copy, &copy, &none) == OK)
		x->page.copy = copy;
	return OK;
}

static enum code show_whole(struct erasing_asked *x)
{
	const struct page *p = &x->r->page;
	const struct record *record = x->page.record;
	prepare(x, page_printf(p, _("Erase “%s” for ever"), record->title), record_url(p, record));
	erasure_record_page(request_out(x->r), p, &x->page);
	return OK;
}

enum code erase_record_show(struct request *r, struct err *err)
{
	struct erasing_asked x;
	TRY(begin(r, &x, err));
	TRY(load_whole(&x, err));
	return show_whole(&x);
}

static enum code erase_whole(struct tx *tx, void *arg, struct err *err)
{
	struct erasing_asked *x = arg;
	TRY(note(tx, x, "record.erase", err));
	return erasure_record(tx, x->r->arena, x->r->page.model, x->page.record->id, err);
}

/* Where the page was in a list, or what it stood below. */
static const char *after_whole(struct request *r, const struct record *record)
{
	const struct page *p = &r->page;
	struct record *about;
	struct err none;
	if (record->state == STATE_TRASH) return "/-/trash";
	if (record->about && record_load_num(r->db, r->arena, p->model, &r->actor, record->about, &about, &none) == OK)
		return record_url(p, about);
	const struct view *home = record_home_view(p, record);
	return home ? arena_printf(r->arena, "/%s", home->slug) : "/";
}

enum code erase_record_post(struct request *r, struct err *err)
{
	struct erasing_asked x;
	TRY(begin(r, &x, err));
	TRY(load_whole(&x, err));
	if (x.page.extent.contested)
		issues_add(&x.issues, "",
		           N_("Somebody does not agree with a decision about this page, and waits for an answer: "
		              "answer first."));
	TRY(read(&x, err));
	if (x.issues.count) return show_whole(&x);
	TRY(limit(r, err));
	TRY(request_write(r, erase_whole, &x, err));
	return request_redirect(r, after_whole(r, x.page.record), "efface");
}

/* ---- A version ---- */

static bool writes(const struct history_entry *entry, const char *key)
{
	for (int i = 0; i < entry->nfields; i++)
		if (strcmp(entry->fields[i], key) == 0) return true;
	return false;
}

static bool share_a_field(const struct history_entry *a, const struct history_entry *b)
{
	for (int i = 0; i < a->nfields; i++)
		if (writes(b, a->fields[i])) return true;
	return false;
}

static enum code state_of(struct request *r, const struct record *record, const struct history_entry *entry,
                          const json_t **ret, struct err *err)
{
	*ret = NULL;
	if (entry == NULL) return OK;
	return history_state(r->db, r->arena, r->page.model, &r->actor, record->id, entry->save, ret, err);
}

/* The other versions of the same answers, the latest first: those that hold words of this one are ticked. */
static enum code find_others(struct erasing_asked *x, const struct history_entry *entries, int n, int at,
                             const json_t *before, const json_t *after, struct err *err)
{
	struct erasure_page *page = &x->page;
	struct request *r = x->r;
	const char **brought;
	int nbrought = history_brought(&r->page, page->record->form, before, after, &brought);
	page->others = arena_array(r->arena, struct erasure_version, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		const json_t *state;
		if (i == at || entries[i].erased || !share_a_field(&entries[at], &entries[i])) continue;
		struct erasure_version *other = &page->others[page->nothers++];
		*other = (struct erasure_version){ .entry = &entries[i] };
		TRY(state_of(r, page->record, &entries[i], &state, err));
		other->holds = history_holds(&r->page, page->record->form, state, brought, nbrought);
		other->chosen = other->holds;
	}
	return OK;
}

static enum code load_version(struct erasing_asked *x, struct err *err)
{
	struct request *r = x->r;
	struct erasure_page *page = &x->page;
	struct history_entry *entries;
	const json_t *before, *after;
	int n, at = 0;
	if (!id_parse(r->params[1], &page->save)) FAIL(err, E_NOT_FOUND, N_("There is no such version."));
	TRY(history_list(r->db, r->arena, r->page.model, &r->actor, page->record->id, (struct id){ 0 }, VERSIONS,
	                 &entries, &n, err));
	while (at < n && !id_equal(entries[at].save, page->save)) at++;
	if (at == n || entries[at].erased) FAIL(err, E_NOT_FOUND, N_("There is no such version."));
	page->entry = &entries[at];
	TRY(state_of(r, page->record, at + 1 < n ? &entries[at + 1] : NULL, &before, err));
	TRY(state_of(r, page->record, &entries[at], &after, err));
	page->nchanges = history_changes(&r->page, page->record->form, before, after, &page->changes);
	TRY(erasure_count_mends(r->db, page->record->id, page->save, &page->mends, err));
	return find_others(x, entries, n, at, before, after, err);
}

static enum code show_version(struct erasing_asked *x)
{
	const struct page *p = &x->r->page;
	prepare(x, page_printf(p, _("Erase a version of “%s” for ever"), x->page.record->title),
	        record_action_url(p, x->page.record, "history"));
	erasure_version_page(request_out(x->r), p, &x->page);
	return OK;
}

enum code erase_version_show(struct request *r, struct err *err)
{
	struct erasing_asked x;
	TRY(begin(r, &x, err));
	TRY(load_version(&x, err));
	return show_version(&x);
}

static void read_versions(struct erasing_asked *x)
{
	x->saves[x->nsaves++] = x->page.save;
	for (int i = 0; i < x->page.nothers; i++) {
		struct erasure_version *other = &x->page.others[i];
		other->chosen = *request_form(x->r, erasure_also(&x->r->page, other->entry->save)) != '\0';
		if (other->chosen) x->saves[x->nsaves++] = other->entry->save;
	}
}

static enum code erase_versions(struct tx *tx, void *arg, struct err *err)
{
	struct erasing_asked *x = arg;
	struct request *r = x->r;
	TRY(note(tx, x, "record.erase-version", err));
	return erasure_versions(tx, r->arena, r->page.model, x->page.record->id, x->saves, x->nsaves, err);
}

enum code erase_version_post(struct request *r, struct err *err)
{
	struct erasing_asked x;
	TRY(begin(r, &x, err));
	TRY(load_version(&x, err));
	read_versions(&x);
	TRY(read(&x, err));
	if (x.issues.count) return show_version(&x);
	TRY(limit(r, err));
	TRY(request_write(r, erase_versions, &x, err));
	return request_redirect(r, record_action_url(&r->page, x.page.record, "history"), "efface");
}

/* ---- The trash ---- */

enum code trash_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct record **records;
	int n;
	request_way(r, WAY_LIST);
	TRY(trash_list(r->db, r->arena, p->model, &r->actor, TRASHED, &records, &n, err));
	p->title = _("Trash");
	p->hidden = true;
	trash_list_page(request_out(r), p, records, n);
	return OK;
}

const struct feature erasure_feature = {
	.name = "erasure",
	.way = WAY_HISTORY,
	.routes = ROUTES(
	        { HTTP_GET, "/-/erase/:id", erase_record_show, ACTION_ERASE, KIND_RECORD,
	          N_("Asks before a page is erased for ever"), 0, false },
	        { HTTP_POST, "/-/erase/:id", erase_record_post, ACTION_ERASE, KIND_RECORD, N_("Erase a page for ever"),
	          0, false },
	        { HTTP_GET, "/-/erase/:id/:save", erase_version_show, ACTION_ERASE, KIND_RECORD,
	          N_("Asks before a version of a page is erased for ever"), 0, false },
	        { HTTP_POST, "/-/erase/:id/:save", erase_version_post, ACTION_ERASE, KIND_RECORD,
	          N_("Erase a version of a page for ever"), 0, false },
	        { HTTP_GET, "/-/trash", trash_show, ACTION_ERASE, KIND_RECORD, N_("What is in the trash"), 0, false }),
};
