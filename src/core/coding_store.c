/* What coders put on texts: written. */
#include "core/coding.h"

#include "base/clock.h"
#include "store/store.h"

static struct value number_or_null(int64_t num)
{
	return num ? value_int(num) : value_text(NULL);
}

enum code coded_text(struct tx *tx, const struct form *form, const struct coding_key *key, int64_t *ret,
                     struct err *err)
{
	struct db *db = tx_db(tx);
	bool anonymous = key->kind == CODED_ANONYMOUS;
	TRY(db_run(
	        db, err,
	        "INSERT INTO coded_text (form, thing, field, response, anonymous, record, position) VALUES ($1, $2, $3, $4, $5, "
	        "$6, $7) ON CONFLICT (thing, field) DO NOTHING",
	        form->num, key->thing, key->field, number_or_null(key->kind == CODED_RESPONSE ? key->owner : 0),
	        anonymous ? value_id(key->thing) : value_blob(blob_of(NULL, 0)),
	        number_or_null(key->kind == CODED_RECORD ? key->owner : 0),
	        number_or_null(key->kind == CODED_POSITION ? key->owner : 0)));
	return db_int(db, ret, 0, err, "SELECT num FROM coded_text WHERE thing = $1 AND field = $2", key->thing,
	              key->field);
}

static enum code put_one(struct tx *tx, int64_t text, int64_t person, int64_t code, struct passage_at at,
                         const char *words, struct hash version, bool cited, struct err *err)
{
	int64_t there;
	TRY(db_int(
	        tx_db(tx), &there, 0, err,
	        "SELECT COUNT(*) FROM coding_mark WHERE text = $1 AND person = $2 AND code = $3 AND begin = $4 AND until = $5",
	        text, person, code, at.begin, at.until));
	if (there) return OK;
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO coding_mark (id, text, code, person, begin, until, words, version, cited, created) VALUES ($1, "
	        "$2, $3, $4, $5, $6, $7, $8, $9, $10)",
	        id_new(), text, code, number_or_null(person), at.begin, at.until, words, version, cited, clock_now());
}

/* Those of other books, and those that count as a code of the book by a merge, are told by their place. */
enum code coding_put(struct tx *tx, const struct codebook *book, int64_t text, int64_t person, const int64_t *codes,
                     int n, struct hash version, struct err *err)
{
	for (int i = 0; i < book->n; i++) {
		const struct book_code *code = &book->codes[i];
		bool wanted = false;
		for (int k = 0; k < n; k++) wanted |= book->codes[code->counts].num == codes[k];
		if (!wanted && code->state != CODE_RETIRED)
			TRY(db_run(
			        tx_db(tx), err,
			        "DELETE FROM coding_mark WHERE text = $1 AND person = $2 AND code = $3 AND begin = -1",
			        text, person, code->num));
		if (!wanted || code->counts != i) continue;
		/* A code merged into this one may stand there already. */
		bool there = false;
		for (int k = 0; k < book->n && !there; k++) {
			int64_t same;
			if (book->codes[k].counts != i) continue;
			TRY(db_int(
			        tx_db(tx), &same, 0, err,
			        "SELECT COUNT(*) FROM coding_mark WHERE text = $1 AND person = $2 AND code = $3 AND begin = -1",
			        text, person, book->codes[k].num));
			there = same > 0;
		}
		if (!there)
			TRY(put_one(tx, text, person, code->num, (struct passage_at){ -1, -1 }, "", version, false,
			            err));
	}
	return OK;
}

enum code coding_put_passage(struct tx *tx, int64_t text, int64_t person, int64_t code, struct passage_at at,
                             const char *words, struct hash version, bool cited, struct err *err)
{
	return put_one(tx, text, person, code, at, words, version, cited, err);
}

enum code coding_take(struct tx *tx, int64_t text, int64_t person, struct id mark, struct err *err)
{
	tx_public(tx); /* a report may quote it */
	return db_run(tx_db(tx), err, "DELETE FROM coding_mark WHERE id = $1 AND text = $2 AND person = $3", mark, text,
	              person);
}

enum code coding_cite(struct tx *tx, const struct codebook *book, struct id mark, bool cited, struct err *err)
{
	tx_public(tx);
	return db_run(
	        tx_db(tx), err,
	        "UPDATE coding_mark SET cited = $1 WHERE id = $2 AND code IN (SELECT num FROM book_code WHERE book = $3)",
	        cited, mark, book->num);
}

enum code coding_note_read(struct tx *tx, const struct codebook *book, int64_t text, int64_t person, bool read,
                           struct err *err)
{
	if (!read)
		return db_run(tx_db(tx), err, "DELETE FROM coding_read WHERE text = $1 AND book = $2 AND person = $3",
		              text, book->num, person);
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO coding_read (text, book, person, at) VALUES ($1, $2, $3, $4) ON CONFLICT (text, book, person) DO "
	        "NOTHING",
	        text, book->num, person, clock_now());
}

enum code coding_say(struct tx *tx, const struct codebook *book, int64_t text, int64_t person, const char *note,
                     struct err *err)
{
	return db_run(tx_db(tx), err,
	              "INSERT INTO coding_talk (text, book, person, note, at) VALUES ($1, $2, $3, $4, $5)", text,
	              book->num, number_or_null(person), note, clock_now());
}

enum code coding_decide(struct tx *tx, const struct codebook *book, int64_t text, int64_t person, const int64_t *codes,
                        int n, struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(db_run(db, err,
	           "DELETE FROM coding_verdict WHERE text = $1 AND code IN (SELECT num FROM book_code WHERE book = $2)",
	           text, book->num));
	TRY(db_run(db, err, "DELETE FROM coding_decision WHERE text = $1 AND book = $2", text, book->num));
	if (n < 0) return OK;
	TRY(db_run(db, err, "INSERT INTO coding_decision (text, book, person, at) VALUES ($1, $2, $3, $4)", text,
	           book->num, number_or_null(person), clock_now()));
	for (int i = 0; i < n; i++)
		TRY(db_run(
		        db, err,
		        "INSERT INTO coding_verdict (text, code) VALUES ($1, $2) ON CONFLICT (text, code) DO NOTHING",
		        text, codes[i]));
	return OK;
}

enum code coding_list_add(struct tx *tx, int64_t book, const struct form *form, const char *view, const char *fields,
                          const char *name, struct id *ret, struct err *err)
{
	*ret = id_new();
	return db_run(
	        tx_db(tx), err,
	        "INSERT INTO coding_list (id, book, form, view, fields, name, created) VALUES ($1, $2, $3, $4, $5, $6, $7)",
	        *ret, book, form->num, view, fields, name, clock_now());
}

/* What was coded stays: another list of the same texts finds it. */
enum code coding_list_delete(struct tx *tx, const struct coding_list *list, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM coding_list WHERE num = $1", list->num);
}

enum code coding_forget_record(struct tx *tx, int64_t record, struct err *err)
{
	return db_run(tx_db(tx), err, "DELETE FROM coded_text WHERE record = $1", record);
}
