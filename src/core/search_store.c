#include "core/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/plan.h"
#include "core/search_text.h"
#include "core/vocabulary.h"

enum {
	START_MIN = 3,               /* characters of a word that may be the start of another */
	MANY = SEARCH_TOTAL_MAX + 1, /* records: too many to be ranked */
};

struct search {
	struct db *db;
	struct arena *a;
	const struct model *model;
	const struct actor *actor;
	const struct search_options *options;
	struct access access;
	struct moment moment;
	const char *text;
	struct match_word words[STEM_QUERY_MAX];
	int nwords;
};

/* Appends "FROM … WHERE …": the records r that match, each once with the document d that the reader sees. */
static void add_records(const struct search *s, struct sql *sql, const char *match)
{
	search_match_add_records(sql, s->db, match);
	sql_add(sql, " AND " READERS("d") " AND ", s->access.levels);
	rights_sql(sql, s->model, s->actor, ACTION_READ);
	/* A comment, by who reads what it stands below: in the same space and circle, and neither a draft nor trashed. */
	if (!s->options->comments) sql_add(sql, " AND r.about IS NULL");
	else
		sql_add(sql,
		        " AND (r.about IS NULL OR EXISTS (SELECT 1 FROM record b WHERE b.num = r.about AND b.state IN (?, ?)))",
		        (int)STATE_PUBLISHED, (int)STATE_ARCHIVED);
}

/* Appends " AND EXISTS (…)": one of the fields that say it is true now. */
static void add_open(const struct search *s, struct sql *sql)
{
	sql_add(sql,
	        " AND EXISTS (SELECT 1 FROM field_value v WHERE v.num = r.num AND " READABLE("v") " AND v.field IN (0",
	        s->access.audiences);
	for (int i = 0; i < s->model->nforms; i++)
		for (int j = 0; j < s->model->forms[i].nfields; j++)
			if (s->model->forms[i].fields[j].type->now)
				sql_add(sql, ", ?", s->model->forms[i].fields[j].num);
	sql_add(sql, ") AND ");
	moment_sql(sql, &s->moment);
	sql_add(sql, ")");
}

/* Appends what else is asked for, but the form. */
static void add_filters(const struct search *s, struct sql *sql)
{
	if (s->options->space) sql_add(sql, " AND r.space = ?", s->options->space->num);
	if (s->options->open) add_open(s, sql);
}

/* Words */

static const char *words_of(const struct search *s, enum match_where where, const struct form *form)
{
	return search_match_words(s->db, s->a, s->words, s->nwords, where, form);
}

/* Anywhere: a word that only other kinds of records have is no mistake. One row is read; were it said,
 * PostgreSQL would look for it from one end of the table to the other. */
static enum code word_is_found(const struct search *s, const struct match_word *word, bool *ret, struct err *err)
{
	struct sql sql;
	int64_t found;
	sql_init(&sql, s->a);
	sql_add(&sql, "SELECT 1 ");
	add_records(s, &sql, search_match_words(s->db, s->a, word, 1, MATCH_ANYWHERE, NULL));
	search_match_add_newest(&sql, s->db);
	sql_add(&sql, " LIMIT ?", (int)MANY);
	TRY(db_int_values(s->db, &found, 0, err, buf_str(&sql.text), sql.values, sql.n));
	*ret = found == 1;
	return OK;
}

/* What a word that was typed is searched as. *replaced: NULL as it is, "" not at all, else what for. */
static enum code correct_word(const struct search *s, struct match_word *word, const char **replaced, struct err *err)
{
	bool found;
	const char *nearest;
	*replaced = NULL;
	TRY(word_is_found(s, word, &found, err));
	if (found) return OK;
	if (text_length(word->stem) >= START_MIN) {
		word->start = true;
		TRY(word_is_found(s, word, &found, err));
		if (found) return OK;
	}
	TRY(vocabulary_nearest(s->db, s->a, word->word, &nearest, err));
	*replaced = nearest ? nearest : "";
	if (nearest) *word = (struct match_word){ nearest, stem_text(s->a, nearest), false };
	return OK;
}

static enum code correct_words(struct search *s, const struct stem_word *typed, const char **corrected, struct err *err)
{
	const char *replaced[STEM_QUERY_MAX];
	bool changed = false;
	int n = s->nwords;
	s->nwords = 0;
	for (int i = 0; i < n; i++) {
		struct match_word word = s->words[i];
		TRY(correct_word(s, &word, &replaced[i], err));
		changed |= replaced[i] != NULL;
		if (replaced[i] == NULL || *replaced[i]) s->words[s->nwords++] = word;
	}
	if (changed && s->nwords) *corrected = search_corrected(s->a, s->text, typed, n, replaced);
	return OK;
}

/* Results */

struct found {
	struct candidate *list;
	int n; /* up to MANY */
};

/* The newest of the records that match, of one form or (NULL) of all. */
static enum code read_some(const struct search *s, const struct form *form, struct found *ret, struct err *err)
{
	struct found found = { .list = arena_array(s->a, struct candidate, MANY) };
	struct sql sql;
	sql_init(&sql, s->a);
	sql_add(&sql, "SELECT r.num, r.form, r.changed, d.doc ");
	add_records(s, &sql, words_of(s, MATCH_ANYWHERE, form));
	add_filters(s, &sql);
	search_match_add_newest(&sql, s->db);
	sql_add(&sql, " LIMIT ?", (int)MANY);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, s->db, &rows, err));
	while (found.n < MANY && rows_next(&rows))
		found.list[found.n++] = (struct candidate){ .num = row_int(&rows, 0),
			                                    .form = row_int(&rows, 1),
			                                    .changed = row_int(&rows, 2),
			                                    .doc = row_int(&rows, 3) };
	TRY(rows_end(&rows, err));
	*ret = found;
	return OK;
}

/* Their documents, in the same order. */
static void add_docs(const struct search *s, struct sql *sql, const struct found *found)
{
	bool sqlite = db_engine(s->db) == ENGINE_SQLITE;
	struct buf list;
	buf_init(&list, s->a, 0);
	for (int i = 0; i < found->n; i++) buf_printf(&list, "%s%lld", i ? "," : "", (long long)found->list[i].doc);
	if (sqlite) sql_add(sql, "IN (SELECT value FROM json_each(?))", arena_printf(s->a, "[%s]", buf_str(&list)));
	else sql_add(sql, "= ANY(CAST(? AS BIGINT[]))", arena_printf(s->a, "{%s}", buf_str(&list)));
	sql_add(sql, " ORDER BY d.doc DESC");
}

static enum code weigh(const struct search *s, struct found *found, struct err *err)
{
	struct sql sql;
	int i = 0;
	sql_init(&sql, s->a);
	sql_add(&sql, "SELECT d.doc, d.title, substr(d.body, 1, 2000), length(d.body) FROM search_doc d WHERE d.doc ");
	add_docs(s, &sql, found);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, s->db, &rows, err));
	while (rows_next(&rows)) {
		while (i < found->n && found->list[i].doc != row_int(&rows, 0)) i++;
		if (i == found->n) break;
		candidate_weigh(&found->list[i], s->words, s->nwords, row_text(&rows, 1), row_text(&rows, 2),
		                row_int(&rows, 3));
	}
	return rows_end(&rows, err);
}

/* Texts are read only where there are few enough to be ranked. */
static enum code read_found(const struct search *s, const struct form *form, struct found *ret, struct err *err)
{
	TRY(read_some(s, form, ret, err));
	return ret->n && ret->n < MANY ? weigh(s, ret, err) : OK;
}

/* The typed words as they are; when they find nothing, corrected. */
static enum code find(struct search *s, const struct stem_word *typed, struct found *ret, const char **corrected,
                      struct err *err)
{
	if (s->nwords) TRY(read_found(s, NULL, ret, err));
	if (s->nwords == 0 || ret->n || s->options->newest) return OK;
	TRY(correct_words(s, typed, corrected, err));
	return s->nwords ? read_found(s, NULL, ret, err) : OK;
}

static int by_count(const void *a, const void *b)
{
	const struct search_kind *x = a, *y = b;
	if (x->count != y->count) return x->count < y->count ? 1 : -1;
	return x->form->num < y->form->num ? -1 : 1;
}

/* Where there are too many, the kinds of the newest ones, not counted. */
static void count_kinds(const struct search *s, const struct found *found, struct search_result *ret)
{
	const struct form *comment = s->model->comment;
	ret->kinds = arena_array(s->a, struct search_kind, (size_t)s->model->nforms + 2);
	for (int i = 0; i < s->model->nforms + (comment != NULL); i++) {
		struct search_kind kind = { .form = i < s->model->nforms ? &s->model->forms[i] : comment };
		for (int j = 0; j < found->n; j++) kind.count += found->list[j].form == kind.form->num;
		if (kind.count) ret->kinds[ret->nkinds++] = kind;
	}
	if (ret->nkinds) qsort(ret->kinds, (size_t)ret->nkinds, sizeof(*ret->kinds), by_count);
	for (int i = 0; i < ret->nkinds && found->n == MANY; i++) ret->kinds[i].count = -1;
}

/* Those of the form asked for. */
static enum code keep_form(const struct search *s, struct found *found, struct err *err)
{
	const struct form *form = s->options->form;
	int kept = 0;
	if (form == NULL) return OK;
	if (found->n == MANY) return read_found(s, form, found, err);
	for (int i = 0; i < found->n; i++)
		if (found->list[i].form == form->num) found->list[kept++] = found->list[i];
	found->n = kept;
	return OK;
}

/* A page of what can all be compared. */
static void take_ranked(const struct search *s, struct found *found, int64_t *nums, int *n)
{
	candidates_sort(found->list, found->n);
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): where there is no list, n is 0. */
	for (int i = s->options->offset; i < found->n && *n < s->options->limit; i++) nums[(*n)++] = found->list[i].num;
}

/* Newest first: adds `limit` of them after the first `offset`, leaving out the `nbut` of `but`. */
static enum code read_newest(const struct search *s, const char *match, const int64_t *but, int nbut, int offset,
                             int limit, int64_t *nums, int *n, struct err *err)
{
	struct sql sql;
	int last = *n + limit;
	sql_init(&sql, s->a);
	sql_add(&sql, "SELECT r.num ");
	add_records(s, &sql, match);
	add_filters(s, &sql);
	search_match_add_newest(&sql, s->db);
	sql_add(&sql, " LIMIT ?", offset + limit + nbut);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(sql_query(&sql, s->db, &rows, err));
	while (*n < last && rows_next(&rows)) {
		int64_t num = row_int(&rows, 0);
		bool out = false;
		for (int i = 0; i < nbut && !out; i++) out = but[i] == num;
		if (!out && offset-- <= 0) nums[(*n)++] = num;
	}
	return rows_end(&rows, err);
}

/* A page of many: those named by the words, then the others. */
static enum code read_many(const struct search *s, int64_t *nums, int *n, struct err *err)
{
	const char *all = words_of(s, MATCH_ANYWHERE, s->options->form);
	const char *names = words_of(s, MATCH_NAMES, s->options->form);
	int offset = s->options->offset, end = offset + s->options->limit, named = 0;
	int64_t *first = arena_array(s->a, int64_t, (size_t)end + 1);
	TRY(read_newest(s, names, NULL, 0, 0, end, first, &named, err));
	for (int i = offset; i < named; i++) nums[(*n)++] = first[i];
	if (named == end) return OK;
	return read_newest(s, all, first, named, MAX(offset - named, 0), end - MAX(offset, named), nums, n, err);
}

static enum code load_hits(const struct search *s, const int64_t *nums, int n, struct search_result *ret,
                           struct err *err)
{
	struct record **records;
	TRY(record_load_many(s->db, s->a, s->model, s->actor, nums, n, &records, &n, err));
	ret->hits = arena_array(s->a, struct search_hit, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		ret->hits[ret->n++] = (struct search_hit){ records[i],
			                                   search_extract(s->a, records[i], s->words, s->nwords) };
	return OK;
}

enum code search_run(struct db *db, struct arena *a, const struct model *model, const struct actor *actor,
                     const struct search_options *options, struct search_result *ret, struct err *err)
{
	struct search s = { .db = db, .a = a, .model = model, .actor = actor, .options = options };
	struct search_result result = { .n = 0 };
	struct found found = { .n = 0 };
	int64_t nums[SEARCH_PAGE_MAX];
	size_t count;
	int n = 0;
	if (options->limit < 0 || options->limit > SEARCH_PAGE_MAX || options->offset < 0 ||
	    options->offset > SEARCH_TOTAL_MAX)
		FAIL(err, E_INPUT, N_("search shows the first %d results, at most %d on a page"), SEARCH_TOTAL_MAX,
		     SEARCH_PAGE_MAX);
	access_init(&s.access, a, model, actor);
	s.moment = moment_at(model_zone(model), options->now ? options->now : clock_now());
	s.text = text_cut(a, options->text, SEARCH_TEXT_MAX);
	struct stem_word *typed = stem_query(a, s.text, &count);
	for (size_t i = 0; i < count; i++)
		s.words[s.nwords++] = (struct match_word){ typed[i].word, typed[i].stem, false };
	TRY(find(&s, typed, &found, &result.corrected, err));
	count_kinds(&s, &found, &result);
	TRY(keep_form(&s, &found, err));
	result.total = found.n;
	if (options->newest) found.n = 0;
	if (options->newest && s.nwords)
		TRY(read_newest(&s, words_of(&s, MATCH_ANYWHERE, options->form), NULL, 0, options->offset,
		                options->limit, nums, &n, err));
	else if (found.n == MANY) TRY(read_many(&s, nums, &n, err));
	else take_ranked(&s, &found, nums, &n);
	TRY(load_hits(&s, nums, n, &result, err));
	*ret = result;
	return OK;
}
