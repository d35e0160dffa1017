#include "paper/poster.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* As people write it. */
static const char *bare(const char *url)
{
	const char *host = url ? strstr(url, "://") : NULL;
	return host ? host + 3 : url;
}

/* What stands below: the code, the words that send there, who makes it. Gives where it begins. */
static double draw_foot(struct sheet *s, const struct paper_entry *entry, bool cut)
{
	const struct paper *paper = s->paper;
	double side = fmin(s->width, s->height) * 0.17, top = s->height - s->margin - side, gap = s->margin * 0.5;
	struct box code = { s->width - s->margin - side, top, side, side };
	struct box words = { s->margin, top + s->em * 0.6, s->width - 2 * s->margin - side - gap, s->em * 3 };
	const struct style site = { .tag = "P", .size = s->em * 1.5, .weight = PANGO_WEIGHT_BOLD, .accent = true };
	const struct style small = { .tag = "P", .size = s->em, .weight = PANGO_WEIGHT_NORMAL };
	const struct style link = { .tag = "P", .size = s->em, .weight = PANGO_WEIGHT_BOLD, .url = entry->url };
	sheet_fill(s, (struct box){ s->margin, top - gap * 0.5, s->width - 2 * s->margin, 1 }, s->red, s->green,
	           s->blue);
	double logo = sheet_logo(s, (struct box){ s->margin, top, side * 1.8, side }, false);
	words.x += logo > 0 ? logo + gap : 0;
	words.width -= logo > 0 ? logo + gap : 0;
	words.y += sheet_text(s, words, &site, paper->site, true);
	if (cut) words.y += sheet_text(s, words, &small, paper->more, true);
	words.y += sheet_text(s, words, &link, bare(entry->url), true);
	words.height = s->height - s->margin - words.y;
	if (words.height > 0) sheet_text(s, words, &small, paper->footer, true);
	sheet_code(s, code, entry->url);
	return top - gap;
}

/* The band of the site's colour with the title in white. Gives where it ends. */
static double draw_title(struct sheet *s, const struct paper_entry *entry)
{
	const char *text = text_cut(s->arena, entry->title, PAPER_TITLE_CHARS);
	double width = s->width - 2 * s->margin, high = s->height * 0.3;
	struct style style = {
		.tag = "H1", .size = fmin(s->width, s->height) * 0.13, .weight = PANGO_WEIGHT_HEAVY, .white = true
	};
	struct box box = { s->margin, s->margin * 1.1, width, high };
	style.size = sheet_fit(s, box, &style, s->em * 1.8, text);
	double height = sheet_text(s, box, &style, text, false);
	sheet_accent(s, (struct box){ 0, 0, s->width, box.y + height + s->margin * 0.8 });
	sheet_text(s, box, &style, text, true);
	return box.y + height + s->margin * 0.8;
}

static double draw_picture(struct sheet *s, double y, double bottom)
{
	const struct paper_picture *picture = s->paper->picture;
	if (picture == NULL) return y;
	double height = fmin(s->width * picture->height / picture->width, (bottom - y) * 0.45);
	sheet_picture(s, (struct box){ 0, y, s->width, height }, picture);
	return y + height;
}

/* When and where, large. */
static double draw_facts(struct sheet *s, const struct paper_entry *entry, double y, double bottom)
{
	const char *const facts[] = { entry->when, entry->where };
	double width = s->width - 2 * s->margin;
	for (size_t i = 0; i < COUNT(facts); i++) {
		if (facts[i] == NULL || *facts[i] == '\0') continue;
		const char *text = text_cut(s->arena, facts[i], PAPER_LINE_CHARS);
		struct style style = { .tag = "P",
			               .size = fmin(s->width, s->height) * (i ? 0.04 : 0.052),
			               .weight = i ? PANGO_WEIGHT_MEDIUM : PANGO_WEIGHT_HEAVY,
			               .accent = i == 0 };
		struct box box = { s->margin, y, width, fmin(s->height * 0.12, bottom - y) };
		struct box line = { s->margin, y, width, style.size * 1.5 };
		style.size = sheet_fit(s, line, &style, style.size * 0.75, text); /* one line, if that may be */
		style.size = sheet_fit(s, box, &style, s->em, text);
		y += sheet_text(s, box, &style, text, true) + s->margin * 0.2;
	}
	return y;
}

static void draw_text(struct sheet *s, const struct paper_entry *entry, double y, double bottom)
{
	if (entry->text == NULL || *entry->text == '\0') return;
	const char *text = text_cut(s->arena, entry->text, PAPER_POSTER_CHARS);
	struct style style = { .tag = "P", .size = s->em * 2, .weight = PANGO_WEIGHT_NORMAL, .hyphens = true };
	struct box box = { s->margin, y, s->width - 2 * s->margin, bottom - y };
	style.size = sheet_fit(s, box, &style, s->em * 1.1, text);
	sheet_text(s, box, &style, text, true);
	if (text_length(entry->text) > PAPER_POSTER_CHARS) s->made.cut = true;
}

void poster_draw(struct sheet *s)
{
	const struct paper_entry *entry = &s->paper->entries[0];
	double bottom = s->height - s->margin * 1.5 - fmin(s->width, s->height) * 0.17;
	double y = draw_title(s, entry);
	y = draw_picture(s, y, bottom) + s->margin * 0.6;
	y = draw_facts(s, entry, y, bottom) + s->margin * 0.3;
	draw_text(s, entry, y, bottom);
	draw_foot(s, entry, s->made.cut);
	s->made.entries = 1;
}
