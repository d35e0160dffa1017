#include "features/joining/joining_letter.h"

#include "core/letter.h"

/* To add one: a name in the header, a case here. */
static struct letter_words say(const struct page *p, enum joining_letter which, const struct space *space,
                               const char *name)
{
	const char *site = page_site_name(p);
	switch (which) {
	case LETTER_LINK:
		return (struct letter_words){
			page_printf(p, _("Your link to sign in: %s"), site),
			page_printf(p, _("Here is your link to sign in to “%s”. It serves once, within 30 minutes:"),
			            site),
			_("You did not ask for it? Leave this letter: nothing happens without the link.")
		};
	case LETTER_CONFIRM:
		return (struct letter_words){
			page_printf(p, _("Your account: %s"), site),
			page_printf(p, _("To open your account on “%s”, open this link within 24 hours:"), site),
			_("You did not ask for an account? Leave this letter: none is opened without the link.")
		};
	case LETTER_ADDRESS:
		return (struct letter_words){
			page_printf(p, _("Your address: %s"), site),
			page_printf(p,
			            _("To use this address for your account on “%s”, open this link within 24 hours:"),
			            site),
			_("You did not ask for it? Leave this letter: nothing changes without the link.")
		};
	case LETTER_ACCEPTED:
		return (struct letter_words){
			page_printf(p, _("Your account is open: %s"), site),
			page_printf(p, _("Welcome! Your account on “%s” is open. You can sign in here:"), site),
			_("No password is needed: ask there for a link by e-mail, or choose a password on the "
			  "page “My account”.")
		};
	case LETTER_REFUSED:
		return (struct letter_words){
			page_printf(p, _("Your request for an account: %s"), site),
			page_printf(p,
			            _("The people in charge of “%s” have not opened the account that you asked "
			              "for. What you wrote in your request is deleted."),
			            site),
			_("You can go on reading the site without an account, and ask them why.")
		};
	case LETTER_PARENT:
		return (struct letter_words){
			page_printf(p, _("%1$s asks for an account: %2$s"), name, site),
			page_printf(
			        p,
			        _("%1$s asks for an account on “%2$s” and gave your address as that of a parent. The law "
			          "asks for your agreement too. This page says what an account is; you say yes or no "
			          "there, within 30 days:"),
			        name, site),
			_("You do not know this child? Leave this letter: no account opens without a yes, and the request "
			  "is deleted.")
		};
	case LETTER_PARENT_NO:
		return (struct letter_words){
			page_printf(p, _("Your request for an account: %s"), site),
			page_printf(
			        p,
			        _("A parent has not agreed to the account that you asked for on “%s”. Your request is "
			          "deleted."),
			        site),
			_("You can go on reading the site without an account, and talk about it together.")
		};
	case LETTER_INVITATION:
		return (struct letter_words){
			page_printf(p, _("Invitation: %s"), t(p, &space->name)),
			page_printf(p, _("%1$s invites you to “%2$s”, on the site “%3$s”. This link takes you in:"),
			            p->actor->name, t(p, &space->name), site),
			_("You do not know what this is about? Leave this letter, nothing happens without the "
			  "link.")
		};
	}
	die("no such letter");
}

struct page joining_page_for(const struct joining *j, const struct person *to)
{
	struct page p = *j->page;
	if (to->locale) p.lang = lang_parse(to->locale, p.lang);
	return p;
}

enum code joining_write(struct joining *j, const struct page *p, const struct person *to,
                        const struct letter_words *words, const char *link, struct err *err)
{
	if (to->email == NULL || *to->email == '\0') return OK;
	const char *greeting = *to->name ? page_printf(p, tr(p->lang, N_("Hello %s,")), to->name)
	                                 : tr(p->lang, N_("Hello,"));
	const char *body = arena_printf(p->arena, "%s\n\n%s\n\n%s%s%s\n\n-- \n%s\n%s\n", greeting, words->before,
	                                link ? link : "", link ? "\n\n" : "", words->after, page_site_name(p),
	                                p->base_url);
	return letter_send(j->tx, to->email, words->subject, body, err);
}

enum code joining_letter(struct joining *j, const struct person *to, enum joining_letter which, const char *link,
                         const struct space *space, struct err *err)
{
	const struct page p = joining_page_for(j, to);
	const struct letter_words words = say(&p, which, space, NULL);
	return joining_write(j, &p, to, &words, link, err);
}

enum code joining_letter_about(struct joining *j, const struct person *to, enum joining_letter which, const char *link,
                               const char *name, struct err *err)
{
	const struct page p = joining_page_for(j, to);
	const struct letter_words words = say(&p, which, NULL, name);
	return joining_write(j, &p, to, &words, link, err);
}
