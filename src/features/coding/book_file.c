#include "features/coding/book_file.h"

#include <string.h>

#include "base/text.h"
#include "formats/csv.h"
#include "formats/xml.h"

/* ---- Written ---- */

void book_csv(struct buf *out, const struct page *p, const struct codebook *book)
{
	const char *const heads[] = { _("Name"), _("Under"), _("Definition"), _("Example"), _("Colour") };
	csv_line(out, heads, COUNT(heads));
	for (int i = 0; i < book->n; i++) {
		const struct book_code *code = &book->codes[i];
		if (code->state != CODE_USED) continue;
		const char *const cells[] = { code->name, code->parent < 0 ? "" : book->codes[code->parent].name,
			                      code->definition, code->example, colour_code(code->colour) };
		csv_line(out, cells, COUNT(cells));
	}
}

static void put_text(struct buf *out, const char *text)
{
	xml_text(out, text, strlen(text));
}

/* A UUID in braces is not asked for: the schema's pattern is that of RFC 4122 alone. */
static void put_guid(struct buf *out, struct id id)
{
	for (int i = 0; i < (int)sizeof(id.b); i++)
		buf_printf(out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", id.b[i]);
}

static void put_codes(struct buf *out, const struct codebook *book, int parent)
{
	for (int i = 0; i < book->n; i++) {
		const struct book_code *code = &book->codes[i];
		if (code->state != CODE_USED || code->parent != parent) continue;
		buf_puts(out, "<Code guid=\"");
		put_guid(out, code->id);
		buf_puts(out, "\" name=\"");
		put_text(out, code->name);
		buf_printf(out, "\" isCodable=\"true\" color=\"%s\">", colour_code(code->colour));
		if (*code->definition || *code->example) {
			buf_puts(out, "<Description>");
			put_text(out, code->definition);
			if (*code->definition && *code->example) buf_puts(out, "\n");
			put_text(out, code->example);
			buf_puts(out, "</Description>");
		}
		put_codes(out, book, i);
		buf_puts(out, "</Code>\n");
	}
}

void book_qdc(struct buf *out, const struct codebook *book)
{
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" "
	              "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
	              "xsi:schemaLocation=\"urn:QDA-XML:codebook:1.0 Codebook.xsd\" origin=\"Parvis\">\n<Codes>\n");
	put_codes(out, book, -1);
	buf_puts(out, "</Codes>\n</CodeBook>\n");
}

/* ---- Read ---- */

enum { B_NAME, B_UNDER, B_DEFINITION, B_EXAMPLE, B_COLOUR, B_COLUMNS };

static const char *const heads[B_COLUMNS][4] = { { "name", "nom", "theme", "code" },
	                                         { "under", "sous", "parent", "dans" },
	                                         { "definition", "description", "memo", NULL },
	                                         { "example", "exemple", NULL, NULL },
	                                         { "colour", "color", "couleur", NULL } };

static int column_of(struct arena *a, const char *cell)
{
	const char *folded = text_fold(a, text_trim(a, cell));
	for (int column = 0; column < B_COLUMNS; column++)
		for (int i = 0; i < 4 && heads[column][i]; i++)
			if (strcmp(heads[column][i], folded) == 0) return column;
	return -1;
}

/* True: it is a line of headings, and `at` says where each column is (−1: nowhere). */
static bool read_heads(struct arena *a, const char *const *cells, int n, int at[B_COLUMNS])
{
	int found[B_COLUMNS] = { -1, -1, -1, -1, -1 };
	for (int i = 0; i < n; i++) {
		int column = column_of(a, cells[i]);
		if (column >= 0 && found[column] < 0) found[column] = i;
	}
	if (found[B_NAME] < 0) return false;
	memcpy(at, found, sizeof(found));
	return true;
}

static const char *cell_at(struct arena *a, const char *const *cells, int n, int at)
{
	struct err err;
	char *clean;
	if (at < 0 || at >= n) return "";
	if (text_clean(a, cells[at], strlen(cells[at]), TEXT_LINE, &clean, &err) != OK) return "";
	/* As csv_write wrote what a spreadsheet would have taken for a formula. */
	return clean[0] == '\'' && clean[1] && strchr("=+-@", clean[1]) ? clean + 1 : clean;
}

static int colour_of(const char *text)
{
	for (int i = 0; i < CODE_COLOURS; i++)
		if (strcmp(colour_code(i), text) == 0) return i;
	return 0;
}

static void check_line(const struct book_line *line, struct issues *issues)
{
	if (*line->name == '\0') issues_add(issues, "text", N_("Line %d: the theme has no name."), line->line);
	if (text_length(line->name) > CODE_NAME_MAX)
		issues_add(issues, "text", N_("Line %d: the name is over %d letters."), line->line, CODE_NAME_MAX);
	if (text_length(line->definition) > CODE_TEXT_MAX || text_length(line->example) > CODE_TEXT_MAX)
		issues_add(issues, "text", N_("Line %d: a text is over %d letters."), line->line, CODE_TEXT_MAX);
}

int book_csv_read(struct arena *a, const char *text, struct book_line **ret, struct issues *issues)
{
	struct book_line *lines = arena_array(a, struct book_line, CODES_MAX + 1);
	int at[B_COLUMNS] = { 0, -1, 1, -1, -1 }, n = 0, ncells;
	struct csv csv;
	struct err err;
	const char **cells;
	bool first = true;
	*ret = lines;
	if (csv_open(&csv, a, text, strlen(text), &err) != OK) {
		issues_add(issues, "text", N_("This is no table: paste lines of a spreadsheet."));
		return 0;
	}
	for (;; first = false) {
		if (csv_row(&csv, &cells, &ncells, &err) != OK) {
			issues_add(issues, "text", N_("Line %d: a quotation mark is never closed."), csv.line);
			return n;
		}
		if (ncells == 0) return n;
		if (first && read_heads(a, cells, ncells, at)) continue;
		if (n == CODES_MAX) {
			issues_add(issues, "text", N_("A book has at most %d themes."), CODES_MAX);
			return n;
		}
		lines[n] = (struct book_line){ .name = cell_at(a, cells, ncells, at[B_NAME]),
			                       .under = cell_at(a, cells, ncells, at[B_UNDER]),
			                       .definition = cell_at(a, cells, ncells, at[B_DEFINITION]),
			                       .example = cell_at(a, cells, ncells, at[B_EXAMPLE]),
			                       .colour = colour_of(cell_at(a, cells, ncells, at[B_COLOUR])),
			                       .line = csv.line };
		check_line(&lines[n++], issues);
	}
}
