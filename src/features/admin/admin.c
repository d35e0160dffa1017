#include "features/admin/admin.h"

#include "base/clock.h"
#include "base/json.h"
#include "features/admin/admin_store.h"
#include "features/backup/shelf.h"
#include "features/check/check_report.h"
#include "features/legal/legal.h"
#include "features/letter/letter_job.h"
#include "features/register/register.h"
#include "store/disk.h"

#define DAYS(n) ((n)*24LL * 3600 * 1000)
enum { SHORT_PERCENT = 10 };
#define SHORT_BYTES (512LL << 20)

const char *size_words(const struct page *p, int64_t bytes)
{
	static const struct {
		int64_t unit;
		const char *words;
	} units[] = {
		{ 1LL << 40, N_("TB") }, { 1LL << 30, N_("GB") }, { 1LL << 20, N_("MB") }, { 1LL << 10, N_("kB") }
	};
	for (size_t i = 0; i < COUNT(units); i++) {
		if (bytes < units[i].unit) continue;
		int64_t tenths = bytes / (units[i].unit / 10);
		const char *comma = p->lang == LANG_FR ? "," : ".";
		const char *number = tenths < 100 && tenths % 10
		                             ? arena_printf(p->arena, "%lld%s%lld", (long long)(tenths / 10), comma,
		                                            (long long)(tenths % 10))
		                             : page_number(p, tenths / 10);
		return page_printf(p, "%s\u00a0%s", number, tr(p->lang, units[i].words));
	}
	return page_printf(p, _("%s bytes"), page_number(p, bytes));
}

bool disk_is_short(int64_t available, int64_t total)
{
	return total && (available < SHORT_BYTES || available / (total / 100 + 1) < SHORT_PERCENT);
}

static enum code read_backups(const struct page *p, const char *dir, struct admin_state *s, struct err *err)
{
	struct shelved *list;
	int n;
	TRY(shelf_list(p->arena, dir, &list, &n, err));
	if (n) s->backup = list[0].made;
	for (int i = n - 1; i >= 0; i--) {
		if (list[i].tested == 0) continue;
		if (list[i].sound) s->tested = MAX(s->tested, list[i].tested);
		s->unsound = !list[i].sound;
	}
	return OK;
}

enum code admin_state_read(const struct page *p, const char *dir, struct admin_state *ret, struct err *err)
{
	struct admin_state s = { .administers = page_may(p, ACTION_ADMINISTER, NULL) };
	json_t *report;
	struct err none;
	TRY(waiting_count(p->db, p->arena, p->model, p->actor, &s.waiting, err));
	if (s.administers) {
		TRY(admin_count(p->db, &s.administrators, &s.failing, err));
		s.spooled = letters_are_spooled();
		if (disk_room(dir, &s.available, &s.total, &none) != OK) s.total = 0;
		TRY(read_backups(p, dir, &s, err));
		if (check_last(p->arena, dir, &report, &none) == OK) {
			s.checked = json_int(report, "at", 0);
			s.wrong = json_int(report, "wrong", 0);
		}
	}
	*ret = s;
	return OK;
}

/* ---- What needs a hand ---- */

static const char *few_administrators(const struct page *p, const struct admin_state *s)
{
	return s->administrators < 2
	               ? _("Only one person administers the site. Should she be away, nobody can help the others.")
	               : NULL;
}

static const char *no_mail(const struct page *p, const struct admin_state *s)
{
	return s->spooled ? _("No mail server is set: letters do not leave, and nobody can ask for a link to sign "
	                      "in.")
	                  : NULL;
}

static const char *failed_letters(const struct page *p, const struct admin_state *s)
{
	int n = s->waiting.letters;
	return n ? page_printf(p, _n("%d letter could not be sent.", "%d letters could not be sent.", n), n) : NULL;
}

static const char *dead_jobs(const struct page *p, const struct admin_state *s)
{
	int n = s->waiting.jobs + s->failing;
	return n ? page_printf(p,
	                       _n("%d piece of work in the background failed.",
	                          "%d pieces of work in the background failed.", n),
	                       n)
	         : NULL;
}

static const char *short_disk(const struct page *p, const struct admin_state *s)
{
	if (!disk_is_short(s->available, s->total)) return NULL;
	return page_printf(p, _("The disk is nearly full: %s are left of %s."), size_words(p, s->available),
	                   size_words(p, s->total));
}

static const char *no_backup(const struct page *p, const struct admin_state *s)
{
	if (s->backup == 0) return _("There is no backup yet.");
	if (p->now - s->backup < DAYS(8)) return NULL;
	return page_printf(p, _("The last backup is of %s."), page_date(p, s->backup));
}

static const char *bad_backup(const struct page *p, const struct admin_state *s)
{
	return s->unsound ? _("The last backup that was tried is not good.") : NULL;
}

static const char *untried_backup(const struct page *p, const struct admin_state *s)
{
	if (s->backup == 0 || s->unsound || (s->tested && p->now - s->tested < DAYS(100))) return NULL;
	return s->tested ? _("No backup was tried for three months: one is worth what it becomes when it is "
	                     "restored.")
	                 : _("No backup was ever tried: one is worth what it becomes when it is restored.");
}

static const char *wrong_data(const struct page *p, const struct admin_state *s)
{
	return s->wrong ? _("The last check of the data found something wrong.") : NULL;
}

static const char *no_legal(const struct page *p, const struct admin_state *s)
{
	int n = legal_missing(p, LEGAL_REQUIRED);
	(void)s;
	return n ? page_printf(p,
	                       _n("%d thing that the law asks for is missing in the legal notice.",
	                          "%d things that the law asks for are missing in the legal notice.", n),
	                       n)
	         : NULL;
}

static const char *short_pages(const struct page *p, const struct admin_state *s)
{
	int n = legal_missing(p, LEGAL_WANTED);
	(void)s;
	return n ? page_printf(p,
	                       _n("The pages “About” and “Accessibility” lack %d thing that only you can say.",
	                          "The pages “About” and “Accessibility” lack %d things that only you can say.", n),
	                       n)
	         : NULL;
}

static const char *no_purposes(const struct page *p, const struct admin_state *s)
{
	int n, lacking;
	(void)s;
	(void)register_list(p, &n, &lacking);
	return lacking ? page_printf(p,
	                             _n("Of %d form nobody has said yet what for, or on what ground.",
	                                "Of %d forms nobody has said yet what for, or on what ground.", lacking),
	                             lacking)
	               : NULL;
}

/* To add one: a function that says it, or NULL, and a row; the urgent ones first. */
static const struct {
	const char *(*say)(const struct page *p, const struct admin_state *s);
	const char *url, *action;
	bool urgent;
} cares[] = {
	{ short_disk, "/-/admin/disk", N_("See what takes room"), true },
	{ wrong_data, "/-/admin/check", N_("Read what it says"), true },
	{ bad_backup, "/-/admin/backups", N_("See the backups"), true },
	{ failed_letters, "/-/letters", N_("See the letters"), true },
	{ dead_jobs, "/-/admin/jobs", N_("See this work"), true },
	{ no_backup, "/-/admin/backups", N_("Make a backup"), true },
	{ no_mail, "/-/admin/settings#mail", N_("Name a mail server"), false },
	{ no_legal, "/-/admin/legal", N_("Write the legal notice"), false },
	{ no_purposes, "/-/admin/register", N_("Say it in the register"), false },
	{ short_pages, "/-/admin/legal", N_("Say it in the legal notice"), false },
	{ few_administrators, "/-/people", N_("Name a second one"), false },
	{ untried_backup, "/-/admin/backups", N_("Try one"), false },
};

const struct admin_care *admin_cares(const struct page *p, const struct admin_state *s)
{
	struct admin_care *list = arena_array(p->arena, struct admin_care, COUNT(cares) + 1);
	int n = 0;
	for (size_t i = 0; i < COUNT(cares) && s->administers; i++) {
		const char *text = cares[i].say(p, s);
		if (text)
			list[n++] = (struct admin_care){ text, cares[i].url, tr(p->lang, cares[i].action),
				                         cares[i].urgent };
	}
	list[n] = (struct admin_care){ 0 };
	return list;
}

const struct admin_care *admin_waiting(const struct page *p, const struct admin_state *s)
{
	const struct waiting *w = &s->waiting;
	const struct {
		int n;
		const char *text, *url, *action;
	} rows[] = {
		{ w->reports, page_printf(p, _n("%d reported page", "%d reported pages", w->reports), w->reports),
		  "/-/moderation", _("Look at them") },
		{ w->appeals,
		  page_printf(p, _n("%d answer to a decision", "%d answers to decisions", w->appeals), w->appeals),
		  "/-/moderation", _("Answer") },
		{ w->proposals,
		  page_printf(p, _n("%d proposal to publish or not", "%d proposals to publish or not", w->proposals),
		              w->proposals),
		  "/-/proposals", _("Read them") },
		{ w->requests,
		  page_printf(
		          p,
		          _n("%d person asks to belong to a space", "%d people ask to belong to a space", w->requests),
		          w->requests),
		  "/-/spaces", _("Answer") },
		{ w->accounts,
		  page_printf(p, _n("%d person asks for an account", "%d people ask for an account", w->accounts),
		              w->accounts),
		  "/-/people#waiting", _("Answer") },
	};
	struct admin_care *list = arena_array(p->arena, struct admin_care, COUNT(rows) + 1);
	int n = 0;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (rows[i].n) list[n++] = (struct admin_care){ rows[i].text, rows[i].url, rows[i].action, false };
	list[n] = (struct admin_care){ 0 };
	return list;
}
