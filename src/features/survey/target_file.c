#include "features/survey/target_file.h"

#include <string.h>

#include "base/text.h"
#include "core/person.h"

static const char *const columns_said[FILE_COLUMNS] = {
	[FILE_LEFT_OUT] = N_("left out"),
	[FILE_NAME] = N_("name"),
	[FILE_EMAIL] = N_("e-mail"),
	[FILE_PHONE] = N_("telephone"),
	[FILE_ADDRESS] = N_("postal address"),
	[FILE_PLACE] = N_("neighbourhood or place"),
	[FILE_LANGUAGE] = N_("language"),
	[FILE_CHANNEL] = N_("how to reach it"),
	[FILE_KEPT] = N_("kept, to compare rates"),
};

const char *file_column_words(enum file_column column)
{
	return columns_said[column];
}

struct word {
	const char *word; /* folded */
	int means;
};

/* The first that the folded name begins with counts: longer ones before what they begin with. */
static const struct word names[] = {
	{ "adresse postale", FILE_ADDRESS },
	{ "adresse elec", FILE_EMAIL },
	{ "adresse mail", FILE_EMAIL },
	{ "adresse e", FILE_EMAIL },
	{ "adresse", FILE_ADDRESS },
	{ "address", FILE_ADDRESS },
	{ "postal", FILE_ADDRESS },
	{ "courriel", FILE_EMAIL },
	{ "mail", FILE_EMAIL },
	{ "mel", FILE_EMAIL },
	{ "e mail", FILE_EMAIL },
	{ "email", FILE_EMAIL },
	{ "e-mail", FILE_EMAIL },
	{ "tel", FILE_PHONE },
	{ "phone", FILE_PHONE },
	{ "portable", FILE_PHONE },
	{ "mobile", FILE_PHONE },
	{ "nom", FILE_NAME },
	{ "name", FILE_NAME },
	{ "structure", FILE_NAME },
	{ "association", FILE_NAME },
	{ "quartier", FILE_PLACE },
	{ "neighbo", FILE_PLACE },
	{ "lieu", FILE_PLACE },
	{ "place", FILE_PLACE },
	{ "langue", FILE_LANGUAGE },
	{ "language", FILE_LANGUAGE },
	{ "canal", FILE_CHANNEL },
	{ "channel", FILE_CHANNEL },
	{ "moyen", FILE_CHANNEL },
	{ "joindre par", FILE_CHANNEL },
};

static const struct word channels[] = {
	{ "courriel", TARGET_BY_EMAIL },  { "mail", TARGET_BY_EMAIL },    { "mel", TARGET_BY_EMAIL },
	{ "email", TARGET_BY_EMAIL },     { "e-mail", TARGET_BY_EMAIL },  { "e mail", TARGET_BY_EMAIL },
	{ "courrier", TARGET_BY_LETTER }, { "lettre", TARGET_BY_LETTER }, { "poste", TARGET_BY_LETTER },
	{ "post", TARGET_BY_LETTER },     { "letter", TARGET_BY_LETTER }, { "tel", TARGET_BY_PHONE },
	{ "phone", TARGET_BY_PHONE },     { "appel", TARGET_BY_PHONE },   { "call", TARGET_BY_PHONE },
	{ "visit", TARGET_BY_VISIT },
};

static int read_word(const char *text, const struct word *words, size_t n, int fallback)
{
	AUTO(arena_release) struct arena a = { 0 };
	arena_init(&a);
	const char *folded = text_trim(&a, text_fold(&a, text));
	for (size_t i = 0; i < n; i++)
		if (strncmp(folded, words[i].word, strlen(words[i].word)) == 0) return words[i].means;
	return fallback;
}

enum target_channel target_channel_read(const char *text)
{
	return (enum target_channel)read_word(text, channels, COUNT(channels), TARGET_CHANNELS);
}

void target_file_guess(const struct grid *grid, enum file_column *columns)
{
	bool taken[FILE_COLUMNS] = { false };
	int kept = 0;
	for (int i = 0; i < grid->ncolumns; i++) {
		int column = read_word(grid->names[i], names, COUNT(names), FILE_KEPT);
		if (column != FILE_KEPT && taken[column]) column = FILE_KEPT;
		if (column == FILE_KEPT && (++kept > TARGET_ATTRIBUTES_MAX || *grid->names[i] == '\0'))
			column = FILE_LEFT_OUT;
		columns[i] = (enum file_column)column;
		taken[column] = true;
	}
	/* Nothing is called a name: the first column is one. */
	if (!taken[FILE_NAME] && grid->ncolumns) columns[0] = FILE_NAME;
}

/* ---- Reading ---- */

struct reading {
	struct arena *a;
	const struct grid *grid;
	const enum file_column *columns;
	struct target_file *ret;
	const char **there; /* marks of those on the list and above, a table of open addresses */
	size_t size;
};

static void refuse(struct reading *x, int line, const char *cell, const struct err *why)
{
	x->ret->refused++;
	if (x->ret->nrefusals == FILE_REFUSALS_SHOWN) return;
	x->ret->refusals[x->ret->nrefusals++] = (struct file_refusal){ line, text_cut(x->a, cell, 60), *why };
}

static enum code read_language(const char *cell, const char **ret, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	arena_init(&a);
	const char *folded = text_trim(&a, text_fold(&a, cell));
	if (strncmp(folded, "fr", 2) == 0) *ret = "fr";
	else if (strncmp(folded, "en", 2) == 0 || strncmp(folded, "ang", 3) == 0) *ret = "en";
	else FAIL(err, E_INPUT, N_("The language is “fr” or “en”."));
	return OK;
}

static enum code read_email(struct arena *a, const char *cell, struct err *err)
{
	struct issues issues;
	issues_init(&issues, a);
	person_check("-", cell, NULL, &issues);
	return issues_code(&issues, err);
}

/* One cell that is not empty. */
static enum code read_cell(struct reading *x, int i, const char *cell, struct survey_target *target, json_t *attributes,
                           struct err *err)
{
	size_t most = x->columns[i] == FILE_ADDRESS ? TARGET_ADDRESS_MAX : TARGET_TEXT_MAX;
	if (!text_valid(cell, strlen(cell)) || strlen(cell) > most)
		FAIL(err, E_INPUT, N_("This text is too long: %d letters at most."), (int)most);
	switch (x->columns[i]) {
	case FILE_NAME: target->name = cell; break;
	case FILE_PHONE: target->phone = cell; break;
	case FILE_ADDRESS: target->address = cell; break;
	case FILE_PLACE: target->place = cell; break;
	case FILE_EMAIL: target->email = cell; return read_email(x->a, cell, err);
	case FILE_LANGUAGE: return read_language(cell, &target->language, err);
	case FILE_CHANNEL:
		target->channel = target_channel_read(cell);
		if (target->channel == TARGET_CHANNELS)
			FAIL(err, E_INPUT, N_("It is reached by “e-mail”, “post”, “telephone” or “visit”."));
		break;
	case FILE_KEPT:
		json_object_set_new(attributes, text_cut(x->a, x->grid->names[i], FILE_ATTRIBUTE_NAME),
		                    json_string(cell));
		break;
	case FILE_LEFT_OUT:
	case FILE_COLUMNS: break;
	}
	return OK;
}

/* It cannot be reached so without that. */
static enum code check_channel(const struct survey_target *target, struct err *err)
{
	if (target->channel == TARGET_BY_EMAIL && *target->email == '\0')
		FAIL(err, E_INPUT, N_("It is to be reached by e-mail, and has no address."));
	if (target->channel == TARGET_BY_PHONE && *target->phone == '\0')
		FAIL(err, E_INPUT, N_("It is to be reached by telephone, and has no number."));
	return OK;
}

/* Is one of this name and e-mail there? Notes that it is. */
static bool note_there(struct reading *x, const struct survey_target *target)
{
	const char *mark = arena_printf(x->a, "%s\n%s", text_fold(x->a, target->name), text_fold(x->a, target->email));
	struct hash hash = hash_blake2b("targ", NULL, mark, strlen(mark));
	uint64_t at = 0;
	for (int i = 0; i < 8; i++) at = at << 8 | hash.b[i];
	for (at %= x->size; x->there[at]; at = (at + 1) % x->size)
		if (strcmp(x->there[at], mark) == 0) return true;
	x->there[at] = mark;
	return false;
}

static void read_row(struct reading *x, const struct form *form, const struct grid_row *row)
{
	struct survey_target target = { .id = id_random(),
		                        .form = form,
		                        .name = "",
		                        .email = "",
		                        .phone = "",
		                        .place = "",
		                        .address = "",
		                        .language = "" };
	json_t *attributes = json_keep(x->a, json_object());
	struct err err;
	for (int i = 0; i < x->grid->ncolumns; i++)
		if (*row->cells[i] && read_cell(x, i, row->cells[i], &target, attributes, &err) != OK) {
			refuse(x, row->line, row->cells[i], &err);
			return;
		}
	if (*target.name == '\0') {
		err_set(&err, E_INPUT, N_("This row has no name."));
		refuse(x, row->line, "", &err);
		return;
	}
	if (check_channel(&target, &err) != OK) {
		refuse(x, row->line, target.name, &err);
		return;
	}
	if (note_there(x, &target)) {
		if (x->ret->ntwice < FILE_REFUSALS_SHOWN) x->ret->twice[x->ret->ntwice++] = row->line;
		x->ret->there_twice++;
		return;
	}
	target.attributes = attributes;
	x->ret->targets[x->ret->n++] = target;
}

static void check_columns(const struct grid *grid, const enum file_column *columns, struct issues *issues)
{
	int n[FILE_COLUMNS] = { 0 };
	for (int i = 0; i < grid->ncolumns; i++) n[columns[i]]++;
	if (n[FILE_NAME] == 0) issues_add(issues, "", N_("Say which column has the names."));
	if (n[FILE_KEPT] > TARGET_ATTRIBUTES_MAX)
		issues_add(issues, "", N_("At most %d further columns are kept."), TARGET_ATTRIBUTES_MAX);
	for (int c = FILE_NAME; c < FILE_KEPT; c++)
		if (n[c] > 1) issues_add(issues, "", N_("Two columns are said to be the same thing: choose one."));
}

void target_file_read(struct arena *a, const struct form *form, const struct grid *grid,
                      const enum file_column *columns, const struct survey_target *known, int nknown,
                      struct target_file *ret, struct issues *issues)
{
	struct reading x = { .a = a, .grid = grid, .columns = columns, .ret = ret };
	memset(ret, 0, sizeof(*ret));
	check_columns(grid, columns, issues);
	ret->targets = arena_array(a, struct survey_target, (size_t)grid->nrows + 1);
	x.size = 2 * ((size_t)grid->nrows + (size_t)nknown) + 1;
	x.there = arena_array(a, const char *, x.size);
	memset(x.there, 0, x.size * sizeof(*x.there));
	for (int i = 0; i < nknown; i++) (void)note_there(&x, &known[i]);
	for (int i = 0; i < grid->nrows; i++) read_row(&x, form, &grid->rows[i]);
}
