/* Books of themes and what was put on texts: order, signs, merges undone, passages found, what goes with what it is about. */
#include "core/coding.h"

#include <string.h>

#include "support/site.h"

static struct test_model m;

static int teardown(void **state)
{
	if (m.store) test_model_release(&m);
	m = (struct test_model){ 0 };
	return test_store_teardown(state);
}

struct doing {
	struct codebook book;
	struct id id, record;
	struct coding_key key;
	int64_t code[4], text, person, codes[2];
	int place, into, n;
	enum code_state state;
};
enum { FREINS, TEMPS, BESOINS, FORMATION };

static void set_up(void **state)
{
	test_model_init(
	        &m, test_store(state),
	        "{'spaces': [{'key': 'quartier'}], 'forms': [{'key': 'note', 'title': 'titre', 'fields': [{'key': 'titre', 'type': 'text'}, "
	        "{'key': 'texte', 'type': 'longtext'}]}]}");
}

static void write_it(store_fn *fn, struct doing *d)
{
	struct err err = { 0 };
	assert_ok(store_write(m.store, fn, d, &err), &err);
}

static enum code add_codes(struct tx *tx, void *arg, struct err *err)
{
	static const char *const names[] = { "Freins", "Temps", "Besoins", "Formation" };
	struct doing *d = arg;
	struct id id;
	for (int i = 0; i < 4; i++) {
		const struct code_new code = {
			.parent = i % 2 ? d->code[i - 1] : 0, .name = names[i], .definition = "", .example = ""
		};
		TRY(book_code_add(tx, d->book.num, &code, 0, &id, &d->code[i], err));
	}
	return OK;
}

static enum code make_book(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	TRY(codebook_add(tx, m.model->spaces[0].num, "Grille", "", false, &d->id, err));
	TRY(codebook_load(tx_db(tx), &m.arena, m.model, &actor_program, d->id, &d->book, err));
	return add_codes(tx, d, err);
}

static void reload(struct doing *d)
{
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(codebook_load(db, &m.arena, m.model, &actor_program, d->id, &d->book, &err), &err);
	store_read_end(m.store);
}

static struct coding_all all_of(struct doing *d)
{
	struct coding_all all;
	struct db *db;
	struct err err = { 0 };
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	assert_ok(coding_read_all(db, &m.arena, &d->book, test_form(&m, "note"), &all, &err), &err);
	store_read_end(m.store);
	return all;
}

static enum code merge(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return book_code_merge(tx, &d->book, d->place, d->into, 0, err);
}

static enum code restate(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return book_code_state(tx, &d->book, d->place, d->state, 0, err);
}

static enum code put(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	struct record *record;
	TRY(record_load(tx_db(tx), &m.arena, m.model, &actor_program, d->record, &record, err));
	d->key = (struct coding_key){
		.kind = CODED_RECORD, .thing = record->id, .owner = record->num, .field = "texte"
	};
	TRY(coded_text(tx, test_form(&m, "note"), &d->key, &d->text, err));
	TRY(coding_note_read(tx, &d->book, d->text, d->person, true, err));
	return coding_put(tx, &d->book, d->text, d->person, d->codes, d->n, coding_version("a"), err);
}

static enum code decide(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return coding_decide(tx, &d->book, d->text, d->person, d->codes, d->n, err);
}

static enum code forget(struct tx *tx, void *arg, struct err *err)
{
	struct doing *d = arg;
	return coding_forget_record(tx, d->key.owner, err);
}

static struct id save_note(void)
{
	struct actor actor = test_person(&m, "quartier", LEVEL_FACILITATOR);
	return test_save(&m, &actor, (struct id){ { 0 } }, "note", "quartier",
	                 test_json(&m.arena, "{'titre': 'Note', 'texte': 'Le temps manque'}"));
}

static int place(const struct doing *d, int code)
{
	return codebook_place(&d->book, d->code[code]);
}

static void order_and_signs(void **state)
{
	static const char *const names[] = { "Freins", "Temps", "Besoins", "Formation" };
	static const char *const keys[] = { "1", "1a", "2", "2a" };
	struct doing d = { 0 };
	set_up(state);
	write_it(make_book, &d);
	reload(&d);
	assert_int_equal(d.book.n, 4);
	assert_int_equal(d.book.used, 4);
	for (int i = 0; i < 4; i++) {
		assert_string_equal(d.book.codes[i].name, names[i]);
		assert_string_equal(d.book.codes[i].keys, keys[i]);
		assert_int_equal(d.book.codes[i].depth, i % 2);
	}
	assert_int_equal(codebook_find(&d.book, 0, "TEMPS"), 1);
	assert_int_equal(codebook_find(&d.book, -1, "Temps"), -1);
}

/* A heading into another: what stood under it stands under that one; parted, all is as before. */
static void merged_and_parted(void **state)
{
	struct doing d = { 0 };
	struct err err = { 0 };
	set_up(state);
	write_it(make_book, &d);
	reload(&d);
	d.place = place(&d, FREINS);
	d.into = place(&d, TEMPS);
	assert_int_equal(store_write(m.store, merge, &d, &err), E_INPUT); /* into what is under it */
	d.into = place(&d, BESOINS);
	write_it(merge, &d);
	reload(&d);
	assert_int_equal(d.book.used, 3);
	assert_int_equal(d.book.codes[place(&d, FREINS)].counts, place(&d, BESOINS));
	assert_int_equal(d.book.codes[place(&d, TEMPS)].parent, place(&d, BESOINS));
	d.place = place(&d, FREINS);
	d.state = CODE_USED;
	write_it(restate, &d);
	reload(&d);
	assert_int_equal(d.book.used, 4);
	assert_int_equal(d.book.codes[place(&d, TEMPS)].parent, place(&d, FREINS));
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM book_event WHERE kind IN (3, 4)"), 2);
}

static void put_decided_gone(void **state)
{
	struct doing d = { .n = 1 };
	struct coding_all all;
	set_up(state);
	write_it(make_book, &d);
	reload(&d);
	d.record = save_note();
	struct actor coder = test_person(&m, "quartier", LEVEL_FACILITATOR);
	d.person = coder.person;
	d.codes[0] = d.code[TEMPS];
	write_it(put, &d);
	write_it(put, &d); /* twice is once */
	all = all_of(&d);
	assert_int_equal(all.ntexts, 1);
	assert_int_equal(all.nmarks, 1);
	assert_int_equal(all.nreaders, 1);
	d.n = 0;
	write_it(decide, &d);
	all = all_of(&d);
	assert_int_equal(all.nverdicts, 1); /* decided, and none */
	assert_int_equal(all.verdicts[0].code, 0);
	/* Merged, a mark of the former counts: the code that goes on is not put twice, and unticking it takes both away. */
	d.place = place(&d, TEMPS);
	d.into = place(&d, FORMATION);
	write_it(merge, &d);
	reload(&d);
	d.n = 1;
	d.codes[0] = d.code[FORMATION];
	write_it(put, &d);
	assert_int_equal(all_of(&d).nmarks, 1);
	d.n = 0;
	write_it(put, &d);
	assert_int_equal(all_of(&d).nmarks, 0);
	write_it(forget, &d);
	assert_int_equal(all_of(&d).ntexts, 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM coding_decision"), 0);
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM coding_read"), 0);
}

static void passages(void **state)
{
	static const char text[] = "L’été, le temps manque.\nLe  Temps passe, été comme hiver.";
	struct passage_at at;
	struct arena a;
	(void)state;
	arena_init(&a);
	assert_true(coding_find(text, "le temps", -1, &at));
	assert_int_equal(at.begin, 7);
	assert_int_equal(at.until, 15);
	assert_string_equal(coding_part(&a, text, at), "le temps");
	/* The nearest one; white space and capitals are not compared, apostrophes either. */
	assert_true(coding_find(text, " le temps\n", 30, &at));
	assert_string_equal(coding_part(&a, text, at), "Le  Temps");
	assert_true(coding_find(text, "l'été", -1, &at));
	assert_string_equal(coding_part(&a, text, at), "L’été");
	assert_false(coding_find(text, "automne", -1, &at));
	assert_false(coding_find(text, "   ", -1, &at));
	assert_string_equal(coding_part(&a, text, (struct passage_at){ 51, 4000 }), "hiver.");
	assert_string_equal(coding_part(&a, text, (struct passage_at){ 4000, 4001 }), "");
	arena_release(&a);
}

#define TEST(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(order_and_signs), TEST(merged_and_parted), TEST(put_decided_gone),
		                            cmocka_unit_test(passages) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
