/* Work lists and books: listed, made, looked over. */
#include "features/coding/coding_web.h"

#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "features/coding/coding.html.h"
#include "features/moderation/moderation_web.h"
#include "features/people/people_web.h"
#include "web/web.h"

enum { COUNTED_LISTS = 12, FIELDS_OFFERED = 200, IMPORT_BODY = 1 << 20 };

/* ---- What handlers share ---- */

static void make_ready(struct request *r, const struct space *space)
{
	r->page.space = space;
	r->page.section = "/-/coding";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
}

static enum code id_of_route(struct request *r, struct id *ret, struct err *err)
{
	if (!id_parse(r->params[0], ret)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

enum code coding_of_route(struct request *r, enum action action, struct coding *ret, struct err *err)
{
	struct coding_list list;
	struct codebook book;
	struct id id;
	TRY(id_of_route(r, &id, err));
	TRY(coding_list_load(r->db, r->arena, r->page.model, &r->actor, id, &list, &book, err));
	if (!coding_form_fits(&r->page, list.form)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	struct thing thing = codebook_thing(book.space);
	TRY(may(&r->actor, action, &thing, err));
	make_ready(r, book.space);
	return coding_open(&r->page, &list, &book, ret, err);
}

enum code book_of_route(struct request *r, enum action action, struct codebook *ret, struct err *err)
{
	struct id id;
	TRY(id_of_route(r, &id, err));
	TRY(codebook_load(r->db, r->arena, r->page.model, &r->actor, id, ret, err));
	struct thing thing = codebook_thing(ret->space);
	TRY(may(&r->actor, action, &thing, err));
	make_ready(r, ret->space);
	return OK;
}

enum code coding_line(struct request *r, const char *name, int max, bool needed, struct issues *issues,
                      const char **ret, struct err *err)
{
	TRY(people_typed(r, name, ret, err));
	if (needed && text_is_blank(*ret)) issues_add(issues, name, N_("Write something here."));
	if (text_length(*ret) > (size_t)max) issues_add(issues, name, N_("This is too long: %d letters at most."), max);
	return OK;
}

bool coding_may_have(const struct page *p, const struct space *space)
{
	struct thing thing = codebook_thing(space);
	return allowed(p->actor, ACTION_MANAGE, &thing);
}

/* ---- The first page ---- */

static enum code count_list(struct request *r, struct coding_row *row, struct err *err)
{
	struct codebook book;
	struct coding *c = arena_new(r->arena, struct coding);
	TRY(codebook_load_num(r->db, r->arena, r->page.model, &r->actor, row->list.book, &book, err));
	TRY(coding_open(&r->page, &row->list, &book, c, err));
	row->texts = c->n;
	row->read = c->me < 0 ? 0 : c->coders[c->me].read;
	return OK;
}

static enum code show_home(struct request *r, const char *name, struct issues *issues, struct err *err)
{
	struct page *p = &r->page;
	struct coding_home home = { .name = name };
	struct coding_list *lists;
	struct codebook *books;
	int n;
	TRY(codebook_list(r->db, r->arena, p->model, &r->actor, &books, &home.nbooks, err));
	TRY(coding_lists(r->db, r->arena, p->model, &r->actor, NULL, &lists, &n, err));
	struct coding_row *rows = arena_array(r->arena, struct coding_row, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		if (!coding_form_fits(p, lists[i].form)) continue;
		struct coding_row *row = &rows[home.nlists];
		*row = (struct coding_row){ .list = lists[i], .texts = -1 };
		if (home.nlists++ < COUNTED_LISTS) TRY(count_list(r, row, err));
	}
	for (int i = 0; i < p->model->nspaces; i++) home.nspaces += coding_may_have(p, &p->model->spaces[i]);
	home.books = books;
	home.lists = rows;
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	p->title = _("Themes in answers and notes");
	make_ready(r, NULL);
	coding_home_page(request_out(r), p, &home);
	return OK;
}

/* These pages are for who looks after a space. */
static enum code for_teams(const struct request *r, struct err *err)
{
	for (int i = 0; i < r->page.model->nspaces; i++)
		if (coding_may_have(&r->page, &r->page.model->spaces[i])) return OK;
	FAIL(err, E_FORBIDDEN, N_("You look after no space: a book belongs to one."));
}

static enum code home_show(struct request *r, struct err *err)
{
	TRY(for_teams(r, err));
	return show_home(r, "", NULL, err);
}

struct making {
	struct request *r;
	const struct space *space;
	const char *name;
	int64_t book;
	const struct form *form;
	const char *view, *fields;
	struct id id;
};

static enum code make_book(struct tx *tx, void *arg, struct err *err)
{
	struct making *m = arg;
	TRY(codebook_add(tx, m->space->num, m->name, "", false, &m->id, err));
	return audit_note(tx, &m->r->actor, "codebook.add", m->id, NULL, err);
}

static enum code home_post(struct request *r, struct err *err)
{
	struct making m = { .r = r };
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(for_teams(r, err));
	TRY(coding_line(r, "name", CODE_NAME_MAX, true, &issues, &m.name, err));
	const char *slug = request_form(r, "space");
	for (int i = 0; i < r->page.model->nspaces; i++) {
		const struct space *space = &r->page.model->spaces[i];
		if (coding_may_have(&r->page, space) && (m.space == NULL || strcmp(space->slug, slug) == 0))
			m.space = space;
	}
	if (issues.count) return show_home(r, m.name, &issues, err);
	TRY(request_write(r, make_book, &m, err));
	return request_redirect(r, arena_printf(r->arena, "/-/coding/book/%s", id_words(&r->page, m.id)),
	                        "grille-creee");
}

/* ---- A new work list ---- */

static const struct form *form_of(struct request *r, const char *key)
{
	const struct form *form = *key ? model_form(r->page.model, key) : NULL;
	return form && coding_form_fits(&r->page, form) ? form : NULL;
}

static enum code show_new(struct request *r, const struct form *form, const char *name, struct issues *issues,
                          struct err *err)
{
	struct page *p = &r->page;
	struct coding_choice choice = { .form = form, .name = name };
	struct codebook *books;
	struct coding_field *fields = arena_array(r->arena, struct coding_field, FIELDS_OFFERED);
	TRY(codebook_list(r->db, r->arena, p->model, &r->actor, &books, &choice.nbooks, err));
	if (form) choice.nfields = coding_fields(p, form, fields, FIELDS_OFFERED);
	choice.books = books;
	choice.fields = fields;
	if (issues && issues->count) {
		p->issues = issues;
		r->response->status = 422;
	}
	p->title = _("Choose texts to read");
	make_ready(r, NULL);
	coding_new_page(request_out(r), p, &choice);
	return OK;
}

static enum code new_show(struct request *r, struct err *err)
{
	TRY(for_teams(r, err));
	const struct form *form = form_of(r, request_query(r, "form"));
	return show_new(r, form, form ? t(&r->page, &form->plural) : "", NULL, err);
}

static enum code make_list(struct tx *tx, void *arg, struct err *err)
{
	struct making *m = arg;
	return coding_list_add(tx, m->book, m->form, m->view, m->fields, m->name, &m->id, err);
}

/* Those of the form that were ticked, in its order. */
static const char *chosen_fields(struct request *r, const struct form *form)
{
	struct coding_field *fields = arena_array(r->arena, struct coding_field, FIELDS_OFFERED);
	int n = coding_fields(&r->page, form, fields, FIELDS_OFFERED);
	struct buf out;
	buf_init(&out, r->arena, CODING_FIELDS_MAX);
	for (int i = 0; i < n; i++)
		for (int k = 0; form_data_nth(&r->form, "fields[]", k); k++)
			if (strcmp(form_data_nth(&r->form, "fields[]", k), fields[i].key) == 0) {
				buf_printf(&out, "%s%s", out.len ? "," : "", fields[i].key);
				break;
			}
	return buf_str(&out);
}

static enum code new_post(struct request *r, struct err *err)
{
	struct making m = { .r = r, .form = form_of(r, request_form(r, "form")) };
	struct codebook book;
	struct issues issues;
	struct id id;
	issues_init(&issues, r->arena);
	TRY(for_teams(r, err));
	if (m.form == NULL) issues_add(&issues, "form", N_("Choose where the texts are."));
	if (issues.count) return show_new(r, NULL, "", &issues, err);
	TRY(coding_line(r, "name", CODE_NAME_MAX, true, &issues, &m.name, err));
	m.fields = chosen_fields(r, m.form);
	if (*m.fields == '\0') issues_add(&issues, "fields", N_("Choose at least one question."));
	if (!id_parse(request_form(r, "book"), &id)) issues_add(&issues, "book", N_("Choose a book of themes."));
	if (issues.count) return show_new(r, m.form, m.name, &issues, err);
	TRY(codebook_load(r->db, r->arena, r->page.model, &r->actor, id, &book, err));
	struct thing thing = codebook_thing(book.space);
	TRY(may(&r->actor, ACTION_EDIT, &thing, err));
	const struct view *view = page_view(&r->page, request_form(r, "view"));
	m.view = view && view->form == m.form ? view->key : "";
	m.book = book.num;
	TRY(request_write(r, make_list, &m, err));
	return request_redirect(r, arena_printf(r->arena, "/-/coding/list/%s", id_words(&r->page, m.id)),
	                        "lecture-creee");
}

/* ---- One work list ---- */

static enum code list_show(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	TRY(coding_of_route(r, ACTION_READ, c, err));
	r->page.title = c->list.name;
	coding_list_page(request_out(r), &r->page, c);
	return OK;
}

static enum code drop_list(struct tx *tx, void *arg, struct err *err)
{
	return coding_list_delete(tx, &((const struct coding *)arg)->list, err);
}

static enum code list_delete_post(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	TRY(coding_of_route(r, ACTION_EDIT, c, err));
	TRY(request_write(r, drop_list, c, err));
	return request_redirect(r, "/-/coding", "lecture-otee");
}

const struct feature coding_feature = {
	.name = "coding",
	.routes = ROUTES({ HTTP_GET, "/-/coding", home_show, ACTION_READ, KIND_RESPONSE,
	                   N_("Themes in answers and notes"), 0, false },
	                 { HTTP_POST, "/-/coding", home_post, ACTION_MANAGE, KIND_RESPONSE, N_("Make a book of themes"),
	                   0, false },
	                 { HTTP_GET, "/-/coding/book/:id", book_show, ACTION_READ, KIND_RESPONSE,
	                   N_("A book of themes"), 0, false },
	                 { HTTP_POST, "/-/coding/book/:id", book_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Change a book of themes"), 0, false },
	                 { HTTP_POST, "/-/coding/book/:id/delete", book_delete_post, ACTION_DELETE, KIND_RESPONSE,
	                   N_("Delete a book of themes, and what was coded with it"), 0, false },
	                 { HTTP_POST, "/-/coding/book/:id/themes", book_add_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Add a theme to a book"), 0, false },
	                 { HTTP_POST, "/-/coding/book/:id/import", book_import_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Add the themes of a table to a book"), IMPORT_BODY, false },
	                 { HTTP_GET, "/-/coding/book/:id/file/:format", book_file, ACTION_READ, KIND_RESPONSE,
	                   N_("A book of themes as a file"), 0, false },
	                 { HTTP_GET, "/-/coding/theme/:id", theme_show, ACTION_READ, KIND_RESPONSE,
	                   N_("A theme: its words, its quotations, its history"), 0, false },
	                 { HTTP_POST, "/-/coding/theme/:id", theme_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Change a theme"), 0, false },
	                 { HTTP_POST, "/-/coding/theme/:id/act", theme_act_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Move, merge, part or retire a theme"), 0, false },
	                 { HTTP_GET, "/-/coding/new", new_show, ACTION_EDIT, KIND_RESPONSE, N_("Choose texts to read"),
	                   0, false },
	                 { HTTP_POST, "/-/coding/new", new_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Make a list of texts to read"), 0, false },
	                 { HTTP_GET, "/-/coding/list/:id", list_show, ACTION_READ, KIND_RESPONSE,
	                   N_("Texts to read, and how far everybody is"), 0, false },
	                 { HTTP_POST, "/-/coding/list/:id/delete", list_delete_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Take a list of texts to read away"), 0, false },
	                 { HTTP_GET, "/-/coding/list/:id/text", coding_text_show, ACTION_READ, KIND_RESPONSE,
	                   N_("Read a text and put themes on it"), 0, false },
	                 { HTTP_POST, "/-/coding/list/:id/text", coding_text_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Put themes on a text"), 0, false },
	                 { HTTP_GET, "/-/coding/list/:id/differences", differences_show, ACTION_READ, KIND_RESPONSE,
	                   N_("Where those who read differ"), 0, false },
	                 { HTTP_POST, "/-/coding/list/:id/differences", differences_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Talk about a text, and decide"), 0, false },
	                 { HTTP_GET, "/-/coding/list/:id/themes", themes_show, ACTION_READ, KIND_RESPONSE,
	                   N_("Themes counted, and crossed with a question"), 0, false },
	                 { HTTP_GET, "/-/coding/list/:id/quotations", quotations_show, ACTION_READ, KIND_RESPONSE,
	                   N_("Quotations by theme"), 0, false },
	                 { HTTP_POST, "/-/coding/list/:id/quotations", coding_cite_post, ACTION_EDIT, KIND_RESPONSE,
	                   N_("Choose quotations"), 0, false },
	                 { HTTP_GET, "/-/coding/list/:id/file/:what/:format", coding_file, ACTION_READ, KIND_RESPONSE,
	                   N_("Themes or quotations as a file"), 0, false }),
};
