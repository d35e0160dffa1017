#include <string.h>
#include <unistd.h>

#include "base/fd.h"
#include "features/result/result_map.h"
#include "features/result/result_map.html.h"
#include "features/result/result_web.h"
#include "page/picture.h"
#include "store/file.h"
#include "web/web.h"

enum { OUTLINES_MAX = 2 << 20 };

/* Those of the first list that has some; NULL: there are none. */
static enum code read_outlines(struct request *r, json_t **ret, struct label *source, struct err *err)
{
	const struct model *model = r->page.model;
	struct picture picture;
	AUTO(close_fd) int fd = -1;
	int64_t size;
	int i = 0;
	*ret = NULL;
	while (i < model->nviews && (model->views[i].map.outlines == NULL ||
	                             !page_picture(&r->page, model->views[i].map.outlines, &picture)))
		i++;
	if (i == model->nviews) return OK;
	*source = model->views[i].map.source;
	TRY(file_open(site_store(r->site), &picture.file, &fd, &size, err));
	if (size > OUTLINES_MAX) FAIL(err, E_LIMIT, N_("The outlines are too large."));
	char *text = arena_alloc(r->arena, (size_t)size + 1);
	if (read(fd, text, (size_t)size) != size) FAIL(err, E_IO, N_("The outlines cannot be read."));
	return json_parse(r->arena, text, (size_t)size, ret, err);
}

enum code result_map_load(struct request *r, const struct form *form, const struct result_choices *choices,
                          const char *field, struct results *results, struct answer_map *ret, struct err *err)
{
	struct label source = { 0 };
	json_t *outlines;
	TRY(results_load(&r->page, form, &r->query, field, results, err));
	const struct result_question *places = results_question(results, field);
	if (places == NULL || places->kind != QUESTION_PLACES || results->few)
		FAIL(err, E_NOT_FOUND, N_("There are no results at this address."));
	TRY(read_outlines(r, &outlines, &source, err));
	answer_map_make(&r->page, results, places, outlines, choices->part, ret);
	ret->source = source;
	return OK;
}

enum code results_map(struct request *r, struct err *err)
{
	const struct form *form;
	struct result_choices choices;
	struct results results;
	struct answer_map map;
	struct page *p = &r->page;
	TRY(result_find(r, &form, &choices, err));
	TRY(result_map_load(r, form, &choices, r->params[1], &results, &map, err));
	p->title = page_printf(p, _("On the map: %s"), map.question ? map.question->label : map.places->label);
	result_map_page(request_out(r), p, &results, &choices, &map);
	return OK;
}
