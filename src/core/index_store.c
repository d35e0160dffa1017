#include "core/index.h"

#include <string.h>

#include "core/form_part.h"
#include "core/index_write.h"
#include "core/moment.h"
#include "core/posting.h"
#include "store/places.h"
#include "store/words.h"

/* Keys and their counts */

struct key_row {
	int64_t field;
	int audience;
	const char *key;
};

static int by_row(const void *a, const void *b)
{
	const struct key_row *x = a, *y = b;
	if (x->field != y->field) return x->field < y->field ? -1 : 1;
	if (x->audience != y->audience) return x->audience - y->audience;
	return strcmp(x->key, y->key);
}

/* Facets only: what has many distinct keys would have as many counts. A field that the form has no
 * more may have been one. */
static bool is_counted(const struct indexing *x, int64_t field)
{
	const struct field *known = form_numbered(x->record->form, field);
	return known == NULL || known->type->facet;
}

static enum code add_key(const struct indexing *x, const struct key_row *row, struct err *err)
{
	TRY(db_run(x->db, err, "INSERT INTO field_value (num, field, audience, key) VALUES ($1, $2, $3, $4)",
	           x->record->num, row->field, row->audience, row->key));
	if (!is_counted(x, row->field)) return OK;
	TRY(posting_change(x->db, row->field, row->key, x->record->num, true, err));
	return db_run(x->db, err,
	              "INSERT INTO value_count (field, audience, space, key, n) VALUES ($1, $2, $3, $4, 1) "
	              "ON CONFLICT (field, audience, space, key) DO UPDATE SET n = value_count.n + 1",
	              row->field, row->audience, x->record->space->num, row->key);
}

/* Unless another part of the record has the same key. */
static enum code leave_set(const struct indexing *x, const struct key_row *row, struct err *err)
{
	int64_t others;
	TRY(db_int(x->db, &others, 0, err,
	           "SELECT COUNT(*) FROM field_value WHERE num = $1 AND field = $2 AND key = $3", x->record->num,
	           row->field, row->key));
	return others ? OK : posting_change(x->db, row->field, row->key, x->record->num, false, err);
}

static enum code remove_key(const struct indexing *x, const struct key_row *row, struct err *err)
{
	TRY(db_run(x->db, err, "DELETE FROM field_value WHERE num = $1 AND field = $2 AND audience = $3 AND key = $4",
	           x->record->num, row->field, row->audience, row->key));
	if (!is_counted(x, row->field)) return OK;
	TRY(leave_set(x, row, err));
	TRY(db_run(x->db, err,
	           "UPDATE value_count SET n = n - 1 WHERE field = $1 AND audience = $2 AND space = $3 AND key = $4",
	           row->field, row->audience, x->record->space->num, row->key));
	return db_run(x->db, err,
	              "DELETE FROM value_count WHERE field = $1 AND audience = $2 AND space = $3 AND key = $4 "
	              "AND n <= 0",
	              row->field, row->audience, x->record->space->num, row->key);
}

static struct key_row *wanted_keys(const struct indexing *x, int *n)
{
	size_t count = 0;
	for (int i = 0; i < x->nvalues; i++)
		count += (size_t)(x->values[i].entries.nkeys + x->values[i].entries.ntimes);
	struct key_row *rows = arena_array(x->a, struct key_row, count + 1);
	*n = 0;
	for (int i = 0; i < x->nvalues; i++) {
		const struct index_value *v = &x->values[i];
		for (int k = 0; k < v->entries.nkeys; k++)
			rows[(*n)++] = (struct key_row){ v->field->num, (int)v->audience, v->entries.keys[k] };
		for (int k = 0; k < v->entries.ntimes; k++)
			rows[(*n)++] = (struct key_row){ v->field->num, (int)v->audience, v->entries.times[k] };
	}
	qsort(rows, count, sizeof(*rows), by_row);
	return rows;
}

static enum code present_keys(const struct indexing *x, struct key_row **ret, int *n, struct err *err)
{
	int64_t count;
	TRY(db_int(x->db, &count, 0, err, "SELECT COUNT(*) FROM field_value WHERE num = $1", x->record->num));
	struct key_row *found = arena_array(x->a, struct key_row, (size_t)count + 1);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(x->db, &rows, err, "SELECT field, audience, key FROM field_value WHERE num = $1", x->record->num));
	int i = 0;
	while (i < count && rows_next(&rows))
		found[i++] = (struct key_row){ row_int(&rows, 0), (int)row_int(&rows, 1),
			                       arena_strdup(x->a, row_text(&rows, 2)) };
	TRY(rows_end(&rows, err));
	qsort(found, (size_t)i, sizeof(*found), by_row);
	*ret = found;
	*n = i;
	return OK;
}

static enum code write_keys(const struct indexing *x, struct err *err)
{
	int nwanted, npresent, i = 0, j = 0;
	struct key_row *wanted = wanted_keys(x, &nwanted), *present;
	TRY(present_keys(x, &present, &npresent, err));
	while (i < nwanted || j < npresent) {
		int order = i == nwanted ? 1 : j == npresent ? -1 : by_row(&wanted[i], &present[j]);
		if (order < 0) TRY(add_key(x, &wanted[i++], err));
		else if (order > 0) TRY(remove_key(x, &present[j++], err));
		else i++, j++;
	}
	return OK;
}

enum code index_record(struct tx *tx, struct arena *a, const struct model *model, const struct record *record,
                       struct err *err)
{
	struct indexing x = { .db = tx_db(tx), .a = a, .model = model, .record = record };
	struct index_value *values = NULL;
	int n = 0;
	bool alone = record->about == 0; /* comments are in no list; they are found by their words (core/search.h) */
	bool searched = record->state == STATE_PUBLISHED || record->state == STATE_ARCHIVED;
	if (searched) index_values_read(a, model_zone(model), record, &values, &n);
	x.values = values;
	x.nvalues = alone && record->state == STATE_PUBLISHED ? n : 0;
	TRY(write_keys(&x, err));
	if (alone)
		TRY(posting_change(x.db, posting_form(record->form), posting_space(a, record->space), record->num,
		                   record->state == STATE_PUBLISHED, err));
	TRY(index_places_write(&x, err));
	x.nvalues = n;
	TRY(index_links_write(&x, err));
	return index_search_write(&x, err);
}
