/* Discussions: listed for who reads them, marked, split off with what answers; who may be named. */
#include "core/thread.h"

#include <string.h>

#include "base/clock.h"
#include "core/comment.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

struct doing {
	struct comment_new comment;
	struct comment_split split;
	int64_t num, answer;
	struct issues issues;
};

static enum code do_say(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return comment_add(tx, &site.arena, site.model, &d->comment, &d->issues, err);
}

static struct id say(const struct actor *actor, struct id about, struct id parent, const char *text)
{
	struct err err = { 0 };
	struct doing d = { .comment = { .actor = actor, .about = about, .parent = parent, .text = text } };
	issues_init(&d.issues, &site.arena);
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, do_say, &d, &err), &err);
	return d.comment.saved;
}

static const struct id none;

/* "Le four: 2 solved; Le moulin: 1" */
static const char *listed(const struct actor *actor, const struct space *space, enum talk_filter filter)
{
	struct db *db;
	struct err err = { 0 };
	struct talk *talks;
	struct buf out;
	int n, total;
	buf_init(&out, &site.arena, 0);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(talk_list(db, &site.arena, site.model, actor, space, filter, 1, &talks, &n, &total, &err), &err);
	assert_int_equal(n, total);
	for (int i = 0; i < n; i++) {
		struct record *record;
		assert_ok(record_load_num(db, &site.arena, site.model, actor, talks[i].record, &record, &err), &err);
		buf_printf(&out, "%s%s: %d%s%s%s", i ? "; " : "", record->title, (int)talks[i].answers,
		           talks[i].pinned ? " pinned" : "", talks[i].solved ? " solved" : "",
		           talks[i].closed ? " closed" : "");
	}
	store_read_end(site.store);
	return buf_str(&out);
}

static enum code do_pin(struct tx *tx, void *arg, struct err *err)
{
	return thread_pin(tx, ((const struct doing *)arg)->num, true, err);
}

static enum code do_solve(struct tx *tx, void *arg, struct err *err)
{
	const struct doing *d = arg;
	return thread_solve(tx, d->num, true, d->answer, err);
}

static void test_list(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	struct id mill = site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\"}");
	struct id oven = site_card(&site, &site.other, "{\"nom\":\"Le four\"}");
	site_card(&site, &site.other, "{\"nom\":\"Dont on ne parle pas\"}");
	struct id first = say(&site.member, oven, none, "Il chauffe ?");
	say(&site.other, oven, first, "Oui");
	say(&site.member, mill, none, "Il tourne ?");
	assert_string_equal(listed(&site.visitor, site.open, TALK_ALL), "Le moulin: 1; Le four: 2");
	assert_string_equal(listed(&site.visitor, site.closed, TALK_ALL), "");
	struct doing d = { .num = site_load(&site, &site.visitor, oven)->num,
		           .answer = site_load(&site, &site.visitor, first)->num };
	assert_ok(store_write(site.store, do_solve, &d, &err), &err);
	assert_ok(store_write(site.store, do_pin, &d, &err), &err);
	assert_string_equal(listed(&site.visitor, site.open, TALK_ALL), "Le four: 2 pinned solved; Le moulin: 1");
	assert_string_equal(listed(&site.visitor, site.open, TALK_OPEN), "Le moulin: 1");
	assert_string_equal(listed(&site.visitor, site.open, TALK_SOLVED), "Le four: 2 pinned solved");
	assert_string_equal(listed(&site.other, site.open, TALK_MINE), "Le four: 2 pinned solved");
	assert_string_equal(listed(&site.visitor, site.open, TALK_UNANSWERED), "");
	/* What is taken away is listed no more. */
	assert_int_equal(site_set_state(&site, &site.facilitator, oven, STATE_TRASH), OK);
	assert_string_equal(listed(&site.administrator, site.open, TALK_ALL), "Le moulin: 1");
}

static void test_who_solves(void **state)
{
	site_fixture_init(&site, test_store(state));
	const struct record *mill = site_load(&site, &site.contributor,
	                                      site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\"}"));
	assert_true(thread_may_solve(&site.contributor, mill));
	assert_true(thread_may_solve(&site.facilitator, mill));
	assert_false(thread_may_solve(&site.member, mill));
	assert_false(thread_may_solve(&site.visitor, mill));
}

/* ---- Splitting ---- */

static const char *told(const struct actor *actor, struct id about)
{
	struct db *db;
	struct err err = { 0 };
	struct thread thread;
	struct record *record;
	struct buf out;
	buf_init(&out, &site.arena, 0);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(record_load(db, &site.arena, site.model, actor, about, &record, &err), &err);
	assert_ok(comment_list(db, &site.arena, site.model, actor, record, 0, &thread, &err), &err);
	store_read_end(site.store);
	for (int i = 0; i < thread.n; i++)
		buf_printf(&out, "%s%.*s%s", i ? " " : "", thread.comments[i].depth, "<<<",
		           comment_text(thread.comments[i].record));
	return buf_str(&out);
}

static enum code do_split(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return comment_split(tx, &site.arena, site.model, &d->split, &d->issues, err);
}

static void test_split(void **state)
{
	struct err err = { 0 };
	site_fixture_init(&site, test_store(state));
	site_fixture_form(
	        &site, "{\"key\":\"sujet\",\"version\":1,\"label\":\"Sujet\",\"plural\":\"Sujets\",\"add\":\"Ouvrir\","
	               "\"title\":\"titre\",\"topic\":true,\"fields\":[{\"key\":\"titre\",\"type\":\"text\",\"label\":"
	               "\"Titre\",\"required\":true},{\"key\":\"texte\",\"type\":\"longtext\",\"label\":\"Texte\"}]}");
	struct id mill = site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\"}");
	struct id a = say(&site.member, mill, none, "A");
	struct id b = say(&site.other, mill, none, "B");
	say(&site.contributor, mill, a, "C");
	struct id e = say(&site.contributor, mill, b, "E");
	struct id f = say(&site.member, mill, e, "F");
	struct doing d = { .split = { .actor = &site.facilitator,
		                      .form = model_form(site.model, "sujet"),
		                      .comment = b,
		                      .title = "Autre chose" } };
	issues_init(&d.issues, &site.arena);
	int64_t began = site_load(&site, &site.visitor, b)->created;
	assert_ok(store_write(site.store, do_split, &d, &err), &err);
	/* What is left, and what went: who answers whom is the same. */
	assert_string_equal(told(&site.visitor, mill), "A <C");
	assert_string_equal(told(&site.visitor, d.split.saved), "E <F");
	const struct record *topic = site_load(&site, &site.visitor, d.split.saved);
	assert_string_equal(topic->title, "Autre chose");
	assert_int_equal(topic->author, site.other.person);
	assert_true(topic->created == began);
	assert_string_equal(json_str_or(topic->values, "texte", ""), "B");
	/* Its address, and those of the answers, lead there. */
	assert_true(site_load(&site, &site.visitor, b)->num == topic->num);
	assert_string_equal(comment_text(site_load(&site, &site.visitor, f)), "F");
	assert_int_equal(site_rebuild(&site), 0);
	assert_string_equal(listed(&site.visitor, site.open, TALK_ALL), "Autre chose: 2; Le moulin: 2");
}

/* ---- Names ---- */

static void test_names(void **state)
{
	struct db *db;
	struct err err = { 0 };
	struct named *all;
	int n, here = 0;
	site_fixture_init(&site, test_store(state));
	struct id mill = site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\"}");
	say(&site.other, mill, none, "Oui");
	const struct record *record = site_load(&site, &site.visitor, mill);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(thread_names(db, &site.arena, record, &all, &n, &err), &err);
	store_read_end(site.store);
	for (int i = 0; i < n; i++) {
		here += all[i].here;
		if (all[i].here)
			assert_true(all[i].person == site.contributor.person || all[i].person == site.other.person);
	}
	assert_int_equal(here, 2);
	struct arena *a = &site.arena;
	assert_true(text_names(a, "Merci @Lou Voisine !", "Lou Voisine"));
	assert_true(text_names(a, "@lou voisine", "Lou Voisine"));
	assert_true(text_names(a, "Vois @Héloïse.", "Heloise"));
	assert_false(text_names(a, "Merci Lou Voisine", "Lou Voisine"));
	assert_false(text_names(a, "@Louise", "Lou"));
	assert_false(text_names(a, "@", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_list),
		TEST(test_who_solves),
		TEST(test_split),
		TEST(test_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
