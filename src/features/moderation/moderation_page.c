#include "features/moderation/moderation_page.h"

#include <string.h>

#include "base/text.h"

enum { EXTRACT_MAX = 300, MINE = 50 };

const char *report_reason_words(enum report_reason reason)
{
	static const char *const words[REPORT_REASONS] = {
		[REPORT_RESPECT] = N_("It insults, threatens or harms somebody"),
		[REPORT_PRIVACY] = N_("It tells something private"),
		[REPORT_SPAM] = N_("It is advertisement"),
		[REPORT_LAW] = N_("I think that it is against the law"),
		[REPORT_OTHER] = N_("Something else"),
	};
	return words[reason];
}

const char *measure_choice(enum measure_kind kind)
{
	static const char *const words[MEASURE_KINDS] = {
		[MEASURE_NOTHING] = N_("Leave the page as it is"),
		[MEASURE_WARN] = N_("Warn the person"),
		[MEASURE_HIDE] = N_("Hide the page"),
		[MEASURE_BLOCK] = N_("Block the account"),
		[MEASURE_UNDO] = N_("Undo all that is listed above"),
	};
	return words[kind];
}

const char *measure_help(enum measure_kind kind)
{
	static const char *const words[MEASURE_KINDS] = {
		[MEASURE_NOTHING] = N_("The reports are closed."),
		[MEASURE_WARN] = N_("A letter, and a line on the page of the account. The page stays."),
		[MEASURE_HIDE] = N_(
		        "It goes to the trash, and is deleted after 30 days. Only a facilitator can put it back."),
		[MEASURE_BLOCK] = N_("The person cannot sign in until an administrator opens the account again."),
		[MEASURE_UNDO] = N_(
		        "New pages go to the trash; changed ones are as they were. One click takes it all back."),
	};
	return words[kind];
}

const char *measure_role(const struct page *p, const struct measure *m)
{
	return m->level == LEVEL_ADMINISTRATOR ? _("decided by an administrator") : _("decided by a facilitator");
}

const char *moderation_extract(const struct page *p, const struct record *record)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < record->form->nfields && out.len < EXTRACT_MAX; i++) {
		const json_t *value = record_value(record, &record->form->fields[i]);
		const char *text = value ? field_plain(p, &record->form->fields[i], value) : "";
		if (strcmp(text, record->title) == 0) continue;
		if (*text && out.len) buf_lit(&out, " · ");
		buf_puts(&out, text);
	}
	const char *all = buf_str(&out), *cut = text_cut(p->arena, all, EXTRACT_MAX);
	return strlen(cut) < out.len ? arena_printf(p->arena, "%s…", cut) : cut;
}

const char *id_text(const struct page *p, struct id id)
{
	char text[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(id, text));
}

const char *account_url(const struct page *p, struct id person)
{
	return arena_printf(p->arena, "/-/moderation/account/%s", id_text(p, person));
}

int measures_mine(const struct page *p, struct measure **ret)
{
	struct err err;
	int n = 0;
	if (p->actor->person && measure_of_person(p->db, p->arena, p->actor->person, MINE, ret, &n, &err) != OK)
		return 0;
	return n;
}

int reports_mine(const struct page *p, struct my_report **ret)
{
	struct report *all;
	struct err err;
	int n, found = 0;
	if (p->actor->person == 0 || report_of_person(p->db, p->arena, p->actor->person, MINE, &all, &n, &err) != OK)
		return 0;
	struct my_report *rows = arena_array(p->arena, struct my_report, MINE);
	for (int i = 0; i < n; i++) {
		struct record *record;
		if (record_load_num(p->db, p->arena, p->model, p->actor, all[i].record, &record, &err) == OK)
			rows[found++] = (struct my_report){ all[i], record };
	}
	*ret = rows;
	return found;
}

bool measure_hides(const struct page *p, const struct record *record)
{
	struct err err;
	bool held = false;
	return record->state == STATE_TRASH && measure_holds(p->db, record->num, &held, &err) == OK && held;
}
