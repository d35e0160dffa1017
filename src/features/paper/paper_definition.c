/* Where everything stands on the printed pages, as JSON. */
#include "features/paper/paper_ask.h"

static json_t *box_of(const struct paper_mark *m)
{
	return json_pack("{s:i, s:i, s:i, s:i}", "x", m->x, "y", m->y, "width", m->width, "height", m->height);
}

static json_t *mark_of(const struct paper_mark *m)
{
	static const char *const kinds[MARKS] = { [MARK_BOX] = "box", [MARK_CELL] = "cell", [MARK_LINE] = "line" };
	json_t *mark = json_pack("{s:s, s:s, s:i}", "kind", kinds[m->kind], "question", m->ask->key, "number",
	                         m->ask->number);
	if (*m->part) json_object_set_new(mark, "part", json_string(m->part));
	if (*m->choice) json_object_set_new(mark, "choice", json_string(m->choice));
	if (m->kind != MARK_BOX) json_object_set_new(mark, "place", json_integer(m->place));
	json_t *box = box_of(m);
	json_object_update(mark, box);
	json_decref(box);
	return mark;
}

static json_t *page_of(const struct questionnaire_made *made, int page)
{
	json_t *corners = json_array(), *sheet = json_array(), *marks = json_array(), *code = NULL;
	for (int i = 0; i < made->nmarks; i++) {
		const struct paper_mark *m = &made->marks[i];
		if (m->page != page) continue;
		if (m->kind == MARK_CORNER) json_array_append_new(corners, box_of(m));
		else if (m->kind == MARK_SHEET) json_array_append_new(sheet, box_of(m));
		else if (m->kind == MARK_CODE) code = box_of(m);
		else json_array_append_new(marks, mark_of(m));
	}
	return json_pack("{s:i, s:o, s:o, s:o, s:o}", "page", page, "corners", corners, "code",
	                 code ? code : json_null(), "sheet", sheet, "marks", marks);
}

/* Questions in the order of the paper, with the page on which each begins: for the screen where sheets are entered. */
static json_t *questions_of(const struct questionnaire *q, const struct questionnaire_made *made)
{
	json_t *all = json_array();
	int n = 0;
	for (int s = 0; s < q->nsections; s++)
		for (int i = 0; i < q->sections[s].n; i++, n++)
			json_array_append_new(all,
			                      json_pack("{s:s, s:i, s:i}", "key", q->sections[s].asks[i].key, "number",
			                                q->sections[s].asks[i].number, "page", made->page_of[n]));
	return all;
}

json_t *paper_definition(struct arena *a, const struct form *form, int64_t version, const char *language,
                         const struct questionnaire *q, const struct questionnaire_made *made)
{
	json_t *pages = json_array();
	for (int page = 1; page <= made->pages; page++) json_array_append_new(pages, page_of(made, page));
	return json_keep(a, json_pack("{s:s, s:s, s:s, s:{s:i, s:i}, s:s, s:I, s:s, s:o, s:o}", "format",
	                              "parvis-paper-1", "unit", "0.1 mm", "origin", "top left", "size", "width", 2100,
	                              "height", 2970, "survey", form->key, "version", (json_int_t)version, "language",
	                              language, "questions", questions_of(q, made), "pages", pages));
}
