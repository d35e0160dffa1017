#include "features/moderation/moderation_letter.h"

#include "base/clock.h"
#include "core/letter.h"
#include "core/token.h"

const char *measure_sentence(const struct page *p, const struct measure *m)
{
	bool titled = *m->title != '\0';
	switch (m->kind) {
	case MEASURE_HIDE:
		return page_printf(
		        p,
		        _("The page “%s” is hidden: only you and the facilitators see it. It is deleted after 30 days, unless it is put back."),
		        m->title);
	case MEASURE_BLOCK: return _("Your account is blocked: you cannot sign in for now.");
	case MEASURE_UNDO: return _("What you had just added and changed is undone.");
	default:
		return titled ? page_printf(p, _("This is a warning about the page “%s”."), m->title)
		              : _("This is a warning.");
	}
}

/* Greeting, text, who writes. */
static enum code send(struct moderation *m, const struct page *p, const struct person *to, const char *text,
                      struct err *err)
{
	const char *body = arena_printf(p->arena, "%s\n\n%s\n\n-- \n%s\n%s\n",
	                                page_printf(p, tr(p->lang, N_("Hello %s,")), to->name), text, page_site_name(p),
	                                p->base_url);
	return letter_send(m->tx, to->email,
	                   page_printf(p, tr(p->lang, N_("A decision about you: %s")), page_site_name(p)), body, err);
}

static struct page her_page(const struct moderation *m, const struct person *to)
{
	struct page page = *m->page;
	if (to->locale) page.lang = lang_parse(to->locale, page.lang);
	return page;
}

enum code moderation_letter_decided(struct moderation *m, const struct person *to, const struct measure *measure,
                                    struct err *err)
{
	const struct page page = her_page(m, to), *p = &page;
	char text[TOKEN_TEXT + 1];
	if (*to->email == '\0') return OK;
	const struct token token = { .kind = TOKEN_APPEAL,
		                     .person = to->num,
		                     .uses = 1,
		                     .body = json_keep(p->arena,
		                                       json_pack("{s:I}", "measure", (json_int_t)measure->num)),
		                     .expires = clock_now() + MODERATION_APPEAL_MS };
	token_draw(text);
	TRY(token_create(m->tx, p->arena, text, &token, err));
	const char *said = page_printf(
	        p,
	        tr(p->lang,
	           N_("%1$s\n\nThe rule: %2$s\nThe reason: %3$s\n\nYou do not agree? You can answer once, within 30 days. Somebody else will look at it, wherever possible:")),
	        measure_sentence(p, measure), moderation_rule_words(p, measure->rule), measure->reason);
	return send(m, p, to, arena_printf(p->arena, "%s\n\n%s/-/appeal?c=%s", said, p->base_url, text), err);
}

enum code moderation_letter_answered(struct moderation *m, const struct person *to, const struct measure *measure,
                                     bool lifted, const char *text, struct err *err)
{
	const struct page page = her_page(m, to), *p = &page;
	(void)measure;
	if (*to->email == '\0') return OK;
	const char *outcome = lifted ? _("You had answered to a decision. It is lifted.")
	                             : _("You had answered to a decision. It stands.");
	return send(m, p, to, arena_printf(p->arena, "%s\n\n%s", outcome, text), err);
}
