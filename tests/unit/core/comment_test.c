/* Comments: below their record, never more readable than it, moved and deleted with it; who answers whom. */
#include "core/comment.h"

#include <string.h>

#include "base/clock.h"
#include "core/history.h"
#include "core/proposal.h"
#include "core/search.h"
#include "support/site/site.h"

static struct site_fixture site;

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static struct id begin(void **state)
{
	site_fixture_init(&site, test_store(state));
	return site_card(&site, &site.contributor, "{\"nom\":\"Le moulin\"}");
}

struct adding {
	struct comment_new comment;
	struct issues issues;
};

static enum code add_comment(struct tx *tx, void *arg, struct err *err)
{
	struct adding *x = arg;
	return comment_add(tx, &site.arena, site.model, &x->comment, &x->issues, err);
}

static enum code try_comment(const struct actor *actor, struct id about, struct id parent, const char *text,
                             struct adding *x, struct err *err)
{
	*x = (struct adding){ .comment = { .actor = actor, .about = about, .parent = parent, .text = text } };
	issues_init(&x->issues, &site.arena);
	clock_set(clock_now() + 1000);
	return store_write(site.store, add_comment, x, err);
}

static struct id say(const struct actor *actor, struct id about, struct id parent, const char *text)
{
	struct err err = { 0 };
	struct adding x;
	assert_ok(try_comment(actor, about, parent, text, &x, &err), &err);
	return x.comment.saved;
}

static enum code refused(const struct actor *actor, struct id about, struct id parent)
{
	struct err err = { 0 };
	struct adding x;
	return try_comment(actor, about, parent, "Non", &x, &err);
}

static const struct id none;

static struct thread thread_of(const struct actor *actor, struct id about, int page)
{
	struct db *db;
	struct err err = { 0 };
	struct thread thread = { .n = -1 };
	struct record *record;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(record_load(db, &site.arena, site.model, actor, about, &record, &err), &err);
	assert_ok(comment_list(db, &site.arena, site.model, actor, record, page, &thread, &err), &err);
	store_read_end(site.store);
	return thread;
}

/* "Oui<Non" : depths as signs before the texts. */
static const char *told(const struct thread *thread)
{
	struct buf out;
	buf_init(&out, &site.arena, 0);
	for (int i = 0; i < thread->n; i++) {
		if (i) buf_lit(&out, " ");
		for (int d = 0; d < thread->comments[i].depth; d++) buf_lit(&out, ">");
		buf_puts(&out, comment_text(thread->comments[i].record));
		if (thread->comments[i].apart) buf_printf(&out, "@%s", thread->comments[i].parent_author);
	}
	return buf_str(&out);
}

static void test_answers_stand_below(void **state)
{
	struct id about = begin(state);
	struct id a = say(&site.other, about, none, "a"), b = say(&site.member, about, none, "b");
	struct id a1 = say(&site.contributor, about, a, "a1");
	struct id a11 = say(&site.other, about, a1, "a11");
	struct id a111 = say(&site.member, about, a11, "a111");
	(void)say(&site.contributor, about, a111, "a1111");
	(void)say(&site.other, about, b, "b1");
	struct thread thread = thread_of(&site.visitor, about, 0);
	assert_int_equal(thread.total, 7);
	assert_string_equal(told(&thread), "a >a1 >>a11 >>a111@Odile >>a1111@Malik b >b1");
	assert_string_equal(thread.comments[0].author, "Odile");
	assert_string_equal(thread.comments[1].parent_author, "Odile");
}

/* What answers a comment that was taken away stays, and says so. */
static void test_taken_away(void **state)
{
	struct err err = { 0 };
	struct id about = begin(state), a = say(&site.other, about, none, "a");
	(void)say(&site.member, about, a, "a1");
	assert_ok(site_set_state(&site, &site.other, a, STATE_TRASH), &err);
	struct thread thread = thread_of(&site.visitor, about, 0);
	assert_string_equal(told(&thread), "a1@");
	assert_true(id_is_zero(thread.comments[0].parent));
	assert_int_equal(refused(&site.member, about, a), E_NOT_FOUND);
	assert_ok(site_set_state(&site, &site.facilitator, a, STATE_PUBLISHED), &err);
	thread = thread_of(&site.visitor, about, 0);
	assert_string_equal(told(&thread), "a >a1");
}

static void test_pages(void **state)
{
	struct err err = { 0 };
	struct id about = begin(state), first = none, last = none;
	for (int i = 0; i < COMMENT_PAGE + 3; i++) {
		last = say(&site.member, about, i == COMMENT_PAGE ? first : none, arena_printf(&site.arena, "%d", i));
		if (i == 0) first = last;
	}
	struct thread thread = thread_of(&site.visitor, about, 0);
	assert_int_equal(thread.total, COMMENT_PAGE + 3);
	assert_int_equal(thread.pages, 2);
	assert_int_equal(thread.page, 2);
	assert_string_equal(told(&thread), "50@Malik 51 52");
	thread = thread_of(&site.visitor, about, 1);
	assert_int_equal(thread.n, COMMENT_PAGE);
	assert_string_equal(comment_text(thread.comments[0].record), "0");
	assert_int_equal(thread_of(&site.visitor, about, 99).page, 2);
	struct db *db;
	int page, pages;
	const struct record *oldest = site_load(&site, &site.visitor, first),
	                    *newest = site_load(&site, &site.visitor, last);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(comment_page(db, &site.arena, site.model, &site.visitor, oldest, &page, &pages, &err), &err);
	assert_int_equal(page, 1);
	assert_ok(comment_page(db, &site.arena, site.model, &site.visitor, newest, &page, &pages, &err), &err);
	assert_int_equal(page, 2);
	store_read_end(site.store);
}

/* Whoever may not read the record does not read what is said below it, whatever its own state. */
static void test_never_more_readable(void **state)
{
	struct err err = { 0 };
	struct id about = begin(state), a = say(&site.other, about, none, "secret");
	assert_non_null(site_load(&site, &site.visitor, a));
	assert_ok(site_set_state(&site, &site.contributor, about, STATE_TRASH), &err);
	assert_null(site_load(&site, &site.visitor, a));
	assert_null(site_load(&site, &site.member, a));
	assert_null(site_load(&site, &site.other, a));           /* her own: its page is not for her any more */
	assert_non_null(site_load(&site, &site.contributor, a)); /* the page is hers */
	assert_non_null(site_load(&site, &site.facilitator, a));
	assert_int_equal(refused(&site.facilitator, about, none), E_FORBIDDEN);
	assert_int_equal(refused(&site.other, about, none), E_NOT_FOUND);
	assert_ok(site_set_state(&site, &site.contributor, about, STATE_PUBLISHED), &err);
	assert_non_null(site_load(&site, &site.visitor, a));
}

static void test_who_may(void **state)
{
	struct err err = { 0 };
	struct id about = begin(state), a = say(&site.other, about, none, "a");
	const struct record *record = site_load(&site, &site.administrator, a);
	struct thing thing = record_thing(record);
	assert_int_equal(thing.kind, KIND_COMMENT);
	assert_true(allowed(&site.other, ACTION_EDIT, &thing));
	assert_true(allowed(&site.other, ACTION_DELETE, &thing));
	assert_false(allowed(&site.contributor, ACTION_EDIT, &thing)); /* anybody may correct the page itself */
	assert_false(allowed(&site.member, ACTION_EDIT, &thing));
	assert_true(allowed(&site.facilitator, ACTION_DELETE, &thing));
	assert_int_equal(refused(&site.visitor, about, none), E_SIGN_IN);
	struct save save = { .actor = &site.member, .record = a, .values = site_json(&site, "{\"text\":\"b\"}") };
	assert_int_equal(site_save(&site, &save, NULL, &err), E_FORBIDDEN);
	save.actor = &site.other;
	assert_ok(site_save(&site, &save, NULL, &err), &err);
	assert_string_equal(comment_text(site_load(&site, &site.visitor, a)), "b");
	assert_string_equal(site_load(&site, &site.visitor, a)->title, "b");
}

static int64_t number(const char *sql)
{
	struct db *db;
	struct err err = { 0 };
	int64_t found = -1;
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(db_int_values(db, &found, -1, &err, sql, NULL, 0), &err);
	store_read_end(site.store);
	return found;
}

/* Nothing that finds records finds it. */
static void test_in_no_list(void **state)
{
	struct id about = begin(state), a = say(&site.other, about, none, "mot-introuvable, voir [[Le moulin]]");
	struct db *db;
	struct err err = { 0 };
	struct recent *recent;
	int n;
	(void)a;
	assert_int_equal(number("SELECT COUNT(*) FROM search_doc d JOIN record r ON r.num = d.num WHERE r.about "
	                        "IS NOT NULL"),
	                 0);
	assert_int_equal(number("SELECT COUNT(*) FROM field_value v JOIN record r ON r.num = v.num WHERE r.about "
	                        "IS NOT NULL"),
	                 0);
	assert_int_equal(
	        number("SELECT COUNT(*) FROM link l JOIN record r ON r.num = l.source WHERE r.about IS NOT NULL"), 1);
	assert_ok(store_read_begin(site.store, &db, &err), &err);
	assert_ok(history_recent(db, &site.arena, site.model, &site.administrator, NULL, 0, 10, &recent, &n, &err),
	          &err);
	store_read_end(site.store);
	assert_int_equal(n, 1);
	assert_null(model_form(site.model, "comment"));
	assert_int_equal(site_rebuild(&site), 0);
}

static enum code close_it(struct tx *tx, void *arg, struct err *err)
{
	return comment_close(tx, *(int64_t *)arg, true, err);
}

static void test_closed(void **state)
{
	struct err err = { 0 };
	struct id about = begin(state);
	struct space *space = (struct space *)site.open;
	space->comments = COMMENTS_CLOSED;
	assert_int_equal(refused(&site.member, about, none), E_FORBIDDEN);
	space->comments = COMMENTS_OPEN;
	((struct form *)site.card)->comments = COMMENTS_CLOSED;
	assert_int_equal(refused(&site.member, about, none), E_FORBIDDEN);
	((struct form *)site.card)->comments = COMMENTS_OPEN;
	struct id a = say(&site.member, about, none, "a");
	assert_int_equal(refused(&site.member, a, none), E_FORBIDDEN); /* below the page, not below a comment */
	int64_t num = site_load(&site, &site.visitor, about)->num;
	assert_ok(store_write(site.store, close_it, &num, &err), &err);
	assert_int_equal(refused(&site.facilitator, about, none), E_FORBIDDEN);
	assert_int_equal(thread_of(&site.visitor, about, 0).total, 1);
}

static void test_waits(void **state)
{
	struct err err = { 0 };
	struct id about = begin(state);
	((struct space *)site.open)->publication = PUBLICATION_APPROVED;
	struct id a = say(&site.other, about, none, "a");
	assert_int_equal(thread_of(&site.visitor, about, 0).total, 0);
	assert_int_equal(thread_of(&site.other, about, 0).total, 1);
	assert_int_equal(thread_of(&site.facilitator, about, 0).total, 1);
	const char *slug = site_load(&site, &site.facilitator, a)->slug;
	assert_ok(site_set_state(&site, &site.facilitator, a, STATE_PUBLISHED), &err);
	assert_int_equal(thread_of(&site.visitor, about, 0).total, 1);
	assert_string_equal(site_load(&site, &site.visitor, a)->slug, slug);
	char id[ID_TEXT + 1];
	assert_string_equal(slug, arena_printf(&site.arena, "c-%s", id_format(a, id)));
}

struct moving {
	struct id id;
	struct save save;
};

static enum code move(struct tx *tx, void *arg, struct err *err)
{
	struct moving *m = arg;
	struct issues issues;
	issues_init(&issues, &site.arena);
	return record_move(tx, &site.arena, site.model, &site.facilitator, m->id, site.closed, &m->save, &issues, err);
}

/* They go along to another space, each of its own author, and are read there by who may. */
static void test_moves_along(void **state)
{
	struct err err = { 0 };
	struct id about = begin(state), a = say(&site.other, about, none, "a");
	struct id a1 = say(&site.member, about, a, "a1");
	int64_t author = site_load(&site, &site.visitor, a)->author;
	struct moving moving = { .id = about };
	clock_set(clock_now() + 1000);
	assert_ok(store_write(site.store, move, &moving, &err), &err);
	struct thread thread = thread_of(&site.member, moving.save.saved, 0);
	assert_string_equal(told(&thread), "a >a1");
	assert_int_equal(thread.comments[0].record->author, author);
	assert_string_equal(thread.comments[0].record->space->slug, "equipe");
	assert_null(site_load(&site, &site.visitor, a));
	assert_null(site_load(&site, &site.other, a));
	assert_int_equal(site_load(&site, &site.member, a1)->num,
	                 thread.comments[1].record->num); /* the former id leads there */
}

static struct id erased;

static enum code erase(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return record_delete(tx, &site.arena, site.model, &actor_program, erased, err);
}

static void test_ends_with_it(void **state)
{
	struct err err = { 0 };
	struct id about = begin(state), other = site_card(&site, &site.member, "{\"nom\":\"Autre\"}");
	struct id a = say(&site.other, about, none, "a"), kept = say(&site.other, other, none, "b");
	assert_ok(site_set_state(&site, &site.other, a, STATE_TRASH), &err);
	(void)say(&site.other, about, none, "c [[Autre]]");
	assert_ok(site_set_state(&site, &site.contributor, about, STATE_TRASH), &err);
	erased = about;
	assert_ok(store_write(site.store, erase, NULL, &err), &err);
	assert_int_equal(number("SELECT COUNT(*) FROM record"), 2);
	assert_int_equal(number("SELECT COUNT(*) FROM obj"), 2);
	assert_int_equal(number("SELECT COUNT(*) FROM body"), 2);
	assert_int_equal(number("SELECT COUNT(*) FROM link"), 0);
	assert_non_null(site_load(&site, &site.visitor, kept));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name)                                                      \
	{ #name " (SQLite)", name, test_sqlite_setup, teardown, NULL }, \
	        { #name " (PostgreSQL)", name, test_postgres_setup, teardown, NULL }
		TEST(test_answers_stand_below),
		TEST(test_taken_away),
		TEST(test_pages),
		TEST(test_never_more_readable),
		TEST(test_who_may),
		TEST(test_in_no_list),
		TEST(test_closed),
		TEST(test_waits),
		TEST(test_moves_along),
		TEST(test_ends_with_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
