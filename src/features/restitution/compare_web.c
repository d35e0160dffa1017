#include <string.h>

#include "base/text.h"
#include "features/restitution/compare.html.h"
#include "features/restitution/compare_file.h"
#include "features/restitution/restitution_web.h"
#include "features/result/result_page.h"
#include "web/web.h"

/* Questions of both with the same key and the same choices to answer by: two are enough to be worth comparing. */
static bool asks_the_same(const struct form *form, const struct form *other)
{
	int same = 0;
	if (other == form || (form->survey == NULL) != (other->survey == NULL)) return false;
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = form_field(other, form->fields[i].key);
		same += field && field->type == form->fields[i].type && !field->hidden;
	}
	return same >= 2 && same * 2 >= form->nfields;
}

static bool is_chosen(const struct request *r, const char *key)
{
	const char *chosen;
	for (int i = 0; (chosen = form_data_nth(&r->query, "avec[]", i)) != NULL; i++)
		if (strcmp(chosen, key) == 0) return true;
	for (int i = 0; (chosen = form_data_nth(&r->query, "avec", i)) != NULL; i++)
		if (strcmp(chosen, key) == 0) return true;
	return false;
}

static bool has_choices(const struct results *results, const char *key)
{
	const struct result_question *question = results_question(results, key);
	return question && question->column.ncodes > 1;
}

static void find_choices(struct request *r, const struct results *results, struct compare_choices *ret)
{
	const struct page *p = &r->page;
	struct compare_choices k = { .forms = arena_array(r->arena, const struct form *, (size_t)p->model->nforms + 1),
		                     .chosen = arena_array(r->arena, bool, (size_t)p->model->nforms + 1),
		                     .by = request_query(r, "par") };
	for (int i = 0; i < p->model->nforms; i++) {
		const struct form *form = &p->model->forms[i];
		if (!asks_the_same(results->form, form) || !result_seen(p, form)) continue;
		k.chosen[k.nforms] = is_chosen(r, form->key);
		k.forms[k.nforms++] = form;
	}
	k.spaces = has_choices(results, "_space");
	k.years = has_choices(results, "_year");
	if (strcmp(k.by, "_space") != 0 && strcmp(k.by, "_year") != 0) k.by = "";
	*ret = k;
}

static enum code find_form(struct request *r, const struct form **ret, struct results *results, struct err *err)
{
	const struct form *form = model_form(r->page.model, r->params[0]);
	if (form == NULL) FAIL(err, E_NOT_FOUND, N_("There are no results at this address."));
	if (!result_seen(&r->page, form)) {
		if (!page_signed_in(&r->page)) FAIL(err, E_SIGN_IN, N_("Sign in to see these results."));
		FAIL(err, E_NOT_FOUND, N_("There are no results at this address."));
	}
	TRY(web_limit(r, LIMIT_SEARCH, NULL, err));
	TRY(figure_results(&r->page, form, results, err));
	r->page.title = tr(r->page.lang, N_("Compared results"));
	r->page.hidden = true;
	*ret = form;
	return OK;
}

enum code comparison_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct results results;
	struct compare_choices k;
	struct comparison c = { 0 };
	TRY(find_form(r, &c.form, &results, err));
	find_choices(r, &results, &k);
	if (*k.by) compare_add_by(p, &results, k.by, &c);
	else compare_add_form(p, &results, c.form, &c);
	for (int i = 0; *k.by == '\0' && i < k.nforms; i++)
		if (k.chosen[i]) compare_add_form(p, &results, k.forms[i], &c);
	compare_fill(p, &results, &c);
	comparison_page(request_out(r), p, &c, &k);
	return OK;
}

static enum code read_bytes(struct request *r, const struct form_field **ret, const char **bytes, size_t *len,
                            struct err *err)
{
	const struct form_field *file = form_data_file(&r->form, "file", 0);
	if (file == NULL || file->size == 0) FAIL(err, E_INPUT, N_("Choose a file."));
	if (file->size > COMPARE_BYTES) FAIL(err, E_INPUT, N_("This file is over %d MB."), COMPARE_BYTES >> 20);
	char *all = arena_alloc(r->arena, (size_t)file->size + 1);
	size_t at = 0;
	while (at < (size_t)file->size) {
		long n = form_file_read(r->http, file, (int64_t)at, all + at, (size_t)file->size - at);
		if (n <= 0) FAIL(err, E_IO, N_("The file cannot be read."));
		at += (size_t)n;
	}
	all[at] = '\0';
	*bytes = all;
	*len = at;
	*ret = file;
	return OK;
}

/* The name typed, else that of the file. */
static const char *name_of(struct request *r, const struct form_field *file)
{
	char *typed;
	struct err err;
	const char *text = request_form(r, "name");
	if (text_clean(r->arena, text, strlen(text), TEXT_LINE, &typed, &err) == OK && !text_is_blank(typed))
		return text_cut(r->arena, typed, 80);
	text = file->value ? file->value : "";
	if (text_clean(r->arena, text, strlen(text), TEXT_LINE, &typed, &err) == OK && !text_is_blank(typed))
		return text_cut(r->arena, typed, 80);
	return tr(r->page.lang, N_("The file"));
}

enum code comparison_post(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct results results;
	struct compare_choices k;
	struct comparison c = { 0 };
	struct issues issues;
	const struct form_field *file;
	const char *bytes;
	size_t len;
	TRY(find_form(r, &c.form, &results, err));
	find_choices(r, &results, &k);
	issues_init(&issues, r->arena);
	compare_add_form(p, &results, c.form, &c);
	enum code code = read_bytes(r, &file, &bytes, &len, err);
	if (code == OK) code = compare_add_file(p, &results, name_of(r, file), bytes, len, &c, err);
	if (code != OK && code != E_INPUT && code != E_LIMIT) return code;
	if (code != OK) {
		issues_add_err(&issues, "file", err);
		p->issues = &issues;
		r->response->status = 422;
	}
	compare_fill(p, &results, &c);
	comparison_page(request_out(r), p, &c, &k);
	return OK;
}
