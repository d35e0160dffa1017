#include "features/letter/letter_web.h"

#include <stdlib.h>
#include <string.h>

#include "core/audit.h"
#include "features/letter/letter.html.h"
#include "features/letter/letter_job.h"
#include "features/letter/letter_page.h"
#include "web/web.h"

enum { SHOWN = 200 };

static const struct {
	const char *words;
	bool care;
} states[] = {
	[LETTER_WAITING] = { N_("waits to be sent"), false },
	[LETTER_SENT] = { N_("sent"), false },
	[LETTER_FAILED] = { N_("could not be sent"), true },
	[LETTER_SPOOLED] = { N_("kept here"), false },
};

const char *letter_state_words(enum letter_state state)
{
	return states[state].words;
}

bool letter_needs_care(const struct letter *letter)
{
	return states[letter->state].care;
}

const char *letter_url(const struct page *p, const struct letter *letter, const char *more)
{
	return arena_printf(p->arena, "/-/letters/%lld%s", (long long)letter->num, more);
}

const struct letter_line *letter_lines(const struct page *p, const struct letter *letter)
{
	size_t n = 1, base = strlen(p->base_url);
	for (const char *c = letter->body; *c; c++) n += *c == '\n';
	struct letter_line *lines = arena_array(p->arena, struct letter_line, n + 1), *line = lines;
	const char *text = letter->body;
	for (size_t i = 0; i < n; i++, line++) {
		size_t len = strcspn(text, "\n");
		const char *own = arena_strndup(p->arena, text, len);
		bool link = strncmp(own, p->base_url, base) == 0 && own[base] == '/';
		*line = link ? (struct letter_line){ "", own } : (struct letter_line){ own, "" };
		text += len + (text[len] == '\n');
	}
	*line = (struct letter_line){ NULL, NULL };
	return lines;
}

static enum code list_show(struct request *r, struct err *err)
{
	struct letter *letters;
	int n;
	TRY(letter_list(r->db, r->arena, SHOWN, &letters, &n, err));
	r->page.title = tr(r->page.lang, N_("Letters"));
	r->page.hidden = true;
	letters_page(request_out(r), &r->page, letters, n, letters_are_spooled());
	return OK;
}

static enum code find(struct request *r, struct letter *ret, struct err *err)
{
	char *end;
	long long num = strtoll(r->params[0], &end, 10);
	if (*end || num <= 0) FAIL(err, E_NOT_FOUND, N_("There is no such letter."));
	return letter_load(r->db, r->arena, num, ret, err);
}

/* It may hold a link that lets somebody in: nothing on the way keeps the page. */
static enum code letter_show(struct request *r, struct err *err)
{
	struct letter letter;
	TRY(find(r, &letter, err));
	http_set(r->response, "Cache-Control", "no-store");
	r->page.title = letter.subject;
	r->page.hidden = true;
	letter_page(request_out(r), &r->page, &letter);
	return OK;
}

struct deed {
	struct request *r;
	enum code (*act)(struct tx *tx, int64_t num, struct err *err);
	const char *action; /* for the audit */
	struct letter letter;
};

static enum code do_deed(struct tx *tx, void *arg, struct err *err)
{
	const struct deed *d = arg;
	TRY(d->act(tx, d->letter.num, err));
	return audit_note(tx, &d->r->actor, d->action, ID_NONE, json_pack("{s:I}", "letter", (json_int_t)d->letter.num),
	                  err);
}

static enum code act(struct deed *d, const char *notice, struct err *err)
{
	TRY(find(d->r, &d->letter, err));
	TRY(request_write(d->r, do_deed, d, err));
	return request_redirect(d->r, "/-/letters", notice);
}

static enum code again_post(struct request *r, struct err *err)
{
	return act(&(struct deed){ .r = r, .act = letter_again, .action = "letter.again" }, "lettre", err);
}

static enum code drop_post(struct request *r, struct err *err)
{
	return act(&(struct deed){ .r = r, .act = letter_drop, .action = "letter.drop" }, "lettre-abandonnee", err);
}

const struct feature letter_feature = {
	.name = "letter",
	.routes = ROUTES(
	        { HTTP_GET, "/-/letters", list_show, ACTION_ADMINISTER, KIND_SITE,
	          N_("Letters sent by the site, and those that could not be"), 0, false },
	        { HTTP_GET, "/-/letters/:num", letter_show, ACTION_ADMINISTER, KIND_SITE, N_("One letter"), 0, false },
	        { HTTP_POST, "/-/letters/:num/again", again_post, ACTION_ADMINISTER, KIND_SITE,
	          N_("Try to send a letter again"), 0, false },
	        { HTTP_POST, "/-/letters/:num/drop", drop_post, ACTION_ADMINISTER, KIND_SITE, N_("Give a letter up"), 0,
	          false }),
};
