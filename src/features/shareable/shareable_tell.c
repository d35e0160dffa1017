/* Who is told what of a shareable version. */
#include "base/clock.h"
#include "core/letter.h"
#include "core/moment.h"
#include "core/person.h"
#include "features/news/news_job.h"
#include "features/shareable/shareable_web.h"

static const char *subject_of(const struct page *p, enum news_kind kind)
{
	switch (kind) {
	case NEWS_SHARE_ASKED: return _("Do you agree that this is shared?");
	case NEWS_SHARE_ANSWERED: return _("An answer about your shareable version");
	case NEWS_SHARE_PUBLISHED: return _("What you agreed to is published");
	default: return _("What was shared is taken back");
	}
}

/* She left the group, or never belonged to it: nothing of the page is said, the link leads to what concerns her. */
static enum code write_letter(struct tx *tx, const struct page *page, const struct shareable *s,
                              const struct person *to, enum news_kind kind, struct err *err)
{
	struct page hers = *page;
	const struct page *p = &hers;
	if (*to->email == '\0') return OK;
	if (to->locale) hers.lang = lang_parse(to->locale, hers.lang);
	const char *body = arena_printf(
	        p->arena, "%s\n\n%s\n\n%s%s\n\n-- \n%s\n", page_printf(p, tr(p->lang, N_("Hello %s,")), to->name),
	        _("It is about a page that concerns you. See what would be shared, and answer:"), p->base_url,
	        shareable_url(p, s, ""), page_site_name(p));
	return letter_send(tx, to->email, page_printf(p, "%s – %s", subject_of(p, kind), page_site_name(p)), body, err);
}

static enum code add_news(struct tx *tx, const struct page *p, const struct shareable *s, const struct person *to,
                          enum news_kind kind, struct err *err)
{
	const struct happening event = {
		.kind = kind, .item = s->record, .actor = p->actor->person, .source = id_new()
	};
	const struct told told = { to->num, NEWS_WHY_CONCERNED };
	struct news_choice choice;
	bool added;
	TRY(news_choice_read(tx_db(tx), to->num, &choice, err));
	bool letter = choice.pace != PACE_NEVER && *to->email;
	TRY(news_add(tx, &event, s->record, &told, letter, &added, err));
	return added && letter ? news_reschedule(tx, model_zone(p->model), to->num, err) : OK;
}

enum code shareable_tell(struct tx *tx, const struct page *p, const struct shareable *s, int64_t num,
                         enum news_kind kind, struct err *err)
{
	struct actor reader;
	struct record *record;
	struct person person;
	struct db *db = tx_db(tx);
	if (num == 0 || num == p->actor->person) return OK;
	enum code code = actor_load(db, p->arena, num, &reader, err);
	if (code == E_NOT_FOUND) return OK; /* blocked, or gone */
	TRY(code);
	TRY(person_load(db, p->arena, num, &person, err));
	code = s->record ? record_load_num(db, p->arena, p->model, &reader, s->record, &record, err) : E_NOT_FOUND;
	if (code == E_NOT_FOUND) return write_letter(tx, p, s, &person, kind, err);
	TRY(code);
	return add_news(tx, p, s, &person, kind, err);
}

enum code shareable_tell_all(struct tx *tx, const struct page *p, const struct shareable *s, enum news_kind kind,
                             struct err *err)
{
	for (int i = 0; i < s->n; i++) TRY(shareable_tell(tx, p, s, s->consents[i].person, kind, err));
	return shareable_mine(s, s->person) ? OK : shareable_tell(tx, p, s, s->person, kind, err);
}
