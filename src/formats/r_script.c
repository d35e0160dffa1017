/* The script for R (formats/r_export.c). Strings are as R's own documentation says (?Quotes): "\\u00e9", "\\U0001f600". */
#include <string.h>

#include "formats/r_export.h"

/* The character that begins at *text, of valid UTF-8, behind which it is moved. */
static unsigned long next_character(const unsigned char **text)
{
	const unsigned char *c = *text;
	int more = *c >= 0xf0 ? 3 : *c >= 0xe0 ? 2 : *c >= 0xc0 ? 1 : 0;
	unsigned long character = more ? *c & (0x3fu >> more) : *c;
	for (c++; more && *c; more--, c++) character = character << 6 | (*c & 0x3fu);
	*text = c;
	return character;
}

static void put_string(struct buf *out, const char *text)
{
	buf_putc(out, '"');
	for (const unsigned char *at = (const unsigned char *)text; *at;) {
		unsigned long c = next_character(&at);
		if (c == '"' || c == '\\') buf_printf(out, "\\%c", (char)c);
		else if (c == '\n') buf_lit(out, "\\n");
		else if (c >= 0x20 && c < 0x7f) buf_putc(out, (char)c);
		else if (c > 0xffff) buf_printf(out, "\\U%08lx", c);
		else if (c >= 0x80) buf_printf(out, "\\u%04lx", c);
	}
	buf_putc(out, '"');
}

static void put_list(struct buf *out, const struct export *x, const struct field *field, bool words)
{
	buf_lit(out, "c(");
	for (int i = 0; i < field->nchoices; i++) {
		if (i) buf_lit(out, ", ");
		put_string(out, words ? t(x->page, &field->choices[i].label) : field->choices[i].key);
	}
	buf_lit(out, ")");
}

/* R refuses a factor two levels of which have one name. */
static bool words_differ(const struct export *x, const struct field *field)
{
	for (int i = 0; i < field->nchoices; i++)
		for (int j = 0; j < i; j++)
			if (strcmp(t(x->page, &field->choices[i].label), t(x->page, &field->choices[j].label)) == 0)
				return false;
	return true;
}

static void put_factor(struct buf *out, const struct export *x, const struct r_variable *v, const char *name)
{
	const struct field *field = v->column->field;
	buf_printf(out, "%s <- factor(%s, levels = ", name, name);
	put_list(out, x, field, false);
	buf_lit(out, ", labels = ");
	put_list(out, x, field, words_differ(x, field));
	buf_puts(out, v->kind == R_ORDERED ? ", ordered = TRUE)\n" : ")\n");
}

static void put_conversion(struct buf *out, const struct export *x, const struct r_variable *v, const char *name)
{
	static const struct {
		const char *before, *after; /* NULL: it stays text */
	} made[] = {
		[R_NUMBER] = { "as.numeric(", ")" },
		[R_RANK] = { "as.integer(", ")" },
		[R_WORKED_OUT] = { "type.convert(", ", as.is = TRUE)" },
		[R_DAY] = { "as.Date(", ", format = \"%Y-%m-%d\")" },
		[R_TIME] = { "as.POSIXct(", ", format = \"%Y-%m-%dT%H:%M\")" },
		[R_MOMENT] = { "as.POSIXct(", ", format = \"%Y-%m-%dT%H:%M:%SZ\", tz = \"UTC\")" },
		[R_LOGICAL] = { "as.logical(", ")" },
		[R_BOX] = { "as.logical(", ")" },
		[R_COMMENT] = { NULL, NULL },
	};
	if (v->kind == R_FACTOR || v->kind == R_ORDERED) put_factor(out, x, v, name);
	else if (made[v->kind].before)
		buf_printf(out, "%s <- %s%s%s\n", name, made[v->kind].before, name, made[v->kind].after);
}

/* "Question – choice", "Question – other words". */
static const char *label_of(const struct export *x, const struct r_variable *v)
{
	const struct field *field = v->column->field;
	const enum lang lang = x->page->lang;
	const char *label = field ? t(x->page, &field->label) : v->column->label;
	if (v->choice) label = arena_printf(x->arena, "%s – %s", label, t(x->page, &v->choice->label));
	if (v->kind == R_WORDS) label = arena_printf(x->arena, "%s – %s", label, tr(lang, N_("other, in words")));
	if (v->kind == R_COMMENT) label = arena_printf(x->arena, "%s – %s", label, tr(lang, N_("comment")));
	return label;
}

static void put_variable(struct buf *out, const struct export *x, const struct r_variable *v)
{
	struct buf name;
	buf_init(&name, x->arena, 0);
	buf_lit(&name, "d[[");
	put_string(&name, v->name);
	buf_lit(&name, "]]");
	put_conversion(out, x, v, buf_str(&name));
	buf_printf(out, "attr(%s, \"label\") <- ", buf_str(&name));
	put_string(out, label_of(x, v));
	buf_lit(out, "\n");
}

const char *r_script(const struct export *x, const struct r_variable *variables, int n)
{
	static const char *const notes[] = {
		N_("Answers to a questionnaire, for R: source(\"answers.R\")"),
		N_("What was not answered is NA; boxes are TRUE or FALSE where the question was answered."),
		N_("Lines of tables are ordered factors, in the order of the answers; what is ranked has its place, from 1."),
	};
	struct buf out;
	buf_init(&out, x->arena, 0);
	for (size_t i = 0; i < COUNT(notes); i++) buf_printf(&out, "# %s\n", tr(x->page->lang, notes[i]));
	buf_lit(&out,
	        "d <- read.csv(\"answers.csv\", encoding = \"UTF-8\", na.strings = \"\", colClasses = \"character\", "
	        "check.names = FALSE, stringsAsFactors = FALSE)\n");
	for (int i = 0; i < n; i++) put_variable(&out, x, &variables[i]);
	buf_lit(&out, "answers <- d\nrm(d)\nstr(answers, list.len = 20, vec.len = 2)\n");
	return buf_str(&out);
}
