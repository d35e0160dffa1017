#include "features/restitution/restitution_text.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/text.h"
#include "features/restitution/restitution.h"
#include "features/result/result_page.h"
#include "fields/rich_text.h"

enum { COUNTED_MAX = 12 /* forms of one text */, LEVELS = 6 };

/* Results counted once for a text. */
struct counted {
	const struct form *form;
	struct results results;
	enum code code;
	struct err err;
};

struct reading {
	const struct page *p;
	const char *source;
	struct restitution_text *ret;
	struct counted counted[COUNTED_MAX];
	int ncounted;
	int tables, charts, numbers[LEVELS];
	bool figures;
};

/* ---- Figures ---- */

static struct counted *count_form(struct reading *r, const struct form *form)
{
	for (int i = 0; i < r->ncounted; i++)
		if (r->counted[i].form == form) return &r->counted[i];
	if (r->ncounted == COUNTED_MAX) return NULL;
	struct counted *c = &r->counted[r->ncounted++];
	c->form = form;
	c->code = figure_results(r->p, form, &c->results, &c->err);
	return c;
}

static enum code load_figure(struct reading *r, const struct directive *d, struct figure *ret, struct err *err)
{
	struct figure_spec spec;
	if (!id_is_zero(d->frozen)) {
		TRY(restitution_figure_load(r->p, d->frozen, ret, err));
		return figure_quotes_say(r->p, d->nwords ? model_form(r->p->model, d->words[0]) : NULL, ret, err);
	}
	TRY(directive_spec(r->p, d, &spec, err));
	if (spec.kind == FIGURE_QUOTES) return figure_quotes_make(r->p, &spec, ret, err);
	struct counted *c = count_form(r, spec.form);
	if (c == NULL) FAIL(err, E_LIMIT, N_("A report tells of at most %d forms."), COUNTED_MAX);
	if (c->code != OK) {
		*err = c->err;
		return c->code;
	}
	return figure_make(r->p, &spec, &c->results, ret, err);
}

static int add_spot(struct reading *r, const struct directive *d)
{
	struct figures *all = &r->ret->figures;
	struct figure_spot *spot = &all->spots[all->n];
	struct figure *figure = arena_new(r->p->arena, struct figure);
	struct err err;
	*spot = (struct figure_spot){ .directive = *d, .problem = "" };
	if (d->kind == DIRECTIVE_TABLE || d->kind == DIRECTIVE_CROSS) spot->number = ++r->tables;
	if (d->kind == DIRECTIVE_CHART) spot->number = ++r->charts;
	spot->anchor = spot->number == 0
	                       ? arena_printf(r->p->arena, d->kind == DIRECTIVE_QUOTES ? "citations-%d" : "methode-%d",
	                                      all->n)
	                       : arena_printf(r->p->arena, "%s-%d", d->kind == DIRECTIVE_CHART ? "figure" : "tableau",
	                                      spot->number);
	if (r->figures) {
		if (load_figure(r, d, figure, &err) == OK) spot->figure = figure;
		else spot->problem = page_error(r->p, &err);
	}
	return all->n++;
}

/* ---- Inside sentences ---- */

static const char *number_words(struct reading *r, const struct directive *d)
{
	const struct page *p = r->p;
	struct figure f;
	struct err err;
	const char *asked = d->nwords > 2 ? d->words[2] : d->nwords > 1 ? d->words[1] : "";
	if (!r->figures) return "…";
	if (load_figure(r, d, &f, &err) != OK) return page_printf(p, _("[figure missing: %s]"), page_error(p, &err));
	if (d->nwords < 3) {
		if (strncmp(asked, "taux", 4) != 0 && strcmp(asked, "rate") != 0) return page_number(p, f.answers);
		return f.population > 0 ? result_percent(p, (double)f.answers / f.population) : "–";
	}
	if (f.numbers && (strcmp(asked, "moyenne") == 0 || strcmp(asked, "mean") == 0))
		return result_number(p, f.mean, 1);
	if (f.numbers && (strcmp(asked, "mediane") == 0 || strcmp(asked, "median") == 0))
		return result_number(p, f.median, 1);
	const struct figure_line *line = figure_line_named(p, &f, asked);
	return line ? figure_share(p, &line->cells[0]) : page_printf(p, _("[figure missing: no answer “%s”]"), asked);
}

static bool names_spot(const struct figure_spot *spot, const struct directive *see)
{
	const struct directive *d = &spot->directive;
	if (spot->number == 0 || see->nwords == 0) return false;
	bool with_form = see->nwords > 1 && strcmp(see->words[0], d->words[0]) == 0;
	for (int i = 0; i < see->nwords; i++) {
		int at = i + (with_form ? 0 : 1);
		if (at >= d->nwords || strcmp(see->words[i], d->words[at]) != 0) return false;
	}
	return true;
}

static const char *see_words(struct reading *r, const struct directive *d)
{
	const struct page *p = r->p;
	const struct figures *all = &r->ret->figures;
	for (int i = 0; i < all->n; i++) {
		if (!names_spot(&all->spots[i], d)) continue;
		return page_printf(p, "[%s](#%s)", text_inside(p->arena, spot_name(p, &all->spots[i])),
		                   all->spots[i].anchor);
	}
	return _("[no such table]");
}

/* What is put into the text is text: nothing in it is formatting. */
static void put_escaped(struct buf *out, const char *words)
{
	for (; *words; words++) {
		if (strchr("\\`*_{}[]<>#|~&", *words)) buf_putc(out, '\\');
		buf_putc(out, *words);
	}
}

/* The block with its inline directives in words. */
static const char *put_inline(struct reading *r, const char *source)
{
	struct buf out;
	struct directive d;
	size_t at = 0, done = 0;
	buf_init(&out, r->p->arena, 0);
	while (directive_next(r->p->arena, source, &at, &d)) {
		if (d.kind != DIRECTIVE_NUMBER && d.kind != DIRECTIVE_SEE) continue;
		buf_add(&out, source + done, d.start - done);
		if (d.kind == DIRECTIVE_SEE) buf_puts(&out, see_words(r, &d));
		else put_escaped(&out, number_words(r, &d));
		done = d.start + d.len;
	}
	if (done == 0) return source;
	buf_puts(&out, source + done);
	return buf_str(&out);
}

/* ---- Blocks ---- */

static int heading_level(const char *line)
{
	size_t level = strspn(line, "#");
	return level >= 1 && level <= LEVELS && (line[level] == ' ' || line[level] == '\t') ? (int)level : 0;
}

static bool is_contents(const char *line, bool *numbered)
{
	static const char *const words[] = { "{{sommaire", "{{contents" };
	for (size_t i = 0; i < COUNT(words); i++) {
		size_t len = strlen(words[i]);
		if (strncmp(line, words[i], len) != 0 || strstr(line, "}}") == NULL) continue;
		*numbered = strstr(line, "numerot") || strstr(line, "numérot") || strstr(line, "numbered");
		return true;
	}
	return false;
}

/* A heading, or what stands in braces, is a block whatever stands around it. */
static bool stands_alone(struct arena *a, const char *line, struct block *block, struct directive *d)
{
	size_t at = 0;
	bool numbered;
	block->level = heading_level(line);
	if (block->level) block->kind = BLOCK_HEADING;
	else if (is_contents(line, &numbered)) block->kind = BLOCK_CONTENTS;
	else if (directive_next(a, line, &at, d) && d->alone && d->kind != DIRECTIVE_NUMBER && d->kind != DIRECTIVE_SEE)
		block->kind = d->kind == DIRECTIVE_LIST ? BLOCK_LIST : BLOCK_FIGURE;
	else return false;
	return true;
}

static const char *plain_of(const struct page *p, const struct block *block)
{
	struct buf out;
	if (block->kind == BLOCK_FIGURE || block->kind == BLOCK_LIST || block->kind == BLOCK_CONTENTS)
		return block->source;
	buf_init(&out, p->arena, 0);
	rich_text_plain(&out, p->arena, block->source);
	return text_trim(p->arena, buf_str(&out));
}

/* Of the words alone: a number that is frozen, a change of formatting keep it. */
static const char *anchor_of(struct reading *r, const struct block *block)
{
	char hex[HASH_HEX + 1];
	struct arena *a = r->p->arena;
	const char *folded = text_fold(a, block->plain);
	int same = 1;
	if (block->kind == BLOCK_FIGURE) {
		const struct directive *d = &r->ret->figures.spots[block->spot].directive;
		folded = arena_printf(a, "%d %s %s %s", (int)d->kind, d->nwords > 0 ? d->words[0] : "",
		                      d->nwords > 1 ? d->words[1] : "", d->nwords > 2 ? d->words[2] : "");
	}
	struct hash hash = hash_blake2b("rprt", NULL, folded, strlen(folded));
	const char *anchor = arena_strndup(a, hash_hex(&hash, hex), ANCHOR_TEXT);
	for (int i = 0; i < r->ret->n; i++) same += strncmp(r->ret->blocks[i].anchor, anchor, ANCHOR_TEXT) == 0;
	return same == 1 ? anchor : arena_printf(a, "%s-%d", anchor, same);
}

static void add_block(struct reading *r, struct block block, const struct directive *d)
{
	if (r->ret->n == BLOCKS_MAX || text_is_blank(block.source)) return;
	block.spot = -1;
	if (block.kind == BLOCK_TEXT && block.source[0] == '[' && block.source[1] == '^') block.kind = BLOCK_NOTE;
	if (block.kind == BLOCK_FIGURE) {
		if (r->ret->figures.n == DIRECTIVES_MAX) return;
		block.spot = add_spot(r, d);
	}
	block.plain = plain_of(r->p, &block);
	block.anchor = anchor_of(r, &block);
	block.shown = block.source;
	block.number = "";
	r->ret->blocks[r->ret->n++] = block;
}

static void cut(struct reading *r)
{
	struct arena *a = r->p->arena;
	struct buf piece;
	bool fenced = false;
	buf_init(&piece, a, 0);
	for (const char *at = r->source; *at;) {
		size_t len = strcspn(at, "\n");
		const char *line = arena_strndup(a, at, len && at[len - 1] == '\r' ? len - 1 : len);
		struct block own = { .kind = BLOCK_TEXT };
		struct directive d;
		bool fence = text_is_fence(line), alone = !fenced && !fence && stands_alone(a, line, &own, &d);
		if (fence) fenced = !fenced;
		if (alone || (!fenced && text_is_blank(line))) {
			add_block(r, (struct block){ .source = arena_strdup(a, buf_str(&piece)) }, NULL);
			buf_reset(&piece);
		} else {
			buf_printf(&piece, "%s%s", piece.len ? "\n" : "", line);
		}
		own.source = line;
		if (alone) add_block(r, own, &d);
		at += len + (at[len] == '\n');
	}
	add_block(r, (struct block){ .source = arena_strdup(a, buf_str(&piece)) }, NULL);
}

/* ---- Numbers ---- */

/* The highest level of headings counts as the first. */
static int least_level(const struct restitution_text *text)
{
	int least = LEVELS;
	for (int i = 0; i < text->n; i++)
		if (text->blocks[i].kind == BLOCK_HEADING) least = MIN(least, text->blocks[i].level);
	return least;
}

static void number_heading(struct reading *r, struct block *block, int least)
{
	struct buf out;
	int depth = block->level - least;
	r->numbers[depth]++;
	for (int i = depth + 1; i < LEVELS; i++) r->numbers[i] = 0;
	buf_init(&out, r->p->arena, 0);
	for (int i = 0; i <= depth; i++) buf_printf(&out, "%s%d", i ? "." : "", r->numbers[i] ? r->numbers[i] : 1);
	block->number = buf_str(&out);
	const char *words = block->shown + strspn(block->shown, "# \t");
	block->shown = arena_printf(r->p->arena, "%.*s %s%s %s", block->level, "######", block->number,
	                            depth ? "" : "\\.", words);
}

static const char *list_shown(struct reading *r)
{
	const struct page *p = r->p;
	const struct figures *all = &r->ret->figures;
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < all->n; i++) {
		if (all->spots[i].number == 0) continue;
		buf_lit(&out, "- [");
		put_escaped(&out,
		            page_printf(p, "%s – %s", spot_name(p, &all->spots[i]), spot_title(p, &all->spots[i])));
		buf_printf(&out, "](#%s)\n", all->spots[i].anchor);
	}
	return buf_str(&out);
}

static void show_block(struct reading *r, struct block *block, int least)
{
	if (block->kind == BLOCK_TEXT || block->kind == BLOCK_HEADING || block->kind == BLOCK_NOTE)
		block->shown = put_inline(r, block->source);
	if (block->kind == BLOCK_HEADING && r->ret->numbered) number_heading(r, block, least);
	if (block->kind == BLOCK_FIGURE) block->shown = arena_printf(r->p->arena, "{{tableau #%d}}", block->spot);
	if (block->kind == BLOCK_LIST) block->shown = list_shown(r);
}

void restitution_text_read(const struct page *p, const char *source, bool figures, struct restitution_text *ret)
{
	struct reading *r = arena_new(p->arena, struct reading);
	*ret = (struct restitution_text){ 0 };
	*r = (struct reading){ .p = p, .source = source, .ret = ret, .figures = figures };
	ret->blocks = arena_array(p->arena, struct block, BLOCKS_MAX + 1);
	ret->figures.spots = arena_array(p->arena, struct figure_spot, DIRECTIVES_MAX + 1);
	cut(r);
	for (int i = 0; i < ret->n; i++) {
		bool numbered;
		if (ret->blocks[i].kind == BLOCK_CONTENTS && is_contents(ret->blocks[i].source, &numbered))
			ret->numbered |= numbered;
	}
	int least = least_level(ret), above = -1;
	for (int i = 0; i < ret->n; i++) {
		struct block *block = &ret->blocks[i];
		if (block->kind == BLOCK_HEADING) above = block->depth = MIN(block->level - least, above + 1);
	}
	for (int i = 0; i < ret->n; i++) show_block(r, &ret->blocks[i], least);
}

/* ---- In any page ---- */

const char *spot_name(const struct page *p, const struct figure_spot *spot)
{
	if (spot->number == 0) return "";
	return page_printf(p, spot->directive.kind == DIRECTIVE_CHART ? _("Chart %d") : _("Table %d"), spot->number);
}

const char *spot_title(const struct page *p, const struct figure_spot *spot)
{
	(void)p;
	if (spot->directive.title) return spot->directive.title;
	if (spot->figure) return spot->figure->title;
	return spot->directive.nwords > 1 ? spot->directive.words[1] : "";
}

const char *restitution_prepare(struct page *p, const char *text)
{
	struct restitution_text *read = arena_new(p->arena, struct restitution_text);
	struct directive d;
	struct buf out;
	size_t at = 0;
	bool numbered = false;
	const char *contents = strstr(text, "{{sommaire num");
	if (contents == NULL) contents = strstr(text, "{{contents num");
	if (!directive_next(p->arena, text, &at, &d) && (contents == NULL || !is_contents(contents, &numbered)))
		return text;
	restitution_text_read(p, text, true, read);
	p->figures = &read->figures;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < read->n; i++) buf_printf(&out, "%s\n\n", read->blocks[i].shown);
	return buf_str(&out);
}
