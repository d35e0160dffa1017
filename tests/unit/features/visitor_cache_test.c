/*
 * The visitors' page cache is never stale and never tells what is not for visitors: random
 * interleavings of reads, commits in the middle of reads, changes of the model and of the clock (which also
 * goes back), on a real site, with records shown inside others and lists of what is open now. Whatever the
 * cache gives must be, byte for byte, what a site without cache answers.
 */
#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "core/definition.h"
#include "core/person.h"
#include "core/session.h"
#include "features/features.h"
#include "features/preset/preset.h"
#include "fields/fields.h"
#include "support/store.h"
#include "web/web.h"

enum { STEPS = 10000, RECORDS = 4, PLACES = 3, HOUR = 3600 * 1000 };

static const char canary[] = "Zoé Canari";

static struct world {
	struct site *site;
	struct web *cached, *plain; /* plain: only ever asked through web_handle */
	struct arena a;             /* for the whole test */
	struct id records[RECORDS], places[PLACES];
	char session[SESSION_TOKEN + 1];
	int commits, hits, interrupted;
	int pause_at; /* the pause at which somebody commits; -1: none */
} w;

static void must(enum code code, const struct err *err)
{
	char text[512];
	if (code != OK) fail_msg("%s", err_format(err, err->msg, text, sizeof(text)));
}

/* ---- Commits ---- */

struct change {
	struct arena *a;
	const struct model *model;
	struct id *record;
};

static enum code save_page(struct tx *tx, void *arg, struct err *err)
{
	struct change *c = arg;
	struct issues issues;
	json_t *values = json_keep(c->a, json_object());
	issues_init(&issues, c->a);
	json_object_set_new(values, "titre", json_string(arena_printf(c->a, "Page %u", random_below(100000))));
	char shown[ID_TEXT + 1];
	id_format(w.records[random_below(RECORDS)], shown);
	json_object_set_new(values, "texte",
	                    json_string(arena_printf(c->a, "Texte %u\n\n{{fiche %s}}", random_below(100000), shown)));
	struct save save = { .actor = &actor_program,
		             .record = *c->record,
		             .form = model_form(c->model, "page"),
		             .space = &c->model->spaces[0],
		             .state = STATE_PUBLISHED,
		             .values = values };
	TRY(record_save(tx, c->a, c->model, &save, &issues, err));
	*c->record = save.saved;
	return OK;
}

static enum code save_place(struct tx *tx, void *arg, struct err *err)
{
	static const char *const hours[] = { "24/7", "Mo-Fr 09:00-12:00,14:00-18:15", "Fr-Mo 22:00-03:00; PH off",
		                             "Jul-Sep 10:00-20:00", "PH 08:00-12:00; We 07:00-23:00" };
	struct change *c = arg;
	struct issues issues;
	json_t *values = json_keep(c->a, json_pack("{s:s,s:s,s:s,s:s}", "nom", "Un lieu", "genre", "epn", "statut",
	                                           "ouvert", "ouverture", hours[random_below(COUNT(hours))]));
	issues_init(&issues, c->a);
	struct save save = { .actor = &actor_program,
		             .record = *c->record,
		             .form = model_form(c->model, "espace"),
		             .space = &c->model->spaces[0],
		             .state = STATE_PUBLISHED,
		             .values = values };
	TRY(record_save(tx, c->a, c->model, &save, &issues, err));
	*c->record = save.saved;
	return OK;
}

static enum code move_page(struct tx *tx, void *arg, struct err *err)
{
	struct change *c = arg;
	enum record_state state = random_below(2) ? STATE_TRASH : STATE_PUBLISHED;
	return record_set_state(tx, c->a, c->model, &actor_program, *c->record, state, (struct id){ 0 }, err);
}

static enum code rename_site(struct tx *tx, void *arg, struct err *err)
{
	struct change *c = arg;
	json_t *name = json_keep(c->a, json_string(arena_printf(c->a, "Site %u", random_below(100000))));
	return definition_save(tx, c->a, DEFINITION_SETTING, "name", name, &actor_program, NULL, err);
}

static void visit_home(void);

/* The model follows the commit a little later: somebody reads in between. */
static void rename_and_reload(struct change *change)
{
	struct err err;
	must(store_write(site_store(w.site), rename_site, change, &err), &err);
	visit_home();
	must(site_reload(w.site, &err), &err);
}

static void *commit(void *unused)
{
	struct arena a;
	struct err err;
	arena_init(&a);
	struct change change = { &a, site_model(w.site), &w.records[random_below(RECORDS)] };
	uint32_t what = random_below(10);
	if (what == 0) change.record = &w.places[random_below(PLACES)];
	if (what == 0) must(store_write(site_store(w.site), save_place, &change, &err), &err);
	else if (what < 6) must(store_write(site_store(w.site), save_page, &change, &err), &err);
	else if (what < 8) must(store_write(site_store(w.site), move_page, &change, &err), &err);
	else rename_and_reload(&change);
	model_release(change.model);
	arena_release(&a);
	w.commits++;
	store_thread_end(site_store(w.site));
	return unused;
}

/* Somebody else, on a thread of her own, while a request is under way. */
static void pause_here(void)
{
	pthread_t thread;
	if (w.pause_at-- != 0) return;
	assert_int_equal(pthread_create(&thread, NULL, commit, NULL), 0);
	pthread_join(thread, NULL);
	w.interrupted++;
}

/* ---- Reads ---- */

struct read {
	struct arena a;
	struct http_header headers[3];
	struct http_request rq;
	struct http_response rs;
};

static void read_init(struct read *r, const char *path, const char *lang, bool gzip, const char *session)
{
	int n = 0;
	*r = (struct read){ .rs = { .file_fd = -1 } };
	arena_init(&r->a);
	buf_init(&r->rs.body, &r->a, 0);
	r->headers[n++] = (struct http_header){ "Accept-Language", lang };
	if (gzip) r->headers[n++] = (struct http_header){ "Accept-Encoding", "gzip" };
	if (session) r->headers[n++] = (struct http_header){ "Cookie", arena_printf(&r->a, "session=%s", session) };
	const char *query = strchr(path, '?');
	r->rq = (struct http_request){ .arena = &r->a,
		                       .method = HTTP_GET,
		                       .target = path,
		                       .path = arena_strndup(&r->a, path, strcspn(path, "?")),
		                       .query = query ? query + 1 : "",
		                       .headers = r->headers,
		                       .nheaders = n,
		                       .body_fd = -1,
		                       .peer = "192.0.2.1",
		                       .scheme = "http",
		                       .host = "site.example",
		                       .id = "test" };
}

static const char *random_path(struct arena *a)
{
	static const char *const paths[] = { "/",
		                             "/-/recent",
		                             "/annuaire",
		                             "/bienvenue",
		                             "/pages",
		                             "/espaces-ouverts",
		                             "/espaces-ouverts?ouverture=now&vue=list",
		                             NULL };
	uint32_t i = random_below(COUNT(paths) + RECORDS);
	if (i < COUNT(paths) - 1) return paths[i];
	const struct model *model = site_model(w.site);
	struct db *db;
	struct err err;
	struct record *record;
	const char *path = "/";
	must(store_read_begin(site_store(w.site), &db, &err), &err);
	struct id id = w.records[random_below(RECORDS)];
	if (record_load(db, a, model, &actor_program, id, &record, &err) == OK)
		path = arena_printf(a, "/%s", record->slug);
	store_read_end(site_store(w.site));
	model_release(model);
	return path;
}

static void same_answer(const struct http_response *given, const struct http_response *fresh, const char *path)
{
	assert_int_equal(given->status, fresh->status);
	assert_int_equal(given->nheaders, fresh->nheaders);
	for (int i = 0; i < given->nheaders; i++) {
		assert_string_equal(given->headers[i].name, fresh->headers[i].name);
		assert_string_equal(given->headers[i].value, fresh->headers[i].value);
	}
	if (given->body.len != fresh->body.len || memcmp(given->body.data, fresh->body.data, given->body.len) != 0)
		fail_msg("%s: the cache gave another page than the site", path);
}

static void visit(void)
{
	struct read mine, fresh;
	struct arena a;
	arena_init(&a);
	const char *path = random_path(&a), *lang = random_below(4) ? "fr" : "en";
	bool gzip = random_below(3) == 0;
	read_init(&mine, path, lang, gzip, NULL);
	if (web_fast(w.cached, &mine.rq, &mine.rs)) {
		read_init(&fresh, path, lang, gzip, NULL);
		web_handle(w.plain, &fresh.rq, &fresh.rs);
		same_answer(&mine.rs, &fresh.rs, path);
		arena_release(&fresh.a);
		w.hits++;
	} else {
		w.pause_at = random_below(16) ? -1 : (int)random_below(4);
		web_handle(w.cached, &mine.rq, &mine.rs);
		w.pause_at = -1;
	}
	if (!gzip) assert_null(strstr(buf_str(&mine.rs.body), canary));
	arena_release(&mine.a);
	arena_release(&a);
}

static void visit_home(void)
{
	struct read mine;
	int pause_at = w.pause_at;
	w.pause_at = -1;
	read_init(&mine, "/", "fr", false, NULL);
	web_handle(w.cached, &mine.rq, &mine.rs);
	arena_release(&mine.a);
	w.pause_at = pause_at;
}

/* A page of a signed-in person has her name on it; the cache never answers her. */
static void visit_signed_in(void)
{
	struct read mine;
	struct arena a;
	arena_init(&a);
	const char *path = random_path(&a);
	read_init(&mine, path, "fr", false, w.session);
	assert_false(web_fast(w.cached, &mine.rq, &mine.rs));
	web_handle(w.cached, &mine.rq, &mine.rs);
	if (mine.rs.status == 200) assert_non_null(strstr(buf_str(&mine.rs.body), canary));
	arena_release(&mine.a);
	arena_release(&a);
}

/* ---- The site ---- */

static enum code add_person(struct tx *tx, void *arg, struct err *err)
{
	int64_t person;
	(void)arg;
	TRY(person_create(tx, &w.a, canary, "zoe@site.example", "no hash", LEVEL_CONTRIBUTOR, &person, err));
	return session_create(tx, person, NULL, SESSION_LIFE_MS, false, w.session, err);
}

static void build(struct store *store)
{
	struct err err;
	arena_init(&w.a);
	must(site_open(store, &w.site, &err), &err);
	must(preset_apply(w.site, &w.a, SOURCE_DIR "/presets/agora-de-quartier", &err), &err);
	must(store_write(store, add_person, NULL, &err), &err);
	struct web_options options = { .site = w.site, .features = features };
	must(web_new(&options, &w.cached, &err), &err);
	must(web_new(&options, &w.plain, &err), &err);
	const struct model *model = site_model(w.site);
	for (int i = 0; i < RECORDS; i++) {
		struct change change = { &w.a, model, &w.records[i] };
		must(store_write(store, save_page, &change, &err), &err);
	}
	for (int i = 0; i < PLACES; i++) {
		struct change change = { &w.a, model, &w.places[i] };
		must(store_write(store, save_place, &change, &err), &err);
	}
	model_release(model);
}

static void test_never_stale(void **state)
{
	field_types_use(field_table);
	clock_set(1790000000000);
	random_seed(20261126);
	build(test_store(state));
	web_pause = pause_here;
	w.pause_at = -1;
	for (int step = 0; step < STEPS; step++) {
		uint32_t what = random_below(100);
		if (what < 86) visit();
		else if (what < 91) visit_signed_in();
		else if (what < 93) commit(NULL);
		else clock_set(clock_now() + (int64_t)random_below(24 * HOUR) - 11 * HOUR);
	}
	web_pause = NULL;
	print_message("%d given by the cache, %d commits, %d of them in the middle of a read\n", w.hits, w.commits,
	              w.interrupted);
	assert_true(w.hits > STEPS / 10);
	assert_true(w.interrupted > STEPS / 50);
	web_free(w.cached);
	web_free(w.plain);
	site_close(w.site);
	test_site(state)->store = NULL; /* the site closed it */
	arena_release(&w.a);
	random_seed(0);
	clock_set(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ONLY_SQLITE(test_never_stale) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
