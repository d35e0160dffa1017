#include "views/charts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "core/field_type.h"
#include "views/group.h"

enum { MEAN_DECIMALS = 2 };

/* Exact: numbers have at most NUMBER_INTEGER + NUMBER_FRACTION digits, and at most 10,000 are added. */
typedef __int128 exact;
#define ONE ((exact)1000000000) /* 10 to the power NUMBER_FRACTION */

/* What one mark stands for. */
struct tally {
	const char *key; /* "": not said */
	int records;     /* counted, or that have the number */
	exact sum;
};

struct tallies {
	struct tally *all;
	int n;
};

bool charts_fit(const struct view *view)
{
	return view->ncharts > 0;
}

static exact exact_parse(const char *number)
{
	bool minus = *number == '-';
	exact value = 0;
	int decimals = -1;
	for (const char *c = number + minus; *c; c++) {
		if (*c == '.') decimals = 0;
		else {
			value = value * 10 + (*c - '0');
			if (decimals >= 0) decimals++;
		}
	}
	for (int i = MAX(decimals, 0); i < NUMBER_FRACTION; i++) value *= 10;
	return minus ? -value : value;
}

/* Canonical text; sums of more than NUMBER_INTEGER digits are shown as long as they are. */
static const char *exact_text(struct arena *a, exact value)
{
	char digits[64];
	int at = (int)sizeof(digits) - 1, written = 0;
	bool minus = value < 0, started = false;
	exact rest = minus ? -value : value;
	digits[at] = '\0';
	for (; written <= NUMBER_FRACTION || rest > 0; written++) {
		int digit = (int)(rest % 10);
		rest /= 10;
		started |= digit != 0 || written >= NUMBER_FRACTION;
		if (written == NUMBER_FRACTION && digits[at] != '\0') digits[--at] = '.';
		if (started) digits[--at] = (char)('0' + digit);
	}
	if (minus) digits[--at] = '-';
	return arena_strdup(a, digits + at);
}

/* Half away from zero, to MEAN_DECIMALS. */
static exact mean_of(const struct tally *tally)
{
	exact unit = ONE;
	for (int i = 0; i < MEAN_DECIMALS; i++) unit /= 10;
	exact sum = tally->sum < 0 ? -tally->sum : tally->sum, divisor = unit * tally->records;
	exact rounded = (sum * 2 + divisor) / (divisor * 2) * unit;
	return tally->sum < 0 ? -rounded : rounded;
}

/* ---- Reading ---- */

struct counting {
	const struct page *p;
	const struct view_chart *chart;
	const struct query_key *by, *of; /* sorted by record */
	int nby, nof;
	struct tallies tallies;
};

static int by_key(const void *a, const void *b)
{
	const struct query_key *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order ? order : (x->num > y->num) - (x->num < y->num);
}

static int by_number(const void *a, const void *b)
{
	const struct query_key *x = a, *y = b;
	return (x->num > y->num) - (x->num < y->num);
}

static const struct query_key *number_of(const struct counting *c, int64_t num)
{
	const struct query_key wanted = { .num = num };
	return c->nof ? bsearch(&wanted, c->of, (size_t)c->nof, sizeof(wanted), by_number) : NULL;
}

static void tally_take(const struct counting *c, struct tally *tally, int64_t num)
{
	char number[NUMBER_SIZE];
	const struct query_key *of = c->chart->of ? number_of(c, num) : NULL;
	if (c->chart->of && of == NULL) return; /* no number to add */
	tally->records++;
	if (of) tally->sum += exact_parse(number_from_key(of->key, number));
}

/* Keys cut at the step of dates, each once for a record, in the order of keys. */
static int cut_keys(struct counting *c, struct query_key **ret)
{
	struct query_key *keys = arena_array(c->p->arena, struct query_key, (size_t)c->nby + 1);
	size_t cut = group_is_date(c->chart->by) ? (size_t)c->chart->step : INDEX_KEY;
	int n = 0;
	for (int i = 0; i < c->nby; i++)
		keys[i] = (struct query_key){ c->by[i].num,
			                      arena_strndup(c->p->arena, c->by[i].key, strnlen(c->by[i].key, cut)) };
	qsort(keys, (size_t)c->nby, sizeof(*keys), by_key);
	for (int i = 0; i < c->nby; i++)
		if (i == 0 || by_key(&keys[i], &keys[i - 1]) != 0) keys[n++] = keys[i];
	*ret = keys;
	return n;
}

static void count_keys(struct counting *c)
{
	struct query_key *keys;
	int n = cut_keys(c, &keys);
	struct tallies *t = &c->tallies;
	t->all = arena_array(c->p->arena, struct tally, (size_t)n + CHART_MARKS_MAX + 2);
	for (int i = 0; i < n; i++) {
		if (i == 0 || strcmp(keys[i].key, keys[i - 1].key) != 0)
			t->all[t->n++] = (struct tally){ .key = keys[i].key };
		tally_take(c, &t->all[t->n - 1], keys[i].num);
	}
}

/* Those among `nums` that say nothing. */
static struct tally count_rest(const struct counting *c, const int64_t *nums, int n)
{
	struct tally rest = { .key = "" };
	for (int i = 0; i < n; i++) {
		const struct query_key wanted = { .num = nums[i] };
		if (c->nby && bsearch(&wanted, c->by, (size_t)c->nby, sizeof(wanted), by_number)) continue;
		tally_take(c, &rest, nums[i]);
	}
	return rest;
}

/* ---- Order ---- */

static exact tally_value(const struct view_chart *chart, const struct tally *tally)
{
	if (chart->measure == CHART_COUNT) return tally->records * ONE;
	return chart->measure == CHART_SUM ? tally->sum : mean_of(tally);
}

static int by_value(const void *a, const void *b, void *chart)
{
	exact x = tally_value(chart, a), y = tally_value(chart, b);
	if (x != y) return x < y ? 1 : -1;
	return strcmp(((const struct tally *)a)->key, ((const struct tally *)b)->key);
}

static const char *next_step(struct arena *a, const char *key, enum date_step step)
{
	int year = (int)strtol(key, NULL, 10);
	int month = step == STEP_MONTH && strlen(key) == STEP_MONTH ? (int)strtol(key + 5, NULL, 10) : 12;
	if (step == STEP_YEAR) return arena_printf(a, "%04d", year + 1);
	return month == 12 ? arena_printf(a, "%04d-01", year + 1) : arena_printf(a, "%04d-%02d", year, month + 1);
}

/* Months and years in which nothing happened are nothing, not absent; a mean of nothing is absent. */
static void fill_time(struct counting *c)
{
	struct tallies *t = &c->tallies;
	struct tally *filled = arena_array(c->p->arena, struct tally, (size_t)t->n + CHART_MARKS_MAX + 2);
	int n = 0;
	for (int i = 0; i < t->n; i++) {
		filled[n++] = t->all[i];
		const char *key = next_step(c->p->arena, t->all[i].key, c->chart->step);
		for (; i + 1 < t->n && strcmp(key, t->all[i + 1].key) < 0 && n + t->n - i < CHART_MARKS_MAX;
		     key = next_step(c->p->arena, key, c->chart->step))
			filled[n++] = (struct tally){ .key = key };
	}
	*t = (struct tallies){ filled, n };
}

/* ---- Words ---- */

static const char *mark_text(const struct page *p, const struct view_chart *chart, const struct tally *tally)
{
	if (chart->measure == CHART_COUNT) return page_number(p, tally->records);
	return number_format(p->arena, exact_text(p->arena, tally_value(chart, tally)), 0, p->lang);
}

/* The list of what the mark counts: the reader's other choices stay. */
static const char *mark_url(const struct page *p, const struct view_list *list, const struct view_chart *chart,
                            const char *key)
{
	if (!chart->by->type->facet || *key == '\0' || *list->base == '\0') return NULL;
	return arena_printf(p->arena, "%s?%s=%s", list->base, chart->by->key, key);
}

static const char *summary_of(const struct page *p, const struct chart *chart)
{
	int most = 0, least = 0;
	for (int i = 1; i < chart->n; i++) {
		if (chart->marks[i].value > chart->marks[most].value) most = i;
		if (chart->marks[i].value < chart->marks[least].value) least = i;
	}
	if (chart->n == 0) return _("Nothing to show");
	return page_printf(p, _("%s by %s. Most: %s, %s. Least: %s, %s. All figures are in the table."),
	                   chart->value_name, text_inside(p->arena, chart->by_name), chart->marks[most].label,
	                   chart->marks[most].text, chart->marks[least].label, chart->marks[least].text);
}

static const char *value_name(const struct page *p, const struct view_list *list, const struct view_chart *chart)
{
	if (chart->measure == CHART_COUNT) return t(p, &list->view->form->plural);
	return page_printf(p, chart->measure == CHART_SUM ? _("%s, in all") : _("%s, mean"), t(p, &chart->of->label));
}

static void make_chart(struct counting *c, const struct view_list *list, struct tally rest, struct chart *ret)
{
	const struct page *p = c->p;
	const struct tallies *tallies = &c->tallies;
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, CHART_MARKS_MAX);
	struct chart chart = { .title = t(p, &c->chart->title),
		               .shape = c->chart->shape,
		               .marks = marks,
		               .by_name = t(p, &c->chart->by->label),
		               .value_name = value_name(p, list, c->chart) };
	int room = CHART_MARKS_MAX - (rest.records > 0), first = 0;
	/* Along time the latest ones are kept. */
	if (group_is_date(c->chart->by)) first = MAX(0, tallies->n - room);
	chart.left_out = MAX(0, tallies->n - room);
	for (int i = first; i < tallies->n && chart.n < room; i++) {
		const struct tally *tally = &tallies->all[i];
		if (tally->records == 0 && !(group_is_date(c->chart->by) && c->chart->measure != CHART_MEAN)) continue;
		marks[chart.n++] =
		        (struct chart_mark){ .label = group_label(p, c->chart->by, c->chart->step, tally->key),
			                     .text = mark_text(p, c->chart, tally),
			                     .url = mark_url(p, list, c->chart, tally->key),
			                     .value = (double)tally_value(c->chart, tally) / (double)ONE };
	}
	if (rest.records > 0 && chart.shape != CHART_LINE)
		marks[chart.n++] = (struct chart_mark){ .label = _("Not said"),
			                                .text = mark_text(p, c->chart, &rest),
			                                .value = (double)tally_value(c->chart, &rest) / (double)ONE,
			                                .rest = true };
	chart.summary = summary_of(p, &chart);
	*ret = chart;
}

/* ---- All of it ---- */

static enum code load_one(const struct page *p, const struct view_list *list, const struct query *query,
                          const struct view_chart *chart, const int64_t *nums, int n, struct chart *ret,
                          struct err *err)
{
	struct counting c = { .p = p, .chart = chart };
	struct query_key *by, *of = NULL;
	TRY(query_keys(p->db, p->arena, p->model, p->actor, query, chart->by, &by, &c.nby, err));
	if (chart->of) TRY(query_keys(p->db, p->arena, p->model, p->actor, query, chart->of, &of, &c.nof, err));
	c.by = by;
	c.of = of;
	count_keys(&c);
	if (group_is_date(chart->by)) fill_time(&c);
	else if (c.tallies.n)
		qsort_r(c.tallies.all, (size_t)c.tallies.n, sizeof(struct tally), by_value, (void *)chart);
	make_chart(&c, list, count_rest(&c, nums, n), ret);
	return OK;
}

enum code charts_load(const struct page *p, struct view_list *list, struct err *err)
{
	struct query query = list->query;
	const struct view *view = list->view;
	struct chart *charts = arena_array(p->arena, struct chart, (size_t)view->ncharts + 1);
	int64_t *nums;
	int n;
	query.size = 1;
	query.after = NULL;
	TRY(query_run(p->db, p->arena, p->model, p->actor, &query, &list->result, err));
	list->result.next = NULL;
	TRY(query_all(p->db, p->arena, p->model, p->actor, &query, &nums, &n, &list->cut, err));
	for (int i = 0; i < view->ncharts; i++)
		TRY(load_one(p, list, &query, &view->charts[i], nums, n, &charts[i], err));
	list->charts = charts;
	return OK;
}
