/*
 * Values of every type of field: the first line is the number of a field, the rest a text as a file
 * or a form gives it, or a value in JSON. What a type reads, right or wrong, its form shows again; what
 * it accepts it can show, index and write, and the HTML is sound.
 */
#include "core/form.h"
#include "core/index_key.h"
#include "fields/fields.h"
#include "html_check.h"
#include "page/page.h"

static const char definition[] =
        "{\"key\":\"f\",\"title\":\"nom\",\"label\":\"F\",\"plural\":\"F\",\"add\":\"F\",\"fields\":["
        "{\"key\":\"nom\",\"type\":\"text\",\"label\":\"A\"},{\"key\":\"long\",\"type\":\"longtext\",\"label\":\"B\"},"
        "{\"key\":\"nombre\",\"type\":\"number\",\"label\":\"C\"},{\"key\":\"oui\",\"type\":\"boolean\",\"label\":\"D\"},"
        "{\"key\":\"choix\",\"type\":\"choice\",\"label\":\"E\",\"choices\":[{\"key\":\"a\",\"label\":\"Un\"},"
        "{\"key\":\"b\",\"label\":\"Deux <b>\"}]},"
        "{\"key\":\"choix2\",\"type\":\"choices\",\"label\":\"F\",\"choices\":[{\"key\":\"a\",\"label\":\"Un\"},"
        "{\"key\":\"b\",\"label\":\"Deux\"}]},"
        "{\"key\":\"jour\",\"type\":\"date\",\"label\":\"G\"},{\"key\":\"periode\",\"type\":\"period\",\"label\":\"H\"},"
        "{\"key\":\"lieu\",\"type\":\"place\",\"label\":\"I\"},{\"key\":\"lien\",\"type\":\"link\",\"label\":\"J\"},"
        "{\"key\":\"courriel\",\"type\":\"email\",\"label\":\"K\"},{\"key\":\"tel\",\"type\":\"phone\",\"label\":\"L\"},"
        "{\"key\":\"rel\",\"type\":\"relation\",\"form\":\"f\",\"label\":\"M\"},"
        "{\"key\":\"mots\",\"type\":\"tags\",\"label\":\"N\"},"
        "{\"key\":\"licence\",\"type\":\"licence\",\"label\":\"O\"},{\"key\":\"couleur\",\"type\":\"colour\",\"label\":\"P\"},"
        "{\"key\":\"icone\",\"type\":\"icon\",\"label\":\"Q\"},"
        "{\"key\":\"heures\",\"type\":\"hours\",\"label\":\"R\"},"
        "{\"key\":\"arbre\",\"type\":\"tree\",\"many\":true,\"label\":\"S\",\"choices\":[{\"key\":\"a\",\"label\":\"Un\",\"choices\":["
        "{\"key\":\"b\",\"label\":\"Deux <b>\"}]},{\"key\":\"c\",\"label\":\"Deux <b>\"}]},"
        "{\"key\":\"personne\",\"type\":\"person\",\"label\":\"T\"}]}";

static struct form form;
static struct arena forever;

static void read_form(void)
{
	struct issues issues;
	json_t *json;
	if (form.nfields) return;
	arena_init(&forever);
	issues_init(&issues, &forever);
	field_types_use(field_table);
	if (json_parse(&forever, definition, sizeof(definition) - 1, &json, NULL) != OK) abort();
	enum code code = form_parse(&forever, json, NULL, 0, &form, &issues, NULL);
	for (const struct issue *i = issues.first; i; i = i->next) fprintf(stderr, "%s: %s\n", i->field, i->err.msg);
	CHECK(code == OK);
}

/* Texts and relations look other records up: there is no database here. */
static bool shows_alone(const struct field *field)
{
	return field->type != &field_longtext && field->type != &field_relation;
}

static const struct model model;

static struct page page_in(struct arena *a, int lang)
{
	return (struct page){ .arena = a, .lang = (enum lang)lang, .model = &model, .base_url = "https://a.example" };
}

static void show_form(struct arena *a, const struct field *field, const json_t *value)
{
	if (!shows_alone(field)) return;
	struct page page = page_in(a, LANG_FR);
	struct buf out;
	buf_init(&out, a, 0);
	field->type->edit(&out, &page, field, value);
	html_check(buf_str(&out), NULL);
}

static void use(struct arena *a, const struct field *field, const json_t *value)
{
	struct buf out;
	struct index_entries entries;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		buf_init(&out, a, 0);
		field->type->text(&out, (enum lang)lang, field, value);
		CHECK(is_text(buf_str(&out)));
		if (!shows_alone(field)) continue;
		struct page page = page_in(a, lang);
		buf_init(&out, a, 0);
		field->type->show(&out, &page, field, value);
		html_check(buf_str(&out), NULL);
		buf_init(&out, a, 0);
		field_brief(&out, &page, field, value);
		html_check(buf_str(&out), NULL);
	}
	index_entries_read(a, field, value, &entries);
	for (int i = 0; i < entries.nkeys; i++) CHECK(is_text(entries.keys[i]) && strlen(entries.keys[i]) <= INDEX_KEY);
	CHECK(is_text(buf_str(&entries.words)));
	if (field->type->merge) (void)field->type->merge(a, NULL, value, value);
}

static bool is_accepted(struct arena *a, const struct field *field, const json_t *value)
{
	struct issues issues;
	issues_init(&issues, a);
	field->type->check(field, value, &issues);
	return issues.count == 0;
}

static const char *posted(const void *context, const char *name, int i)
{
	(void)name;
	return i == 0 ? context : NULL;
}

static void read_text(struct arena *a, const struct field *field, const char *text)
{
	struct field_post post = { .get = posted, .context = text };
	for (int way = 0; way < 2; way++) {
		struct issues issues;
		issues_init(&issues, a);
		if (way == 0 && field->type == &field_relation) continue;
		json_t *value = way ? field->type->import(field, text, &issues)
		                    : field->type->read(field, &post, &issues);
		show_form(a, field, value);
		if (issues.count || value == NULL || json_is_null(value)) continue;
		if (is_accepted(a, field, value)) use(a, field, value);
	}
	if (field->type->key) {
		const char *key = field->type->key(field, text, a);
		CHECK(key == NULL || is_text(key));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	json_t *json;
	read_form();
	arena_init(&a);
	size_t which = (size_t)strtoul(take_line(&a, &data, &size), NULL, 10) % (size_t)form.nfields;
	const struct field *field = &form.fields[which];
	const char *text = arena_strndup(&a, (const char *)data, size);
	/* As the web layer and the importer hand them over: UTF-8 without NUL. */
	if (is_text(text)) read_text(&a, field, text);
	if (json_parse(&a, (const char *)data, size, &json, NULL) == OK && !json_is_null(json) &&
	    is_accepted(&a, field, json))
		use(&a, field, json);
	arena_release(&a);
	return 0;
}
