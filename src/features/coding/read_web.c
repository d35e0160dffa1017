/* One text: read, and themes put on it. One form: whatever button is pressed, nothing that was ticked is lost. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/coding/coding_web.h"
#include "features/coding/read.html.h"
#include "web/web.h"

static enum code show(struct request *r, struct coding_reading *x, struct issues *issues, struct err *err)
{
	struct coding_said *talk;
	int n;
	if (x->shows) {
		TRY(coding_talk(r->db, r->arena, &x->c->book, x->c->list.form, &talk, &n, err));
		struct coding_said *own = arena_array(r->arena, struct coding_said, (size_t)n + 1);
		for (int i = 0; i < n; i++)
			if (talk[i].text == x->text->num) own[x->ntalk++] = talk[i];
		x->talk = own;
	}
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("%1$s: text %2$d of %3$d")), x->c->list.name,
	                            x->at + 1, x->c->n);
	coding_text_page(request_out(r), &r->page, x);
	return OK;
}

enum code coding_text_show(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	TRY(coding_of_route(r, ACTION_READ, c, err));
	const char *id = request_query(r, "t");
	int at = *id ? coding_text_find(c, id) : coding_next_unread(c, -1);
	if (at < 0 && *id == '\0') return request_redirect(r, coding_url(&r->page, &c->list, ""), "tout-lu");
	if (at < 0) FAIL(err, E_NOT_FOUND, N_("This text is not there any more, or not shown to you."));
	return show(r, (struct coding_reading *)coding_reading_of(&r->page, c, at), NULL, err);
}

/* ---- Writing ---- */

struct putting {
	struct request *r;
	const struct coding *c;
	const struct coding_text *text;
	int64_t *codes;
	int ncodes;
	bool passage, cite;
	int64_t passage_code;
	struct passage_at at;
	const char *words;
	struct code_new code;  /* to be made; name NULL: none */
	struct id take, cited; /* zero: none */
	bool cites;
	bool reads, read;
};

static enum code put(struct tx *tx, void *arg, struct err *err)
{
	struct putting *x = arg;
	const struct codebook *book = &x->c->book;
	int64_t person = x->r->actor.person, text, made = 0;
	struct id id;
	TRY(coded_text(tx, x->c->list.form, &x->text->key, &text, err));
	if (x->code.name) TRY(book_code_add(tx, book->num, &x->code, person, &id, &made, err));
	TRY(coding_put(tx, book, text, person, x->codes, x->ncodes, x->text->version, err));
	int64_t code = made ? made : x->passage_code;
	if (x->passage)
		TRY(coding_put_passage(tx, text, person, code, x->at, x->words, x->text->version, x->cite, err));
	else if (made)
		TRY(coding_put_passage(tx, text, person, made, (struct passage_at){ -1, -1 }, "", x->text->version,
		                       false, err));
	if (!id_is_zero(x->take)) TRY(coding_take(tx, text, person, x->take, err));
	if (!id_is_zero(x->cited)) TRY(coding_cite(tx, book, x->cited, x->cites, err));
	return x->reads ? coding_note_read(tx, book, text, person, x->read, err) : OK;
}

static int place_typed(struct request *r, const struct codebook *book, const char *value)
{
	struct id id;
	(void)r;
	int place = id_parse(value, &id) ? codebook_place_of_id(book, id) : -1;
	return place >= 0 && book->codes[place].state == CODE_USED ? place : -1;
}

static void read_ticked(struct putting *x)
{
	const struct codebook *book = &x->c->book;
	const char *value;
	x->codes = arena_array(x->r->arena, int64_t, CODES_MAX + 1);
	for (int i = 0; (value = form_data_nth(&x->r->form, "codes[]", i)) != NULL && x->ncodes < CODES_MAX; i++) {
		int place = place_typed(x->r, book, value);
		if (place >= 0) x->codes[x->ncodes++] = book->codes[place].num;
	}
}

/* Where the browser says that it was chosen, if the words stand there; else where they stand. */
static void read_passage(struct putting *x, struct coding_reading *typed, struct issues *issues)
{
	struct request *r = x->r;
	const char *from = request_form(r, "from");
	struct passage_at at = { (int)strtol(from, NULL, 10), 0 };
	typed->quote = text_trim(r->arena,
	                         text_repair(r->arena, request_form(r, "quote"), strlen(request_form(r, "quote"))));
	typed->code = request_form(r, "code");
	typed->cite = x->cite = *request_form(r, "cite") != '\0';
	if (*typed->quote == '\0') return;
	x->passage = true;
	if (text_length(typed->quote) > CODING_QUOTE_MAX)
		issues_add(issues, "quote", N_("This passage is too long: %d letters at most."), CODING_QUOTE_MAX);
	else if (!coding_find(x->text->words, typed->quote, *from ? at.begin : -1, &x->at))
		issues_add(issues, "quote", N_("These words are not in the text: copy them from it."));
	else x->words = coding_part(r->arena, x->text->words, x->at);
}

static enum code read_new(struct putting *x, struct coding_reading *typed, struct issues *issues, struct err *err)
{
	struct request *r = x->r;
	const struct codebook *book = &x->c->book;
	TRY(coding_line(r, "new_name", CODE_NAME_MAX, false, issues, &typed->new_name, err));
	typed->new_parent = request_form(r, "new_parent");
	if (*typed->new_name == '\0') return OK;
	int parent = place_typed(r, book, typed->new_parent);
	if (parent >= 0 && book->codes[parent].depth + 1 >= CODE_DEPTH) parent = -1;
	int there = codebook_find(book, parent, typed->new_name);
	x->code = (struct code_new){ .parent = parent < 0 ? 0 : book->codes[parent].num,
		                     .name = typed->new_name,
		                     .definition = "",
		                     .example = "",
		                     .colour = parent < 0 ? book->used % CODE_COLOURS : book->codes[parent].colour };
	if (there < 0) return OK;
	/* It is there already: that one is meant. */
	x->code.name = NULL;
	if (x->passage) x->passage_code = book->codes[there].num;
	else if (x->ncodes < CODES_MAX) x->codes[x->ncodes++] = book->codes[there].num;
	return OK;
}

static void read_act(struct putting *x)
{
	struct request *r = x->r;
	const char *act = request_form(r, "act[]");
	struct id id;
	if (id_parse(request_form(r, "take"), &id)) x->take = id;
	x->cites = id_parse(request_form(r, "quote_it"), &id);
	if (x->cites || id_parse(request_form(r, "quote_not"), &id)) x->cited = id;
	bool again = strcmp(act, "unread") == 0;
	x->reads = strcmp(act, "next") == 0 || again;
	x->read = !again;
}

static enum code after(struct request *r, const struct putting *x, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	if (!x->reads || !x->read)
		return request_redirect(r, coding_text_url(&r->page, x->c, (int)(x->text - x->c->texts)), "code-note");
	TRY(coding_of_route(r, ACTION_READ, c, err));
	int next = coding_next_unread(c, coding_text_find(c, x->text->id));
	if (next < 0) return request_redirect(r, coding_url(&r->page, &c->list, ""), "tout-lu");
	return request_redirect(r, coding_text_url(&r->page, c, next), NULL);
}

enum code coding_text_post(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(coding_of_route(r, ACTION_EDIT, c, err));
	int at = coding_text_find(c, request_form(r, "t"));
	if (at < 0) FAIL(err, E_NOT_FOUND, N_("This text is not there any more, or not shown to you."));
	struct coding_reading *typed = (struct coding_reading *)coding_reading_of(&r->page, c, at);
	struct putting x = { .r = r, .c = c, .text = &c->texts[at] };
	read_ticked(&x);
	read_passage(&x, typed, &issues);
	TRY(read_new(&x, typed, &issues, err));
	read_act(&x);
	if (x.passage && x.code.name == NULL && x.passage_code == 0) {
		int place = place_typed(r, &c->book, typed->code);
		if (place < 0) issues_add(&issues, "code", N_("Choose the theme of this passage."));
		else x.passage_code = c->book.codes[place].num;
	}
	if (issues.count) {
		memset(typed->set, 0, (size_t)c->book.n * sizeof(bool));
		for (int i = 0; i < x.ncodes; i++) typed->set[codebook_place(&c->book, x.codes[i])] = true;
		return show(r, typed, &issues, err);
	}
	TRY(request_write(r, put, &x, err));
	/* A passage or a new theme stays to be seen before one goes on. */
	return after(r, &x, err);
}
