#include "features/coding/coding_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "net/uri.h"

/* ---- Addresses ---- */

const char *id_words(const struct page *p, struct id id)
{
	char text[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(id, text));
}

const char *book_url(const struct page *p, const struct codebook *book, const char *rest)
{
	return arena_printf(p->arena, "/-/coding/book/%s%s", id_words(p, book->id), rest);
}

const char *theme_url(const struct page *p, struct id code, const char *rest)
{
	return arena_printf(p->arena, "/-/coding/theme/%s%s", id_words(p, code), rest);
}

const char *coding_url(const struct page *p, const struct coding_list *list, const char *rest)
{
	return arena_printf(p->arena, "/-/coding/list/%s%s", id_words(p, list->id), rest);
}

const char *coding_text_url(const struct page *p, const struct coding *c, int i)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_puts(&url, coding_url(p, &c->list, "/text"));
	if (i >= 0) uri_query_add(&url, "t", c->texts[i].id);
	return buf_str(&url);
}

const char *quotation_url(const struct page *p, const struct quotation *quotation)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	buf_printf(&url, "/-/coding/list/%s/text", quotation->list);
	uri_query_add(&url, "t", quotation->text);
	return buf_str(&url);
}

const char *theme_file_url(const struct page *p, const struct coding *c, const char *what, const struct format *format)
{
	return coding_url(p, &c->list, arena_printf(p->arena, "/file/%s/%s", what, format->name));
}

/* ---- Themes ---- */

/* Dark enough to be seen as a border on white (WCAG 1.4.11), each with its own shape beside (coding.css). */
static const struct {
	const char *code, *words;
} colours[CODE_COLOURS] = { { "#12523f", N_("green") }, { "#8a3b12", N_("brick") }, { "#1d4e89", N_("blue") },
	                    { "#6a4c00", N_("ochre") }, { "#7a1f5c", N_("plum") },  { "#00626a", N_("teal") },
	                    { "#9b1c31", N_("red") },   { "#4a4a4a", N_("grey") } };

const char *code_colour(const struct page *p, int colour)
{
	return arena_printf(p->arena, "code-colour-%d", colour);
}

const char *colour_words(const struct page *p, int colour)
{
	return tr(p->lang, colours[colour].words);
}

const char *colour_code(int colour)
{
	return colours[colour].code;
}

const char *code_path(const struct page *p, const struct codebook *book, int place)
{
	const char *path = book->codes[place].name;
	for (int i = book->codes[place].parent; i >= 0; i = book->codes[i].parent)
		path = arena_printf(p->arena, "%s › %s", book->codes[i].name, path);
	return path;
}

const char *book_event_words(const struct page *p, const struct book_event *event)
{
	switch (event->kind) {
	case CODE_MADE: return page_printf(p, _("“%s” is made"), event->name);
	case CODE_RENAMED: return page_printf(p, _("“%s” was called “%s”"), event->name, event->was);
	case CODE_MOVED:
		if (*event->other) return page_printf(p, _("“%s” goes under “%s”"), event->name, event->other);
		return page_printf(p, _("“%s” stands at the top"), event->name);
	case CODE_PUT_TOGETHER: return page_printf(p, _("“%s” is merged into “%s”"), event->name, event->other);
	case CODE_PARTED: return page_printf(p, _("“%s” is parted from “%s”"), event->name, event->other);
	case CODE_PUT_AWAY: return page_printf(p, _("“%s” is retired"), event->name);
	case CODE_BACK: return page_printf(p, _("“%s” is used again"), event->name);
	case CODE_EVENTS: break;
	}
	return event->name;
}

/* ---- Reading a text ---- */

static const char *name_of(const struct page *p, const struct coding *c, int64_t person)
{
	for (int i = 0; i < c->ncoders; i++)
		if (c->coders[i].person == person) return c->coders[i].name;
	return _("Somebody who is gone");
}

struct covering {
	struct passage_at at;
	int place;
};

static int by_edge(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Cut wherever a passage begins or ends. */
static int pieces_of(const struct page *p, const struct coding *c, const struct coding_text *text,
                     const struct covering *covers, int n, struct text_piece **ret)
{
	int *edges = arena_array(p->arena, int, (size_t)n * 2 + 3), nedges = 0, found = 0;
	edges[nedges++] = 0;
	edges[nedges++] = INT32_MAX;
	for (int i = 0; i < n; i++) {
		edges[nedges++] = covers[i].at.begin;
		edges[nedges++] = covers[i].at.until;
	}
	qsort(edges, (size_t)nedges, sizeof(*edges), by_edge);
	*ret = arena_array(p->arena, struct text_piece, (size_t)nedges + 1);
	for (int i = 0; i + 1 < nedges; i++) {
		struct text_piece piece = { .words = coding_part(p->arena, text->words,
			                                         (struct passage_at){ edges[i], edges[i + 1] }) };
		if (edges[i] == edges[i + 1] || *piece.words == '\0') continue;
		for (int k = 0; k < n; k++) {
			if (covers[k].at.begin > edges[i] || covers[k].at.until < edges[i + 1]) continue;
			const struct book_code *code = &c->book.codes[covers[k].place];
			if (piece.themes == NULL) piece.colour = code->colour;
			piece.themes = piece.themes ? arena_printf(p->arena, "%s, %s", piece.themes, code->name)
			                            : code->name;
		}
		(*ret)[found++] = piece;
	}
	return found;
}

static void show_marks(const struct page *p, struct coding_reading *x)
{
	const struct coding *c = x->c;
	int64_t me = p->actor->person;
	struct shown_mark *shown = arena_array(p->arena, struct shown_mark, (size_t)x->text->nmarks + 1);
	struct covering *covers = arena_array(p->arena, struct covering, (size_t)x->text->nmarks + 1);
	struct text_piece *pieces;
	int ncovers = 0;
	for (int i = 0; i < x->text->nmarks; i++) {
		const struct coding_mark *mark = &c->all.marks[x->text->mark + i];
		bool hers = mark->person == me, moved;
		int place = coding_mark_place(c, mark);
		struct passage_at at;
		if (place < 0 || (!hers && !x->shows)) continue;
		if (mark->begin < 0) {
			if (hers) x->set[place] = true;
			continue;
		}
		bool found = coding_mark_at(x->text, mark, &at, &moved);
		if (found) covers[ncovers++] = (struct covering){ at, place };
		shown[x->npassages++] = (struct shown_mark){ .mark = mark,
			                                     .place = place,
			                                     .words = found ? coding_part(p->arena, x->text->words, at)
			                                                    : mark->words,
			                                     .who = name_of(p, c, mark->person),
			                                     .hers = hers,
			                                     .moved = moved && found,
			                                     .lost = !found };
	}
	x->npieces = pieces_of(p, c, x->text, covers, ncovers, &pieces);
	x->pieces = pieces;
	x->passages = shown;
}

const struct coding_reading *coding_reading_of(const struct page *p, const struct coding *c, int at)
{
	struct coding_reading *x = arena_new(p->arena, struct coding_reading);
	*x = (struct coding_reading){
		.c = c, .text = &c->texts[at], .at = at, .quote = "", .code = "", .new_name = "", .new_parent = ""
	};
	x->set = arena_array(p->arena, bool, (size_t)c->book.n + 1);
	x->read = coding_has_read(c, x->text, p->actor->person);
	x->shows = !c->book.blind || x->read;
	show_marks(p, x);
	return x;
}

const char *coder_words(const struct page *p, const struct coding *c, const struct coding_text *text, int coder)
{
	bool set[CODES_MAX];
	struct buf out;
	buf_init(&out, p->arena, 0);
	coding_set_of(c, text, c->coders[coder].person, set);
	for (int i = 0; i < c->book.n; i++)
		if (set[i]) buf_printf(&out, "%s%s", out.len ? ", " : "", c->book.codes[i].name);
	if (out.len) return buf_str(&out);
	return coding_has_read(c, text, c->coders[coder].person) ? _("nothing") : NULL;
}

/* ---- Disagreements ---- */

/* Each coder who read it put it (1) or not (0). */
static void fill_values(const struct coding *c, const int *texts, int n, int place, int *values, int units, int from)
{
	bool set[CODES_MAX];
	for (int coder = 0; coder < c->ncoders; coder++)
		for (int i = 0; i < n; i++) {
			const struct coding_text *text = &c->texts[texts[i]];
			int *value = &values[(size_t)coder * (size_t)units + (size_t)(from + i)];
			*value = AGREEMENT_MISSING;
			if (!coding_has_read(c, text, c->coders[coder].person)) continue;
			coding_set_of(c, text, c->coders[coder].person, set);
			*value = set[place];
		}
}

static bool is_used(const struct coding *c, const int *values, int units)
{
	for (int i = 0; i < c->ncoders * units; i++)
		if (values[i] == 1) return true;
	return false;
}

static void measure(const struct page *p, const struct coding *c, const int *common, int n,
                    struct coding_differences *d)
{
	struct code_agreement *all = arena_array(p->arena, struct code_agreement, (size_t)c->book.n + 1);
	int *values = arena_array(p->arena, int, (size_t)(c->ncoders * n) + 1), used[CODES_MAX], nused = 0;
	for (int place = 0; place < c->book.n && n; place++) {
		if (c->book.codes[place].counts != place || c->book.codes[place].state == CODE_MERGED) continue;
		fill_values(c, common, n, place, values, n, 0);
		if (!is_used(c, values, n)) continue;
		all[nused].place = place;
		agreement_of(values, c->ncoders, n, &all[nused].agreement);
		used[nused++] = place;
	}
	d->agreements = all;
	d->nagreements = nused;
	d->whole = (struct code_agreement){ .place = -1, .agreement = { .percent = NAN, .kappa = NAN, .alpha = NAN } };
	int64_t cells = (int64_t)c->ncoders * n * nused;
	if (cells == 0 || cells > AGREEMENT_CELLS_MAX) return;
	values = arena_array(p->arena, int, (size_t)cells);
	for (int i = 0; i < nused; i++) fill_values(c, common, n, used[i], values, n * nused, n * i);
	agreement_of(values, c->ncoders, n * nused, &d->whole.agreement);
}

void differences_make(const struct page *p, const struct coding *c, bool decided, int from,
                      struct coding_differences *ret)
{
	struct coding_differences d = { .c = c, .shows_decided = decided, .from = from };
	int *common = arena_array(p->arena, int, (size_t)c->n + 1);
	d.texts = arena_array(p->arena, int, DIFFERENCES_SHOWN + 1);
	for (int i = 0; i < c->n; i++) {
		const struct coding_text *text = &c->texts[i];
		if (text->nreaders > 1) common[d.common++] = i;
		if (!coding_differs(c, text)) continue;
		bool settled = coding_is_decided(text);
		d.decided += settled;
		if (settled != decided) continue;
		if (d.all >= from && d.n < DIFFERENCES_SHOWN) d.texts[d.n++] = i;
		d.all++;
	}
	measure(p, c, common, d.common, &d);
	*ret = d;
}

/* From which α on a coding may be relied on: K. Krippendorff, "Content Analysis", 2nd edition, 2004, page 241. */
const char *agreement_words(const struct page *p, const struct agreement *agreement)
{
	if (isnan(agreement->alpha)) return _("the same everywhere: nothing to measure");
	if (agreement->units < 10) return _("too few texts to say");
	if (agreement->alpha >= 0.8) return _("those who read understand it alike");
	if (agreement->alpha >= 0.667) return _("near enough for first conclusions");
	return _("understood in different ways: talk over what it means");
}

const char *agreement_figure(const struct page *p, double figure)
{
	return isnan(figure) ? "–" : result_number(p, figure, 2);
}

bool differs_has(const struct page *p, const struct coding *c, const struct coding_text *text, int place)
{
	bool set[CODES_MAX];
	(void)p;
	for (int i = 0; i < c->ncoders; i++) {
		coding_set_of(c, text, c->coders[i].person, set);
		if (set[place]) return true;
	}
	return coding_is_decided(text) && differs_decided(p, c, text, place);
}

bool differs_decided(const struct page *p, const struct coding *c, const struct coding_text *text, int place)
{
	bool set[CODES_MAX];
	(void)p;
	coding_set(c, text, set);
	return coding_is_decided(text) && set[place];
}

bool differs_put(const struct page *p, const struct coding *c, const struct coding_text *text, int coder, int place)
{
	bool set[CODES_MAX];
	(void)p;
	coding_set_of(c, text, c->coders[coder].person, set);
	return set[place];
}

const char *themes_unused(const struct page *p, const struct theme_counts *counts)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < counts->n; i++)
		if (counts->counts[i].people == 0 && !counts->counts[i].hidden)
			buf_printf(&out, "%s%s", out.len ? ", " : "", counts->counts[i].name);
	return out.len ? buf_str(&out) : "";
}
