#include "features/preset/preset_coding.h"

#include <string.h>

#include "base/clock.h"
#include "core/person.h"
#include "core/terms.h"
#include "features/coding/coding_work.h"
#include "store/disk.h"

enum { FILE_MAX = 1 << 20, READ_ALL = 1000000 };

struct bringing {
	struct arena *a;
	const struct model *model;
	const json_t *file;
	/* of a demonstration */
	const json_t *list;
	struct codebook book;
	struct coding_found found;
};

static enum code read_file(struct arena *a, const char *path, json_t **ret, struct err *err)
{
	char *text;
	size_t len;
	TRY(disk_read(a, path, FILE_MAX, &text, &len, err));
	return json_parse(a, text, len, ret, err);
}

/* ---- Books and texts ---- */

static enum code add_codes(struct tx *tx, int64_t book, const json_t *codes, int64_t parent, struct err *err)
{
	size_t i;
	json_t *code;
	json_array_foreach ((json_t *)codes, i, code) {
		struct id id;
		int64_t num;
		const struct code_new new = { .parent = parent,
			                      .name = json_str_or(code, "name", ""),
			                      .definition = json_str_or(code, "definition", ""),
			                      .example = json_str_or(code, "example", ""),
			                      .colour = (int)json_int(code, "colour", 0) % CODE_COLOURS };
		TRY(book_code_add(tx, book, &new, 0, &id, &num, err));
		TRY(add_codes(tx, book, json_object_get(code, "codes"), num, err));
	}
	return OK;
}

static enum code find_book(struct db *db, const struct bringing *b, const char *name, struct codebook *ret, bool *found,
                           struct err *err)
{
	struct codebook *books;
	int n;
	*found = false;
	TRY(codebook_list(db, b->a, b->model, &actor_program, &books, &n, err));
	for (int i = 0; i < n && !*found; i++) {
		if (strcmp(books[i].name, name) != 0) continue;
		TRY(codebook_load(db, b->a, b->model, &actor_program, books[i].id, ret, err));
		*found = true;
	}
	return OK;
}

static enum code add_book(struct tx *tx, void *arg, struct err *err)
{
	struct bringing *b = arg;
	const struct space *space = model_space_by_slug(b->model, json_str_or(b->file, "space", ""));
	const char *name = json_str_or(b->file, "name", "");
	struct id id;
	bool found;
	TRY(find_book(tx_db(tx), b, name, &b->book, &found, err));
	if (found || space == NULL) return OK;
	TRY(codebook_add(tx, space->num, name, json_str_or(b->file, "about", ""), false, &id, err));
	TRY(codebook_load(tx_db(tx), b->a, b->model, &actor_program, id, &b->book, err));
	return add_codes(tx, b->book.num, json_object_get(b->file, "codes"), 0, err);
}

static enum code add_terms(struct tx *tx, void *arg, struct err *err)
{
	const struct bringing *b = arg;
	struct terms *versions;
	const struct terms terms = { .key = json_str_or(b->file, "key", ""),
		                     .title = json_str_or(b->file, "title", ""),
		                     .text = json_str_or(b->file, "text", "") };
	int n;
	TRY(terms_versions(tx_db(tx), b->a, terms.key, &versions, &n, err));
	return n ? OK : terms_publish(tx, &actor_program, &terms, err);
}

static enum code each_file(struct site *site, struct bringing *b, const char *folder, store_fn *fn, struct err *err)
{
	char **files;
	int n;
	TRY(disk_list(b->a, folder, ".json", &files, &n, err));
	for (int i = 0; i < n; i++) {
		json_t *file;
		TRY(read_file(b->a, arena_printf(b->a, "%s/%s", folder, files[i]), &file, err));
		b->file = file;
		TRY(store_write(site_store(site), fn, b, err));
	}
	return OK;
}

enum code preset_codebooks(struct site *site, struct arena *a, const char *folder, struct err *err)
{
	struct bringing b = { .a = a, .model = site_model(site) };
	enum code code = each_file(site, &b, arena_printf(a, "%s/codebooks", folder), add_book, err);
	if (code == OK) code = each_file(site, &b, arena_printf(a, "%s/terms", folder), add_terms, err);
	model_release(b.model);
	return code;
}

/* ---- What was coded ---- */

static enum code person_of(struct tx *tx, const struct bringing *b, const json_t *said, int64_t *ret, struct err *err)
{
	struct person person;
	TRY(person_by_email(tx_db(tx), b->a, json_str_or(said, "by", ""), &person, err));
	*ret = person.num;
	return OK;
}

static int place_named(const struct codebook *book, const char *name)
{
	for (int i = 0; i < book->n; i++)
		if (strcmp(book->codes[i].name, name) == 0) return i;
	return -1;
}

static enum code put_mark(struct tx *tx, const struct bringing *b, const struct coding_text *text, int64_t row,
                          const json_t *mark, struct err *err)
{
	int64_t person;
	const char *passage = json_str(mark, "passage");
	TRY(person_of(tx, b, mark, &person, err));
	for (size_t i = 0; i < json_array_size(json_object_get(mark, "codes")); i++) {
		const char *name = json_string_value(json_array_get(json_object_get(mark, "codes"), i));
		int place = name ? place_named(&b->book, name) : -1;
		struct passage_at at = { -1, -1 };
		if (place < 0) FAIL(err, E_INPUT, N_("there is no theme “%s”"), name ? name : "");
		if (passage && !coding_find(text->words, passage, -1, &at))
			FAIL(err, E_INPUT, N_("“%s” is not in the text"), passage);
		TRY(coding_put_passage(tx, row, person, b->book.codes[place].num, at, passage ? passage : "",
		                       text->version, json_bool(mark, "cite", false), err));
	}
	return OK;
}

static bool reads_so_far(const struct bringing *b, const json_t *mark, int at)
{
	size_t i;
	json_t *reader;
	json_array_foreach (json_object_get(b->list, "readers"), i, reader)
		if (strcmp(json_str_or(reader, "by", ""), json_str_or(mark, "by", "")) == 0)
			return at < json_int(reader, "most", READ_ALL);
	return false;
}

static enum code code_text(struct tx *tx, const struct bringing *b, const struct form *form, int at, struct err *err)
{
	const struct coding_text *text = &b->found.texts[at];
	int64_t row, person;
	size_t i;
	json_t *said;
	TRY(coded_text(tx, form, &text->key, &row, err));
	json_array_foreach (json_object_get(b->list, "marks"), i, said)
		if (reads_so_far(b, said, at) && strstr(text->words, json_str_or(said, "text", "")))
			TRY(put_mark(tx, b, text, row, said, err));
	json_array_foreach (json_object_get(b->list, "readers"), i, said) {
		if (!reads_so_far(b, said, at)) continue;
		TRY(person_of(tx, b, said, &person, err));
		TRY(coding_note_read(tx, &b->book, row, person, true, err));
	}
	return OK;
}

static enum code code_list(struct tx *tx, void *arg, struct err *err)
{
	struct bringing *b = arg;
	bool found;
	struct id id;
	const struct form *form = model_form(b->model, json_str_or(b->list, "form", ""));
	const struct page p = { .arena = b->a,
		                .lang = LANG_FR,
		                .model = b->model,
		                .actor = &actor_program,
		                .db = tx_db(tx),
		                .now = clock_now() };
	const struct coding_list list = { .form = form,
		                          .view = "",
		                          .fields = json_str_or(b->list, "fields", ""),
		                          .name = json_str_or(b->list, "name", "") };
	TRY(find_book(tx_db(tx), b, json_str_or(b->file, "book", ""), &b->book, &found, err));
	if (!found || form == NULL) return OK;
	TRY(coding_list_add(tx, b->book.num, form, "", list.fields, list.name, &id, err));
	TRY(coding_gather(&p, &list, &b->found, err));
	for (int i = 0; i < b->found.n; i++) TRY(code_text(tx, b, form, i, err));
	return OK;
}

enum code preset_coding(struct site *site, struct arena *a, const char *folder, struct err *err)
{
	struct bringing b = { .a = a };
	json_t *file, *list;
	size_t i;
	enum code code = read_file(a, arena_printf(a, "%s/demo/coding.json", folder), &file, err);
	if (code == E_NOT_FOUND) return OK; /* a preset may have none */
	TRY(code);
	b.file = file;
	b.model = site_model(site);
	json_array_foreach (json_object_get(file, "lists"), i, list) {
		b.list = list;
		code = store_write(site_store(site), code_list, &b, err);
		if (code != OK) break;
	}
	model_release(b.model);
	return code;
}
