#include "core/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "store/sql.h"

enum {
	SHORTEST = 3,     /* characters */
	CANDIDATES = 200, /* words whose distance is measured */
};

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool belongs(const char *word)
{
	return strpbrk(word, "0123456789") == NULL && text_length(word) >= SHORTEST;
}

char *vocabulary_of(struct arena *a, const char *text)
{
	size_t count, kept = 0;
	struct stem_word *words = stem_words(a, text, &count);
	const char **list = arena_array(a, const char *, count + 1);
	for (size_t i = 0; i < count; i++)
		if (belongs(words[i].word)) list[kept++] = words[i].word;
	qsort(list, kept, sizeof(*list), by_text);
	struct buf out;
	buf_init(&out, a, 0);
	for (size_t i = 0; i < kept; i++) {
		if (i && strcmp(list[i - 1], list[i]) == 0) continue;
		if (i) buf_putc(&out, ' ');
		buf_puts(&out, list[i]);
	}
	return arena_strdup(a, buf_str(&out));
}

/* Changes. No RETURNING: each of these would be a savepoint of its own, at which SQLite walks its journal of what
 * can be undone and FTS5 writes out its words; a record has some hundred. */

static enum code add_word(struct db *db, struct arena *a, const char *word, struct err *err)
{
	size_t count;
	TRY(db_run(db, err, "UPDATE word SET n = n + 1 WHERE word = $1", word));
	if (db_changes(db) > 0) return OK;
	TRY(db_run(db, err, "INSERT INTO word (word, n) VALUES ($1, 1)", word));
	const char **trigrams = stem_trigrams(a, word, &count);
	for (size_t i = 0; i < count; i++)
		TRY(db_run(db, err,
		           "INSERT INTO trigram (tri, word) VALUES ($1, $2) ON CONFLICT (tri, word) DO NOTHING",
		           trigrams[i], word));
	return OK;
}

static enum code remove_word(struct db *db, struct arena *a, const char *word, struct err *err)
{
	size_t count;
	TRY(db_run(db, err, "UPDATE word SET n = n - 1 WHERE word = $1 AND n > 1", word));
	if (db_changes(db) > 0) return OK;
	TRY(db_run(db, err, "DELETE FROM word WHERE word = $1", word));
	const char **trigrams = stem_trigrams(a, word, &count);
	for (size_t i = 0; i < count; i++)
		TRY(db_run(db, err, "DELETE FROM trigram WHERE tri = $1 AND word = $2", trigrams[i], word));
	return OK;
}

/* The first word of a list, which then begins after it; NULL at the end. */
static const char *take(struct arena *a, const char **list)
{
	size_t len = strcspn(*list, " ");
	if (len == 0) return NULL;
	const char *word = arena_strndup(a, *list, len);
	*list += len + ((*list)[len] == ' ');
	return word;
}

enum code vocabulary_change(struct db *db, struct arena *a, const char *before, const char *after, struct err *err)
{
	const char *old = take(a, &before), *new = take(a, &after);
	while (old || new) {
		int order = old == NULL ? 1 : new == NULL ? -1 : strcmp(old, new);
		if (order < 0) TRY(remove_word(db, a, old, err));
		if (order > 0) TRY(add_word(db, a, new, err));
		if (order <= 0) old = take(a, &before);
		if (order >= 0) new = take(a, &after);
	}
	return OK;
}

/* All of them */

/* FNV-1a of two texts and a number: sums of them say whether two tables hold the same rows. */
static uint64_t row_sum(const char *x, const char *y, int64_t n)
{
	uint64_t sum = 14695981039346656037u ^ (uint64_t)n;
	for (; *x; x++) sum = (sum ^ (uint8_t)*x) * 1099511628211u;
	sum = (sum ^ ' ') * 1099511628211u;
	for (; *y; y++) sum = (sum ^ (uint8_t)*y) * 1099511628211u;
	return sum;
}

static enum code sum_tables(struct db *db, uint64_t *ret, struct err *err)
{
	AUTO(rows_release) struct rows words = { 0 }, trigrams = { 0 };
	TRY(db_query(db, &words, err, "SELECT word, n FROM word"));
	while (rows_next(&words)) *ret += row_sum(row_text(&words, 0), "", row_int(&words, 1));
	TRY(rows_end(&words, err));
	TRY(db_query(db, &trigrams, err, "SELECT tri, word FROM trigram"));
	while (rows_next(&trigrams)) *ret += row_sum(row_text(&trigrams, 0), row_text(&trigrams, 1), 0);
	return rows_end(&trigrams, err);
}

static enum code write_word(struct db *db, struct arena *a, const struct vocabulary_word *word, struct err *err)
{
	size_t count;
	TRY(db_run(db, err, "INSERT INTO word (word, n) VALUES ($1, $2)", word->word, word->n));
	const char **trigrams = stem_trigrams(a, word->word, &count);
	for (size_t i = 0; i < count; i++)
		TRY(db_run(db, err, "INSERT INTO trigram (tri, word) VALUES ($1, $2)", trigrams[i], word->word));
	return OK;
}

enum code vocabulary_mend(struct db *db, struct arena *a, const struct vocabulary_word *words, size_t n, bool *mended,
                          struct err *err)
{
	uint64_t wanted = 0, present = 0;
	for (size_t i = 0; i < n; i++) {
		size_t count;
		const char **trigrams = stem_trigrams(a, words[i].word, &count);
		wanted += row_sum(words[i].word, "", words[i].n);
		for (size_t k = 0; k < count; k++) wanted += row_sum(trigrams[k], words[i].word, 0);
	}
	TRY(sum_tables(db, &present, err));
	*mended = present != wanted;
	if (!*mended) return OK;
	TRY(db_run(db, err, "DELETE FROM word"));
	TRY(db_run(db, err, "DELETE FROM trigram"));
	for (size_t i = 0; i < n; i++) TRY(write_word(db, a, &words[i], err));
	return OK;
}

/* Correction */

/* Words of nearly that length, those that share most trigrams first. */
static void add_candidates(struct sql *sql, struct arena *a, const char *word, int tolerance)
{
	size_t count;
	const char **trigrams = stem_trigrams(a, word, &count);
	int length = (int)text_length(word);
	sql_add(sql, "SELECT w.word FROM (SELECT t.word, COUNT(*) AS shared FROM trigram t WHERE t.tri IN (?",
	        trigrams[0]);
	for (size_t i = 1; i < count; i++) sql_add(sql, ", ?", trigrams[i]);
	sql_add(sql,
	        ") AND length(t.word) BETWEEN ? AND ? GROUP BY t.word) c JOIN word w ON w.word = c.word "
	        "ORDER BY c.shared DESC, w.n DESC, w.word LIMIT ?",
	        length - tolerance, length + tolerance, (int)CANDIDATES);
}

enum code vocabulary_nearest(struct db *db, struct arena *a, const char *word, const char **ret, struct err *err)
{
	int tolerance = stem_tolerance(word), least = tolerance + 1;
	const char *nearest = NULL;
	*ret = NULL;
	if (tolerance == 0) return OK;
	struct sql sql;
	sql_init(&sql, a);
	add_candidates(&sql, a, word, tolerance);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, db, &rows, err));
	while (rows_next(&rows)) {
		int distance = edit_distance_bounded(word, row_text(&rows, 0), least - 1);
		if (distance >= least) continue;
		least = distance;
		nearest = arena_strdup(a, row_text(&rows, 0));
	}
	TRY(rows_end(&rows, err));
	*ret = nearest;
	return OK;
}
