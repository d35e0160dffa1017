/* Who is told of what: who follows and may read it, once, never who did it; then by one letter. */
#include "features/news/news_job.h"

#include <string.h>

#include "base/clock.h"
#include "core/comment.h"
#include "core/letter.h"
#include "core/site.h"
#include "core/thanks.h"
#include "support/site/site.h"

static struct site_fixture site;
static struct site *opened;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	if (opened) {
		test_site(state)->store = NULL;
		site_close(opened);
	}
	site.store = NULL;
	opened = NULL;
	return test_store_teardown(state);
}

static const struct job_kind kinds[] = { { "news", news_job, 0 }, { "news-letter", news_letter_job, 0 }, { 0 } };

/* Thursday, 11:20 in Paris (site.h); the letters have links. */
static struct id begin(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	assert_ok(site_open(site.store, &opened, &err), &err);
	news_links_use("https://quartier.example");
	return site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\",\"genre\":\"asso\",\"themes\":[\"Vélo\"]}");
}

static void work(void)
{
	struct err err = { 0 };
	int n = 1;
	while (n) assert_ok(job_run_due(site.store, kinds, opened, &n, &err), &err);
}

static int told(const struct actor *actor, struct news **ret)
{
	struct db *db;
	struct err err = { 0 };
	int n = -1;
	work();
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(news_list(db, &site.arena, actor->person, false, ret, &n, &err), &err);
	store_read_end(site.store);
	return n;
}

static int count(const struct actor *actor)
{
	struct news *all;
	return told(actor, &all);
}

struct writing {
	const struct actor *actor;
	struct follow follow;
	bool on;
	struct news_choice choice;
	struct comment_new comment;
	struct issues issues;
	const struct record *record;
};

static enum code write_follow(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	return follow_set(tx, w->actor->person, &w->follow, w->on, err);
}

static enum code write_choice(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	return news_choice_save(tx, w->actor->person, &w->choice, err);
}

static enum code write_comment(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	return comment_add(tx, &site.arena, site.model, &w->comment, &w->issues, err);
}

static enum code write_thanks(struct tx *tx, void *arg, struct err *err)
{
	struct writing *w = arg;
	return thanks_set(tx, w->record, w->actor->person, w->on, err);
}

static void write(store_fn *fn, struct writing *w)
{
	struct err err = { 0 };
	issues_init(&w->issues, &site.arena);
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, fn, w, &err), &err);
}

static void follow(const struct actor *actor, enum follow_kind kind, int64_t target, const char *word, bool on)
{
	write(write_follow, &(struct writing){ .actor = actor, .follow = { kind, target, word }, .on = on });
}

static void pace(const struct actor *actor, enum news_pace pace_)
{
	write(write_choice, &(struct writing){ .actor = actor, .choice = { pace_, 21, 8, true } });
}

static struct id say(const struct actor *actor, struct id about, const char *text)
{
	struct writing w = { .comment = { .actor = actor, .about = about, .text = text } };
	write(write_comment, &w);
	return w.comment.saved;
}

static void thank(const struct actor *actor, struct id record, bool on)
{
	write(write_thanks,
	      &(struct writing){ .actor = actor, .record = site_load(&site, &site.administrator, record), .on = on });
}

static int64_t num(struct id id)
{
	return site_load(&site, &site.administrator, id)->num;
}

static void test_author_and_thread(void **state)
{
	struct id id = begin(state);
	struct news *all;
	say(&site.other, id, "Bonjour");
	assert_int_equal(told(&site.contributor, &all), 1);
	assert_int_equal(all[0].kind, NEWS_COMMENT);
	assert_int_equal(all[0].why, NEWS_WHY_AUTHOR);
	assert_string_equal(all[0].actor_name, "Odile");
	assert_int_equal(count(&site.other), 0); /* her own */
	say(&site.contributor, id, "Merci");     /* who comments follows */
	assert_int_equal(count(&site.other), 1);
	assert_int_equal(count(&site.contributor), 1);
	assert_int_equal(count(&site.member), 0);
	site_change(&site, &site.member, id, "{\"prix\":\"4\"}");
	assert_int_equal(count(&site.other), 2);
	assert_int_equal(count(&site.contributor), 2);
	follow(&site.contributor, FOLLOW_RECORD, num(id), "", false); /* her own, stopped */
	say(&site.other, id, "Encore");
	assert_int_equal(count(&site.contributor), 2);
}

static void test_added(void **state)
{
	(void)begin(state);
	work();
	follow(&site.other, FOLLOW_FORM, site.card->num, "", true);
	follow(&site.other, FOLLOW_SPACE, site.open->num, "", true); /* twice the same: told once */
	follow(&site.member, FOLLOW_TAG, 0, "velo", true);
	struct id id = site_card(&site, &site.contributor, "{\"nom\":\"Atelier\",\"themes\":[\"Vélo\"]}");
	assert_int_equal(count(&site.other), 1);
	assert_int_equal(count(&site.member), 1);
	assert_int_equal(count(&site.contributor), 0);
	site_change(&site, &site.facilitator, id, "{\"prix\":\"4\"}"); /* added is not changed */
	assert_int_equal(count(&site.other), 1);
	(void)site_card(&site, &site.contributor, "{\"nom\":\"Sans mot\"}");
	assert_int_equal(count(&site.other), 2);
	assert_int_equal(count(&site.member), 1);
	follow(&site.other, FOLLOW_FORM, site.card->num, "", false);
	follow(&site.other, FOLLOW_SPACE, site.open->num, "", false);
	(void)site_card(&site, &site.contributor, "{\"nom\":\"Plus rien\"}");
	assert_int_equal(count(&site.other), 2);
}

/* Neither of a draft, nor of what is in a space that is not hers, nor of what went to the trash meanwhile. */
static void test_only_what_she_reads(void **state)
{
	struct err err = { 0 };
	(void)begin(state);
	follow(&site.other, FOLLOW_FORM, site.card->num, "", true);
	follow(&site.facilitator, FOLLOW_FORM, site.card->num, "", true);
	struct save save = { .actor = &site.member,
		             .form = site.card,
		             .space = site.closed,
		             .state = STATE_PUBLISHED,
		             .values = site_json(&site, "{\"nom\":\"Interne\"}") };
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	struct save draft = { .actor = &site.member,
		              .form = site.card,
		              .space = site.open,
		              .state = STATE_DRAFT,
		              .values = site_json(&site, "{\"nom\":\"Brouillon\"}") };
	assert_ok(site_save(&site, &draft, NULL, &err), &err);
	work();
	int before = count(&site.facilitator);
	assert_int_equal(before, 2); /* the first card and the one of the team */
	assert_int_equal(count(&site.other), 1);
	struct id gone = site_card(&site, &site.member, "{\"nom\":\"Jetée\"}");
	assert_ok(site_set_state(&site, &site.member, gone, STATE_TRASH), &err);
	assert_int_equal(count(&site.other), 1);
}

static void test_thanks_once(void **state)
{
	struct id id = begin(state);
	thank(&site.other, id, true);
	assert_int_equal(count(&site.contributor), 1);
	thank(&site.other, id, false);
	thank(&site.other, id, true);
	assert_int_equal(count(&site.contributor), 1);
	thank(&site.member, id, true);
	assert_int_equal(count(&site.contributor), 2);
}

static enum code move_record(struct tx *tx, void *arg, struct err *err)
{
	struct issues issues;
	struct save result;
	issues_init(&issues, &site.arena);
	return record_move(tx, &site.arena, site.model, &site.facilitator, *(struct id *)arg, site.closed, &result,
	                   &issues, err);
}

static enum code delete_record(struct tx *tx, void *arg, struct err *err)
{
	return record_delete(tx, &site.arena, site.model, &actor_program, *(struct id *)arg, err);
}

/* What moved is not new; who follows it and thanked for it goes along; of what ends, nothing stays. */
static void test_moved_and_ended(void **state)
{
	struct err err = { 0 };
	struct id id = begin(state), moved = id;
	work();
	follow(&site.member, FOLLOW_RECORD, num(id), "", true);
	follow(&site.member, FOLLOW_SPACE, site.closed->num, "", true);
	say(&site.other, id, "Un mot");
	thank(&site.other, id, true);
	assert_int_equal(count(&site.member), 1);
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, move_record, &moved, &err), &err);
	assert_int_equal(count(&site.member), 1);
	assert_int_equal(count(&site.facilitator), 0);
	site_change(&site, &site.facilitator, id, "{\"prix\":\"4\"}"); /* the former id leads to it */
	assert_int_equal(count(&site.member), 2);
	assert_int_equal(count(&site.other), 0); /* she may not read it there */
	struct db *db;
	int64_t thanks, follows, now = num(id);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_int(db, &thanks, 0, &err, "SELECT COUNT(*) FROM thanks WHERE record = $1", now), &err);
	store_read_end(site.store);
	assert_int_equal(thanks, 1);
	moved = site_load(&site, &site.member, id)->id;
	assert_ok(site_set_state(&site, &site.facilitator, moved, STATE_TRASH), &err);
	assert_ok(store_write(site.store, delete_record, &moved, &err), &err);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_int(db, &follows, -1, &err, "SELECT COUNT(*) FROM follow WHERE kind = $1 AND target = $2",
	                 (int)FOLLOW_RECORD, now),
	          &err);
	store_read_end(site.store);
	assert_int_equal(follows, 0);
}

/* Those of the author of the pages, the latest first. */
static int letters(struct letter **all)
{
	struct db *db;
	struct err err = { 0 };
	int n, hers = 0;
	work();
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(letter_list(db, &site.arena, 10, all, &n, &err), &err);
	store_read_end(site.store);
	for (int i = 0; i < n; i++)
		if (strcmp((*all)[i].to, "Camille@example.org") == 0) (*all)[hers++] = (*all)[i];
	return hers;
}

#define HOUR (3600LL * 1000)

/* One letter for all that happened; what she may not read any more is not in it. */
static void test_letter(void **state)
{
	struct err err = { 0 };
	struct letter *all;
	struct id id = begin(state), other = site_card(&site, &site.contributor, "{\"nom\":\"Le four\"}");
	pace(&site.contributor, PACE_ONCE);
	say(&site.other, id, "Un mot du moulin");
	say(&site.member, id, "Un second mot");
	struct id gone = say(&site.member, other, "Un mot du four");
	assert_int_equal(letters(&all), 0); /* it waits a minute for what follows */
	assert_ok(site_set_state(&site, &site.member, gone, STATE_TRASH), &err);
	clock_set(clock_now() + NEWS_GROUP_MS + 1000);
	assert_int_equal(letters(&all), 1);
	assert_string_equal(all[0].to, "Camille@example.org");
	assert_string_equal(all[0].subject, "Le moulin");
	assert_non_null(strstr(all[0].body, "Un mot du moulin"));
	assert_non_null(strstr(all[0].body, "Un second mot"));
	assert_null(strstr(all[0].body, "du four"));
	assert_non_null(strstr(all[0].body, "https://quartier.example/f/"));
	assert_non_null(all[0].stop);
	assert_int_equal(strncmp(all[0].stop, "https://quartier.example/-/stop?c=", 34), 0);
	assert_non_null(strstr(all[0].body, all[0].stop));
	clock_set(clock_now() + 24 * HOUR);
	assert_int_equal(letters(&all), 1); /* never twice */
	clock_set(clock_now() + 11 * HOUR); /* 22:22 */
	say(&site.other, id, "Un mot du soir");
	clock_set(clock_now() + HOUR);
	assert_int_equal(letters(&all), 1);
	clock_set(clock_now() + 9 * HOUR); /* 8:22 */
	assert_int_equal(letters(&all), 2);
}

static void test_digest(void **state)
{
	struct letter *all;
	struct id id = begin(state);
	say(&site.other, id, "Un"); /* by default once a day */
	clock_set(clock_now() + 2 * HOUR);
	say(&site.other, id, "Deux");
	assert_int_equal(letters(&all), 0);
	clock_set(clock_now() + 19 * HOUR); /* the next morning */
	clock_set(clock_now() - 2 * HOUR);
	assert_int_equal(letters(&all), 0);
	clock_set(clock_now() + 2 * HOUR); /* 8:20 */
	assert_int_equal(letters(&all), 1);
	assert_non_null(strstr(all[0].body, "Un"));
	assert_non_null(strstr(all[0].body, "Deux"));
	pace(&site.contributor, PACE_NEVER);
	say(&site.other, id, "Trois");
	clock_set(clock_now() + 72 * HOUR);
	assert_int_equal(letters(&all), 1);
	assert_int_equal(count(&site.contributor), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_author_and_thread), TEST(test_added),  TEST(test_only_what_she_reads),
		TEST(test_thanks_once),       TEST(test_letter), TEST(test_digest),
		TEST(test_moved_and_ended),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
