#include "features/print/printed_page.h"

#include <string.h>

#include "features/print/print_entry.h"

bool printed_whole(const struct printed *printed)
{
	return strstr(printed->choices, "sorte=") == NULL;
}

const char *printed_words(const struct page *p, const struct printed *printed)
{
	return page_printf(p, _n("%d copy: %s", "%d copies: %s", printed->copies), printed->copies, printed->place);
}

const char *printed_again(const struct page *p, const char *choices)
{
	return arena_printf(p->arena, "/-/print?%s", choices);
}

static enum code load_wrong(const struct page *p, struct printed_row *row, struct err *err)
{
	struct printed_record *rows;
	int n;
	TRY(printed_records(p->db, p->arena, row->printed->num, &rows, &n, err));
	row->wrong = arena_array(p->arena, const struct record *, (size_t)n + 1);
	for (int i = 0; i < n && rows[i].wrong; i++) {
		struct record *record;
		struct err gone;
		if (record_load_num(p->db, p->arena, p->model, p->actor, rows[i].record, &record, &gone) == OK)
			row->wrong[row->nwrong++] = record;
	}
	return OK;
}

enum code printed_rows(const struct page *p, struct printed_row **ret, int *n, struct err *err)
{
	struct printed *all;
	TRY(printed_list(p->db, p->arena, p->model, p->actor, &all, n, err));
	struct printed_row *rows = arena_array(p->arena, struct printed_row, (size_t)*n + 1);
	for (int i = 0; i < *n; i++) {
		rows[i].printed = &all[i];
		if (all[i].wrong) TRY(load_wrong(p, &rows[i], err));
	}
	*ret = rows;
	return OK;
}

int printed_wrong_of(const struct page *p, const struct record *record, const struct printed ***ret)
{
	struct printed *all;
	struct printed_record *rows;
	struct err err;
	int n, found = 0;
	if (!page_signed_in(p) || record->about || record->circle) return 0;
	if (printed_of(p->db, p->arena, record->num, &all, &rows, &n, &err) != OK) return 0;
	const struct printed **wrong = arena_array(p->arena, const struct printed *, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		struct hash now = print_shown(p->arena, record, printed_whole(&all[i]));
		bool hers = all[i].person == p->actor->person || page_may(p, ACTION_EDIT, record);
		if (hers && hash_compare(&now, &rows[i].shown) != 0) wrong[found++] = &all[i];
	}
	*ret = wrong;
	return found;
}
