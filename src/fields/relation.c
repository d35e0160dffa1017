/* Related records: an array of ids, shown by their titles; the other record shows who points to it.
 * Options: form (the other form's key), many, inverse (label), order (the key of another field: the
 * other record shows them in its order, and each leads to the one before and after). */
#include <string.h>

#include "core/query.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/relation.h"
#include "fields/value.h"

enum { RELATION_MAX = 100, LISTED = QUERY_SIZE_MAX };

static void check_target(const struct field *field, struct issues *issues)
{
	if (!key_is_valid(field->target))
		issues_add(issues, "form", N_("“form” must name the form of the related records"));
}

static void add_id(json_t *array, const char *text)
{
	struct id id;
	char canonical[ID_TEXT + 1];
	if (!id_parse(text, &id)) return;
	id_format(id, canonical);
	for (size_t i = 0; i < json_array_size(array); i++)
		if (strcmp(value_str(json_array_get(array, i)), canonical) == 0) return;
	json_array_append_new(array, json_string(canonical));
}

/* The record of that exact name, when somebody typed one that the list did not show. */
static void add_named(const struct field *field, const struct field_post *post, json_t *array, struct issues *issues)
{
	const char *name = value_posted(field, post, ".name", TEXT_LINE, issues);
	if (name == NULL || post->db == NULL) return;
	const struct form *form = model_form(post->model, field->target);
	struct record *record;
	struct err err;
	int64_t num;
	char id[ID_TEXT + 1];
	if (form == NULL ||
	    query_find_title(post->db, issues->arena, post->model, post->actor, form, name, &num, &err) != OK ||
	    record_load_num(post->db, issues->arena, post->model, post->actor, num, &record, &err) != OK) {
		issues_add(issues, field->key, N_("There is nothing named “%s” here."), name);
		return;
	}
	if (!field->many) json_array_clear(array);
	add_id(array, id_format(record->id, id));
}

static json_t *relation_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	json_t *array = json_keep(issues->arena, json_array());
	const char *text;
	for (int i = 0; i <= RELATION_MAX && (text = post->get(post->context, field->key, i)) != NULL; i++)
		add_id(array, text);
	add_named(field, post, array, issues);
	return json_array_size(array) ? array : NULL;
}

static json_t *relation_import(const struct field *field, const char *text, struct issues *issues)
{
	json_t *array = json_keep(issues->arena, json_array());
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean) add_id(array, clean);
	if (clean && json_array_size(array) == 0)
		issues_add(issues, field->key, N_("“%s” is not the address of a record."), clean);
	return json_array_size(array) ? array : NULL;
}

static void relation_check(const struct field *field, const json_t *value, struct issues *issues)
{
	struct id id;
	size_t n = json_array_size(value);
	if (!json_is_array(value)) issues_add(issues, field->key, N_("This should be a list of records."));
	if (n > RELATION_MAX) issues_add(issues, field->key, N_("At most %d related records."), RELATION_MAX);
	if (!field->many && n > 1) issues_add(issues, field->key, N_("Choose one only."));
	for (size_t i = 0; i < n; i++)
		if (!id_parse(value_str(json_array_get(value, i)), &id))
			issues_add(issues, field->key, N_("“%s” is not the address of a record."),
			           value_str(json_array_get(value, i)));
}

int relation_load(const struct page *p, const json_t *value, struct record ***ret)
{
	size_t n = p->db ? MIN(json_array_size(value), (size_t)RELATION_MAX)
	                 : 0; /* nowhere to look without a snapshot */
	struct record **records = arena_array(p->arena, struct record *, n + 1);
	int found = 0;
	for (size_t i = 0; i < n; i++) {
		struct id id;
		struct err err;
		if (id_parse(value_str(json_array_get(value, i)), &id) &&
		    record_load(p->db, p->arena, p->model, p->actor, id, &records[found], &err) == OK)
			found++;
	}
	*ret = records;
	return found;
}

static void relation_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	struct record **records;
	int n = relation_load(p, value, &records);
	record_links(out, p, records, n);
}

static void relation_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	struct record **records;
	int n = relation_load(p, value, &records);
	for (int i = 0; i < n; i++) {
		if (i) buf_lit(out, ", ");
		html_text_str(out, records[i]->title);
	}
}

static bool has_record(const json_t *value, const struct record *record)
{
	char id[ID_TEXT + 1];
	id_format(record->id, id);
	for (size_t i = 0; i < json_array_size(value); i++)
		if (strcmp(value_str(json_array_get(value, i)), id) == 0) return true;
	return false;
}

static bool has_id(struct record *const *records, int n, const char *text)
{
	char id[ID_TEXT + 1];
	for (int i = 0; i < n; i++)
		if (strcmp(id_format(records[i]->id, id), text) == 0) return true;
	return false;
}

const char *picker_chosen(const struct page *p, const struct field *field, struct record *const *records, int n,
                          const json_t *chosen)
{
	(void)field;
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < n; i++) {
		if (!has_record(chosen, records[i])) continue;
		if (out.len) buf_puts(&out, ", ");
		buf_puts(&out, records[i]->title);
	}
	return buf_str(&out);
}

void picker_option(struct buf *out, const struct page *p, const struct field *field, const struct record *record,
                   const json_t *chosen, int number)
{
	char id[ID_TEXT + 1];
	input_option(out, p, field, field->many ? "checkbox" : "radio", id_format(record->id, id), record->title,
	             has_record(chosen, record), "", "", number);
}

/* What a record may be related to: those of the form by their title, and those chosen already that a long
 * list leaves out, first. Returns how many; `*more`: the form has others. */
static int offered(const struct page *p, const struct field *field, const json_t *value, struct record *const **ret,
                   bool *more)
{
	const struct form *form = model_form(p->model, field->target);
	struct sort by_title = { .builtin = SORT_TITLE };
	struct query query = { .form = form, .sorts = &by_title, .nsorts = 1, .size = LISTED };
	struct result result = { 0 };
	struct record **listed = NULL, **chosen;
	struct err err;
	int n = 0, before = 0;
	*ret = NULL;
	*more = false;
	if (form == NULL) return 0;
	if (query_run(p->db, p->arena, p->model, p->actor, &query, &result, &err) == OK &&
	    record_load_many(p->db, p->arena, p->model, p->actor, result.nums, result.n, &listed, &n, &err) != OK)
		n = 0;
	int nchosen = relation_load(p, value, &chosen);
	struct record **all = arena_array(p->arena, struct record *, (size_t)(n + nchosen) + 1);
	for (int i = 0; i < nchosen; i++) {
		char id[ID_TEXT + 1];
		if (!has_id(listed, n, id_format(chosen[i]->id, id))) all[before++] = chosen[i];
	}
	for (int i = 0; i < n; i++) all[before + i] = listed[i];
	*ret = all;
	*more = result.next != NULL;
	return before + n;
}

static void relation_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	struct record *const *records;
	bool more;
	int n = offered(p, field, value, &records, &more);
	record_picker(out, p, field, records, n, value, more);
	/* What the person may not read must not be lost by saving. */
	for (size_t i = 0; i < json_array_size(value); i++) {
		const char *id = value_str(json_array_get(value, i));
		if (!has_id(records, n, id)) hidden_input(out, p, field, id);
	}
}

static bool relation_grouped(const struct field *field)
{
	(void)field;
	return true;
}

static void relation_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	value_join(out, value, "\n");
}

static void relation_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	value_join(out, value, ";");
}

static const char *title_of(const struct page *p, const char *text)
{
	struct id id;
	struct record *record;
	struct err err;
	if (id_parse(text, &id) && record_load(p->db, p->arena, p->model, p->actor, id, &record, &err) == OK)
		return record->title;
	return _("(not available)");
}

static void relation_plain(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (i) buf_lit(out, "\n");
		buf_puts(out, title_of(p, value_str(json_array_get(value, i))));
	}
}

static void relation_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)a;
	for (size_t i = 0; i < json_array_size(value); i++) {
		sink->key(sink, value_str(json_array_get(value, i)));
		sink->link(sink, value_str(json_array_get(value, i)), field->key);
	}
}

static const char *relation_key(const struct field *field, const char *text, struct arena *a)
{
	(void)field;
	struct id id;
	return id_parse(text, &id) ? id_format(id, arena_alloc(a, ID_TEXT + 1)) : text;
}

static const char *relation_key_label(const struct field *field, const char *key, const struct page *p)
{
	(void)field;
	return title_of(p, key);
}

static const struct type_option relation_options[] = {
	{ "form", OPTION_FORM, N_("Pages of which kind"), NULL, 0, 0, true },
	{ "many", OPTION_FLAG, N_("Several may be chosen"), NULL, 0, 0, false },
	{ "inverse", OPTION_LABEL, N_("How the other page names those that point to it"),
	  N_("Example: for an event that names its organiser, the organiser’s page says “Its events”."), 0, 100,
	  false },
	{ "order", OPTION_ORDER, N_("In which order those pages are read"),
	  N_("Example: the place in a series, the day of a logbook. Each page then leads to the one before and the one after."),
	  0, 0, false },
	{ 0 },
};

const struct field_type field_relation = {
	.name = "relation",
	.label = N_("Another page of the site"),
	.description = N_("Other records of this site"),
	.icon = "file-symlink",
	.options = relation_options,
	.check_definition = check_target,
	.read = relation_read,
	.import = relation_import,
	.check = relation_check,
	.show = relation_show,
	.brief = relation_brief,
	.edit = relation_edit,
	.grouped = relation_grouped,
	.text = relation_text,
	.plain = relation_plain,
	.export = relation_export,
	.index = relation_index,
	.key = relation_key,
	.key_label = relation_key_label,
	.facet = true,
};
