/* An agreement to a text with versions (core/terms.h): the value is the version that was read when the box was ticked. An
 * unticked box is no value, and taking it back is unticking it. Option: terms, which text. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/terms.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"
#include "fields/value.h"

static const char *key_of(const struct field *field)
{
	return json_str_or(field->definition, "terms", "");
}

static int version_of(const json_t *value)
{
	json_int_t version = json_integer_value(value);
	return version < 1 || version > INT32_MAX ? 0 : (int)version;
}

static json_t *consent_import(const struct field *field, const char *text, struct issues *issues)
{
	char *end;
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean == NULL) return NULL;
	long version = strtol(clean, &end, 10);
	if (*end == '\0' && version >= 1 && version <= INT32_MAX)
		return json_keep(issues->arena, json_integer(version));
	issues_add(issues, field->key, N_("“%s” is not the number of a version."), clean);
	return NULL;
}

/* Only what somebody wrote can have been read. */
static json_t *consent_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	struct terms terms;
	struct err err;
	json_t *value = consent_import(field, post->get(post->context, field->key, 0), issues);
	if (value == NULL || post->db == NULL) return value;
	if (terms_find(post->db, issues->arena, key_of(field), version_of(value), &terms, &err) == OK) return value;
	issues_add(issues, field->key, N_("This text has changed meanwhile: read it again, then tick the box."));
	return NULL;
}

static void consent_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (!json_is_integer(value) || version_of(value) == 0)
		issues_add(issues, field->key, N_("This is not the version of a text."));
}

static void consent_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	consent_value(out, p, key_of(field), version_of(value));
}

/* Ticked, it goes on standing for the version that was accepted; else for the present one. */
static void consent_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	struct terms terms = { .key = key_of(field), .version = version_of(value), .title = t(p, &field->label) };
	struct err err;
	bool ticked = terms.version > 0;
	bool found = p->db && terms_find(p->db, p->arena, terms.key, terms.version, &terms, &err) == OK;
	consent_box(out, p, field, found || ticked ? &terms : NULL, ticked);
}

static void consent_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	buf_printf(out, tr(lang, N_("accepted, version %d")), version_of(value));
}

static void consent_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	buf_printf(out, "%d", version_of(value));
}

/* How many accepted which version is counted from the index (core/terms.h). */
static void consent_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	if (version_of(value)) sink->key(sink, arena_printf(a, "%d", version_of(value)));
}

/* "3", or as it is shown: "accepted, version 3". */
static const char *consent_key(const struct field *field, const char *text, struct arena *a)
{
	(void)field;
	const char *folded = text_fold(a, text), *end = folded + strlen(folded), *at = end;
	while (at > folded && at[-1] >= '0' && at[-1] <= '9') at--;
	return at < end ? at : folded;
}

static const char *consent_key_label(const struct field *field, const char *key, const struct page *p)
{
	(void)field;
	return page_printf(p, _("accepted, version %d"), (int)strtol(key, NULL, 10));
}

static const struct type_option consent_options[] = {
	{ "terms", OPTION_TERMS, N_("Which text"),
	  N_("Administrators write it, under “Texts to accept”: each version is kept, and the page says which one was accepted."),
	  0, 0, true },
	{ 0 },
};

const struct field_type field_consent = {
	.name = "consent",
	.label = N_("An agreement"),
	.description = N_("A box to tick, for a text whose versions are kept"),
	.icon = "badge-check",
	.options = consent_options,
	.read = consent_read,
	.import = consent_import,
	.check = consent_check,
	.show = consent_show,
	.edit = consent_edit,
	.text = consent_text,
	.index = consent_index,
	.key = consent_key,
	.key_label = consent_key_label,
	.export = consent_export,
};
