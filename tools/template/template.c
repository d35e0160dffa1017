/*
 * The template compiler: template_compiler INPUT RELATIVE OUT.c OUT.h
 *
 * Turns an .html file into C functions that write HTML into a buffer. Escaping follows the HTML
 * context (context.h); C expressions are left to the C compiler, which names the template's line.
 *
 *   {% use "page/page.h" %}                     an #include of the header made
 *   {% template card(const struct card *c) %}   void card(struct buf *out, const struct card *c)
 *   {{ expression }}                            its value, escaped for the place
 *   {% if e %} {% elif e %} {% else %} {% end %}
 *   {% for struct item *i = a; i; i = i->next %} {% end %}
 *   {% let const char *name = e %}              a local variable
 *   {% call other(args) %}                      other(out, args)
 *   {# note #}
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "text.h"

/* Globals, so that a leak checker sees what exit() leaves. */
static const char *input, *relative;
static struct text source, code, header, literal;
static const char *at; /* what was read so far of the source */

/* A directive: what stands between {% and %}, or {{ and }}. */
struct directive {
	char word[16];             /* "" at the end of the file, "=" for a value */
	const char *start;         /* of the whole */
	const char *arg, *arg_end; /* without the white space around */
};

static int line_of(const char *place)
{
	int line = 1;
	for (const char *s = source.data; s < place; s++) line += *s == '\n';
	return line;
}

__attribute__((noreturn, format(printf, 2, 3))) static void fail(const char *place, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%d: error: ", input, line_of(place));
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	exit(1);
}

static void check(const char *place, const char *refusal)
{
	if (refusal) fail(place, "%s", refusal);
}

/* ---- Output ---- */

static void flush_literal(void)
{
	if (literal.len == 0) return;
	text_puts(&code, "\tbuf_lit(out, ");
	text_c_string(&code, literal.data, literal.len);
	text_puts(&code, ");\n");
	literal.len = 0;
}

/* Before code taken from the template at `place`. */
static void put_line(const char *place)
{
	flush_literal();
	text_printf(&code, "#line %d ", line_of(place));
	text_c_string(&code, input, strlen(input));
	text_puts(&code, "\n");
}

/* before, the directive's argument, after */
static void put_code(const struct directive *d, const char *before, const char *after)
{
	put_line(d->arg);
	text_puts(&code, before);
	text_add(&code, d->arg, (size_t)(d->arg_end - d->arg));
	text_puts(&code, after);
}

/* name(args) as name(out, args) */
static void put_call(const struct directive *d)
{
	const char *open = memchr(d->arg, '(', (size_t)(d->arg_end - d->arg));
	if (open == NULL || d->arg_end[-1] != ')') fail(d->start, "call needs name(arguments)");
	const char *args = open + 1;
	while (isspace((unsigned char)*args)) args++;
	put_line(d->arg);
	text_puts(&code, "\t");
	text_add(&code, d->arg, (size_t)(open - d->arg));
	text_puts(&code, args == d->arg_end - 1 ? "(out" : "(out, ");
	text_add(&code, args, (size_t)(d->arg_end - args));
	text_puts(&code, ";\n");
}

/* ---- Reading ---- */

/* From `s`, the place of the two characters of `close`, outside C strings and characters. */
static const char *find_close(const char *start, const char *s, const char *close)
{
	for (; *s; s++) {
		if (s[0] == close[0] && s[1] == close[1]) return s;
		if (*s != '"' && *s != '\'') continue;
		for (char quote = *s++; *s != quote; s++) {
			if (*s == '\\' && s[1]) s++;
			if (*s == '\n' || *s == '\0') fail(start, "a C string is not closed");
		}
	}
	fail(start, "no %s before the end of the file", close);
}

static void trim(struct directive *d)
{
	while (d->arg < d->arg_end && isspace((unsigned char)d->arg[0])) d->arg++;
	while (d->arg < d->arg_end && isspace((unsigned char)d->arg_end[-1])) d->arg_end--;
}

static void read_word(struct directive *d)
{
	size_t len = 0;
	while (d->arg < d->arg_end && islower((unsigned char)*d->arg) && len + 1 < sizeof(d->word))
		d->word[len++] = *d->arg++;
	d->word[len] = '\0';
	trim(d);
}

/* Reads the literal text up to the next directive into `c` (notes fall out), then the directive. */
static struct directive next_directive(struct context *c)
{
	struct directive d = { 0 };
	for (;;) {
		const char *start = at;
		while (*at && !(at[0] == '{' && strchr("{%#", at[1]) && at[1])) at++;
		const char *place;
		const char *refusal = context_literal(c, start, (size_t)(at - start), &literal, &place);
		if (refusal) fail(place, "%s", refusal);
		d.start = at;
		if (*at == '\0') return d;
		if (at[1] != '#') break;
		const char *close = strstr(at, "#}");
		if (close == NULL) fail(at, "no #} before the end of the file");
		at = close + 2;
	}
	bool value = at[1] == '{';
	d.arg = at + 2;
	d.arg_end = find_close(at, d.arg, value ? "}}" : "%}");
	at = d.arg_end + 2;
	trim(&d);
	if (value) d.word[0] = '=';
	else read_word(&d);
	return d;
}

static bool is(const struct directive *d, const char *word)
{
	return strcmp(d->word, word) == 0;
}

static void need(const struct directive *d, bool argument)
{
	if (argument && d->arg == d->arg_end) fail(d->start, "%s: nothing follows", is(d, "=") ? "{{ }}" : d->word);
	if (!argument && d->arg < d->arg_end) fail(d->start, "%s takes nothing", d->word);
}

static struct directive compile_body(struct context *c);

static void compile_value(struct context *c, const struct directive *d)
{
	static const char *const functions[] = {
		[VALUE_TEXT] = "\thtml_text(out, (",
		[VALUE_ATTR] = "\thtml_attr(out, (",
		[VALUE_URL] = "\thtml_url(out, (",
		[VALUE_URL_PART] = "\thtml_url_part(out, (",
	};
	enum value value;
	check(d->start, context_value(c, &value));
	put_code(d, functions[value], "));\n");
}

static void compile_if(struct context *c, const struct directive *opening)
{
	struct context start = *c;
	struct directive d = *opening;
	bool has_else = false;
	put_code(&d, "\tif (", ") {\n");
	for (bool first = true;; first = false) {
		struct context branch = start;
		d = compile_body(&branch);
		if (*d.word == '\0') fail(opening->start, "if without end");
		flush_literal();
		if (first) *c = branch;
		else check(d.start, context_merge(c, &branch));
		if (is(&d, "end")) break;
		if (has_else) fail(d.start, "%s after else", d.word);
		has_else = is(&d, "else");
		need(&d, !has_else);
		if (has_else) text_puts(&code, "\t} else {\n");
		else put_code(&d, "\t} else if (", ") {\n");
	}
	need(&d, false);
	text_puts(&code, "\t}\n");
	if (!has_else) check(d.start, context_merge(c, &start));
}

/* White space before the first turn also stands before the next ones only if the body ends in some;
 * if it does not, the body is compiled again without counting on it. */
static void compile_for(struct context *c, const struct directive *opening)
{
	put_code(opening, "\tfor (", ") {\n");
	struct context start = *c;
	const char *body_at = at;
	size_t code_len = code.len;
	for (;;) {
		*c = start;
		struct directive d = compile_body(c);
		if (*d.word == '\0') fail(opening->start, "for without end");
		if (!is(&d, "end")) fail(d.start, "%s without if", d.word);
		need(&d, false);
		check(d.start, context_loop(&start, c));
		if (!start.space || c->space) break;
		start.space = false;
		at = body_at;
		code.len = code_len;
		literal.len = 0;
	}
	flush_literal();
	text_puts(&code, "\t}\n");
	check(opening->start, context_merge(c, &start));
}

/* Compiles up to the {% elif %}, {% else %} or {% end %} of the block, which it returns. */
static struct directive compile_body(struct context *c)
{
	for (;;) {
		struct directive d = next_directive(c);
		if (*d.word == '\0' && *d.start == '\0') return d;
		if (is(&d, "=")) {
			need(&d, true);
			compile_value(c, &d);
			continue;
		}
		check(d.start, context_directive(c));
		if (is(&d, "elif") || is(&d, "else") || is(&d, "end")) return d;
		if (is(&d, "template") || is(&d, "use")) fail(d.start, "%s inside a template", d.word);
		bool known = is(&d, "if") || is(&d, "for") || is(&d, "let") || is(&d, "call");
		if (!known) fail(d.start, "unknown directive");
		need(&d, true);
		if (is(&d, "if")) {
			compile_if(c, &d);
		} else if (is(&d, "for")) {
			compile_for(c, &d);
		} else if (is(&d, "let")) {
			put_code(&d, "\t", ";\n");
		} else {
			check(d.start, context_call(c));
			put_call(&d);
		}
	}
}

/* ---- The file ---- */

static void put_signature(struct text *out, const struct directive *d, const char *open, const char *after)
{
	const char *args = open + 1;
	while (isspace((unsigned char)*args)) args++;
	text_puts(out, "void ");
	text_add(out, d->arg, (size_t)(open - d->arg));
	text_puts(out, args == d->arg_end - 1 ? "(struct buf *out" : "(struct buf *out, ");
	text_add(out, args, (size_t)(d->arg_end - args));
	text_puts(out, after);
}

static void compile_template(const struct directive *d)
{
	const char *open = d->arg;
	while (open < d->arg_end && (isalnum((unsigned char)*open) || *open == '_')) open++;
	if (open == d->arg || open == d->arg_end || *open != '(' || d->arg_end[-1] != ')')
		fail(d->start, "template needs name(parameters)");
	put_signature(&header, d, open, ";\n");
	put_line(d->arg);
	put_signature(&code, d, open, "\n{\n");
	struct context c;
	context_init(&c);
	struct directive end = compile_body(&c);
	if (*end.word == '\0') fail(d->start, "template without end");
	if (!is(&end, "end")) fail(end.start, "%s without if", end.word);
	need(&end, false);
	check(end.start, context_end(&c));
	while (literal.len && isspace((unsigned char)literal.data[literal.len - 1])) literal.len--;
	flush_literal();
	text_puts(&code, "}\n\n");
}

/* Between templates only white space and notes may stand. */
static bool next_outside(struct directive *d)
{
	struct context c;
	context_init(&c);
	*d = next_directive(&c);
	if (literal.len) fail(d->start, "text outside a template");
	return *d->start != '\0';
}

static void compile_file(void)
{
	struct directive d;
	bool templates = false;
	while (next_outside(&d)) {
		if (is(&d, "use") && !templates) {
			bool quoted = *d.arg == '"' && d.arg_end[-1] == '"';
			bool angled = *d.arg == '<' && d.arg_end[-1] == '>';
			if (!quoted && !angled) fail(d.start, "use needs \"folder/file.h\"");
			text_puts(&header, "#include ");
			text_add(&header, d.arg, (size_t)(d.arg_end - d.arg));
			text_puts(&header, "\n");
		} else if (is(&d, "use")) {
			fail(d.start, "use stands before the templates");
		} else if (is(&d, "template")) {
			compile_template(&d);
			templates = true;
		} else {
			fail(d.start, "only use and template stand outside a template");
		}
	}
	if (!templates) fail(source.data, "no template in this file");
}

static void put_guard(void)
{
	char name[256];
	size_t len = 0;
	for (const char *s = relative; *s && len + 1 < sizeof(name); s++)
		name[len++] = isalnum((unsigned char)*s) ? (char)toupper((unsigned char)*s) : '_';
	name[len] = '\0';
	text_printf(&header, "/* Made from %s by the template compiler. */\n", relative);
	text_printf(&header, "#ifndef PARVIS_%s_H\n#define PARVIS_%s_H\n\n#include \"base/html.h\"\n", name, name);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "usage: template_compiler INPUT RELATIVE OUT.c OUT.h\n");
		return 2;
	}
	input = argv[1];
	relative = argv[2];
	if (!text_read(&source, input)) {
		fprintf(stderr, "%s: %s\n", input, strerror(errno));
		return 1;
	}
	if (strlen(source.data) != source.len) {
		fprintf(stderr, "%s: holds a NUL\n", input);
		return 1;
	}
	put_guard();
	text_printf(&code, "/* Made from %s by the template compiler. */\n", relative);
	text_printf(&code, "#include \"%s.h\"\n\n#include \"base/i18n.h\"\n\n", relative);
	/* A template may take an argument, such as the page, that it does not need. */
	text_puts(&code, "#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n\n");
	at = source.data;
	compile_file();
	text_puts(&header, "\n#endif\n");
	if (!text_write(&code, argv[3]) || !text_write(&header, argv[4])) {
		fprintf(stderr, "%s: %s\n", argv[3], strerror(errno));
		return 1;
	}
	return 0;
}
