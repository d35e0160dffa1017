/* Columns that follow what changes are those that one would make anew, whatever happened in between; nothing that went stays.
 * The same of columns that were stored meanwhile, and found again. */
#include "features/result/answer_columns.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/response_columns.h"
#include "features/result/answer_pack.h"
#include "features/result/answer_stored.h"
#include "features/result/result_keep.h"
#include "support/site/site.h"

enum { STEPS = 200, LOOK_EACH = 2, LIVE_MAX = 400 };

static struct site_fixture site;
static uint32_t seed;
static int nfound; /* stored columns that served */

static int teardown(void **state)
{
	if (site.store) site_fixture_release(&site);
	site.store = NULL;
	return test_store_teardown(state);
}

static int below(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((uint64_t)seed * (uint32_t)n >> 32);
}

static const char survey[] =
        "{\"key\":\"enquete\",\"label\":\"Enquête\",\"plural\":\"Enquêtes\",\"add\":\"Répondre\","
        "\"survey\":{\"state\":\"open\",\"anonymity\":\"%s\"},"
        "\"pages\":[{\"key\":\"tout\",\"label\":\"Tout\"}],\"fields\":["
        "{\"key\":\"avis\",\"type\":\"choice\",\"label\":\"Avis\",\"page\":\"tout\",\"other\":true,\"choices\":["
        "{\"key\":\"oui\",\"label\":\"Oui\"},{\"key\":\"non\",\"label\":\"Non\"},{\"key\":\"bof\",\"label\":\"Bof\"}]},"
        "{\"key\":\"outils\",\"type\":\"choices\",\"label\":\"Outils\",\"page\":\"tout\",\"comment\":true,\"choices\":["
        "{\"key\":\"a\",\"label\":\"A\"},{\"key\":\"b\",\"label\":\"B\"},{\"key\":\"c\",\"label\":\"C\"}]},"
        "{\"key\":\"postes\",\"type\":\"number\",\"label\":\"Postes\",\"page\":\"tout\",\"decimals\":2},"
        "{\"key\":\"note\",\"type\":\"scale\",\"label\":\"Note\",\"page\":\"tout\",\"unknown\":true},"
        "{\"key\":\"mots\",\"type\":\"tags\",\"label\":\"Mots\",\"page\":\"tout\"},"
        "{\"key\":\"jour\",\"type\":\"date\",\"label\":\"Jour\",\"page\":\"tout\"},"
        "{\"key\":\"texte\",\"type\":\"longtext\",\"label\":\"Texte\",\"page\":\"tout\"},"
        "{\"key\":\"rang\",\"type\":\"ranking\",\"label\":\"Rang\",\"page\":\"tout\",\"choices\":["
        "{\"key\":\"x\",\"label\":\"X\"},{\"key\":\"y\",\"label\":\"Y\"},{\"key\":\"z\",\"label\":\"Z\"}]},"
        "{\"key\":\"grille\",\"type\":\"matrix\",\"label\":\"Grille\",\"page\":\"tout\",\"rows\":["
        "{\"key\":\"l1\",\"label\":\"L1\"},{\"key\":\"l2\",\"label\":\"L2\"}],\"choices\":["
        "{\"key\":\"peu\",\"label\":\"Peu\"},{\"key\":\"tres\",\"label\":\"Très\"}]},"
        "{\"key\":\"deux\",\"type\":\"matrix\",\"label\":\"Deux\",\"page\":\"tout\",\"answer\":\"two\",\"rows\":["
        "{\"key\":\"l1\",\"label\":\"L1\"}],\"choices\":[{\"key\":\"peu\",\"label\":\"Peu\"},{\"key\":\"tres\","
        "\"label\":\"Très\"}],\"second\":[{\"key\":\"bon\",\"label\":\"Bon\"},{\"key\":\"nul\",\"label\":\"Nul\"}]}]}";

static const struct form *form_now(void)
{
	return model_form(site.model, "enquete");
}

/* ---- Answers ---- */

static const char *pick(const char *const *among, int n)
{
	return among[below(n)];
}

/* Each question answered three times in four, in the ways that it may be. */
static const json_t *random_values(void)
{
	static const struct {
		const char *key, *values[6];
		int n;
	} questions[] = {
		{ "avis", { "\"oui\"", "\"non\"", "\"bof\"", "{\"key\":\"other\",\"text\":\"Ça \\\"va\\\"\"}" }, 4 },
		{ "outils",
		  { "[\"a\"]", "[\"a\",\"c\"]", "[{\"key\":\"b\",\"comment\":\"un, deux\"},\"c\"]", "[]" },
		  4 },
		{ "postes", { "\"12\"", "\"0\"", "\"-3\"", "\"2.25\"", "\"1234567890123456\"" }, 5 },
		{ "note", { "1", "5", "\"unknown\"" }, 3 },
		{ "mots", { "[\"Vélo\"]", "[\"vélo\",\"jardin\"]", "[\"Été\"]" }, 3 },
		{ "jour", { "\"2013-05-01\"", "\"2012-01-31\"" }, 2 },
		{ "texte", { "\"Du temps\"", "\"\\u00c9t\\u00e9 {}\\\\\"", "\"   \"" }, 3 },
		{ "rang", { "[\"x\"]", "[\"z\",\"y\",\"x\"]", "[\"y\",\"z\"]" }, 3 },
		{ "grille", { "{\"l1\":\"peu\"}", "{\"l1\":\"tres\",\"l2\":\"peu\"}", "{}" }, 3 },
		{ "deux", { "{\"l1\":{\"first\":\"peu\"}}", "{\"l1\":{\"first\":\"tres\",\"second\":\"nul\"}}" }, 2 },
	};
	struct buf text;
	buf_init(&text, &site.arena, 0);
	buf_putc(&text, '{');
	for (size_t i = 0; i < COUNT(questions); i++) {
		if (below(4) == 0) continue;
		buf_printf(&text, "%s\"%s\":%s", text.len > 1 ? "," : "", questions[i].key,
		           pick(questions[i].values, questions[i].n));
	}
	buf_putc(&text, '}');
	return site_json(&site, buf_str(&text));
}

struct answering {
	const char *code;
	const json_t *values;
	struct response response;
	int64_t before;
};

static struct answering live[LIVE_MAX];
static int nlive;

static enum code answer_one(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	bool full;
	const struct response_new new = {
		.form = form_now(), .lang = LANG_FR, .channel = below(2) ? CHANNEL_WEB : CHANNEL_PAPER, .code = x->code
	};
	TRY(response_begin(tx, &new, err));
	TRY(response_find(tx_db(tx), &site.arena, site.model, x->code, &x->response, err));
	if (x->values == NULL) return OK; /* begun only */
	return response_complete(tx, &site.arena, &x->response, x->values, 0, &full, err);
}

static enum code correct_one(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	return response_correct(tx, &site.arena, site.model, &site.facilitator, &x->response, x->values, err);
}

static enum code delete_one(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	return response_delete(tx, &site.arena, site.model, &site.facilitator, &x->response, err);
}

static enum code erase_old(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	int64_t n;
	return response_erase(tx, form_now(), x->before, &n, err);
}

static enum code anonymise(struct tx *tx, void *arg, struct err *err)
{
	struct answering *x = arg;
	int64_t n;
	return response_anonymise(tx, form_now(), x->before, &n, err);
}

static enum code release(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	return response_release(tx, form_now(), err);
}

static void answer(bool begun_only)
{
	static int number;
	struct err err = { 0 };
	struct answering x = { .code = arena_printf(&site.arena, "code-%d", ++number),
		               .values = begun_only ? NULL : random_values() };
	assert_ok(store_write(site.store, answer_one, &x, &err), &err);
	if (!begun_only && nlive < LIVE_MAX) live[nlive++] = x;
}

static void change(bool anonymous)
{
	struct err err = { 0 };
	struct answering *x = nlive ? &live[below(nlive)] : NULL;
	int what = below(anonymous ? 12 : 20);
	clock_set(clock_now() + below(3)); /* often in the same millisecond */
	if (anonymous || x == NULL || what < 10) {
		if (what == 11) assert_ok(store_write(site.store, release, NULL, &err), &err);
		else answer(what == 10);
	} else if (what < 15) {
		x->values = random_values();
		assert_ok(store_write(site.store, correct_one, x, &err), &err);
	} else if (what < 18) {
		assert_ok(store_write(site.store, delete_one, x, &err), &err);
		*x = live[--nlive];
	} else if (what == 18) {
		struct answering all = { .before = 0 };
		assert_ok(store_write(site.store, anonymise, &all, &err), &err);
	} else {
		struct answering old = { .before = clock_now() - 40 };
		assert_ok(store_write(site.store, erase_old, &old, &err), &err);
		nlive = 0; /* which are left is not known here */
	}
}

/* ---- The same answers in both ---- */

static void same_question(const struct answer_columns *x, const struct result_question *a,
                          const struct answer_columns *y, const struct result_question *b)
{
	assert_string_equal(a->key, b->key);
	assert_int_equal(a->column.ncodes, b->column.ncodes);
	assert_int_equal(a->column.n, b->column.n);
	assert_int_equal(set_count(a->column.said, a->column.words), set_count(b->column.said, b->column.words));
	for (int code = 0; code < a->column.ncodes; code++) {
		assert_string_equal(a->keys[code], b->keys[code]);
		assert_int_equal(set_count(column_set(&a->column, code), a->column.words),
		                 set_count(column_set(&b->column, code), b->column.words));
		for (int i = 0; i < x->n; i++)
			assert_int_equal(column_has(&a->column, x->slots[i].at, code),
			                 column_has(&b->column, y->slots[i].at, code));
	}
	for (int i = 0; i < x->n; i++) {
		assert_int_equal(column_said(&a->column, x->slots[i].at), column_said(&b->column, y->slots[i].at));
		if (a->column.kind == COLUMN_NUMBERS && column_said(&a->column, x->slots[i].at))
			assert_true(a->column.numbers[x->slots[i].at] == b->column.numbers[y->slots[i].at]);
	}
}

static enum code store(struct tx *tx, void *arg, struct err *err)
{
	struct buf *bytes = arg;
	return response_columns_keep(tx, form_now(), blob_of(bytes->data, bytes->len), err);
}

/* As the program that starts with what was stored. */
static void find_stored(const struct page *p, const struct form *form, const struct answer_source *source)
{
	struct err err = { 0 };
	const struct answer_columns *found;
	struct blob bytes;
	assert_ok(response_columns_read(p->db, p->arena, form, RESPONSE_COLUMNS_MAX, &bytes, &err), &err);
	assert_ok(answer_stored(p, form, source, &found, &err), &err);
	assert_int_equal(found != NULL, bytes.len > 0);
	nfound += found != NULL;
}

static void look(void)
{
	struct err err = { 0 };
	struct buf bytes;
	struct page p = { .arena = &site.arena,
		          .lang = LANG_FR,
		          .model = site.model,
		          .actor = &site.facilitator,
		          .path = "/",
		          .now = clock_now() };
	const struct form *form = form_now();
	const struct answer_source *source = answer_source_of(form);
	const struct answer_columns *now;
	struct answer_columns *fresh = columns_new();
	struct answer_counts counts;
	assert_ok(store_read_begin(site.store, &p.db, &err), &err);
	if (below(2)) find_stored(&p, form, source);
	assert_ok(answer_columns_now(&p, form, source, &now, &counts, &err), &err);
	assert_ok(answer_columns_anew(&p, form, source, fresh, &err), &err);
	store_read_end(site.store);
	assert_int_equal(now->n, fresh->n);
	assert_int_equal(now->nquestions, fresh->nquestions);
	bool taken[2000] = { false };
	for (int i = 0; i < now->n; i++) {
		assert_int_equal(response_key_compare(&now->slots[i].key, &fresh->slots[i].key), 0);
		assert_true(now->slots[i].at >= 0 && now->slots[i].at < now->n && !taken[now->slots[i].at]);
		taken[now->slots[i].at] = true;
	}
	for (int q = 0; q < now->nquestions; q++) same_question(now, &now->questions[q], fresh, &fresh->questions[q]);
	buf_init(&bytes, &site.arena, 0);
	assert_true(answer_pack(fresh, &bytes));
	columns_free(fresh);
	if (below(2)) assert_ok(store_write(site.store, store, &bytes, &err), &err);
}

static void follow(void **state, const char *anonymity)
{
	char text[8192];
	nlive = nfound = 0;
	seed = 75;
	clock_set(1370000000000);
	site_fixture_init(&site, test_store(state));
	snprintf(text, sizeof(text), survey, anonymity);
	site_fixture_form(&site, text);
	for (int i = 0; i < 8; i++) answer(false);
	for (int step = 0; step < STEPS; step++) {
		change(strcmp(anonymity, "anonymous") == 0);
		if (below(LOOK_EACH) == 0) look();
	}
	look();
	assert_true(nfound > 1);
	clock_set(0);
}

static void test_named(void **state)
{
	follow(state, "named");
}

static void test_confidential(void **state)
{
	follow(state, "confidential");
}

static void test_anonymous(void **state)
{
	follow(state, "anonymous");
}

int main(void)
{
#define BOTH(test)                                                                 \
	{ #test " (SQLite)", (test), test_sqlite_setup, teardown, NULL },          \
	{                                                                          \
#test " (PostgreSQL)", (test), test_postgres_setup, teardown, NULL \
	}
	const struct CMUnitTest tests[] = { BOTH(test_named), BOTH(test_confidential), BOTH(test_anonymous) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
