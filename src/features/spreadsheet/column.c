#include "features/spreadsheet/column.h"

#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "core/form.h"
#include "core/form_change.h"

enum {
	LOOKED_AT = 500,      /* cells of a column that a guess looks at */
	LINE_MAX_CHARS = 150, /* a longer cell is a long text */
	CHOICE_CHARS = 60,
	CHOICES_GUESSED = 30,
	TEXT_DEFAULT = 200,
	TEXT_MOST = 2000,
};

const struct column_kind column_kinds[] = {
	{ "text", NULL },
	{ "longtext", NULL },
	{ "number", NULL },
	{ "boolean", NULL },
	{ "choice", NULL },
	{ "choices", NULL },
	{ "date", NULL },
	{ "period", NULL },
	{ "hours", NULL },
	{ "place", NULL },
	{ "lat", N_("Latitude of the place") },
	{ "lon", N_("Longitude of the place") },
	{ "link", NULL },
	{ "email", NULL },
	{ "phone", NULL },
	{ "tags", NULL },
	{ "", N_("Leave it out") },
	{ NULL, NULL },
};

const struct column_kind *column_kind_find(const char *name)
{
	for (const struct column_kind *kind = column_kinds; kind->name; kind++)
		if (strcmp(kind->name, name) == 0) return kind;
	return NULL;
}

/* ---- Guessing ---- */

struct guess {
	struct arena *a;
	const struct grid *grid;
	int column;
	const char *folded;           /* its name, as search folds it */
	const char *cells[LOOKED_AT]; /* not blank */
	int n, distinct;
};

static bool named(const struct guess *g, const char *const *words)
{
	const char *text = arena_printf(g->a, " %s ", g->folded);
	for (; *words; words++)
		if (strstr(text, *words)) return true;
	return false;
}

/* Does the type take every cell? */
static bool all_fit(const struct guess *g, const char *name)
{
	const struct field_type *type = field_type_find(name);
	struct field field = { .key = "x", .type = type, .definition = json_keep(g->a, json_object()) };
	for (int i = 0; type && i < g->n; i++) {
		struct issues issues;
		issues_init(&issues, g->a);
		json_t *value = type->import(&field, g->cells[i], &issues);
		if (value) type->check(&field, value, &issues);
		if (issues.count || value == NULL) return false;
	}
	return type && g->n > 0;
}

static bool all_hold(const struct guess *g, bool (*test)(const char *cell))
{
	for (int i = 0; i < g->n; i++)
		if (!test(g->cells[i])) return false;
	return g->n > 0;
}

static bool any_holds(const struct guess *g, bool (*test)(const char *cell))
{
	for (int i = 0; i < g->n; i++)
		if (test(g->cells[i])) return true;
	return false;
}

static bool looks_like_link(const char *cell)
{
	return strstr(cell, "://") || strncmp(cell, "www.", 4) == 0;
}

static bool looks_like_phone(const char *cell)
{
	size_t digits = 0;
	for (const char *c = cell; *c; c++) digits += *c >= '0' && *c <= '9';
	return (*cell == '0' || *cell == '+') && digits >= 9 && cell[strspn(cell, "+0123456789 .-()")] == '\0';
}

/* Codes are written with digits, and are no numbers: nobody adds them. */
static bool looks_like_code(const char *cell)
{
	return cell[0] == '0' && cell[1] >= '0' && cell[1] <= '9';
}

static bool is_digits(const char *cell)
{
	return cell[strspn(cell, "0123456789")] == '\0';
}

static bool is_long(const char *cell)
{
	return strchr(cell, '\n') || text_length(cell) > LINE_MAX_CHARS;
}

static bool is_short(const char *cell)
{
	return text_length(cell) <= CHOICE_CHARS && strchr(cell, '\n') == NULL;
}

static bool is_several(const char *cell)
{
	return strpbrk(cell, ";|") != NULL;
}

static bool in_degrees(const struct guess *g, int limit)
{
	for (int i = 0; i < g->n; i++) {
		char number[NUMBER_SIZE], most[16], least[16];
		struct err err;
		snprintf(most, sizeof(most), "%d", limit);
		snprintf(least, sizeof(least), "-%d", limit);
		if (number_parse(g->cells[i], LANG_FR, number, &err) != OK || number_compare(number, most) > 0 ||
		    number_compare(number, least) < 0)
			return false;
	}
	return g->n > 0;
}

static bool is_latitude(const struct guess *g)
{
	static const char *const words[] = { " lat ", " latitude ", NULL };
	return named(g, words) && in_degrees(g, 90);
}

static bool is_longitude(const struct guess *g)
{
	static const char *const words[] = { " lon ", " lng ", " long ", " longitude ", NULL };
	return named(g, words) && in_degrees(g, 180);
}

static bool is_boolean(const struct guess *g)
{
	return !all_hold(g, is_digits) && all_fit(g, "boolean");
}

static bool is_email(const struct guess *g)
{
	return all_fit(g, "email");
}

static bool is_link(const struct guess *g)
{
	return any_holds(g, looks_like_link) && all_fit(g, "link");
}

static bool is_phone(const struct guess *g)
{
	static const char *const words[] = { " tel", " portable ", " mobile ", " phone", " fax ", NULL };
	return all_fit(g, "phone") && (named(g, words) || all_hold(g, looks_like_phone));
}

static bool is_code(const struct guess *g)
{
	static const char *const words[] = { " code ",  " cp ",  " postal", " siret ", " siren ",
		                             " insee ", " zip ", " id ",    NULL };
	return all_hold(g, is_short) && (named(g, words) || (any_holds(g, looks_like_code) && all_hold(g, is_digits)));
}

static bool is_number(const struct guess *g)
{
	return all_fit(g, "number");
}

static bool is_date(const struct guess *g)
{
	return !all_hold(g, is_digits) && all_fit(g, "date");
}

static bool is_hours(const struct guess *g)
{
	static const char *const words[] = { " horaire", " ouvert", " hours ", " opening ", NULL };
	return named(g, words) && all_fit(g, "hours");
}

static bool is_place(const struct guess *g)
{
	static const char *const words[] = { " adresse ", " address ", " lieu ", " place ", NULL };
	static const char *const others[] = { "mail", "courriel", "web", "internet", "electronique", "site", NULL };
	return named(g, words) && !named(g, others) && all_hold(g, is_short);
}

static bool is_tags(const struct guess *g)
{
	static const char *const words[] = { " mots ", " mot cle", " tag", " theme", " keyword", " etiquette", NULL };
	return named(g, words) && !any_holds(g, is_long) && all_fit(g, "tags");
}

static bool is_longtext(const struct guess *g)
{
	return any_holds(g, is_long);
}

static bool is_choices(const struct guess *g)
{
	return any_holds(g, is_several) && !any_holds(g, is_long) && g->distinct <= CHOICES_GUESSED;
}

static bool is_choice(const struct guess *g)
{
	return all_hold(g, is_short) && g->distinct >= 2 && g->distinct <= CHOICES_GUESSED && g->n >= 2 * g->distinct;
}

static bool is_empty(const struct guess *g)
{
	return g->n == 0;
}

static bool is_text(const struct guess *g)
{
	(void)g;
	return true;
}

/* The first that holds. To add one: a row, before what is less precise. */
static const struct {
	const char *kind;
	bool (*is)(const struct guess *g);
} guesses[] = {
	{ "", is_empty },
	{ "lat", is_latitude },
	{ "lon", is_longitude },
	{ "boolean", is_boolean },
	{ "email", is_email },
	{ "link", is_link },
	{ "phone", is_phone },
	{ "date", is_date },
	{ "text", is_code },
	{ "number", is_number },
	{ "hours", is_hours },
	{ "place", is_place },
	{ "longtext", is_longtext },
	{ "tags", is_tags },
	{ "choices", is_choices },
	{ "choice", is_choice },
	{ "text", is_text },
};

static void look(struct arena *a, const struct grid *grid, int column, struct guess *g, struct column *ret)
{
	json_t *seen = json_keep(a, json_object());
	*g = (struct guess){ .a = a, .grid = grid, .column = column, .folded = text_fold(a, grid->names[column]) };
	*ret = (struct column){ .name = grid->names[column], .kind = "", .samples = { "", "", "" } };
	for (int r = 0; r < grid->nrows; r++) {
		const char *cell = grid->rows[r].cells[column], *folded = text_fold(a, cell);
		if (*cell == '\0') continue;
		if (!json_object_get(seen, folded)) {
			if (json_object_size(seen) < COLUMN_SAMPLES)
				ret->samples[json_object_size(seen)] = text_cut(a, cell, 80);
			json_object_set_new(seen, folded, json_true());
		}
		if (g->n < LOOKED_AT) g->cells[g->n++] = cell;
		ret->filled++;
	}
	ret->distinct = g->distinct = (int)json_object_size(seen);
}

/* A line of text that is called so; else the first one. */
static int find_title(struct arena *a, const struct grid *grid, const struct column *columns)
{
	static const char *const words[] = { "nom", "titre", "name", "title", "intitule", "denomination" };
	for (size_t w = 0; w < COUNT(words); w++)
		for (int i = 0; i < grid->ncolumns; i++)
			if (strncmp(text_fold(a, columns[i].name), words[w], strlen(words[w])) == 0 &&
			    columns[i].filled)
				return i;
	for (int i = 0; i < grid->ncolumns; i++)
		if (strcmp(columns[i].kind, "text") == 0) return i;
	return -1;
}

void columns_guess(struct arena *a, const struct grid *grid, struct column *columns, int *title)
{
	struct guess *g = arena_new(a, struct guess);
	for (int i = 0; i < grid->ncolumns; i++) {
		look(a, grid, i, g, &columns[i]);
		for (size_t k = 0; k < COUNT(guesses); k++)
			if (guesses[k].is(g)) {
				columns[i].kind = guesses[k].kind;
				break;
			}
	}
	columns_separate(grid, columns);
	*title = find_title(a, grid, columns);
	if (*title >= 0) columns[*title].kind = "text";
}

/* ---- To fields ---- */

static char separator_of(const struct grid *grid, int column)
{
	static const char separators[] = ";|,";
	for (const char *s = separators; *s; s++)
		for (int r = 0; r < grid->nrows; r++)
			if (strchr(grid->rows[r].cells[column], *s)) return *s;
	return ';';
}

void columns_separate(const struct grid *grid, struct column *columns)
{
	for (int i = 0; i < grid->ncolumns; i++) columns[i].separator = separator_of(grid, i);
}

/* A choice for each of the different names, in the order that they come. */
static void add_choice(struct arena *a, json_t *choices, json_t *seen, json_t *taken, const char *name)
{
	const char *folded = text_fold(a, name);
	if (*folded == '\0' || json_object_get(seen, folded) || json_array_size(choices) >= CHOICES_MAX) return;
	const char *key = key_from_words(a, name, taken);
	json_object_set_new(seen, folded, json_true());
	json_object_set_new(taken, key, json_true());
	json_array_append_new(choices, json_pack("{s:s,s:s}", "key", key, "label", name));
}

static json_t *choices_of(struct arena *a, const struct grid *grid, int column, char separator)
{
	json_t *choices = json_array(), *seen = json_keep(a, json_object()), *taken = json_keep(a, json_object());
	char separators[2] = { separator, '\0' };
	for (int r = 0; r < grid->nrows; r++)
		for (const char *at = grid->rows[r].cells[column]; *at;) {
			size_t len = separator ? strcspn(at, separators) : strlen(at);
			struct err err;
			char *name;
			if (text_clean(a, at, len, TEXT_LINE, &name, &err) == OK)
				add_choice(a, choices, seen, taken, name);
			at += len + (at[len] != '\0');
		}
	return choices;
}

static int64_t longest(const struct grid *grid, int column)
{
	size_t most = 0;
	for (int r = 0; r < grid->nrows; r++) most = MAX(most, text_length(grid->rows[r].cells[column]));
	return (int64_t)most;
}

static void add_options(struct arena *a, const struct grid *grid, const struct column *column, int i, json_t *field)
{
	int64_t most = longest(grid, i);
	if (strcmp(column->kind, "choice") == 0) json_object_set_new(field, "choices", choices_of(a, grid, i, '\0'));
	if (strcmp(column->kind, "choices") == 0)
		json_object_set_new(field, "choices", choices_of(a, grid, i, column->separator));
	if (strcmp(column->kind, "text") == 0 && most > TEXT_DEFAULT)
		json_object_set_new(field, "max", json_integer(MIN(most, (int64_t)TEXT_MOST)));
	if (strcmp(column->kind, "date") == 0 || strcmp(column->kind, "period") == 0)
		for (int r = 0; r < grid->nrows; r++)
			if (strpbrk(grid->rows[r].cells[i], ":hT")) json_object_set_new(field, "time", json_true());
}

static bool is_degrees(const char *kind)
{
	return strcmp(kind, "lat") == 0 || strcmp(kind, "lon") == 0;
}

json_t *columns_fields(struct arena *a, enum lang lang, const struct grid *grid, const struct column *columns,
                       int title, const char **keys)
{
	json_t *fields = json_keep(a, json_array()), *taken = json_keep(a, json_object());
	const char *place = NULL;
	for (int i = 0; i < grid->ncolumns; i++) {
		const char *kind = columns[i].kind;
		keys[i] = NULL;
		if (*kind == '\0' || is_degrees(kind)) continue;
		keys[i] = key_from_words(a, columns[i].name, taken);
		json_t *field = json_pack("{s:s,s:s,s:s}", "key", keys[i], "type", kind, "label", columns[i].name);
		json_object_set_new(taken, keys[i], json_true());
		if (i == title) json_object_set_new(field, "required", json_true());
		add_options(a, grid, &columns[i], i, field);
		json_array_append_new(fields, field);
		if (place == NULL && strcmp(kind, "place") == 0) place = keys[i];
	}
	for (int i = 0; i < grid->ncolumns; i++) {
		if (!is_degrees(columns[i].kind)) continue;
		if (place == NULL) {
			const char *name = tr(lang, N_("Place"));
			place = key_from_words(a, name, taken);
			json_array_append_new(fields,
			                      json_pack("{s:s,s:s,s:s}", "key", place, "type", "place", "label", name));
		}
		keys[i] = place;
	}
	return fields;
}

/* ---- Rows ---- */

/* As the type place reads it: "lat, lon; ; address". */
static const char *place_text(struct arena *a, const struct grid *grid, const struct column *columns,
                              const char *const *keys, const char *key, const struct grid_row *row)
{
	const char *lat = "", *lon = "", *address = "";
	for (int i = 0; i < grid->ncolumns; i++) {
		if (keys[i] == NULL || strcmp(keys[i], key) != 0) continue;
		if (strcmp(columns[i].kind, "lat") == 0) lat = row->cells[i];
		else if (strcmp(columns[i].kind, "lon") == 0) lon = row->cells[i];
		else address = row->cells[i];
	}
	char numbers[2][NUMBER_SIZE];
	struct err err;
	if (*lat && number_parse(lat, LANG_FR, numbers[0], &err) == OK) lat = numbers[0];
	if (*lon && number_parse(lon, LANG_FR, numbers[1], &err) == OK) lon = numbers[1];
	if (*lat == '\0' && *lon == '\0') return address;
	return arena_printf(a, "%s, %s; ; %s", lat, lon, address);
}

/* Cells with several choices, as the type reads them. */
static const char *with_semicolons(struct arena *a, const char *cell, char separator)
{
	char *copy = arena_strdup(a, cell);
	for (char *c = copy; *c; c++)
		if (*c == separator) *c = ';';
	return copy;
}

json_t *column_values(struct arena *a, const struct form *form, const struct grid *grid, const struct column *columns,
                      const char *const *keys, const struct grid_row *row, struct issues *issues)
{
	json_t *values = json_keep(a, json_object());
	for (int i = 0; i < grid->ncolumns; i++) {
		const struct field *field = keys[i] ? form_field(form, keys[i]) : NULL;
		if (field == NULL || json_object_get(values, keys[i])) continue;
		const char *text = row->cells[i];
		if (strcmp(field->type->name, "place") == 0) text = place_text(a, grid, columns, keys, keys[i], row);
		if (strcmp(field->type->name, "choices") == 0) text = with_semicolons(a, text, columns[i].separator);
		if (*text == '\0') continue;
		json_t *value = field->type->import(field, text, issues);
		if (value) json_object_set(values, keys[i], value);
	}
	return values;
}
