/* A book of themes: shown, changed, grown, taken away as a file. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/audit.h"
#include "features/coding/book.html.h"
#include "features/coding/book_file.h"
#include "features/coding/coding_web.h"
#include "features/moderation/moderation_web.h"
#include "web/web.h"

enum { IMPORT_MAX = 1 << 20 };

struct writing {
	struct request *r;
	const struct codebook *book;
	const char *name, *about;
	bool blind;
	struct code_new code;
	const struct book_line *lines;
	int nlines;
	int place, into, by;
	enum code_state state;
};

static enum code show(struct request *r, struct book_typed *x, struct issues *issues, struct err *err)
{
	struct book_event *events;
	TRY(codebook_events(r->db, r->arena, x->book, -1, BOOK_EVENTS_SHOWN, &events, &x->nevents, err));
	x->events = events;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	r->page.title = x->book->name;
	codebook_page(request_out(r), &r->page, x);
	return OK;
}

static struct book_typed as_it_is(const struct codebook *book)
{
	return (struct book_typed){ .book = book,
		                    .name = book->name,
		                    .about = book->about,
		                    .blind = book->blind,
		                    .text = "",
		                    .code_name = "",
		                    .definition = "",
		                    .example = "",
		                    .parent = "" };
}

enum code book_show(struct request *r, struct err *err)
{
	struct codebook book;
	TRY(book_of_route(r, ACTION_READ, &book, err));
	struct book_typed x = as_it_is(&book);
	return show(r, &x, NULL, err);
}

static enum code change(struct tx *tx, void *arg, struct err *err)
{
	const struct writing *w = arg;
	return codebook_change(tx, w->book, w->name, w->about, w->blind, err);
}

enum code book_post(struct request *r, struct err *err)
{
	struct codebook book;
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(book_of_route(r, ACTION_EDIT, &book, err));
	struct book_typed x = as_it_is(&book);
	struct writing w = { .r = r, .book = &book, .blind = *request_form(r, "blind") != '\0' };
	TRY(coding_line(r, "name", CODE_NAME_MAX, true, &issues, &w.name, err));
	TRY(moderation_text(r, "about", CODE_TEXT_MAX, false, &issues, &w.about, err));
	x.name = w.name;
	x.about = w.about;
	x.blind = w.blind;
	if (issues.count) return show(r, &x, &issues, err);
	TRY(request_write(r, change, &w, err));
	return request_redirect(r, book_url(&r->page, &book, ""), "grille-changee");
}

static enum code drop(struct tx *tx, void *arg, struct err *err)
{
	const struct writing *w = arg;
	TRY(codebook_delete(tx, w->book, err));
	return audit_note(tx, &w->r->actor, "codebook.delete", w->book->id, NULL, err);
}

enum code book_delete_post(struct request *r, struct err *err)
{
	struct codebook book;
	TRY(book_of_route(r, ACTION_DELETE, &book, err));
	struct writing w = { .r = r, .book = &book };
	TRY(request_write(r, drop, &w, err));
	return request_redirect(r, "/-/coding", "grille-effacee");
}

/* ---- Themes ---- */

static int colour_typed(struct request *r)
{
	long colour = strtol(request_form(r, "colour"), NULL, 10);
	return colour >= 0 && colour < CODE_COLOURS ? (int)colour : 0;
}

static int64_t parent_typed(struct request *r, const struct codebook *book, struct issues *issues)
{
	struct id id;
	const char *typed = request_form(r, "parent");
	if (*typed == '\0') return 0;
	int place = id_parse(typed, &id) ? codebook_place_of_id(book, id) : -1;
	if (place < 0 || book->codes[place].state != CODE_USED || book->codes[place].depth + 1 >= CODE_DEPTH) {
		issues_add(issues, "parent", N_("Choose a heading of this book, at most two levels deep."));
		return 0;
	}
	return book->codes[place].num;
}

static enum code read_code(struct request *r, const struct codebook *book, struct issues *issues, struct code_new *ret,
                           struct err *err)
{
	TRY(coding_line(r, "code_name", CODE_NAME_MAX, true, issues, &ret->name, err));
	TRY(moderation_text(r, "definition", CODE_TEXT_MAX, false, issues, &ret->definition, err));
	TRY(moderation_text(r, "example", CODE_TEXT_MAX, false, issues, &ret->example, err));
	ret->colour = colour_typed(r);
	ret->parent = parent_typed(r, book, issues);
	return OK;
}

static void check_twice(const struct codebook *book, const struct code_new *code, int but, struct issues *issues)
{
	int parent = code->parent ? codebook_place(book, code->parent) : -1,
	    same = codebook_find(book, parent, code->name);
	if (same >= 0 && same != but)
		issues_add(issues, "code_name", N_("There is a theme of this name here already."));
}

static enum code add_code(struct tx *tx, void *arg, struct err *err)
{
	const struct writing *w = arg;
	struct id id;
	int64_t num;
	return book_code_add(tx, w->book->num, &w->code, w->r->actor.person, &id, &num, err);
}

enum code book_add_post(struct request *r, struct err *err)
{
	struct codebook book;
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(book_of_route(r, ACTION_EDIT, &book, err));
	struct book_typed x = as_it_is(&book);
	struct writing w = { .r = r, .book = &book };
	TRY(read_code(r, &book, &issues, &w.code, err));
	if (issues.count == 0) check_twice(&book, &w.code, -1, &issues);
	x.code_name = w.code.name;
	x.definition = w.code.definition;
	x.example = w.code.example;
	x.colour = w.code.colour;
	x.parent = request_form(r, "parent");
	if (issues.count) return show(r, &x, &issues, err);
	TRY(request_write(r, add_code, &w, err));
	return request_redirect(r, book_url(&r->page, &book, ""), "theme-ajoute");
}

/* ---- Of a table ---- */

struct known {
	const char *name;
	int64_t num;
	int depth;
};

static const struct known *find_known(struct arena *a, const struct known *known, int n, const char *name)
{
	const char *folded = text_fold(a, name);
	for (int i = n - 1; i >= 0; i--)
		if (strcmp(text_fold(a, known[i].name), folded) == 0) return &known[i];
	return NULL;
}

/* Those that stand there already are left as they are. */
static enum code add_lines(struct tx *tx, void *arg, struct err *err)
{
	const struct writing *w = arg;
	struct arena *a = w->r->arena;
	const struct codebook *book = w->book;
	struct known *known = arena_array(a, struct known, (size_t)(book->n + w->nlines) + 1);
	int n = 0;
	for (int i = 0; i < book->n; i++)
		if (book->codes[i].state == CODE_USED)
			known[n++] = (struct known){ book->codes[i].name, book->codes[i].num, book->codes[i].depth };
	for (int i = 0; i < w->nlines; i++) {
		const struct book_line *line = &w->lines[i];
		const struct known *under = *line->under ? find_known(a, known, n, line->under) : NULL;
		struct code_new code = { .name = line->name,
			                 .definition = line->definition,
			                 .example = line->example,
			                 .colour = line->colour };
		struct id id;
		int64_t num;
		int depth = under ? under->depth + 1 : 0;
		if (depth >= CODE_DEPTH) depth = 0;
		if (find_known(a, known, n, line->name)) continue;
		code.parent = depth ? under->num : 0;
		TRY(book_code_add(tx, book->num, &code, w->r->actor.person, &id, &num, err));
		known[n++] = (struct known){ line->name, num, depth };
	}
	return OK;
}

enum code book_import_post(struct request *r, struct err *err)
{
	struct codebook book;
	struct issues issues;
	struct book_line *lines;
	issues_init(&issues, r->arena);
	TRY(book_of_route(r, ACTION_EDIT, &book, err));
	struct book_typed x = as_it_is(&book);
	struct writing w = { .r = r, .book = &book };
	TRY(moderation_text(r, "text", IMPORT_MAX, true, &issues, &x.text, err));
	if (issues.count == 0) w.nlines = book_csv_read(r->arena, x.text, &lines, &issues);
	if (issues.count) return show(r, &x, &issues, err);
	w.lines = lines;
	TRY(request_write(r, add_lines, &w, err));
	return request_redirect(r, book_url(&r->page, &book, ""), "themes-importes");
}

enum code book_file(struct request *r, struct err *err)
{
	struct codebook book;
	const char *format = r->params[1];
	TRY(book_of_route(r, ACTION_READ, &book, err));
	bool csv = strcmp(format, "csv") == 0;
	if (!csv && strcmp(format, "qdc") != 0) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	if (csv) book_csv(request_out(r), &r->page, &book);
	else book_qdc(request_out(r), &book);
	http_set(r->response, "Content-Type", csv ? "text/csv; charset=utf-8" : "application/xml");
	http_set(r->response, "Content-Disposition",
	         arena_printf(r->arena, "attachment; filename=\"themes-%s.%s\"", text_slug(r->arena, book.name, 60),
	                      format));
	return OK;
}

/* ---- One theme ---- */

enum { QUOTATIONS_SHOWN = 200 };

static enum code theme_of_route(struct request *r, enum action action, struct codebook *book, int *place,
                                struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(codebook_of_code(r->db, r->arena, r->page.model, &r->actor, id, book, place, err));
	struct thing thing = codebook_thing(book->space);
	TRY(may(&r->actor, action, &thing, err));
	r->page.space = book->space;
	r->page.section = "/-/coding";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	return OK;
}

static enum code show_theme(struct request *r, struct theme_typed *x, struct issues *issues, struct err *err)
{
	struct book_event *events;
	struct quotation *quotations;
	const struct book_code *code = &x->book->codes[x->place];
	TRY(codebook_events(r->db, r->arena, x->book, x->place, BOOK_EVENTS_SHOWN, &events, &x->nevents, err));
	TRY(quotations_of_code(&r->page, code->id, QUOTE_ALL, QUOTATIONS_SHOWN, &quotations, &x->nquotations, err));
	x->events = events;
	x->quotations = quotations;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	r->page.title = code->name;
	book_theme_page(request_out(r), &r->page, x);
	return OK;
}

static struct theme_typed theme_as_it_is(struct request *r, const struct codebook *book, int place)
{
	const struct book_code *code = &book->codes[place];
	return (struct theme_typed){ .book = book,
		                     .place = place,
		                     .name = code->name,
		                     .definition = code->definition,
		                     .example = code->example,
		                     .parent = code->parent < 0 ? "" : id_words(&r->page, book->codes[code->parent].id),
		                     .colour = code->colour };
}

enum code theme_show(struct request *r, struct err *err)
{
	struct codebook book;
	int place;
	TRY(theme_of_route(r, ACTION_READ, &book, &place, err));
	struct theme_typed x = theme_as_it_is(r, &book, place);
	return show_theme(r, &x, NULL, err);
}

static enum code change_code(struct tx *tx, void *arg, struct err *err)
{
	const struct writing *w = arg;
	return book_code_change(tx, w->book, w->place, &w->code, w->r->actor.person, err);
}

/* What a write refused, as a mistake of the form. */
static enum code refused(enum code code, const char *field, struct issues *issues, struct err *err)
{
	if (code == E_INPUT) issues_add_err(issues, field, err);
	return code == E_INPUT ? OK : code;
}

enum code theme_post(struct request *r, struct err *err)
{
	struct codebook book;
	struct issues issues;
	int place;
	issues_init(&issues, r->arena);
	TRY(theme_of_route(r, ACTION_EDIT, &book, &place, err));
	struct writing w = { .r = r, .book = &book, .place = place };
	TRY(read_code(r, &book, &issues, &w.code, err));
	if (issues.count == 0) check_twice(&book, &w.code, place, &issues);
	if (issues.count == 0) {
		enum code code = request_write(r, change_code, &w, err);
		if (code == OK)
			return request_redirect(r, theme_url(&r->page, book.codes[place].id, ""), "theme-change");
		TRY(refused(code, "parent", &issues, err));
	}
	struct theme_typed x = { .book = &book,
		                 .place = place,
		                 .name = w.code.name,
		                 .definition = w.code.definition,
		                 .example = w.code.example,
		                 .parent = request_form(r, "parent"),
		                 .colour = w.code.colour };
	return show_theme(r, &x, &issues, err);
}

/* ---- What is done to one ---- */

static enum code shift(struct tx *tx, void *arg, struct err *err)
{
	const struct writing *w = arg;
	return book_code_shift(tx, w->book, w->place, w->by, err);
}

static enum code merge(struct tx *tx, void *arg, struct err *err)
{
	const struct writing *w = arg;
	return book_code_merge(tx, w->book, w->place, w->into, w->r->actor.person, err);
}

static enum code set_state(struct tx *tx, void *arg, struct err *err)
{
	const struct writing *w = arg;
	return book_code_state(tx, w->book, w->place, w->state, w->r->actor.person, err);
}

static enum code act_merge(struct request *r, struct writing *w, struct err *err)
{
	struct issues issues;
	struct id id;
	issues_init(&issues, r->arena);
	w->into = id_parse(request_form(r, "into"), &id) ? codebook_place_of_id(w->book, id) : -1;
	enum code code = request_write(r, merge, w, err);
	if (code == OK) return request_redirect(r, theme_url(&r->page, w->book->codes[w->into].id, ""), "theme-reuni");
	TRY(refused(code, "into", &issues, err));
	struct theme_typed x = theme_as_it_is(r, w->book, w->place);
	return show_theme(r, &x, &issues, err);
}

enum code theme_act_post(struct request *r, struct err *err)
{
	struct codebook book;
	int place;
	const char *act = request_form(r, "act");
	TRY(theme_of_route(r, ACTION_EDIT, &book, &place, err));
	struct writing w = { .r = r, .book = &book, .place = place };
	const char *url = theme_url(&r->page, book.codes[place].id, "");
	if (strcmp(act, "merge") == 0) return act_merge(r, &w, err);
	if (strcmp(act, "up") == 0 || strcmp(act, "down") == 0) {
		w.by = *act == 'u' ? -1 : 1;
		TRY(request_write(r, shift, &w, err));
		return request_redirect(r, book_url(&r->page, &book, ""), NULL);
	}
	bool retire = strcmp(act, "retire") == 0;
	if (!retire && strcmp(act, "use") != 0) FAIL(err, E_INPUT, N_("Say what is to be done with this theme."));
	w.state = retire ? CODE_RETIRED : CODE_USED;
	TRY(request_write(r, set_state, &w, err));
	return request_redirect(r, url, retire ? "theme-retire" : "theme-repris");
}
