/* Calls: how they stand in one click, who is asked when they end, what is said in private and who is told of it. */
#include "features/call/call_job.h"

#include <string.h>

#include "base/clock.h"
#include "core/call.h"
#include "core/comment.h"
#include "core/exchange.h"
#include "core/news.h"
#include "core/person.h"
#include "features/call/call_tell.h"
#include "features/news/news_job.h"
#include "support/jobs/jobs.h"

static struct site_fixture site;

static int teardown(void **state)
{
	return jobs_end(state, &site);
}

static void begin(void **state)
{
	jobs_begin(
	        state, &site,
	        "{\"key\":\"annonce\",\"version\":1,\"label\":\"Annonce\",\"plural\":\"Annonces\",\"add\":\"Crier\",\"title\":"
	        "\"titre\",\"call\":{\"state\":\"etat\",\"end\":\"fin\",\"days\":14},\"fields\":[{\"key\":\"titre\",\"type\":"
	        "\"text\",\"label\":\"Titre\",\"required\":true},{\"key\":\"fin\",\"type\":\"date\",\"label\":\"Jusqu’au\"},{"
	        "\"key\":\"etat\",\"type\":\"choice\",\"label\":\"État\",\"default\":\"ouverte\",\"choices\":[{\"key\":"
	        "\"ouverte\",\"label\":\"Ouverte\"},{\"key\":\"trouve\",\"label\":\"Trouvé\"},{\"key\":\"fait\",\"label\":"
	        "\"Fait\"}]}]}");
}

static struct id cry(const struct actor *actor, const char *values)
{
	return jobs_publish(&site, actor, "annonce", site.open, values);
}

static struct date today(void)
{
	return date_from_days(clock_now() / DAY);
}

struct doing {
	const struct actor *actor;
	const struct record *record;
	const char *word;
	struct id exchange;
	bool yes;
	int64_t num;
};

static enum code do_change(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;
	return call_change(tx, &site.arena, site.model, d->actor, d->record, d->word, today(), NULL, err);
}

static enum code change(const struct actor *actor, struct id id, const char *state)
{
	struct err err = { 0 };
	struct doing d = { .actor = actor, .record = site_load(&site, actor, id), .word = state };
	clock_set(clock_now() + 1000);
	return store_write(site.store, do_change, &d, &err);
}

static bool is_open(struct id id)
{
	struct call call;
	const struct record *record = site_load(&site, &site.visitor, id);
	assert_true(call_of(record, &call));
	return call_is_open(&call, record, today());
}

/* Its author and who looks after the space say how it stands, nobody else, whatever may be corrected. */
static void test_state(void **state)
{
	begin(state);
	struct id id = cry(&site.contributor,
	                   "{\"titre\":\"Plantes à garder\",\"fin\":\"2013-11-22\",\"etat\":\"ouverte\"}");
	assert_true(is_open(id));
	assert_int_equal(change(&site.other, id, "trouve"), E_FORBIDDEN);
	assert_int_equal(change(&site.member, id, "trouve"), E_FORBIDDEN);
	assert_int_equal(change(&site.contributor, id, "perdu"), E_INPUT);
	assert_true(is_open(id));
	assert_int_equal(change(&site.contributor, id, "trouve"), OK);
	assert_false(is_open(id));
	assert_int_equal(change(&site.facilitator, id, "ouverte"), OK);
	assert_true(is_open(id));
	/* Longer, from its last day; then, once that is over, from today. */
	assert_int_equal(change(&site.contributor, id, NULL), OK);
	assert_string_equal(site_values(&site, &site.visitor, id),
	                    "{\"etat\":\"ouverte\",\"fin\":\"2013-12-06\",\"titre\":\"Plantes à garder\"}");
	clock_set(clock_now() + 30 * DAY);
	assert_false(is_open(id));
	assert_int_equal(change(&site.contributor, id, "fait"), OK);
	assert_int_equal(change(&site.contributor, id, "ouverte"), OK);
	assert_true(is_open(id));
	assert_string_equal(site_values(&site, &site.visitor, id),
	                    "{\"etat\":\"ouverte\",\"fin\":\"2014-01-04\",\"titre\":\"Plantes à garder\"}");
}

/* ---- Asked before it ends ---- */

static const struct job_kind kinds[] = { { "calls", call_job, 0 }, { 0 } };

static void ask(void)
{
	jobs_run(&site, kinds, true);
}

static void test_asked(void **state)
{
	struct letter *all;
	begin(state);
	cry(&site.contributor, "{\"titre\":\"Bientôt finie\",\"fin\":\"2013-11-24\",\"etat\":\"ouverte\"}");
	cry(&site.contributor, "{\"titre\":\"Plus tard\",\"fin\":\"2013-11-25\",\"etat\":\"ouverte\"}");
	cry(&site.contributor, "{\"titre\":\"Finie\",\"fin\":\"2013-11-20\",\"etat\":\"ouverte\"}");
	cry(&site.contributor, "{\"titre\":\"Trouvée\",\"fin\":\"2013-11-24\",\"etat\":\"trouve\"}");
	/* By night nobody is asked; in the morning, once. */
	clock_set(SITE_START - 11 * HOUR);
	ask();
	assert_int_equal(jobs_letters(&site, &all), 0);
	clock_set(SITE_START + HOUR);
	ask();
	ask();
	assert_int_equal(jobs_letters(&site, &all), 1);
	assert_non_null(strstr(all[0].subject, "Bientôt finie"));
	assert_non_null(strstr(all[0].body, "https://quartier.example/-/still?c="));
	assert_non_null(strstr(all[0].body, "&dire=prolonger"));
	assert_non_null(strstr(all[0].body, "&dire=trouve"));
	assert_null(strstr(all[0].body, "&dire=ouverte"));
	/* The next day, about the other; about the first one never again. */
	clock_set(SITE_START + DAY);
	ask();
	assert_int_equal(jobs_letters(&site, &all), 2);
	assert_non_null(strstr(all[0].subject, "Plus tard"));
}

/* ---- In private ---- */

static enum code do_begin(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct page page = { .arena = &site.arena,
		             .lang = LANG_FR,
		             .model = site.model,
		             .actor = d->actor,
		             .db = tx_db(tx),
		             .base_url = "https://quartier.example",
		             .now = clock_now() };
	TRY(exchange_begin(tx, d->record, d->actor->person, d->word, &d->exchange, err));
	return exchange_tell(tx, &page, d->exchange, err);
}

static enum code begin_exchange(const struct actor *actor, struct id id, const char *text, struct id *ret)
{
	struct err err = { 0 };
	struct doing d = { .actor = actor, .record = site_load(&site, actor, id), .word = text };
	clock_set(clock_now() + 1000);
	enum code code = store_write(site.store, do_begin, &d, &err);
	*ret = d.exchange;
	return code;
}

static enum code load(const struct actor *actor, struct id id, struct exchange *ret)
{
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	enum code code = exchange_load(db, &site.arena, actor, id, ret, &err);
	store_read_end(site.store);
	return code;
}

static enum code do_end(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;
	struct exchange exchange;
	TRY(exchange_load(tx_db(tx), &site.arena, d->actor, d->exchange, &exchange, err));
	if (d->word == NULL) return exchange_end(tx, &exchange, d->actor->person, d->yes, err);
	int64_t num;
	if (strcmp(d->word, "calme") == 0) return exchange_quiet(tx, &exchange, d->actor->person, d->yes, err);
	return exchange_say(tx, &exchange, d->actor->person, MESSAGE_TEXT, d->word, &num, err);
}

static enum code act(const struct actor *actor, struct id exchange, const char *word, bool yes)
{
	struct err err = { 0 };
	struct doing d = { .actor = actor, .exchange = exchange, .word = word, .yes = yes };
	return store_write(site.store, do_end, &d, &err);
}

/* Both read it and nobody else, not even who looks after the site; the letter shows no address. */
static void test_private(void **state)
{
	struct id answer, again;
	struct exchange e;
	struct letter *all;
	begin(state);
	struct id id = cry(&site.contributor, "{\"titre\":\"Plantes à garder\",\"etat\":\"ouverte\"}");
	assert_int_equal(begin_exchange(&site.member, id, "Je passe dimanche.", &answer), OK);
	assert_int_equal(load(&site.member, answer, &e), OK);
	assert_int_equal(load(&site.contributor, answer, &e), OK);
	const struct actor *others[] = { &site.visitor, &site.other, &site.facilitator, &site.administrator };
	for (size_t i = 0; i < COUNT(others); i++) assert_int_equal(load(others[i], answer, &e), E_NOT_FOUND);
	assert_int_equal(jobs_letters(&site, &all), 1);
	assert_non_null(strstr(all[0].body, "Je passe dimanche."));
	assert_null(strchr(all[0].body, '@'));
	assert_non_null(all[0].stop);
	/* One for each person and call. */
	assert_int_equal(begin_exchange(&site.member, id, "Ou samedi.", &again), OK);
	assert_memory_equal(&again, &answer, sizeof(answer));
	assert_int_equal(jobs_letters(&site, &all), 2);
	/* Nobody answers herself. */
	assert_int_equal(begin_exchange(&site.contributor, id, "Moi", &again), E_INPUT);
	/* No letters, then no words; only who ended it opens it again. */
	assert_int_equal(act(&site.contributor, answer, "calme", true), OK);
	assert_int_equal(begin_exchange(&site.member, id, "Alors ?", &again), OK);
	assert_int_equal(jobs_letters(&site, &all), 2);
	assert_int_equal(act(&site.contributor, answer, NULL, true), OK);
	assert_int_equal(begin_exchange(&site.member, id, "Alors ?", &again), E_FORBIDDEN);
	assert_int_equal(act(&site.member, answer, NULL, false), OK);
	assert_int_equal(act(&site.member, answer, "Encore moi", false), E_FORBIDDEN);
	assert_int_equal(act(&site.contributor, answer, NULL, false), OK);
	assert_int_equal(act(&site.member, answer, "Encore moi", false), OK);
}

static enum code do_helpers(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct helper *helpers;
	int n;
	TRY(call_helpers(tx_db(tx), &site.arena, d->record, 10, &helpers, &n, err));
	d->num = n;
	d->yes = n == 2 && helpers[0].person == site.member.person && helpers[0].exchange && !helpers[0].comment &&
	         helpers[1].person == site.other.person && helpers[1].comment && !helpers[1].exchange;
	return OK;
}

static enum code do_comment(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;
	struct issues issues;
	struct comment_new comment = { .actor = d->actor, .about = d->record->id, .text = d->word };
	issues_init(&issues, &site.arena);
	clock_set(clock_now() + 1000);
	return comment_add(tx, &site.arena, site.model, &comment, &issues, err);
}

/* Whoever answered is thanked, whichever way; its author is not. */
static void test_helpers(void **state)
{
	struct err err = { 0 };
	struct id answer;
	begin(state);
	struct id id = cry(&site.contributor, "{\"titre\":\"Plantes à garder\",\"etat\":\"ouverte\"}");
	struct doing d = { .record = site_load(&site, &site.contributor, id), .word = "Oui" };
	assert_int_equal(begin_exchange(&site.member, id, "Je passe.", &answer), OK);
	d.actor = &site.other;
	assert_ok(store_write(site.store, do_comment, &d, &err), &err);
	d.actor = &site.contributor;
	assert_ok(store_write(site.store, do_comment, &d, &err), &err);
	assert_ok(store_write(site.store, do_helpers, &d, &err), &err);
	assert_int_equal(d.num, 2);
	assert_true(d.yes);
}

static enum code do_leave(struct tx *tx, void *arg, struct err *err)
{
	return person_delete(tx, ((const struct actor *)arg)->person, err);
}

/* Six months after its last word, or with the account of either. */
static void test_forgotten(void **state)
{
	struct err err = { 0 };
	struct id first, second;
	struct exchange e;
	begin(state);
	struct id id = cry(&site.contributor, "{\"titre\":\"Plantes à garder\",\"etat\":\"ouverte\"}");
	assert_int_equal(begin_exchange(&site.member, id, "Je passe.", &first), OK);
	assert_int_equal(begin_exchange(&site.other, id, "Moi aussi.", &second), OK);
	struct actor other = site.other;
	assert_ok(store_write(site.store, do_leave, &other, &err), &err);
	assert_int_equal(load(&site.contributor, second, &e), E_NOT_FOUND);
	clock_set(clock_now() + 179 * DAY);
	ask();
	assert_int_equal(load(&site.contributor, first, &e), OK);
	clock_set(clock_now() + 2 * DAY);
	ask();
	assert_int_equal(load(&site.contributor, first, &e), E_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) JOBS_BOTH(name, teardown)
		TEST(test_state), TEST(test_asked), TEST(test_private), TEST(test_helpers), TEST(test_forgotten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
