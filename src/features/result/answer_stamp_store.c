#include "core/relative_day.h"
#include "core/response.h"
#include "features/result/answer_stamp.h"

static enum code add_row(struct hash_stream *stream, struct db *db, const struct form *form, struct err *err)
{
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT COUNT(*), COALESCE(MAX(changed), 0), COALESCE(MIN(num), 0), COALESCE(MAX(num), 0) FROM response "
	        "WHERE form = $1 AND state = $2",
	        form->num, (int)RESPONSE_COMPLETE));
	while (rows_next(&rows)) {
		for (int i = 0; i < 4; i++) {
			int64_t number = row_int(&rows, i);
			hash_feed(stream, &number, sizeof(number));
		}
	}
	return rows_end(&rows, err);
}

/* Anonymous ones have neither number nor time: how many, and the last of their random keys. */
static enum code add_anonymous(struct hash_stream *stream, struct db *db, const struct form *form, struct err *err)
{
	int64_t all, shown;
	TRY(db_int(db, &all, 0, err, "SELECT COUNT(*) FROM anonymous_answer WHERE form = $1", form->num));
	TRY(db_int(db, &shown, 0, err, "SELECT COUNT(*) FROM anonymous_answer WHERE form = $1 AND shown = 1",
	           form->num));
	hash_feed(stream, &all, sizeof(all));
	hash_feed(stream, &shown, sizeof(shown));
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(db, &rows, err, "SELECT id FROM anonymous_answer WHERE form = $1 ORDER BY id DESC LIMIT 1",
	             form->num));
	while (rows_next(&rows)) {
		struct id id = row_id(&rows, 0);
		hash_feed(stream, &id, sizeof(id));
	}
	return rows_end(&rows, err);
}

enum code answer_stamp(const struct page *p, const struct form *form, struct hash *ret, struct err *err)
{
	struct hash_stream stream;
	int stand = survey_stand(form->survey, model_today(p->model, p->now));
	hash_begin(&stream);
	hash_feed(&stream, &stand, sizeof(stand));
	TRY(add_row(&stream, p->db, form, err));
	TRY(add_anonymous(&stream, p->db, form, err));
	*ret = hash_end(&stream);
	return OK;
}
