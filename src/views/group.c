#include "views/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "core/field_type.h"

enum { NAME_KEY = 128 };

/* One record under one heading. */
struct entry {
	const char *key; /* "" last: it has no value */
	int64_t num;
	int position; /* in the order of the query */
};

struct heading {
	const char *key, *label;
	const char *rank; /* binary order of the headings */
	int first, n;     /* entries */
};

bool group_is_date(const struct field *field)
{
	return field->type->key_end != NULL;
}

const char *group_label(const struct page *p, const struct field *field, enum date_step step, const char *key)
{
	struct date date;
	if (*key == '\0') return _("Not said");
	if (!group_is_date(field)) return field->type->key_label ? field->type->key_label(field, key, p) : key;
	const char *year = arena_strndup(p->arena, key, STEP_YEAR);
	if (step == STEP_YEAR || strlen(key) < STEP_MONTH) return year;
	if (!date_from_iso(arena_printf(p->arena, "%.7s-01", key), &date)) return key;
	return date_format(p->arena, date, DATE_MONTH_YEAR, p->lang);
}

const char *group_caption(const struct page *p, const struct view_list *list, const struct view_group *group)
{
	return group->label ? group->label : t(p, &list->view->title);
}

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->key, y->key);
	return order ? order : (x->position > y->position) - (x->position < y->position);
}

static int by_rank(const void *a, const void *b)
{
	const struct heading *x = a, *y = b;
	if ((*x->key == '\0') != (*y->key == '\0')) return *x->key == '\0' ? 1 : -1;
	int order = x->rank ? strcmp(x->rank, y->rank) : 0;
	return order ? order : (x->first > y->first) - (x->first < y->first);
}

static int by_number(const void *a, const void *b)
{
	const struct query_key *x = a, *y = b;
	return (x->num > y->num) - (x->num < y->num);
}

/* The first of the keys of this record, which are sorted by record; NULL: none. */
static const struct query_key *first_key(const struct query_key *keys, int n, int64_t num)
{
	const struct query_key wanted = { .num = num };
	const struct query_key *at = n ? bsearch(&wanted, keys, (size_t)n, sizeof(*keys), by_number) : NULL;
	while (at && at > keys && at[-1].num == num) at--;
	return at;
}

/* Each record under each of its headings, once. */
static int make_entries(const struct page *p, const struct grouping *grouping, const int64_t *nums, int n,
                        const struct query_key *keys, int nkeys, struct entry **ret)
{
	struct entry *entries = arena_array(p->arena, struct entry, (size_t)n + (size_t)nkeys + 1);
	size_t cut = group_is_date(grouping->field) ? (size_t)grouping->step : INDEX_KEY;
	int count = 0;
	for (int i = 0; i < n; i++) {
		const struct query_key *key = first_key(keys, nkeys, nums[i]);
		if (key == NULL) entries[count++] = (struct entry){ "", nums[i], i };
		for (const char *before = ""; key && key < keys + nkeys && key->num == nums[i]; key++) {
			const char *text = arena_strndup(p->arena, key->key, strnlen(key->key, cut));
			if (strcmp(text, before) != 0) entries[count++] = (struct entry){ text, nums[i], i };
			before = text;
		}
	}
	qsort(entries, (size_t)count, sizeof(*entries), by_key);
	*ret = entries;
	return count;
}

static const char *rank_of(const struct page *p, const struct grouping *grouping, const struct entry *first,
                           const char *label)
{
	const struct field *field = grouping->field;
	if (grouping->by_key) return arena_printf(p->arena, "%010d", first->position);
	if (group_is_date(field)) return first->key;
	for (int i = 0; i < field->nchoices; i++)
		if (strcmp(field->choices[i].key, first->key) == 0) return arena_printf(p->arena, "%010d", i);
	return text_sort_key(p->arena, label, NAME_KEY);
}

static int make_headings(const struct page *p, const struct grouping *grouping, const struct entry *entries, int n,
                         struct heading **ret)
{
	struct heading *headings = arena_array(p->arena, struct heading, (size_t)n + 1);
	int count = 0;
	for (int i = 0; i < n; i++) {
		if (i == 0 || strcmp(entries[i].key, entries[i - 1].key) != 0) {
			const char *label = group_label(p, grouping->field, grouping->step, entries[i].key);
			headings[count++] = (struct heading){ .key = entries[i].key,
				                              .label = label,
				                              .first = i,
				                              .rank = rank_of(p, grouping, &entries[i], label) };
		}
		headings[count - 1].n++;
	}
	qsort(headings, (size_t)count, sizeof(*headings), by_rank);
	*ret = headings;
	return count;
}

/* The slice of the page: numbers of its records, and how many stand under which heading. */
static int take_page(struct view_list *list, struct view_group *groups, const struct heading *headings, int nheadings,
                     const struct entry *entries, int from, int64_t *nums)
{
	int passed = 0, n = 0;
	for (int h = 0; h < nheadings && n < list->query.size; h++) {
		struct view_group *group = &groups[list->ngroups];
		int start = from > passed ? MIN(from - passed, headings[h].n) : 0;
		*group = (struct view_group){ .label = headings[h].label, .count = headings[h].n, .first = n };
		for (int i = start; i < headings[h].n && n < list->query.size; i++) {
			nums[n++] = entries[headings[h].first + i].num;
			group->n++;
		}
		if (group->n) list->ngroups++;
		passed += headings[h].n;
	}
	list->groups = groups;
	return n;
}

enum code group_load(const struct page *p, struct view_list *list, const struct grouping *grouping, struct err *err)
{
	struct query counted = list->query;
	int from = list->query.after ? (int)strtol(list->query.after, NULL, 10) : 0;
	int64_t *nums;
	struct query_key *keys;
	struct entry *entries;
	struct heading *headings;
	int n, nkeys;
	counted.after = NULL;
	counted.size = 1;
	TRY(query_run(p->db, p->arena, p->model, p->actor, &counted, &list->result, err));
	TRY(query_all(p->db, p->arena, p->model, p->actor, &counted, &nums, &n, &list->cut, err));
	TRY(query_keys(p->db, p->arena, p->model, p->actor, &counted, grouping->field, &keys, &nkeys, err));
	int nentries = make_entries(p, grouping, nums, n, keys, nkeys, &entries);
	int nheadings = make_headings(p, grouping, entries, nentries, &headings);
	struct view_group *groups = arena_array(p->arena, struct view_group, (size_t)nheadings + 1);
	int64_t *shown = arena_array(p->arena, int64_t, (size_t)list->query.size + 1);
	from = MAX(0, MIN(from, nentries));
	int wanted = take_page(list, groups, headings, nheadings, entries, from, shown);
	list->result.next = from + wanted < nentries ? arena_printf(p->arena, "%d", from + wanted) : NULL;
	return record_load_many(p->db, p->arena, p->model, p->actor, shown, wanted, &list->records, &list->n, err);
}

static enum code plain_page(const struct page *p, struct view_list *list, struct err *err)
{
	TRY(query_run(p->db, p->arena, p->model, p->actor, &list->query, &list->result, err));
	TRY(record_load_many(p->db, p->arena, p->model, p->actor, list->result.nums, list->result.n, &list->records,
	                     &list->n, err));
	struct view_group *all = arena_new(p->arena, struct view_group);
	*all = (struct view_group){ .count = list->n, .n = list->n };
	list->groups = all;
	list->ngroups = 1;
	return OK;
}

enum code group_page(const struct page *p, struct view_list *list, struct err *err)
{
	if (list->group == NULL) return plain_page(p, list, err);
	const struct grouping grouping = { .field = list->group, .step = STEP_MONTH };
	return group_load(p, list, &grouping, err);
}
