/* A colour: a key of the site's palette (src/web/front/tokens.css), which keeps its contrast in light and in
 * dark, or any other as "#rrggbb". Always shown beside its name. */
#include <ctype.h>
#include <string.h>

#include "fields/choice.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"

enum { TYPED_MAX = 20 };

static const struct own_choice palette[] = {
	{ "foret", N_("Forest green"), "foret" },
	{ "loire", N_("River blue"), "loire" },
	{ "prune", N_("Plum"), "prune" },
	{ "brique", N_("Brick red"), "brique" },
	{ "ocre", N_("Ochre"), "ocre" },
	{ "ardoise", N_("Slate grey"), "ardoise" },
	{ 0 },
};

/* "#rrggbb", small letters? */
static bool is_code(const char *text)
{
	return *text == '#' && strlen(text) == 7 && strspn(text + 1, "0123456789abcdef") == 6;
}

/* "#1A4B81", "1a4b81", "#abc" → "#rrggbb"; the name or key of a colour of the palette → its key; else as
 * typed. */
static const char *canonical(const struct field *field, const char *text, struct arena *a)
{
	const struct choice *choice = choice_find(field, text, a);
	if (choice) return choice->key;
	const char *digits = text + (*text == '#');
	size_t len = strlen(digits);
	if (strspn(digits, "0123456789abcdefABCDEF") != len || (len != 3 && len != 6)) return text;
	char *code = len == 6 ? arena_printf(a, "#%s", digits)
	                      : arena_printf(a, "#%c%c%c%c%c%c", digits[0], digits[0], digits[1], digits[1], digits[2],
	                                     digits[2]);
	for (char *c = code; *c; c++) *c = (char)tolower((unsigned char)*c);
	return code;
}

static json_t *colour_import(const struct field *field, const char *text, struct issues *issues)
{
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	return value_string(issues, clean ? canonical(field, clean, issues->arena) : NULL);
}

/* One of the palette, else the code that was typed. */
static json_t *colour_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	const char *chosen = value_posted(field, post, "", TEXT_LINE, issues);
	return colour_import(field, chosen ? chosen : value_posted(field, post, ".code", TEXT_LINE, issues), issues);
}

static void colour_check(const struct field *field, const json_t *value, struct issues *issues)
{
	if (field_choice(field, value_str(value)) == NULL && !is_code(value_str(value)))
		issues_add(issues, field->key, N_("“%s” is not a colour. Example: #1a4b81"), value_str(value));
}

static const char *name_of(const struct field *field, enum lang lang, const json_t *value)
{
	const struct choice *choice = field_choice(field, value_str(value));
	return choice ? label_text(&choice->label, lang) : value_str(value);
}

static void colour_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	colour_swatch(out, p, field_choice(field, value_str(value)),
	              is_code(value_str(value)) ? value_str(value) : NULL, name_of(field, p->lang, value));
}

static void colour_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const char *key = value_str(value);
	bool own = field_choice(field, key) != NULL;
	colour_inputs(out, p, field, own ? key : "", own ? "" : key, TYPED_MAX);
}

static bool colour_grouped(const struct field *field)
{
	(void)field;
	return true;
}

static void colour_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	buf_puts(out, name_of(field, lang, value));
}

static void colour_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)a;
	sink->key(sink, value_str(value));
	for (int lang = 0; lang < LANG_COUNT; lang++) sink->words(sink, name_of(field, (enum lang)lang, value));
}

static const char *colour_key(const struct field *field, const char *text, struct arena *a)
{
	return canonical(field, text, a);
}

static const struct type_option colour_options[] = {
	{ "choices", OPTION_OFFERED, N_("Those that are offered"), N_("None ticked: all."), 0, 0, false },
	{ 0 },
};

const struct field_type field_colour = {
	.name = "colour",
	.means = EXPRESSION_TEXT,
	.label = N_("A colour"),
	.description = N_("A colour: of the site’s palette, or any other"),
	.icon = "palette",
	.options = colour_options,
	.choices = palette,
	.read = colour_read,
	.import = colour_import,
	.check = colour_check,
	.show = colour_show,
	.edit = colour_edit,
	.grouped = colour_grouped,
	.text = colour_text,
	.export = value_text_string,
	.index = colour_index,
	.key = colour_key,
	.key_label = choice_key_label,
	.facet = true,
};
