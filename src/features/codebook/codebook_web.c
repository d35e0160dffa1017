#include "features/codebook/codebook_web.h"

#include <string.h>

#include "core/form_part.h"
#include "features/codebook/codebook.html.h"
#include "features/codebook/codebook_page.h"
#include "features/survey/survey_web.h"
#include "formats/limesurvey_write.h"
#include "web/web.h"

const char *codebook_kind(const struct page *p, const struct field *field)
{
	const char *min = json_str(field->definition, "min"), *max = json_str(field->definition, "max");
	const char *type = _(field->type->label);
	if (min && max) return page_printf(p, _("%s, from %s to %s"), type, min, max);
	return type;
}

const char *lost_about(const struct page *p, const struct form *form, const struct issue *issue)
{
	const struct field *field = form_field_ever(form, issue->field);
	if (field) return t(p, &field->label);
	for (int i = 0; i < form->survey->npages; i++)
		if (strcmp(form->survey->pages[i].key, issue->field) == 0) return t(p, &form->survey->pages[i].label);
	return _("The whole");
}

/* ---- The code book ---- */

static void add(struct codebook *book, const struct page *p, const struct field *field, bool retired)
{
	const struct field *whole = field->whole ? field->whole : field;
	struct codebook_variable *v = &book->all[book->n++];
	*v = (struct codebook_variable){ .field = field, .retired = retired };
	if (whole->show_if) v->condition = expression_words(p->arena, whole->show_if, p->lang);
	int page = retired ? -1 : book->form->survey->page_of[whole->position];
	const struct expression *of_page = page >= 0 ? book->form->survey->pages[page].show_if : NULL;
	if (of_page && v->condition)
		v->condition = page_printf(p, _("%s, and %s"), expression_words(p->arena, of_page, p->lang),
		                           v->condition);
	else if (of_page) v->condition = expression_words(p->arena, of_page, p->lang);
}

/* In the order of the files: a table of questions is its lines. */
static void add_all(struct codebook *book, const struct page *p)
{
	const struct form *form = book->form;
	book->all = arena_array(p->arena, struct codebook_variable,
	                        (size_t)form_nasked(form) + (size_t)form->nretired + 1);
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		bool divided = field->type->parts && field->type->wide && !field->type->listed;
		if (field->type->role == ROLE_TOLD) continue;
		if (!divided) add(book, p, field, false);
		for (int k = 0; divided && k < form->nparts; k++)
			if (form->parts[k].whole == field) add(book, p, &form->parts[k], false);
	}
	for (int i = 0; i < form->nretired; i++) add(book, p, &form->retired[i], true);
}

static enum code count_one(void *context, const struct response *response, struct err *err)
{
	struct codebook *book = context;
	(void)err;
	book->responses++;
	for (int i = 0; i < book->n; i++)
		book->all[i].answered += field_value(book->all[i].field, response->values) != NULL;
	return OK;
}

static enum code book_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct codebook book = { 0 };
	TRY(survey_managed(r, ACTION_READ, &book.form, err));
	add_all(&book, p);
	const struct response_walk walk = {
		.model = p->model, .form = book.form, .actor = &r->actor, .stand = survey_stands(p, book.form)
	};
	TRY(response_each(r->db, &walk, count_one, &book, err));
	for (int i = 0; i < book.n; i++) book.all[i].missing = book.responses - book.all[i].answered;
	p->title = page_printf(p, _("Code book of “%s”"), t(p, &book.form->label));
	p->section = "/-/surveys";
	p->hidden = true;
	variables_page(request_out(r), p, &book);
	return OK;
}

/* ---- For LimeSurvey ---- */

static enum code write_survey(struct request *r, const struct form **form, struct buf *out, struct issues *lost,
                              struct err *err)
{
	TRY(survey_managed(r, ACTION_MANAGE, form, err));
	buf_init(out, r->arena, 0);
	issues_init(lost, r->arena);
	limesurvey_write(r->arena, *form, out, lost);
	return OK;
}

static enum code lss_show(struct request *r, struct err *err)
{
	struct lost_page l;
	struct buf out;
	struct issues lost;
	TRY(write_survey(r, &l.form, &out, &lost, err));
	l.lost = &lost;
	r->page.title = tr(r->page.lang, N_("For LimeSurvey"));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	for_limesurvey_page(request_out(r), &r->page, &l);
	return OK;
}

static enum code lss_file(struct request *r, struct err *err)
{
	const struct form *form;
	struct buf out;
	struct issues lost;
	TRY(write_survey(r, &form, &out, &lost, err));
	http_set(r->response, "Content-Type", "application/xml; charset=utf-8");
	http_set(r->response, "Content-Disposition",
	         arena_printf(r->arena, "attachment; filename=\"%s.lss\"", form->key));
	http_set(r->response, "Cache-Control", "no-store");
	buf_add(request_out(r), out.data, out.len);
	return OK;
}

const struct feature codebook_feature = {
	.name = "codebook",
	.routes = ROUTES({ HTTP_GET, "/-/survey/:form/codebook", book_show, ACTION_READ, KIND_RESPONSE,
	                   N_("The code book of a questionnaire"), 0, false },
	                 { HTTP_GET, "/-/survey/:form/lss", lss_show, ACTION_MANAGE, KIND_RESPONSE,
	                   N_("What LimeSurvey would make of a questionnaire"), 0, false },
	                 { HTTP_GET, "/-/survey/:form/lss/file", lss_file, ACTION_MANAGE, KIND_RESPONSE,
	                   N_("A questionnaire as a file of LimeSurvey"), 0, false }),
};
