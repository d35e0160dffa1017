/* An expression written again: as it is kept, and as the browser works it out. */
#include <string.h>

#include "expression/fold.h"
#include "expression/node.h"

const char *expression_quoted(struct arena *a, const char *text)
{
	struct buf out;
	buf_init(&out, a, 0);
	buf_putc(&out, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\') buf_putc(&out, '\\');
		buf_putc(&out, *text);
	}
	buf_putc(&out, '"');
	return buf_str(&out);
}

const char *expression_name_text(struct arena *a, const char *name)
{
	return expression_word(name) ? arena_printf(a, "{%s}", name) : name;
}

struct writer {
	struct arena *a;
	struct buf out;
	enum lang lang;
	bool labels; /* questions by what people see */
};

static const char *word_of(const struct writer *w, const struct expression_function *f)
{
	if (f->shape == SHAPE_PREFIX && f->bind == BIND_MINUS) return "-";
	return w->lang == LANG_FR && f->french ? f->french : f->name;
}

static void write(struct writer *w, const struct expression *e, int bind);

static void write_args(struct writer *w, const struct expression *e, int from)
{
	buf_putc(&w->out, '(');
	for (int i = from; i < e->nargs; i++) {
		if (i > from) buf_puts(&w->out, w->lang == LANG_FR ? " ; " : ", ");
		write(w, e->args[i], BIND_OR);
	}
	buf_putc(&w->out, ')');
}

/* `bind`: how tightly what stands around holds; what holds less needs parentheses. */
static void write_call(struct writer *w, const struct expression *e, int bind)
{
	const struct expression_function *f = e->function;
	bool inside = f->shape != SHAPE_CALL && f->bind < bind;
	if (inside) buf_putc(&w->out, '(');
	switch (f->shape) {
	case SHAPE_CALL:
		buf_puts(&w->out, word_of(w, f));
		write_args(w, e, 0);
		break;
	case SHAPE_PREFIX:
		buf_printf(&w->out, "%s%s", word_of(w, f), f->bind == BIND_NOT ? " " : "");
		write(w, e->args[0], f->bind);
		break;
	case SHAPE_IN:
		write(w, e->args[0], f->bind + 1);
		buf_printf(&w->out, " %s ", word_of(w, f));
		write_args(w, e, 1);
		break;
	case SHAPE_INFIX:
		/* Comparisons do not follow one another. */
		write(w, e->args[0], f->bind == BIND_COMPARE ? f->bind + 1 : f->bind);
		buf_printf(&w->out, " %s ", word_of(w, f));
		write(w, e->args[1], f->bind + 1);
		break;
	}
	if (inside) buf_putc(&w->out, ')');
}

static void write_number(struct writer *w, const struct expression *e, int bind)
{
	char number[NUMBER_SIZE];
	decimal_text(e->number, number);
	char *point = strchr(number, '.');
	if (point && w->lang == LANG_FR) *point = ',';
	bool inside = e->number < 0 && bind > BIND_MINUS;
	buf_printf(&w->out, inside ? "(%s)" : "%s", number);
}

static void write(struct writer *w, const struct expression *e, int bind)
{
	switch (e->kind) {
	case NODE_NUMBER: write_number(w, e, bind); break;
	case NODE_TEXT: buf_puts(&w->out, expression_quoted(w->a, e->text)); break;
	case NODE_NAME:
		if (w->labels) buf_printf(&w->out, tr(w->lang, N_("“%s”")), e->name->label ? e->name->label : e->text);
		else buf_puts(&w->out, expression_name_text(w->a, e->text));
		break;
	case NODE_YES_NO:
		if (w->lang == LANG_FR) buf_puts(&w->out, e->yes ? "oui" : "non");
		else buf_puts(&w->out, e->yes ? "yes" : "no");
		break;
	case NODE_CALL: write_call(w, e, bind); break;
	}
}

const char *expression_text(struct arena *a, const struct expression *e, enum lang lang)
{
	struct writer w = { .a = a, .lang = lang };
	buf_init(&w.out, a, 0);
	write(&w, e, BIND_OR);
	return buf_str(&w.out);
}

const char *expression_labelled(struct arena *a, const struct expression *e, enum lang lang)
{
	struct writer w = { .a = a, .lang = lang, .labels = true };
	buf_init(&w.out, a, 0);
	write(&w, e, BIND_TIGHT);
	return buf_str(&w.out);
}

/* ---- For the browser ---- */

json_t *expression_json(const struct expression *e)
{
	char number[NUMBER_SIZE];
	json_t *call;
	switch (e->kind) {
	case NODE_NUMBER: return json_pack("{s:s}", "n", decimal_text(e->number, number));
	case NODE_TEXT: return json_pack("{s:s}", "t", e->text);
	case NODE_YES_NO: return json_boolean(e->yes);
	case NODE_NAME: return json_pack("{s:s}", "q", e->text);
	default: break;
	}
	call = json_pack("[s]", e->function->name);
	int n = e->pattern ? 1 : e->nargs;
	for (int i = 0; i < n; i++) json_array_append_new(call, expression_json(e->args[i]));
	if (e->pattern) json_array_append_new(call, pattern_json(e->pattern));
	return call;
}
