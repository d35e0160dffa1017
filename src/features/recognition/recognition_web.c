#include "features/recognition/recognition_web.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"
#include "core/actor.h"
#include "core/audit.h"
#include "core/letter.h"
#include "core/news.h"
#include "core/relative_day.h"
#include "features/form_edit/form_edit.h"
#include "features/recognition/recognition.html.h"
#include "features/recognition/recognition_keep.h"
#include "features/recognition/recognition_page.h"
#include "page/chart.h"
#include "web/web.h"

#define DAY_MS (24LL * 3600 * 1000)
enum { YEAR_FIRST = 1990, WORDS_MAX = 1000 };

const char *recognition_month(const struct page *p, int month)
{
	return date_month_name(month + 1, p->lang);
}

static void add_words(struct buf *out, const char *words)
{
	buf_printf(out, "%s%s", out->len ? ", " : "", words);
}

const char *recognised_words(const struct page *p, const struct recognised *person)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	if (person->made)
		add_words(&out, page_printf(p, _n("%d page added", "%d pages added", person->made), person->made));
	if (person->helped)
		add_words(&out,
		          page_printf(p,
		                      _n("%d page of others completed", "%d pages of others completed", person->helped),
		                      person->helped));
	if (person->comments)
		add_words(&out, page_printf(p, _n("%d comment", "%d comments", person->comments), person->comments));
	return buf_str(&out);
}

/* ---- Read ---- */

static int64_t year_begins(int year)
{
	return date_to_days((struct date){ year, 1, 1 }) * DAY_MS;
}

static int this_year(const struct page *p)
{
	return model_today(p->model, clock_now()).year;
}

/* The present one, unless another is asked for. E_NOT_FOUND for one that is none. */
static enum code asked_year(struct request *r, const char *text, int *ret, struct err *err)
{
	char *end;
	int now = this_year(&r->page);
	long year = strtol(text, &end, 10);
	*ret = now;
	if (*text == '\0') return OK;
	if (*end || year < YEAR_FIRST || year > now) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	*ret = (int)year;
	return OK;
}

/* Bars of the months that have been, for the year that goes on. */
static struct html_safe draw(const struct page *p, const struct recognition_page *x)
{
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, 12);
	int n = x->year == this_year(p) ? model_today(p->model, clock_now()).month : 12;
	for (int m = 0; m < n; m++)
		marks[m] = (struct chart_mark){ .label = recognition_month(p, m),
			                        .text = page_number(p, x->all.months[m]),
			                        .value = x->all.months[m] };
	const struct chart chart = { .title = page_printf(p, _("Pages added in %d, month by month"), x->year),
		                     .summary = page_printf(p, _n("%d page added", "%d pages added", x->all.made),
		                                            x->all.made),
		                     .value_name = _("Pages"),
		                     .by_name = _("Month"),
		                     .shape = CHART_BARS,
		                     .marks = marks,
		                     .n = n };
	return chart_svg(p->arena, &chart, 1);
}

/* What everybody reads, whoever asks: the page is the same for all but its last lines. */
static enum code read_year(struct request *r, int year, struct recognition_page *ret, struct err *err)
{
	const struct recognition *all;
	int64_t first;
	*ret = (struct recognition_page){ .year = year, .named = true };
	TRY(recognition_kept(&r->page, r->generation, year_begins(year), year_begins(year + 1), &all, err));
	ret->all = *all;
	TRY(recognition_begins(r->db, &first, err));
	ret->before = first && first < year_begins(year);
	ret->after = year < this_year(&r->page);
	return OK;
}

static enum code recognition_show(struct request *r, struct err *err)
{
	struct recognition_page x;
	struct err no;
	int year;
	TRY(asked_year(r, request_query(r, "year"), &year, err));
	TRY(read_year(r, year, &x, err));
	x.chart = draw(&r->page, &x);
	if (r->actor.person) TRY(recognition_named(r->db, r->actor.person, &x.named, err));
	x.thanks = form_edit_may(r, &no) == OK;
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("%d, thanks to you")), year);
	request_share(r, (const char *const[]){ "year", NULL });
	recognition_show_page(request_out(r), &r->page, &x);
	return OK;
}

/* ---- Named or not ---- */

struct naming {
	int64_t person;
	bool named;
};

static enum code name(struct tx *tx, void *arg, struct err *err)
{
	const struct naming *x = arg;
	return recognition_name(tx, x->person, x->named, err);
}

static enum code limit(struct request *r, struct err *err)
{
	return web_limit(r, LIMIT_WRITE, arena_printf(r->arena, "person %lld", (long long)r->actor.person), err);
}

static enum code name_post(struct request *r, struct err *err)
{
	struct naming x = { r->actor.person, strcmp(request_form(r, "named"), "0") != 0 };
	int year;
	TRY(asked_year(r, request_form(r, "year"), &year, err));
	TRY(limit(r, err));
	TRY(request_write(r, name, &x, err));
	return request_redirect(r, arena_printf(r->arena, "/-/recognition?year=%d", year),
	                        x.named ? "nomme" : "pas-nomme");
}

/* ---- Thanked by letter ---- */

struct thanking {
	struct request *r;
	const struct recognition_page *x;
	const char *words;
	int sent;
};

static enum code write_letter(struct tx *tx, struct thanking *t, const struct recognised *person, struct err *err)
{
	const struct page *p = &t->r->page;
	struct news_choice choice;
	bool first;
	TRY(news_choice_read(tx_db(tx), person->person, &choice, err));
	if (choice.pace == PACE_NEVER) return OK;
	TRY(recognition_thank(tx, person->person, t->x->year, &first, err));
	if (!first) return OK;
	const char *body = arena_printf(
	        p->arena, "%s\n\n%s %s.\n\n%s%s%s %s/-/recognition?year=%d\n\n-- \n%s\n%s\n",
	        page_printf(p, _("Hello %s,"), person->name), page_printf(p, _("In %d, thanks to you:"), t->x->year),
	        recognised_words(p, person), t->words, *t->words ? "\n\n" : "", _("What was done together:"),
	        p->base_url, t->x->year, p->actor->name, page_site_name(p));
	TRY(letter_send(tx, person->email, page_printf(p, _("Thank you – %s"), page_site_name(p)), body, err));
	t->sent++;
	return OK;
}

static enum code thank_all(struct tx *tx, void *arg, struct err *err)
{
	struct thanking *t = arg;
	t->sent = 0;
	for (int i = 0; i < t->x->all.named; i++) {
		const struct recognised *person = &t->x->all.people[i];
		if (*person->email && person->person != t->r->actor.person) TRY(write_letter(tx, t, person, err));
	}
	return audit_note(tx, &t->r->actor, "recognition.thank", ID_NONE,
	                  json_pack("{s:i, s:i}", "year", t->x->year, "letters", t->sent), err);
}

static enum code thank_post(struct request *r, struct err *err)
{
	struct recognition_page x;
	char *words;
	int year;
	const char *typed = request_form(r, "words");
	TRY(form_edit_may(r, err));
	TRY(limit(r, err));
	TRY(asked_year(r, request_form(r, "year"), &year, err));
	TRY(text_clean(r->arena, typed, strlen(typed), TEXT_BLOCK, &words, err));
	x = (struct recognition_page){ .year = year }; /* with their addresses, which are not kept */
	TRY(recognition_read(r->db, r->arena, r->page.model, &actor_visitor, year_begins(year), year_begins(year + 1),
	                     &x.all, err));
	struct thanking t = { .r = r, .x = &x, .words = text_cut(r->arena, text_trim(r->arena, words), WORDS_MAX) };
	TRY(request_write(r, thank_all, &t, err));
	return request_redirect(r, arena_printf(r->arena, "/-/recognition?year=%d", year),
	                        t.sent ? "remercies" : "deja-remercies");
}

const struct feature recognition_feature = {
	.name = "recognition",
	.routes = ROUTES({ HTTP_GET, "/-/recognition", recognition_show, ACTION_READ, KIND_SITE,
	                   N_("What was done in a year, and thanks to whom"), 0, false },
	                 { HTTP_POST, "/-/recognition/name", name_post, ACTION_EDIT, KIND_RECORD,
	                   N_("Be named among those who did something, or not"), 0, false },
	                 { HTTP_POST, "/-/recognition/thank", thank_post, ACTION_MANAGE, KIND_MODEL,
	                   N_("Send a letter of thanks to each of them"), 0, false }),
};
