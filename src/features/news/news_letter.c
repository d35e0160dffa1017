#include "features/news/news_letter.h"

#include "base/clock.h"
#include "core/comment.h"
#include "core/date_poll.h"
#include "core/letter.h"
#include "core/minor.h"
#include "core/person.h"
#include "core/reading.h"
#include "core/token.h"
#include "page/when.h"

enum { PAGES = 30 /* in one letter */, LINES = 8 /* about one page */ };
#define STOP_MS (60LL * 24 * 3600 * 1000)

const char *news_title(const struct page *p, const struct record *record)
{
	if (record->circle == 0) return record->title;
	return page_printf(p, _("A confidential page (%s)"), t(p, &record->form->label));
}

const char *news_words(const struct page *p, const struct news *news, const struct record *item)
{
	const char *who = news->actor_name ? news->actor_name : _("Somebody who is gone");
	if (item->circle && news->kind == NEWS_COMMENT) return page_printf(p, _("%s commented"), who);
	switch (news->kind) {
	case NEWS_ADDED: return page_printf(p, _("New, by %s"), who);
	case NEWS_CHANGED: return page_printf(p, _("Corrected by %s"), who);
	case NEWS_COMMENT: return page_printf(p, _("%1$s commented: “%2$s”"), who, item->title);
	case NEWS_THANKS:
		return item->about ? page_printf(p, _("Somebody thanks you for your comment “%s”"), item->title)
		                   : _("Somebody thanks you for this page");
	case NEWS_DATES: return page_printf(p, _("%s asks which dates suit you"), who);
	case NEWS_SHARE_ASKED: return page_printf(p, _("%s asks whether you agree to a shareable version"), who);
	case NEWS_SHARE_ANSWERED: return page_printf(p, _("%s answered about the shareable version"), who);
	case NEWS_SHARE_PUBLISHED: return page_printf(p, _("%s published the shareable version"), who);
	case NEWS_SHARE_WITHDRAWN: return page_printf(p, _("%s took the shareable version back"), who);
	case NEWS_ANSWER: return page_printf(p, _("%s wrote to you in private"), who);
	case NEWS_POSITION: return page_printf(p, _("%s took position"), who);
	case NEWS_STILL: return _("It ends soon: is it still true?");
	case NEWS_RELAY: return _("You made this page known elsewhere: go and see what was answered there");
	case NEWS_PRINTED: return _("A sheet that you printed and put up shows it wrong now");
	default: return "";
	}
}

const char *news_why_words(const struct page *p, enum news_why why)
{
	static const char *const words[] = {
		[FOLLOW_RECORD] = N_("you follow this page"),
		[FOLLOW_FORM] = N_("you follow this kind of page"),
		[FOLLOW_VIEW] = N_("you follow a list that it is in"),
		[FOLLOW_TAG] = N_("you follow one of its key words"),
		[FOLLOW_SPACE] = N_("you follow its space"),
		[NEWS_WHY_AUTHOR] = N_("you wrote it"),
		[NEWS_WHY_MEMBER] = N_("you belong to its space"),
		[NEWS_WHY_NAMED] = N_("you are named in it"),
		[NEWS_WHY_ANSWERED] = N_("you answered it"),
		[NEWS_WHY_CONCERNED] = N_("a part of it may be shared, and that concerns you"),
	};
	return (size_t)why < COUNT(words) && words[why] ? tr(p->lang, words[why]) : "";
}

/* In a letter. What a child says stays on the site: it goes to nobody's address (core/minor.h). */
static const char *letter_words(const struct page *p, const struct news *news, const struct record *item)
{
	struct minor minor;
	struct err err;
	if (news->kind == NEWS_COMMENT && minor_find(p->db, news->actor, &minor, &err) == OK)
		return page_printf(p, _("%s commented"),
		                   news->actor_name ? news->actor_name : _("Somebody who is gone"));
	return news_words(p, news, item);
}

struct writing {
	const struct news_letter *letter;
	const struct page *page;
	struct buf text;
	const char *first; /* title of the first page */
	int pages;
	bool told[NEWS_PAGE];
};

/* Since she was told, or a date was chosen: nothing is asked of her any more. */
static bool answered(const struct page *p, const struct record *about)
{
	struct date_poll poll;
	const struct field *field;
	bool said = false;
	struct err err;
	return !date_poll_find(p->arena, about, &poll, &field) || !date_poll_is_open(&poll, page_local(p).date) ||
	       date_poll_answered(p->db, about->num, p->actor->person, &said, &err) != OK || said;
}

/* All that happened on the page of news i, but for what she may not read any more. */
static void write_page(struct writing *w, int i)
{
	const struct news_letter *letter = w->letter;
	const struct page *p = w->page;
	struct record *page, *item;
	struct err err;
	int lines = 0, more = 0;
	bool readable = record_load_num(p->db, p->arena, p->model, p->actor, letter->news[i].page, &page, &err) == OK;
	for (int j = i; j < letter->n; j++) {
		const struct news *news = &letter->news[j];
		if (news->page != letter->news[i].page) continue;
		w->told[j] = true;
		if (!readable || page->state == STATE_TRASH || page->state == STATE_DRAFT) continue;
		if (record_load_num(p->db, p->arena, p->model, p->actor, news->item, &item, &err) != OK ||
		    item->state == STATE_TRASH)
			continue;
		if (news->kind == NEWS_DATES && answered(p, item)) continue;
		if (lines == 0 && w->pages < PAGES) {
			buf_printf(&w->text, "%s\n%s%s\n", news_title(p, page), p->base_url, record_short_url(p, page));
			if (w->pages == 0) w->first = news_title(p, page);
		}
		if (++lines > LINES || w->pages >= PAGES) more++;
		else buf_printf(&w->text, "- %s, %s\n", letter_words(p, news, item), page_date_time(p, news->created));
	}
	if (lines == 0) return;
	if (w->pages < PAGES) {
		if (more)
			buf_printf(&w->text, "- %s\n",
			           page_printf(p, _n("… and %d more thing", "… and %d more things", more), more));
		buf_printf(&w->text, "  (%s)\n\n", news_why_words(p, letter->news[i].why));
	}
	w->pages++;
}

static const char *pace_words(const struct page *p, enum news_pace pace)
{
	static const char *const words[PACE_COUNT] = {
		[PACE_ONCE] = N_("You get such letters at once, outside your quiet hours."),
		[PACE_DAILY] = N_("You get such a letter once a day at most."),
		[PACE_WEEKLY] = N_("You get such a letter once a week at most."),
		[PACE_NEVER] = "",
	};
	return tr(p->lang, words[pace]);
}

static enum code send(struct writing *w, const struct person *to, struct err *err)
{
	const struct news_letter *letter = w->letter;
	const struct page *p = w->page;
	char text[TOKEN_TEXT + 1];
	const struct token token = {
		.kind = TOKEN_STOP, .person = to->num, .uses = TOKEN_NO_END, .expires = clock_now() + STOP_MS
	};
	token_draw(text);
	TRY(token_create(letter->tx, p->arena, text, &token, err));
	const char *stop = arena_printf(p->arena, "%s/-/stop?c=%s", p->base_url, text);
	const char *subject = w->pages == 1 ? w->first
	                                    : page_printf(p,
	                                                  _n("%1$d page has something new: %2$s",
	                                                     "%1$d pages have something new: %2$s", w->pages),
	                                                  w->pages, page_site_name(p));
	int more = w->pages - PAGES;
	if (more > 0)
		buf_printf(&w->text, "%s\n\n",
		           page_printf(p, _n("… and %d more page", "… and %d more pages", more), more));
	const char *body = arena_printf(
	        p->arena, "%s\n\n%s\n\n%s%s\n%s/-/news\n\n-- \n%s\n%s %s\n%s/-/follows\n%s\n%s\n",
	        page_printf(p, _("Hello %s,"), to->name),
	        page_printf(p, _("Here is what happened on “%s”:"), page_site_name(p)), buf_str(&w->text),
	        _("All of it on the site:"), p->base_url, page_site_name(p), pace_words(p, letter->choice->pace),
	        _("What you follow, and how you are told:"), p->base_url, _("To get no such letter any more:"), stop);
	return letter_send_stoppable(letter->tx, to->email, subject, body, stop, err);
}

enum code news_letter_write(const struct news_letter *letter, int64_t person, struct err *err)
{
	struct actor actor;
	struct person to;
	struct db *db = tx_db(letter->tx);
	TRY(actor_load(db, letter->arena, person, &actor, err));
	actor.readings = &(struct readings){ .way = WAY_NOTICE };
	TRY(person_load(db, letter->arena, person, &to, err));
	if (*to.email == '\0') return OK;
	const struct page page = {
		.arena = letter->arena,
		.lang = lang_parse(to.locale,
		                   lang_parse(json_string_value(model_setting(letter->model, "locale")), LANG_FR)),
		.model = letter->model,
		.actor = &actor,
		.db = db,
		.title = "",
		.path = "/",
		.form_token = "",
		.base_url = letter->base_url,
		.now = clock_now()
	};
	struct writing *w = arena_new(letter->arena, struct writing);
	*w = (struct writing){ .letter = letter, .page = &page };
	buf_init(&w->text, letter->arena, 0);
	for (int i = 0; i < letter->n; i++)
		if (!w->told[i]) write_page(w, i);
	return w->pages ? send(w, &to, err) : OK;
}
