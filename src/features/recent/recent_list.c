#include "features/recent/recent_list.h"

#include <string.h>

enum { LOOK_BACK = 8 }; /* changes read for each record wanted */

static bool is_among(const int64_t *nums, int n, int64_t num)
{
	for (int i = 0; i < n; i++)
		if (nums[i] == num) return true;
	return false;
}

static const struct record *record_among(struct record *const *records, int n, int64_t num)
{
	for (int i = 0; i < n; i++)
		if (records[i]->num == num) return records[i];
	return NULL;
}

enum code recent_list_load(const struct page *p, const struct form *form, int64_t before, int limit,
                           struct recent_list *ret, struct err *err)
{
	struct recent *changes;
	struct record **records;
	int n, nnums = 0, nrecords;
	TRY(history_recent(p->db, p->arena, p->model, p->actor, form, before, limit, &changes, &n, err));
	int64_t *nums = arena_array(p->arena, int64_t, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		if (!is_among(nums, nnums, changes[i].num)) nums[nnums++] = changes[i].num;
	TRY(record_load_many(p->db, p->arena, p->model, p->actor, nums, nnums, &records, &nrecords, err));

	struct recent_list list = { .items = arena_array(p->arena, struct recent_item, (size_t)n + 1) };
	for (int i = 0; i < n; i++) {
		const struct record *record = record_among(records, nrecords, changes[i].num);
		if (record) list.items[list.n++] = (struct recent_item){ &changes[i], record };
	}
	if (n == limit) list.next = changes[n - 1].position;
	*ret = list;
	return OK;
}

enum code recent_records(const struct page *p, int limit, struct recent_list *ret, struct err *err)
{
	struct recent_list all, once = { 0 };
	TRY(recent_list_load(p, NULL, 0, limit * LOOK_BACK, &all, err));
	once.items = arena_array(p->arena, struct recent_item, (size_t)limit + 1);
	for (int i = 0; i < all.n && once.n < limit; i++) {
		int j = 0;
		while (j < once.n && once.items[j].record != all.items[i].record) j++;
		if (j == once.n) once.items[once.n++] = all.items[i];
	}
	*ret = once;
	return OK;
}

const char *recent_words(const struct page *p, const struct recent_item *item)
{
	return item->change->created ? _("added") : _("corrected");
}

bool recent_opens_day(const struct page *p, const struct recent_list *list, int i)
{
	if (i == 0) return true;
	return strcmp(page_date(p, list->items[i].change->time), page_date(p, list->items[i - 1].change->time)) != 0;
}

const struct view *feeds_view(const struct page *p, int i)
{
	const struct view *view = &p->model->views[i];
	if (view->saved || view->form->confidential || !view_seen(p->actor, p->model, view)) return NULL;
	return view;
}
