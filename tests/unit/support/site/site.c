#include "support/site/site.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/comment.h"
#include "core/definition.h"
#include "core/field_type.h"
#include "core/object_store.h"
#include "core/person.h"
#include "core/reindex.h"
#include "core/space.h"
#include "fields/fields.h"

static const char *const spaces[] = {
	"{\"key\":\"quartier\",\"name\":\"Le quartier\",\"visibility\":\"public\",\"publication\":\"open\"}",
	"{\"key\":\"equipe\",\"name\":\"L’équipe\",\"visibility\":\"members\",\"publication\":\"members\"}",
};

static const char card[] =
        "{\"key\":\"fiche\",\"label\":\"Fiche\",\"plural\":\"Fiches\",\"add\":\"Ajouter une fiche\","
        "\"title\":\"nom\",\"category\":\"genre\",\"fields\":["
        "{\"key\":\"nom\",\"type\":\"text\",\"label\":\"Nom\",\"required\":true},"
        "{\"key\":\"genre\",\"type\":\"choice\",\"label\":\"Genre\",\"choices\":["
        "{\"key\":\"asso\",\"label\":\"Association\"},{\"key\":\"service\",\"label\":\"Service\"},"
        "{\"key\":\"lieu\",\"label\":\"Lieu\"}]},"
        "{\"key\":\"themes\",\"type\":\"tags\",\"label\":\"Thèmes\"},"
        "{\"key\":\"histoire\",\"type\":\"longtext\",\"label\":\"Histoire\"},"
        "{\"key\":\"lieu\",\"type\":\"place\",\"label\":\"Lieu\"},"
        "{\"key\":\"prix\",\"type\":\"number\",\"label\":\"Prix\"},"
        "{\"key\":\"ouvert\",\"type\":\"boolean\",\"label\":\"Ouvert\"},"
        "{\"key\":\"horaires\",\"type\":\"text\",\"label\":\"Horaires\",\"required\":true,"
        "\"show_if\":[\"ouvert\",\"=\",\"true\"]},"
        "{\"key\":\"liens\",\"type\":\"relation\",\"label\":\"Liens\",\"form\":\"fiche\",\"many\":true},"
        "{\"key\":\"tel\",\"type\":\"phone\",\"label\":\"Téléphone\",\"audience\":\"members\"},"
        "{\"key\":\"contact\",\"type\":\"text\",\"label\":\"Contact\",\"audience\":\"members\"},"
        "{\"key\":\"note\",\"type\":\"longtext\",\"label\":\"Note\",\"audience\":\"facilitators\"},"
        "{\"key\":\"suivi\",\"type\":\"choice\",\"label\":\"Suivi\",\"audience\":\"facilitators\",\"choices\":["
        "{\"key\":\"vu\",\"label\":\"Vu\"},{\"key\":\"revoir\",\"label\":\"À revoir\"}]}"
        "]}";

static const char term[] = "{\"key\":\"mot\",\"label\":\"Mot\",\"plural\":\"Mots\",\"add\":\"Ajouter un "
                           "mot\",\"title\":\"mot\",\"fields\":["
                           "{\"key\":\"mot\",\"type\":\"text\",\"label\":\"Mot\",\"required\":true},"
                           "{\"key\":\"sens\",\"type\":\"longtext\",\"label\":\"Sens\"},"
                           "{\"key\":\"fiche\",\"type\":\"relation\",\"label\":\"Fiche\",\"form\":\"fiche\"}]}";

json_t *site_json(struct site_fixture *site, const char *text)
{
	json_t *json;
	struct err err = { 0 };
	assert_ok(json_parse(&site->arena, text, strlen(text), &json, &err), &err);
	return json;
}

/* The model */

static void load_model(struct site_fixture *site)
{
	struct db *db;
	struct err err = { 0 };
	struct model *model;
	assert_ok(store_read_begin(site->store, &db, &err), &err);
	assert_ok(model_load(db, &model, &err), &err);
	store_read_end(site->store);
	model_release(site->model);
	site->model = model;
	site->open = model_space_by_slug(model, "quartier");
	site->closed = model_space_by_slug(model, "equipe");
	site->card = model_form(model, "fiche");
	site->term = model_form(model, "mot");
}

struct definition_writing {
	struct site_fixture *site;
	const char *text;
};

static enum code write_form(struct tx *tx, void *arg, struct err *err)
{
	struct definition_writing *w = arg;
	json_t *body = site_json(w->site, w->text);
	return definition_save(tx, &w->site->arena, DEFINITION_FORM, json_str(body, "key"), body, &actor_program, NULL,
	                       err);
}

void site_fixture_form(struct site_fixture *site, const char *definition)
{
	struct err err = { 0 };
	struct definition_writing w = { site, definition };
	assert_ok(store_write(site->store, write_form, &w, &err), &err);
	load_model(site);
}

static enum code write_spaces(struct tx *tx, void *arg, struct err *err)
{
	struct site_fixture *site = arg;
	for (size_t i = 0; i < COUNT(spaces); i++) TRY(space_save(tx, &site->arena, site_json(site, spaces[i]), err));
	return comment_install(tx, &site->arena, err);
}

/* People */

static enum code add_person(struct site_fixture *site, struct tx *tx, const char *name, enum level level,
                            enum level in_open, enum level in_closed, struct actor *ret, struct err *err)
{
	int64_t num;
	const char *email = arena_printf(&site->arena, "%s@example.org", name);
	TRY(person_create(tx, &site->arena, name, email, "no password", level, &num, err));
	TRY(membership_set(tx, num, site->open->num, in_open, err));
	TRY(membership_set(tx, num, site->closed->num, in_closed, err));
	return actor_load(tx_db(tx), &site->arena, num, ret, err);
}

static enum code write_people(struct tx *tx, void *arg, struct err *err)
{
	struct site_fixture *s = arg;
	const enum level none = LEVEL_VISITOR, contributor = LEVEL_CONTRIBUTOR;
	TRY(add_person(s, tx, "Camille", contributor, none, none, &s->contributor, err));
	TRY(add_person(s, tx, "Odile", contributor, none, none, &s->other, err));
	TRY(add_person(s, tx, "Malik", contributor, LEVEL_MEMBER, LEVEL_MEMBER, &s->member, err));
	TRY(add_person(s, tx, "Farida", contributor, LEVEL_FACILITATOR, LEVEL_FACILITATOR, &s->facilitator, err));
	return add_person(s, tx, "Anne", LEVEL_ADMINISTRATOR, none, none, &s->administrator, err);
}

void site_fixture_init(struct site_fixture *site, struct store *store)
{
	struct err err = { 0 };
	*site = (struct site_fixture){ .store = store, .visitor = actor_visitor };
	arena_init(&site->arena);
	clock_set(SITE_START);
	field_types_use(field_table);
	assert_ok(store_write(store, write_spaces, site, &err), &err);
	site_fixture_form(site, card);
	site_fixture_form(site, term);
	assert_ok(store_write(store, write_people, site, &err), &err);
}

void site_fixture_release(struct site_fixture *site)
{
	model_release(site->model);
	arena_release(&site->arena);
	clock_set(0);
}

/* Records */

struct save_writing {
	struct site_fixture *site;
	struct save *save;
	struct issues *issues;
};

static enum code write_save(struct tx *tx, void *arg, struct err *err)
{
	struct save_writing *w = arg;
	return record_save(tx, &w->site->arena, w->site->model, w->save, w->issues, err);
}

static void tick(void)
{
	clock_set(clock_now() + 1000);
}

enum code site_save(struct site_fixture *site, struct save *save, struct issues *issues, struct err *err)
{
	struct issues own;
	issues_init(&own, &site->arena);
	struct save_writing w = { site, save, issues ? issues : &own };
	if (issues) issues_init(issues, &site->arena);
	tick();
	return store_write(site->store, write_save, &w, err);
}

struct id site_card(struct site_fixture *site, const struct actor *actor, const char *values)
{
	struct err err = { 0 };
	struct save save = { .actor = actor,
		             .form = site->card,
		             .space = site->open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(site, values) };
	assert_ok(site_save(site, &save, NULL, &err), &err);
	return save.saved;
}

struct save site_change(struct site_fixture *site, const struct actor *actor, struct id record, const char *values)
{
	struct err err = { 0 };
	struct save save = { .actor = actor, .record = record, .values = site_json(site, values) };
	assert_ok(site_save(site, &save, NULL, &err), &err);
	return save;
}

struct save site_change_opened(struct site_fixture *site, const struct actor *actor, const struct record *opened,
                               const char *values)
{
	struct err err = { 0 };
	struct save save = { .actor = actor, .record = opened->id, .opened = true, .values = site_json(site, values) };
	for (int i = 0; i < AUDIENCE_COUNT; i++) save.heads[i] = opened->parts[i].heads;
	assert_ok(site_save(site, &save, NULL, &err), &err);
	return save;
}

const struct record *site_load(struct site_fixture *site, const struct actor *actor, struct id id)
{
	struct db *db;
	struct err err = { 0 };
	struct record *record = NULL;
	assert_ok(store_read_begin(site->store, &db, &err), &err);
	enum code code = record_load(db, &site->arena, site->model, actor, id, &record, &err);
	store_read_end(site->store);
	if (code != E_NOT_FOUND) assert_ok(code, &err);
	return record;
}

const char *site_values(struct site_fixture *site, const struct actor *actor, struct id id)
{
	const struct record *record = site_load(site, actor, id);
	return record ? json_text(&site->arena, record->values) : "";
}

struct state_writing {
	struct site_fixture *site;
	const struct actor *actor;
	struct id record;
	enum record_state state;
};

static enum code write_state(struct tx *tx, void *arg, struct err *err)
{
	struct state_writing *w = arg;
	return record_set_state(tx, &w->site->arena, w->site->model, w->actor, w->record, w->state, (struct id){ 0 },
	                        err);
}

enum code site_set_state(struct site_fixture *site, const struct actor *actor, struct id record,
                         enum record_state state)
{
	struct state_writing w = { site, actor, record, state };
	tick();
	return store_write(site->store, write_state, &w, NULL);
}

struct rebuilding {
	struct site_fixture *site;
	int64_t record;
	const struct hash *erased;
};

static enum code write_rebuild(struct tx *tx, void *arg, struct err *err)
{
	struct rebuilding *w = arg;
	TRY(object_erase(tx, w->erased, err));
	return record_rebuild(tx, w->site->model, w->record, NULL, err);
}

void site_erase(struct site_fixture *site, struct id record, const struct hash *object)
{
	struct err err = { 0 };
	struct rebuilding w = { site, site_load(site, &actor_program, record)->num, object };
	tick();
	assert_ok(store_write(site->store, write_rebuild, &w, &err), &err);
}

int64_t site_rebuild(struct site_fixture *site)
{
	struct err err = { 0 };
	int64_t mended;
	assert_ok(reindex_everything(site->store, site->model, NULL, NULL, &mended, &err), &err);
	return mended;
}

/* Dump */

struct dump {
	struct arena *a;
	const char **lines;
	int n, room;
};

static void add_line(struct dump *dump, const char *line)
{
	if (dump->n == dump->room) {
		dump->room = dump->room ? dump->room * 2 : 256;
		const char **bigger = arena_array(dump->a, const char *, (size_t)dump->room);
		if (dump->n) memcpy(bigger, dump->lines, (size_t)dump->n * sizeof(*bigger));
		dump->lines = bigger;
	}
	dump->lines[dump->n++] = line;
}

static const char *hex_column(struct arena *a, const struct rows *rows, int column)
{
	struct blob blob = row_blob(rows, column);
	char *hex = arena_alloc(a, blob.len * 2 + 1);
	for (size_t i = 0; i < blob.len; i++)
		hex[2 * i] = "0123456789abcdef"[((const uint8_t *)blob.ptr)[i] >> 4],
		        hex[2 * i + 1] = "0123456789abcdef"[((const uint8_t *)blob.ptr)[i] & 15];
	return hex;
}

/* Columns by kind: i integer, t text, b blob. */
static void dump_rows(struct site_fixture *site, struct dump *dump, const char *name, const char *kinds,
                      struct rows *rows)
{
	while (rows_next(rows)) {
		const char *line = name;
		for (int c = 0; kinds[c]; c++)
			line = row_is_null(rows, c) ? arena_printf(&site->arena, "%s | null", line)
			       : kinds[c] == 'i'
			               ? arena_printf(&site->arena, "%s | %lld", line, (long long)row_int(rows, c))
			       : kinds[c] == 't'
			               ? arena_printf(&site->arena, "%s | %s", line, row_text(rows, c))
			               : arena_printf(&site->arena, "%s | %s", line, hex_column(&site->arena, rows, c));
		add_line(dump, line);
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

#define DUMP(name, kinds, text)                                   \
	do {                                                      \
		AUTO(rows_release) struct rows rows = { 0 };      \
		assert_ok(db_query(db, &rows, &err, text), &err); \
		dump_rows(site, &dump, name, kinds, &rows);       \
		assert_ok(rows_end(&rows, &err), &err);           \
	} while (0)

const char *site_dump(struct site_fixture *site)
{
	struct db *db;
	struct err err = { 0 };
	struct dump dump = { .a = &site->arena };
	assert_ok(store_read_begin(site->store, &db, &err), &err);
	DUMP("record", "itii", "SELECT num, slug, state, changed FROM record");
	DUMP("part", "iibtt", "SELECT record, audience, heads, content, conflict FROM part");
	DUMP("value", "iiit", "SELECT num, field, audience, key FROM field_value");
	DUMP("count", "iiiti", "SELECT field, audience, space, key, n FROM value_count");
	DUMP("place", "iiiiiii", "SELECT num, field, audience, west, east, south, north FROM place");
	DUMP("link", "iitbt", "SELECT source, audience, kind, target_id, target_slug FROM link");
	DUMP("doc", "iiitt", "SELECT num, from_level, to_level, title, body FROM search_doc");
	DUMP("word", "ti", "SELECT word, n FROM word");
	DUMP("trigram", "tt", "SELECT tri, word FROM trigram");
	store_read_end(site->store);
	if (dump.n) qsort(dump.lines, (size_t)dump.n, sizeof(*dump.lines), by_text);
	struct buf out;
	buf_init(&out, &site->arena, 0);
	for (int i = 0; i < dump.n; i++) buf_printf(&out, "%s\n", dump.lines[i]);
	return buf_str(&out);
}
