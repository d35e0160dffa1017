#include "core/index.h"

#include <string.h>

#include "base/clock.h"
#include "core/index_key.h"
#include "core/reindex.h"
#include "store/words.h"
#include "support/seeds.h"
#include "support/site.h"

static const char definitions[] =
        "{'spaces': [{'key': 'tours', 'name': 'Tours'},"
        "            {'key': 'equipe', 'name': 'Équipe', 'visibility': 'members', 'publication': 'members'}],"
        " 'forms': [{'key': 'lieu', 'title': 'nom', 'fields': ["
        "   {'key': 'nom', 'type': 'text'},"
        "   {'key': 'autres_noms', 'type': 'tags'},"
        "   {'key': 'texte', 'type': 'longtext'},"
        "   {'key': 'genre', 'type': 'choice', 'choices': [{'key': 'a'}, {'key': 'b'}, {'key': 'c'}]},"
        "   {'key': 'mots', 'type': 'tags', 'audience': 'members'},"
        "   {'key': 'note', 'type': 'longtext', 'audience': 'facilitators'},"
        "   {'key': 'postes', 'type': 'number'},"
        "   {'key': 'voisins', 'type': 'relation', 'form': 'lieu', 'many': true},"
        "   {'key': 'place', 'type': 'place'}]}]}";

enum { RECORDS = 12 };

static struct test_model m;

/* Random values for some of the fields. */
static json_t *random_values(const struct id *ids, int n)
{
	static const char *const words[] = { "atelier", "café", "Rabière", "vélo", "été", "cœur", "à", "L’Europe" };
	struct arena *a = &m.arena;
	const char *w[6];
	for (size_t i = 0; i < COUNT(w); i++) w[i] = words[random_below(COUNT(words))];
	json_t *values = json_keep(a, json_object());
	if (random_below(2)) json_object_set_new(values, "nom", json_pack("s+", w[0], random_below(2) ? " un" : ""));
	if (random_below(2)) json_object_set_new(values, "texte", json_pack("s++", w[1], " [[", "vélo]]"));
	if (random_below(2)) json_object_set_new(values, "autres_noms", json_pack("[s]", w[2]));
	if (random_below(2))
		json_object_set_new(values, "genre", json_string((const char *[]){ "a", "b", "c" }[random_below(3)]));
	if (random_below(2)) json_object_set_new(values, "mots", json_pack("[s, s]", w[3], w[4]));
	if (random_below(2)) json_object_set_new(values, "note", json_string(w[5]));
	if (random_below(2)) json_object_set_new(values, "postes", json_string(arena_printf(a, "%u", random_below(4))));
	if (random_below(3) == 0 && n) {
		char id[ID_TEXT + 1];
		id_format(ids[random_below((uint32_t)n)], id);
		json_object_set_new(values, "voisins", json_pack("[s]", id));
	}
	if (random_below(3) == 0)
		json_object_set_new(values, "place",
		                    json_pack("{s: I, s: I}", "lat", (json_int_t)random_below(900000000), "lon",
		                              (json_int_t)random_below(1800000000) - 900000000));
	if (random_below(4) == 0) json_object_set_new(values, "genre", json_null());
	if (random_below(6) == 0) json_object_set_new(values, "texte", json_null());
	return values;
}

static int make_history(struct id *ids)
{
	int n = 0;
	for (int i = 0; i < 4 * RECORDS; i++) {
		if (n == 0 || (n < RECORDS && random_below(3) == 0)) {
			json_t *values = random_values(ids, n);
			json_object_set_new(values, "nom", json_string("Un lieu"));
			ids[n] = test_save(&m, &actor_program, (struct id){ 0 }, "lieu",
			                   random_below(3) ? "tours" : "equipe", values);
			n++;
		} else if (random_below(5) == 0) {
			test_set_state(&m, ids[random_below((uint32_t)n)], (enum record_state)(1 + random_below(3)));
		} else {
			test_save(&m, &actor_program, ids[random_below((uint32_t)n)], "lieu", "tours",
			          random_values(ids, n));
		}
	}
	return n;
}

/* Everything that the index holds, as one text. */
static const char *everything(void)
{
	static const char *const tables[] = {
		"SELECT 'key', num, field, audience, key, '' FROM field_value ORDER BY 2, 3, 4, 5",
		"SELECT 'count', field, audience, space, key, CAST(n AS TEXT) FROM value_count ORDER BY 2, 3, 4, 5",
		"SELECT 'place', num, field, audience, CAST(south AS TEXT), CAST(west AS TEXT) FROM place ORDER BY 2, 3, 4, 5, 6",
		"SELECT 'link', source, audience, 0, kind, target_slug FROM link ORDER BY 2, 3, 5, 6",
		"SELECT 'doc', doc, from_level, to_level, title, body FROM search_doc ORDER BY 2",
		"SELECT 'vocabulary', num, from_level, 0, vocabulary, '' FROM search_doc ORDER BY 2, 3",
		"SELECT 'word', n, 0, 0, word, '' FROM word ORDER BY word",
		"SELECT 'trigram', 0, 0, 0, tri, word FROM trigram ORDER BY tri, word",
	};
	struct err err = { 0 };
	struct db *db;
	struct buf out;
	buf_init(&out, &m.arena, 0);
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	for (size_t i = 0; i < COUNT(tables); i++) {
		AUTO(rows_release) struct rows rows = { 0 };
		assert_ok(db_query_values(db, &rows, &err, tables[i], VALUES()), &err);
		while (rows_next(&rows))
			buf_printf(&out, "%s|%lld|%lld|%lld|%s|%s\n", row_text(&rows, 0), (long long)row_int(&rows, 1),
			           (long long)row_int(&rows, 2), (long long)row_int(&rows, 3), row_text(&rows, 4),
			           row_text(&rows, 5));
		assert_ok(rows_end(&rows, &err), &err);
	}
	store_read_end(m.store);
	return buf_str(&out);
}

/* Says the first line that differs. */
static void assert_same_index(const char *now, const char *before)
{
	size_t same = 0;
	while (now[same] && now[same] == before[same]) same++;
	if (now[same] == before[same]) return;
	while (same > 0 && now[same - 1] != '\n') same--;
	now += same;
	before += same;
	fail_msg("now    %.*s\nbefore %.*s", (int)strcspn(now, "\n"), now, (int)strcspn(before, "\n"), before);
}

static enum code index_again(struct tx *tx, void *arg, struct err *err)
{
	const struct id *ids = arg;
	for (int i = 0; i < RECORDS && !id_is_zero(ids[i]); i++) {
		struct record *record;
		TRY(record_load(tx_db(tx), &m.arena, m.model, &actor_program, ids[i], &record, err));
		TRY(index_record(tx, &m.arena, m.model, record, err));
	}
	return OK;
}

static enum code forget_all(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	struct db *db = tx_db(tx);
	TRY(db_run(db, err, "DELETE FROM field_value"));
	TRY(db_run(db, err, "DELETE FROM value_count"));
	TRY(db_run(db, err, "DELETE FROM link"));
	TRY(db_run(db, err, "DELETE FROM place"));
	if (db_engine(db) == ENGINE_SQLITE) {
		TRY(db_run(db, err, "DELETE FROM place_index"));
		TRY(db_run(db, err, "INSERT INTO search_fts (search_fts) VALUES ('delete-all')"));
	}
	TRY(db_run(db, err, "DELETE FROM search_doc"));
	TRY(db_run(db, err, "DELETE FROM word"));
	return db_run(db, err, "DELETE FROM trigram");
}

/* value_count is a recount of field_value, for facets */
static void check_counts(void)
{
	static const char recount[] = "(SELECT v.field, v.audience, r.space, v.key, COUNT(*) AS n FROM field_value v "
	                              "JOIN record r ON r.num = v.num JOIN field f ON f.num = v.field "
	                              "WHERE f.key IN ('genre', 'mots', 'autres_noms', 'voisins') GROUP BY 1, 2, 3, 4)";
	static const char stored[] = "(SELECT field, audience, space, key, n FROM value_count)";
	struct err err = { 0 };
	struct db *db;
	assert_ok(store_read_begin(m.store, &db, &err), &err);
	for (int i = 0; i < 2; i++) {
		int64_t n = -1;
		const char *text = arena_printf(&m.arena,
		                                "SELECT COUNT(*) FROM (SELECT * FROM %s a EXCEPT SELECT * FROM %s b) c",
		                                i ? stored : recount, i ? recount : stored);
		assert_ok(db_int_values(db, &n, -1, &err, text, VALUES()), &err);
		assert_int_equal(n, 0);
	}
	store_read_end(m.store);
	/* What is not a facet has no count; the vocabulary has a word while a public document has it. */
	assert_int_equal(test_int(&m, "SELECT COUNT(*) FROM value_count c JOIN field f ON f.num = c.field "
	                              "WHERE f.key IN ('nom', 'texte', 'postes', 'note')"),
	                 0);
	assert_int_equal(
	        test_int(
	                &m,
	                "SELECT COUNT(*) FROM word w WHERE w.n <> (SELECT COUNT(*) FROM search_doc d "
	                "JOIN record r ON r.num = d.num JOIN space s ON s.num = r.space "
	                "WHERE s.visibility = 0 AND d.from_level = 0 AND "
	                "replace(' ' || d.vocabulary || ' ', ' ' || w.word || ' ', '') <> ' ' || d.vocabulary || ' ')"),
	        0);
}

/* Moves with every document written. */
static int64_t documents_written(void)
{
	if (store_engine(m.store) == ENGINE_SQLITE)
		return test_int(&m, "SELECT COUNT(*) + SUM(length(block)) FROM search_fts_data");
	return test_int(&m,
	                "SELECT CAST(COALESCE(SUM(CAST(CAST(xmin AS TEXT) AS BIGINT)), 0) AS BIGINT) FROM search_doc");
}

/* The index of the same records is the same, whatever their history; and writing it again writes nothing. */
static void test_again(void **state)
{
	struct err err = { 0 };
	test_model_init(&m, test_store(state), definitions);
	seeds_begin(6);
	while (seeds_next()) {
		struct id ids[RECORDS + 1] = { 0 };
		make_history(ids);
		check_counts();
		const char *before = everything();
		int64_t documents = documents_written();
		int64_t places = test_int(&m, "SELECT COALESCE(MAX(id), 0) FROM place");
		assert_ok(store_write(m.store, index_again, ids, &err), &err);
		assert_same_index(everything(), before);
		assert_int_equal(documents_written(), documents);
		assert_int_equal(test_int(&m, "SELECT COALESCE(MAX(id), 0) FROM place"), places);
		/* The others of earlier seeds stay forgotten: only these are made again. */
		for (int i = 0; i < RECORDS && !id_is_zero(ids[i]); i++) test_set_state(&m, ids[i], STATE_TRASH);
		assert_int_equal(
		        test_int(&m, "SELECT (SELECT COUNT(*) FROM field_value) + (SELECT COUNT(*) FROM value_count)"
		                     " + (SELECT COUNT(*) FROM link) + (SELECT COUNT(*) FROM place)"
		                     " + (SELECT COUNT(*) FROM search_doc) + (SELECT COUNT(*) FROM word)"
		                     " + (SELECT COUNT(*) FROM trigram)"),
		        0);
	}
	test_model_release(&m);
}

/* What a disk or a program before this one may have left wrong, one table after the other. */
static enum code damage(struct tx *tx, void *arg, struct err *err)
{
	struct db *db = tx_db(tx);
	int *step = arg;
	switch ((*step)++ % 9) {
	case 0: return forget_all(tx, NULL, err);
	case 1: return db_run(db, err, "DELETE FROM field_value WHERE num % 2 = 0");
	case 2: return db_run(db, err, "UPDATE value_count SET n = n + 1");
	case 3: return db_run(db, err, "DELETE FROM value_count");
	case 4: return db_run(db, err, "UPDATE word SET n = 9 WHERE word = (SELECT MIN(word) FROM word)");
	case 5: return db_run(db, err, "INSERT INTO word (word, n) VALUES ('fantome', 3)");
	case 6: return db_run(db, err, "DELETE FROM trigram WHERE word = (SELECT MAX(word) FROM trigram)");
	case 7: return db_run(db, err, "DELETE FROM link");
	default:
		if (db_engine(db) != ENGINE_SQLITE) return db_run(db, err, "DELETE FROM place");
		TRY(db_run(db, err, "INSERT INTO search_fts (search_fts) VALUES ('delete-all')"));
		return db_run(db, err, "DELETE FROM place_index");
	}
}

static enum code verify(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return words_verify(tx_db(tx), err);
}

static void count_calls(void *arg, int64_t done, int64_t total)
{
	int64_t *last = arg;
	assert_true(done >= *last && done <= total);
	*last = done;
}

/* Made again in small writes, the index is what it was before the damage; a second time there is nothing to mend. */
static void test_mend(void **state)
{
	struct err err = { 0 };
	int step = 0;
	test_model_init(&m, test_store(state), definitions);
	seeds_begin(2);
	while (seeds_next()) {
		struct id ids[RECORDS + 1] = { 0 };
		make_history(ids);
		const char *before = everything();
		for (int i = 0; i < 9; i++) {
			int64_t mended = 0, done = 0;
			assert_ok(store_write(m.store, damage, &step, &err), &err);
			assert_ok(reindex_everything(m.store, m.model, count_calls, &done, &mended, &err), &err);
			assert_same_index(everything(), before);
			check_counts();
			assert_int_equal(done, test_int(&m, "SELECT COUNT(*) FROM record"));
			if (store_engine(m.store) == ENGINE_SQLITE)
				assert_ok(store_write(m.store, verify, NULL, &err), &err);
			assert_ok(reindex_everything(m.store, m.model, NULL, NULL, &mended, &err), &err);
			assert_int_equal(mended, 0);
		}
	}
	test_model_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH_ENGINES(test_again), BOTH_ENGINES(test_mend) };
	return cmocka_run_group_tests(tests, NULL, seeds_teardown);
}
