/* What many records share: how many have a key, and the words of all. */
#include <string.h>

#include "core/facet_tally.h"
#include "core/field_type.h"
#include "core/form_part.h"
#include "core/index.h"
#include "core/vocabulary.h"

/* What the counts of a field are. */
#define COUNTED                                                                                                        \
	"SELECT v.field, v.audience, r.space, v.key, COUNT(*) AS n FROM field_value v JOIN record r ON r.num = v.num " \
	"WHERE v.field = $1 GROUP BY v.field, v.audience, r.space, v.key"
#define KEPT "SELECT field, audience, space, key, n FROM value_count WHERE field = $1"

static const struct field *field_of(const struct model *model, int64_t num)
{
	const struct field *field = NULL;
	for (int i = 0; i < model->nforms && field == NULL; i++) field = form_numbered(&model->forms[i], num);
	return field;
}

/* A field that its form has no more, or whose form was taken away, is counted if it was. */
enum code index_mend_counts(struct tx *tx, const struct model *model, int64_t *field, bool *mended, struct err *err)
{
	struct db *db = tx_db(tx);
	int64_t differ, kept = 1;
	*mended = false;
	TRY(db_int(db, field, 0, err, "SELECT MIN(num) FROM field WHERE num > $1", *field));
	if (*field == 0) return OK;
	const struct field *known = field_of(model, *field);
	if (known == NULL) TRY(db_int(db, &kept, 0, err, "SELECT COUNT(*) FROM value_count WHERE field = $1", *field));
	if (kept == 0) return OK;
	if (known && !known->type->facet) {
		TRY(db_run(db, err, "DELETE FROM value_count WHERE field = $1", *field));
		*mended = db_changes(db) > 0;
		return OK;
	}
	TRY(db_int(db, &differ, 0, err,
	           "SELECT COUNT(*) FROM (SELECT 1 FROM (" COUNTED " EXCEPT " KEPT ") x UNION ALL "
	           "SELECT 1 FROM (" KEPT " EXCEPT " COUNTED ") y) z",
	           *field));
	*mended = differ > 0;
	if (!*mended) return OK;
	TRY(db_run(db, err, "DELETE FROM value_count WHERE field = $1", *field));
	return db_run(db, err, "INSERT INTO value_count (field, audience, space, key, n) " COUNTED, *field);
}

static void count_words(struct arena *a, struct tally *t, const char *list)
{
	while (*list) {
		size_t len = strcspn(list, " ");
		char word[256];
		if (len < sizeof(word)) {
			memcpy(word, list, len);
			word[len] = '\0';
			tally_value(a, t, word, 0)->count++;
		}
		list += len + (list[len] == ' ');
	}
}

static enum code read_words(struct db *db, struct arena *a, struct tally *t, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT vocabulary FROM search_doc WHERE from_level = 0 AND vocabulary <> ''"));
	while (rows_next(&rows)) count_words(a, t, row_text(&rows, 0));
	return rows_end(&rows, err);
}

enum code index_mend_words(struct tx *tx, bool *mended, struct err *err)
{
	struct arena a;
	struct tally tally = { .n = 0 };
	arena_init(&a);
	enum code code = read_words(tx_db(tx), &a, &tally, err);
	struct vocabulary_word *words = arena_array(&a, struct vocabulary_word, (size_t)tally.n + 1);
	for (int i = 0; i < tally.n; i++)
		words[i] = (struct vocabulary_word){ tally.values[i].key, tally.values[i].count };
	if (code == OK) code = vocabulary_mend(tx_db(tx), &a, words, (size_t)tally.n, mended, err);
	arena_release(&a);
	return code;
}
