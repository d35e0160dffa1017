#include "features/thanks/thanks_page.h"

enum { NAMES = 5, RECORDS = 5 };

static bool is_shown(const struct record *record)
{
	return record->state == STATE_PUBLISHED || record->state == STATE_ARCHIVED;
}

static const char *names_of(const struct page *p, const struct record *record, int count)
{
	const char **names;
	struct err err;
	struct buf out;
	int n;
	if (actor_level(p->actor, record->space) < LEVEL_MEMBER) return "";
	if (thanks_names(p->db, p->arena, record->num, NAMES, &names, &n, &err) != OK) return "";
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < n; i++) {
		if (i) buf_puts(&out, i == count - 1 ? _(" and ") : ", ");
		buf_puts(&out, names[i]);
	}
	if (count > n) buf_puts(&out, page_printf(p, _(" and %d others"), count - n));
	return buf_str(&out);
}

struct thanks_shown thanks_shown(const struct page *p, const struct record *record)
{
	struct thanks_shown shown = { .names = "" };
	struct err err;
	if (!is_shown(record) || thanks_read(p->db, record->num, p->actor->person, &shown.thanks, &err) != OK)
		return shown;
	shown.may = record->circle == 0 && page_signed_in(p) && record->author != p->actor->person;
	if (shown.thanks.n) shown.names = names_of(p, record, shown.thanks.n);
	return shown;
}

struct thanks_mine thanks_mine(const struct page *p)
{
	struct thanks_mine mine = { 0 };
	struct thanked *all;
	struct err err;
	int n;
	if (thanks_received(p->db, p->arena, p->actor->person, RECORDS, &mine.total, &all, &n, &err) != OK) return mine;
	mine.records = arena_array(p->arena, const struct record *, RECORDS);
	mine.counts = arena_array(p->arena, int, RECORDS);
	for (int i = 0; i < n; i++) {
		struct record *record;
		if (record_load_num(p->db, p->arena, p->model, p->actor, all[i].record, &record, &err) != OK) continue;
		mine.records[mine.n] = record;
		mine.counts[mine.n++] = all[i].n;
	}
	return mine;
}
