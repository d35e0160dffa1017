/* What a person contributed, for the file that she takes with her. */
#include <string.h>

#include "core/field_type.h"
#include "core/file_ref.h"
#include "core/index_key.h"
#include "core/object_store.h"
#include "features/personal/data_section.h"
#include "page/form.h"

/* ---- Pages ---- */

static enum code each(struct data_gathering *g, const char *sql, struct value arg, json_t *rows,
                      void (*add)(struct data_gathering *g, const struct record *record, json_t *rows), struct err *err)
{
	AUTO(rows_release) struct rows found = { 0 };
	TRY(db_query_values(g->db, &found, err, sql, &arg, 1));
	while (rows_next(&found)) {
		struct record *record;
		enum code code = record_load_num(g->db, g->page->arena, g->page->model, &actor_program,
		                                 row_int(&found, 0), &record, err);
		if (code == E_NOT_FOUND) continue; /* its form was taken away */
		TRY(code);
		add(g, record, rows);
	}
	return rows_end(&found, err);
}

static json_t *address(const struct page *p, const struct record *record)
{
	return json_string(arena_printf(p->arena, "%s%s", p->base_url, record_short_url(p, record)));
}

/* Where she may not read any more (she left the space), only what she wrote herself is hers: no title of others.
 */
static bool may_read(const struct data_gathering *g, const struct record *record)
{
	return record->author == g->person.num || page_may(g->page, ACTION_READ, record);
}

/* What is confidential is about others too: it leaves the site by none of its readers' own files (RGPD, art. 15.4). */
static bool leaves(const struct record *record)
{
	return record->circle == 0;
}

static const char *title_of(const struct data_gathering *g, const struct record *record)
{
	return leaves(record) && may_read(g, record) ? record->title : "";
}

static void add_page(struct data_gathering *g, const struct record *record, json_t *rows)
{
	const struct page *p = g->page;
	json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:o, s:I, s:I}", "title", title_of(g, record), "form",
	                        t(p, &record->form->label), "space", t(p, &record->space->name), "author",
	                        record->author == g->person.num ? _("yes") : _("no"), "address", address(p, record),
	                        "created", (json_int_t)record->created, "changed", (json_int_t)record->changed);
	json_array_append_new(rows, row);
}

enum code data_pages(struct data_gathering *g, json_t *rows, struct err *err)
{
	return each(g,
	            "SELECT num FROM record WHERE state > 0 AND (author = (SELECT num FROM person WHERE id = $1) "
	            "OR num IN (SELECT rec "
	            "FROM obj WHERE actor = $1)) ORDER BY created, num",
	            value_id(g->person.id), rows, add_page, err);
}

/* ---- Values ---- */

/* Notes the files that they name, under the names that people gave them. */
static void note_files(struct data_gathering *g, const json_t *value)
{
	const char *key;
	json_t *inner;
	struct hash hash;
	for (size_t i = 0; i < json_array_size(value); i++) note_files(g, json_array_get(value, i));
	const char *file = json_str(value, "file");
	if (file && hash_from_hex(file, &hash) && json_object_get(g->names, file) == NULL)
		json_object_set_new(g->names, file, json_string(json_str_or(value, "name", "")));
	json_object_foreach ((json_t *)value, key, inner) note_files(g, inner);
}

static json_t *shown_values(struct data_gathering *g, const struct form *form, const json_t *set)
{
	const struct page *p = g->page;
	const char *key;
	json_t *value, *shown = json_object();
	json_object_foreach ((json_t *)set, key, value) {
		const struct field *field = form_field_ever(form, key);
		bool blank = index_value_is_blank(value);
		json_object_set_new(shown, field ? t(p, &field->label) : key,
		                    json_string(blank   ? _("(emptied)")
		                                : field ? field_plain(p, field, value)
		                                        : json_text(p->arena, value)));
	}
	note_files(g, set);
	return shown;
}

static void add_draft(struct data_gathering *g, const struct record *record, json_t *rows)
{
	const struct page *p = g->page;
	if (!leaves(record)) return;
	json_array_append_new(rows,
	                      json_pack("{s:s, s:s, s:I, s:o, s:O}", "page", record->title, "form",
	                                t(p, &record->form->label), "changed", (json_int_t)record->changed, "values",
	                                shown_values(g, record->form, record->values), "set", record->values));
}

enum code data_drafts(struct data_gathering *g, json_t *rows, struct err *err)
{
	return each(g, "SELECT num FROM record WHERE author = $1 AND state = 0 ORDER BY changed, num",
	            value_int(g->person.num), rows, add_draft, err);
}

/* ---- Saves ---- */

static enum audience audience_of(const struct record *record, const struct object *object)
{
	int i = 0;
	while (i < AUDIENCE_COUNT - 1 && !id_equal(record->space->compartments[i], object->compartment)) i++;
	return (enum audience)i;
}

static const char *readers(const struct page *p, enum audience audience)
{
	return audience == AUDIENCE_PUBLIC ? _("all who read the page") : audience_words(p, audience);
}

static void add_save(struct data_gathering *g, const struct record *record, const struct object *object, json_t *rows)
{
	const struct page *p = g->page;
	json_array_append_new(rows,
	                      json_pack("{s:I, s:s, s:s, s:s, s:o, s:O}", "at", (json_int_t)object_time(object), "page",
	                                title_of(g, record), "audience", readers(p, audience_of(record, object)),
	                                "note", object->note ? object->note : "", "values",
	                                shown_values(g, record->form, object->set), "set", object->set));
}

static enum code read_save(struct data_gathering *g, const struct rows *found, json_t *rows, struct err *err)
{
	struct object object;
	struct record *record;
	struct hash id = row_hash(found, 0);
	const char *header = row_text(found, 1);
	enum code code = record_load_num(g->db, g->page->arena, g->page->model, &actor_program, row_int(found, 2),
	                                 &record, err);
	if (code != OK) return code == E_NOT_FOUND ? OK : code;
	if (!leaves(record)) return OK;
	TRY(object_read_header(g->page->arena, &id, header, strlen(header), &object, err));
	TRY(object_load_body(g->db, g->page->arena, &object, err));
	if (object.state == BODY_PRESENT && (object.ntouched || object.note)) add_save(g, record, &object, rows);
	return OK;
}

enum code data_saves(struct data_gathering *g, json_t *rows, struct err *err)
{
	AUTO(rows_release) struct rows found = { 0 };
	TRY(db_query(g->db, &found, err, "SELECT id, header, rec FROM obj WHERE actor = $1 ORDER BY hlc, id",
	             g->person.id));
	while (rows_next(&found)) TRY(read_save(g, &found, rows, err));
	return rows_end(&found, err);
}

/* ---- Files ---- */

/* "a1b2c3d4e5f6-affiche.pdf": no two alike, and nothing that leads out of a folder. */
static const char *file_name(const struct page *p, const char *hex, const char *name, const char *type)
{
	const char *slash = strrchr(name, '/'), *kind = strchr(type, '/');
	char *clean = arena_strdup(p->arena, slash ? slash + 1 : name);
	for (char *c = clean; *c; c++)
		if ((unsigned char)*c < ' ' || strchr("\\:*?\"<>|", *c)) *c = '_';
	if (*clean == '\0' && kind)
		clean = arena_printf(p->arena, "photo.%s", strcmp(kind + 1, "jpeg") == 0 ? "jpg" : kind + 1);
	return arena_printf(p->arena, "fichiers/%.12s-%s", hex, clean);
}

static enum code add_uploads(struct data_gathering *g, struct err *err)
{
	AUTO(rows_release) struct rows found = { 0 };
	TRY(db_query(g->db, &found, err, "SELECT file FROM upload WHERE person = $1", g->person.num));
	while (rows_next(&found)) {
		char hex[HASH_HEX + 1];
		struct hash hash = row_hash(&found, 0);
		hash_hex(&hash, hex);
		if (json_object_get(g->names, hex) == NULL) json_object_set_new(g->names, hex, json_string(""));
	}
	return rows_end(&found, err);
}

/* Of what her saves and drafts name, and of what she sent a moment ago. */
enum code data_files(struct data_gathering *g, json_t *rows, struct err *err)
{
	const struct page *p = g->page;
	const char *hex;
	json_t *name;
	TRY(add_uploads(g, err));
	g->files = arena_array(p->arena, struct hash, json_object_size(g->names) + 1);
	json_object_foreach (g->names, hex, name) {
		struct kept_file file;
		struct hash hash;
		if (!hash_from_hex(hex, &hash)) continue;
		enum code code = file_find(g->db, p->arena, p->model, &actor_program, &hash, &file, err);
		if (code == E_NOT_FOUND) continue;
		TRY(code);
		const char *path = file_name(p, hex, json_string_value(name), file.type);
		json_string_set(name, path);
		g->files[g->nfiles++] = hash;
		json_array_append_new(rows, json_pack("{s:s, s:s, s:I}", "file", path, "type", file.type, "size",
		                                      (json_int_t)file.size));
	}
	return OK;
}

/* ---- Pages that name her ---- */

enum code data_named(struct data_gathering *g, json_t *rows, struct err *err)
{
	const struct page *p = g->page;
	char id[ID_TEXT + 1];
	AUTO(rows_release) struct rows found = { 0 };
	TRY(db_query(g->db, &found, err,
	             "SELECT v.num, f.key FROM field_value v JOIN field f ON f.num = v.field WHERE v.key = $1 "
	             "ORDER BY v.num",
	             id_format(g->person.id, id)));
	while (rows_next(&found)) {
		struct record *record;
		enum code code = record_load_num(g->db, p->arena, p->model, p->actor, row_int(&found, 0), &record, err);
		if (code == E_NOT_FOUND) continue; /* not hers to read */
		TRY(code);
		const struct field *field = form_field_ever(record->form, row_text(&found, 1));
		if (field == NULL || strcmp(field->type->name, "person") != 0) continue;
		json_array_append_new(rows, json_pack("{s:s, s:s, s:o}", "title", record->title, "question",
		                                      t(p, &field->label), "address", address(p, record)));
	}
	return rows_end(&found, err);
}
