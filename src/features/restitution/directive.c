#include "features/restitution/directive.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { ARGS_MAX = 600, FROZEN_ROOM = 40 /* for what directive_write adds */ };

static const struct {
	const char *word;
	enum directive_kind kind;
} names[] = {
	{ "tableau", DIRECTIVE_TABLE },     { "table", DIRECTIVE_TABLE },    { "graphique", DIRECTIVE_CHART },
	{ "chart", DIRECTIVE_CHART },       { "croise", DIRECTIVE_CROSS },   { "cross", DIRECTIVE_CROSS },
	{ "methode", DIRECTIVE_METHOD },    { "method", DIRECTIVE_METHOD },  { "tableaux", DIRECTIVE_LIST },
	{ "figures", DIRECTIVE_LIST },      { "chiffre", DIRECTIVE_NUMBER }, { "number", DIRECTIVE_NUMBER },
	{ "voir", DIRECTIVE_SEE },          { "see", DIRECTIVE_SEE },        { "citations", DIRECTIVE_QUOTES },
	{ "quotations", DIRECTIVE_QUOTES },
};

bool text_is_fence(const char *line)
{
	size_t blanks = strspn(line, " ");
	return blanks < 4 && (strncmp(line + blanks, "```", 3) == 0 || strncmp(line + blanks, "~~~", 3) == 0);
}

static bool read_kind(const char *word, enum directive_kind *ret)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i].word, word) == 0) {
			*ret = names[i].kind;
			return true;
		}
	return false;
}

static bool read_count(const char *word, const char *const *names_of, int *ret)
{
	for (; *names_of; names_of++) {
		size_t len = strlen(*names_of);
		if (strncmp(word, *names_of, len) != 0 || word[len] != '=') continue;
		long n = strtol(word + len + 1, NULL, 10);
		*ret = n < 1 ? 1 : n > FIGURE_QUOTES_MAX ? FIGURE_QUOTES_MAX : (int)n;
		return true;
	}
	return false;
}

static void read_option(struct directive *d, const char *word)
{
	static const char *const most[] = { "nombre", "most", NULL };
	static const char *const first[] = { "premieres", "premières", "first", NULL };
	if (read_count(word, most, &d->most) || read_count(word, first, &d->first)) return;
	if (strncmp(word, "pour=", 5) == 0 || strncmp(word, "for=", 4) == 0) d->share = strchr(word, '=') + 1;
	else if (strncmp(word, "fige=", 5) == 0 || strncmp(word, "frozen=", 7) == 0)
		id_parse(strchr(word, '=') + 1, &d->frozen);
	else if (d->nwords < DIRECTIVE_WORDS) d->words[d->nwords++] = word;
}

/* The blank before "titre=" or "title="; NULL: there is none. All that follows is the title. */
static char *title_in(char *text)
{
	for (char *at = text; (at = strpbrk(at, " \t")) != NULL; at++)
		if (strncmp(at + 1, "titre=", 6) == 0 || strncmp(at + 1, "title=", 6) == 0) return at;
	return NULL;
}

/* What stands between the braces. */
static bool read_inside(struct arena *a, const char *inside, struct directive *d)
{
	char *text = text_trim(a, inside), *title = title_in(text);
	if (title) {
		*title = '\0';
		d->title = text_trim(a, text_cut(a, title + 7, FIGURE_TITLE_MAX));
	}
	int words = 0;
	for (; *text; words++) {
		size_t len = strcspn(text, " \t");
		const char *word = arena_strndup(a, text, len);
		if (words == 0 && !read_kind(word, &d->kind)) return false;
		if (words > 0) read_option(d, word);
		text += len + strspn(text + len, " \t");
	}
	return words > 0 && (!id_is_zero(d->frozen) || strlen(inside) <= ARGS_MAX);
}

static bool is_alone(const char *text, size_t start, size_t end)
{
	while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t')) start--;
	end += strspn(text + end, " \t\r");
	return (start == 0 || text[start - 1] == '\n') && (text[end] == '\0' || text[end] == '\n');
}

/* Where the line that begins at `at` ends. */
static size_t line_end(const char *text, size_t at)
{
	return at + strcspn(text + at, "\n");
}

static bool find_in_line(struct arena *a, const char *text, size_t from, size_t to, struct directive *ret)
{
	for (size_t at = from; at + 4 <= to; at++) {
		if (text[at] != '{' || text[at + 1] != '{') continue;
		size_t len = 2;
		while (at + len + 1 < to && len < ARGS_MAX + FROZEN_ROOM && strncmp(text + at + len, "}}", 2) != 0 &&
		       text[at + len] != '{')
			len++;
		if (at + len + 1 >= to || strncmp(text + at + len, "}}", 2) != 0) continue;
		struct directive d = { .start = at, .len = len + 2, .alone = is_alone(text, at, at + len + 2) };
		if (!read_inside(a, arena_strndup(a, text + at + 2, len - 2), &d)) continue;
		bool inline_one = d.kind == DIRECTIVE_NUMBER || d.kind == DIRECTIVE_SEE;
		if (!inline_one && !d.alone) continue;
		*ret = d;
		return true;
	}
	return false;
}

bool directive_next(struct arena *a, const char *text, size_t *at, struct directive *ret)
{
	bool fenced = false;
	for (size_t line = 0; text[line];) {
		size_t end = line_end(text, line);
		if (text_is_fence(text + line)) fenced = !fenced;
		else if (!fenced && end > *at && find_in_line(a, text, MAX(line, *at), end, ret)) {
			*at = ret->start + ret->len;
			return true;
		}
		line = end + (text[end] == '\n');
	}
	*at = strlen(text);
	return false;
}

bool directive_shows(const struct directive *d)
{
	return d->kind != DIRECTIVE_LIST && d->kind != DIRECTIVE_SEE;
}

/* A theme may have several words. */
static const char *theme_words(struct arena *a, const struct directive *d)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (int i = 1; i < d->nwords; i++) buf_printf(&out, "%s%s", i > 1 ? " " : "", d->words[i]);
	return buf_str(&out);
}

enum code directive_spec(const struct page *p, const struct directive *d, struct figure_spec *ret, struct err *err)
{
	static const enum figure_kind kinds[DIRECTIVE_KINDS] = {
		[DIRECTIVE_TABLE] = FIGURE_TABLE, [DIRECTIVE_CHART] = FIGURE_CHART,
		[DIRECTIVE_CROSS] = FIGURE_CROSS, [DIRECTIVE_METHOD] = FIGURE_METHOD,
		[DIRECTIVE_LIST] = FIGURE_KINDS,  [DIRECTIVE_NUMBER] = FIGURE_TABLE,
		[DIRECTIVE_SEE] = FIGURE_KINDS,   [DIRECTIVE_QUOTES] = FIGURE_QUOTES,
	};
	struct figure_spec spec = { .kind = kinds[d->kind], .questions = { "", "" }, .share = SHARE_ROW };
	spec.form = d->nwords ? model_form(p->model, d->words[0]) : NULL;
	if (spec.form == NULL)
		FAIL(err, E_NOT_FOUND, N_("There is no form “%s” whose results could stand here."),
		     d->nwords ? d->words[0] : "");
	for (int i = 0; i < 2 && i + 1 < d->nwords; i++) spec.questions[i] = d->words[i + 1];
	spec.theme = theme_words(p->arena, d);
	spec.most = d->most;
	spec.first = d->first;
	for (enum cross_share share = 0; d->share && share < CROSS_SHARES; share++)
		if (strncmp(d->share, share == SHARE_ROW ? "l" : share == SHARE_COLUMN ? "c" : "t", 1) == 0)
			spec.share = share;
	/* What is said of all answers stands in the notes of method. */
	if (d->kind == DIRECTIVE_NUMBER && d->nwords < 3) spec.kind = FIGURE_METHOD;
	*ret = spec;
	return OK;
}

const char *directive_write(struct arena *a, const char *text, const struct directive *d, struct id frozen)
{
	struct buf out;
	char id[ID_TEXT + 1];
	const char *inside = arena_strndup(a, text + d->start + 2, d->len - 4);
	size_t blanks = strspn(inside, " \t"), name = blanks + strcspn(inside + blanks, " \t");
	buf_init(&out, a, 0);
	buf_printf(&out, "{{%s", text_trim(a, arena_strndup(a, inside, name)));
	for (int i = 0; i < d->nwords; i++) buf_printf(&out, " %s", d->words[i]);
	if (d->share) buf_printf(&out, " pour=%s", d->share);
	if (d->most) buf_printf(&out, " nombre=%d", d->most);
	if (d->first) buf_printf(&out, " premieres=%d", d->first);
	if (!id_is_zero(frozen)) buf_printf(&out, " fige=%s", id_format(frozen, id));
	if (d->title) buf_printf(&out, " titre=%s", d->title);
	if (out.data[out.len - 1] == '}') buf_putc(&out, ' '); /* the first two braces end it */
	buf_lit(&out, "}}");
	return buf_str(&out);
}
