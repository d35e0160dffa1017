#include "features/result/answer_stored.h"

#include "core/response_columns.h"
#include "core/site.h"
#include "features/result/answer_pack.h"
#include "features/result/result_keep.h"

enum code answer_stored(const struct page *p, const struct form *form, const struct answer_source *source,
                        const struct answer_columns **ret, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct blob bytes;
	*ret = NULL;
	TRY(response_columns_read(p->db, &a, form, RESPONSE_COLUMNS_MAX, &bytes, err));
	struct answer_columns *columns = columns_new();
	if (answer_unpack(p, form, source, bytes, columns)) *ret = kept_put(p, form, columns);
	else columns_free(columns);
	return OK;
}

/* ---- Storing ---- */

struct storing {
	struct page p;
	const struct form *form;
	const struct answer_source *source;
	struct answer_columns *columns;
	struct blob bytes;
};

/* Are too many of those there are now not among those stored? */
static enum code is_behind(struct storing *x, bool *ret, struct err *err)
{
	struct response_key *keys;
	struct answer_counts counts;
	struct blob bytes;
	int n, stored = 0;
	TRY(x->source->keys(&x->p, x->form, &keys, &n, &counts, err));
	*ret = false;
	if (n < ANSWERS_STORED_FROM) return OK;
	TRY(response_columns_read(x->p.db, x->p.arena, x->form, ANSWER_PACK_HEAD, &bytes, err));
	*ret = !answer_pack_told(&x->p, x->form, bytes, &stored) || n - stored > stored / 8;
	return OK;
}

static enum code read_all(struct storing *x, bool *behind, struct err *err)
{
	TRY(is_behind(x, behind, err));
	if (*behind) TRY(answer_columns_anew(&x->p, x->form, x->source, x->columns, err));
	return OK;
}

/* What was corrected or went while they were read is in them as it was: they wait for the next time. */
static enum code store(struct tx *tx, void *arg, struct err *err)
{
	struct storing *x = arg;
	struct response_key *keys;
	struct answer_counts counts;
	int n, k = 0;
	x->p.db = tx_db(tx);
	TRY(x->source->keys(&x->p, x->form, &keys, &n, &counts, err));
	for (int i = 0; i < x->columns->n; i++, k++) {
		const struct response_key *key = &x->columns->slots[i].key;
		while (k < n && response_key_compare(&keys[k], key) < 0) k++;
		if (k == n || response_key_compare(&keys[k], key) != 0 || keys[k].changed != key->changed) return OK;
	}
	return response_columns_keep(tx, x->form, x->bytes, err);
}

static enum code store_one(struct store *s, struct storing *x, struct err *err)
{
	struct buf bytes;
	bool behind;
	TRY(store_read_begin(s, &x->p.db, err));
	enum code code = read_all(x, &behind, err);
	store_read_end(s);
	TRY(code);
	buf_init(&bytes, x->p.arena, RESPONSE_COLUMNS_MAX);
	if (!behind || !answer_pack(x->columns, &bytes)) return OK;
	x->bytes = blob_of(bytes.data, bytes.len);
	return store_write(s, store, x, err);
}

enum code answer_stored_job(struct store *s, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	const struct model *model = site_model(context);
	enum code code = OK;
	(void)job;
	for (int i = 0; code == OK && i < model->nforms; i++) {
		struct storing x = { .form = &model->forms[i], .source = answer_source_of(&model->forms[i]) };
		if (x.source->keys == NULL) continue;
		x.p = page_of_program(&a, NULL, model, "");
		x.columns = columns_new();
		code = store_one(s, &x, err);
		columns_free(x.columns);
		arena_reset(&a);
	}
	model_release(model);
	return code;
}
