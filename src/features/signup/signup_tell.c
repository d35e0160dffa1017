#include "features/signup/signup_tell.h"

#include "base/clock.h"
#include "core/letter.h"
#include "core/person.h"
#include "core/token.h"
#include "features/print/print_entry.h"
#include "features/signup/signup_page.h"

#define LIFE_MS (60LL * 24 * 3600 * 1000) /* of a link, after the date; or after the letter */

/* What a letter says: its subject, with the title; its first sentence; may it be cancelled by a link? */
static const struct telling {
	const char *subject, *sentence;
	bool link;
} tellings[TOLD_COUNT] = {
	[TOLD_IN] = { N_("Signed up"), N_("You are signed up:"), true },
	[TOLD_WAITING] = { N_("On the waiting list"),
	                   N_("It is full: you are on the waiting list. A letter tells you when there is a place for "
	                      "you."),
	                   true },
	[TOLD_UP] = { N_("There is a place for you"), N_("Somebody gave a place back: you are signed up now."), true },
	[TOLD_CANCELLED] = { N_("Not signed up any more"), N_("You are not signed up any more."), false },
	[TOLD_MOVED] = { N_("Another date"),
	                 N_("It takes place at another time than was said when you signed up. Your places are kept; here "
	                    "is when:"),
	                 true },
	[TOLD_OFF] = { N_("It does not take place"),
	               N_("What you signed up to does not take place. There is nothing to do."), false },
	[TOLD_REMINDED] = { N_("Tomorrow"), N_("You are signed up for tomorrow. We are looking forward to it!"), true },
};

static enum code make_link(struct tx *tx, const struct page *p, const struct signup *signup, const char **ret,
                           struct err *err)
{
	char text[TOKEN_TEXT + 1];
	const struct token token = { .kind = TOKEN_SIGNUP,
		                     .person = signup->person,
		                     .body = json_keep(p->arena, json_pack("{s:I}", "signup", (json_int_t)signup->num)),
		                     .uses = TOKEN_NO_END,
		                     .expires = MAX(signup->begins, clock_now()) + LIFE_MS };
	token_draw(text);
	TRY(token_create(tx, p->arena, text, &token, err));
	*ret = arena_printf(p->arena, "%s/-/attend-leave?c=%s", p->base_url, text);
	return OK;
}

/* The page as she may read it; the program's where it is gone, for its title. */
static enum code load_hers(struct tx *tx, const struct page *p, const struct signup *signup, const struct record *about,
                           struct record **ret, struct err *err)
{
	struct actor reader = actor_visitor;
	if (signup->person) TRY(actor_load(tx_db(tx), p->arena, signup->person, &reader, err));
	return record_load_num(tx_db(tx), p->arena, p->model, &reader, about->num, ret, err);
}

static void put_facts(struct buf *out, const struct page *p, const struct signup *signup, const struct record *hers,
                      const struct signup_date *date, enum signup_told told)
{
	if (date && date->dated) buf_printf(out, "%s\n", signup_when(p, date));
	if (hers) {
		const struct paper_entry entry = print_entry(p, hers);
		if (entry.where && *entry.where) buf_printf(out, "%s\n", entry.where);
	}
	if (told != TOLD_OFF && told != TOLD_CANCELLED && signup->adults + signup->children > 1)
		buf_printf(out, "%s\n", signup_party(p, signup));
	if (hers) buf_printf(out, "%s%s\n", p->base_url, record_short_url(p, hers));
}

enum code signup_tell(struct tx *tx, const struct page *p, const struct record *about, int64_t num,
                      const struct signup_date *date, enum signup_told told, struct err *err)
{
	const struct telling *telling = &tellings[told];
	struct page hers = *p;
	struct signup signup;
	struct record *record = NULL;
	const char *link = NULL;
	struct buf body;
	hers.db = tx_db(tx);
	TRY(signup_load(tx_db(tx), p->arena, num, &signup, err));
	if (*signup.address == '\0' || p->base_url == NULL) return OK;
	if (told != TOLD_OFF) {
		enum code code = load_hers(tx, p, &signup, about, &record, err);
		if (code == E_NOT_FOUND) return OK;
		TRY(code);
	}
	if (signup.locale) hers.lang = lang_parse(signup.locale, hers.lang);
	p = &hers;
	buf_init(&body, p->arena, 0);
	/* What a guest typed as her name is not sent to an address that nobody has confirmed. */
	bool known = signup.person && !signup.guest && *signup.name;
	buf_printf(&body, "%s\n\n%s\n\n%s\n", known ? page_printf(p, _("Hello %s,"), signup.name) : _("Hello,"),
	           tr(p->lang, telling->sentence), about->title);
	put_facts(&body, p, &signup, record, date, told);
	if (telling->link) {
		TRY(make_link(tx, p, &signup, &link, err));
		buf_printf(&body, "\n%s\n%s\n",
		           _("You cannot come after all? This link gives your places back; it needs no password:"),
		           link);
	}
	buf_printf(&body, "\n-- \n%s\n%s\n", page_site_name(p), p->base_url);
	return letter_send(tx, signup.address,
	                   page_printf(p, _("%1$s: “%2$s”"), tr(p->lang, telling->subject), about->title),
	                   buf_str(&body), err);
}

enum code signup_tell_moves(struct tx *tx, const struct page *p, const struct record *about,
                            const struct signup_date *date, const struct signup_moves *moves, struct err *err)
{
	if (date->dated && date->begins <= clock_now()) return OK;
	for (int i = 0; i < moves->n; i++) TRY(signup_tell(tx, p, about, moves->nums[i], date, TOLD_UP, err));
	return OK;
}
