/* A person takes her data with her: she shows that it is she, gets a link that serves once, and with it an
 * archive. */
#include <string.h>

#include "base/clock.h"
#include "core/audit.h"
#include "core/letter.h"
#include "core/token.h"
#include "features/account/again.h"
#include "features/joining/joining.h"
#include "features/personal/data.html.h"
#include "features/personal/data_archive.h"
#include "features/personal/personal_web.h"
#include "web/web.h"

#define LINK_MS (24LL * 3600 * 1000)

static void no_store(struct request *r, const char *title)
{
	http_set(r->response, "Cache-Control", "no-store");
	r->page.title = title;
	r->page.hidden = true;
}

static enum code show(struct request *r, const struct again *again, struct issues *issues)
{
	no_store(r, tr(r->page.lang, N_("Take my data with me")));
	if (issues) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	data_page(request_out(r), &r->page, again);
	return OK;
}

enum code data_show(struct request *r, struct err *err)
{
	struct again again;
	TRY(again_load(r, AGAIN_LATELY, "/-/account/data", &again, err));
	return show(r, &again, NULL);
}

struct preparing {
	struct request *r;
	const struct person *person;
	char text[TOKEN_TEXT + 1];
};

/* In a letter too: she may open it elsewhere; and she is told, should it not be she. */
static enum code write_her(struct tx *tx, const struct preparing *x, struct err *err)
{
	const struct page *p = &x->r->page;
	if (*x->person->email == '\0') return OK;
	const char *body = arena_printf(
	        p->arena, "%s\n\n%s\n\n%s\n\n%s\n\n-- \n%s\n",
	        page_printf(p, tr(p->lang, N_("Hello %s,")), x->person->name),
	        _("Here is your link to the file of your data. It serves once, within 24 hours:"),
	        joining_link(p, "/-/my-data", x->text),
	        _("You did not ask for it? Somebody uses your account: choose another password on the page “My "
	          "account”, which signs everybody out."),
	        page_site_name(p));
	return letter_send(tx, x->person->email, page_printf(p, _("Your data: %s"), page_site_name(p)), body, err);
}

static enum code prepare(struct tx *tx, void *arg, struct err *err)
{
	struct preparing *x = arg;
	struct arena *a = x->r->arena;
	const struct token token = {
		.kind = TOKEN_DATA, .person = x->person->num, .uses = 1, .expires = clock_now() + LINK_MS
	};
	token_draw(x->text);
	TRY(token_end_person(tx, TOKEN_DATA, x->person->num, err));
	TRY(token_create(tx, a, x->text, &token, err));
	TRY(audit_add(tx, a, &x->r->actor, "person.data", x->person->id, NULL, err));
	return write_her(tx, x, err);
}

enum code data_post(struct request *r, struct err *err)
{
	struct again again;
	struct issues issues;
	TRY(again_load(r, AGAIN_LATELY, "/-/account/data", &again, err));
	issues_init(&issues, r->arena);
	TRY(again_check(r, &again, "again", &issues, err));
	if (issues.count) return show(r, &again, &issues);
	TRY(web_limit(r, LIMIT_EXPORT, NULL, err));
	struct preparing x = { .r = r, .person = &again.person };
	TRY(request_write(r, prepare, &x, err));
	no_store(r, tr(r->page.lang, N_("Your file is ready")));
	data_ready_page(request_out(r), &r->page, x.text, *again.person.email != '\0');
	return OK;
}

/* ---- With the link ---- */

static enum code show_spent(struct request *r)
{
	no_store(r, tr(r->page.lang, N_("This link no longer serves")));
	r->response->status = 410;
	data_spent_page(request_out(r), &r->page);
	return OK;
}

enum code my_data_show(struct request *r, struct err *err)
{
	struct token token;
	const char *text = request_query(r, "c");
	enum code code = token_find(r->db, r->arena, TOKEN_DATA, text, &token, err);
	if (code == E_NOT_FOUND) return show_spent(r);
	if (code != OK) return code;
	no_store(r, tr(r->page.lang, N_("Your file is ready")));
	data_ready_page(request_out(r), &r->page, text, false);
	return OK;
}

static enum code spend(struct tx *tx, void *arg, struct err *err)
{
	return token_spend(tx, arg, err);
}

/* Made as for her, whoever holds the link: what she may read of others' pages is what she may. */
enum code my_data_post(struct request *r, struct err *err)
{
	struct token token;
	struct actor her;
	int fd;
	int64_t size;
	enum code code = token_find(r->db, r->arena, TOKEN_DATA, request_form(r, "c"), &token, err);
	if (code == OK) code = request_write(r, spend, &token, err);
	if (code == E_NOT_FOUND) return show_spent(r);
	if (code != OK) return code;
	TRY(actor_load(r->db, r->arena, token.person, &her, err));
	r->page.actor = &her;
	TRY(data_archive(r, token.person, &fd, &size, err));
	r->page.actor = &r->actor;
	http_set(r->response, "Content-Type", "application/zip");
	http_set(r->response, "Content-Disposition", "attachment; filename=\"mes-donnees.zip\"");
	http_set(r->response, "Cache-Control", "no-store");
	r->response->file_fd = fd;
	r->response->file_size = size;
	return OK;
}
