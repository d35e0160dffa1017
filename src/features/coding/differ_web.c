/* Where those who read the same texts differ: side by side, talked over, decided. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "features/coding/coding_web.h"
#include "features/coding/differ.html.h"
#include "features/moderation/moderation_web.h"

enum { FROM_MAX = 100000 };

static enum code show(struct request *r, struct coding *c, struct issues *issues, struct err *err)
{
	struct coding_differences d;
	struct coding_said *talk;
	long from = strtol(request_query(r, "suite"), NULL, 10);
	bool decided = strcmp(request_query(r, "voir"), "decides") == 0;
	differences_make(&r->page, c, decided, from > 0 && from < FROM_MAX ? (int)from : 0, &d);
	TRY(coding_talk(r->db, r->arena, &c->book, c->list.form, &talk, &d.ntalk, err));
	d.talk = talk;
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Where we differ: %s")), c->list.name);
	differences_page(request_out(r), &r->page, &d);
	return OK;
}

/* Until she has read them all herself, a blind book shows her nobody else's. */
static enum code may_compare(struct request *r, const struct coding *c, struct err *err)
{
	int read = c->me < 0 ? 0 : c->coders[c->me].read;
	if (!c->book.blind || read >= c->n || c->n == 0) return OK;
	(void)r;
	FAIL(err, E_FORBIDDEN, N_("Each reads alone here: finish your own reading first, then compare."));
}

enum code differences_show(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	TRY(coding_of_route(r, ACTION_READ, c, err));
	TRY(may_compare(r, c, err));
	return show(r, c, NULL, err);
}

struct settling {
	struct request *r;
	const struct coding *c;
	const struct coding_text *text;
	const char *note;
	int64_t *codes;
	int n; /* −2: nothing is decided; −1: it is taken back */
};

static enum code settle(struct tx *tx, void *arg, struct err *err)
{
	const struct settling *x = arg;
	int64_t text, person = x->r->actor.person;
	TRY(coded_text(tx, x->c->list.form, &x->text->key, &text, err));
	if (!text_is_blank(x->note)) TRY(coding_say(tx, &x->c->book, text, person, x->note, err));
	return x->n < -1 ? OK : coding_decide(tx, &x->c->book, text, person, x->codes, x->n, err);
}

enum code differences_post(struct request *r, struct err *err)
{
	struct coding *c = arena_new(r->arena, struct coding);
	struct settling x = { .r = r, .c = c, .n = -2 };
	struct issues issues;
	struct id id;
	const char *value, *act = request_form(r, "act[]");
	issues_init(&issues, r->arena);
	TRY(coding_of_route(r, ACTION_EDIT, c, err));
	TRY(may_compare(r, c, err));
	int at = coding_text_find(c, request_form(r, "t"));
	if (at < 0) FAIL(err, E_NOT_FOUND, N_("This text is not there any more, or not shown to you."));
	x.text = &c->texts[at];
	TRY(moderation_text(r, "note", CODING_NOTE_MAX, strcmp(act, "say") == 0, &issues, &x.note, err));
	if (issues.count) return show(r, c, &issues, err);
	x.codes = arena_array(r->arena, int64_t, CODES_MAX + 1);
	if (strcmp(act, "again") == 0) x.n = -1;
	if (strcmp(act, "decide") == 0) {
		x.n = 0;
		for (int i = 0; (value = form_data_nth(&r->form, "codes[]", i)) != NULL && x.n < CODES_MAX; i++) {
			int place = id_parse(value, &id) ? codebook_place_of_id(&c->book, id) : -1;
			if (place >= 0) x.codes[x.n++] = c->book.codes[place].num;
		}
	}
	TRY(request_write(r, settle, &x, err));
	return request_redirect(r, coding_url(&r->page, &c->list, "/differences"),
	                        x.n >= 0 ? "code-decide" : "code-note");
}
