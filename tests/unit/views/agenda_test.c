/* The agenda's layout: which days a month and a week have, and what stands on each of them. */
#include "views/agenda.h"

#include "base/clock.h"
#include "view_fixture.h"

#define NOW INT64_C(1803888000000) /* 2027-03-01T08:00:00Z */

static const char event_form[] =
        "{\"key\":\"rendez_vous\",\"label\":\"Rendez-vous\",\"plural\":\"Rendez-vous\",\"add\":\"Ajouter\",\"title\":\"nom\","
        "\"fields\":[{\"key\":\"nom\",\"type\":\"text\",\"label\":\"Nom\",\"required\":true},"
        "{\"key\":\"quand\",\"type\":\"schedule\",\"label\":\"Quand\"}]}";
static const char event_view[] =
        "{'key':'agenda','slug':'agenda','form':'rendez_vous','title':'Agenda','layout':'agenda','layouts':['agenda'],"
        "'agenda':{'by':'quand'}}";

static void add_event(struct site_fixture *site, const char *name, const char *when)
{
	struct err err = { 0 };
	char *text = arena_printf(&site->arena, "{'nom':'%s','quand':%s}", name, when);
	for (char *c = text; *c; c++)
		if (*c == '\'') *c = '"';
	struct save save = { .actor = &site->facilitator,
		             .form = model_form(site->model, "rendez_vous"),
		             .space = site->open,
		             .state = STATE_PUBLISHED,
		             .values = site_json(site, text) };
	assert_ok(site_save(site, &save, NULL, &err), &err);
}

/* "name 18:30, name" on a day. */
static const char *on_day(const struct page *p, const struct agenda *agenda, struct date day)
{
	const struct agenda_item **items;
	struct buf out;
	buf_init(&out, p->arena, 0);
	int n = agenda_on(p, agenda, day, &items);
	for (int i = 0; i < n; i++) {
		const char *time = agenda_time(p, items[i], day);
		buf_printf(&out, "%s%s%s", i ? ", " : "", items[i]->record->title, *time ? " " : "");
		for (; *time; time++) { /* a space that does not break is one */
			if (strncmp(time, "\u00A0", 2) == 0) buf_putc(&out, ' '), time++;
			else buf_putc(&out, *time);
		}
	}
	return buf_str(&out);
}

/* "2027-03-01: a, b\n" for each day with something. */
static const char *spread(struct site_fixture *site, const char *span, const char *day)
{
	struct err err = { 0 };
	struct page page = page_of(site, &site->facilitator);
	struct view_list list = {
		.view = make_view(site, event_view), .base = "", .kept = "", .span = span, .day = day
	};
	char iso[DATE_ISO_SIZE];
	struct buf out;
	page.lang = LANG_EN;
	page.now = NOW;
	list.type = view_type_find(list.view, "agenda");
	list.query = (struct query){ .form = list.view->form, .size = 20 };
	assert_ok(list.type->load(&page, &list, &err), &err);
	buf_init(&out, &site->arena, 0);
	for (struct date d = list.agenda->from; date_compare(d, list.agenda->to) <= 0; d = date_add_days(d, 1)) {
		const char *said = on_day(&page, list.agenda, d);
		if (*said) buf_printf(&out, "%s: %s\n", date_iso(d, iso), said);
	}
	store_read_end(site->store);
	return buf_str(&out);
}

static void begin(struct site_fixture *site, void **state)
{
	site_fixture_init(site, test_store(state));
	clock_set(NOW);
	site_fixture_form(site, event_form);
}

/* What overlaps stands on the same day: what lasts all day first, then by the hour, then as it was added. */
static void test_overlapping(void **state)
{
	struct site_fixture site;
	begin(&site, state);
	add_event(&site, "soir", "{'from':'2027-03-03T18:30','to':'2027-03-03T20:00'}");
	add_event(&site, "chorale", "{'from':'2027-03-03T18:30','to':'2027-03-03T21:00'}");
	add_event(&site, "matin", "{'from':'2027-03-03T09:00'}");
	add_event(&site, "stage", "{'from':'2027-03-02','to':'2027-03-04'}");
	add_event(&site, "nuit", "{'from':'2027-03-03T22:00','to':'2027-03-04T02:00'}");
	add_event(&site, "minuit", "{'from':'2027-03-03T20:00','to':'2027-03-04T00:00'}");
	const char *three = "stage, matin 9 am, soir 6:30 pm, chorale 6:30 pm, minuit 8 pm, nuit 10 pm\n";
	const char *wanted = arena_printf(&site.arena, "2027-03-02: stage\n2027-03-03: %s2027-03-04: stage, nuit\n",
	                                  three);
	assert_string_equal(spread(&site, "semaine", "2027-03-03"), wanted);
	assert_string_equal(spread(&site, "mois", "2027-03-20"), wanted);
	/* In the list, what lasts several days is told once. */
	assert_string_equal(spread(&site, "liste", "2027-03-01"),
	                    arena_printf(&site.arena, "2027-03-02: stage\n2027-03-03: matin 9 am, soir 6:30 pm, "
	                                              "chorale 6:30 pm, minuit 8 pm, nuit 10 pm\n"));
	/* Begun before the first day shown: it stands on that day. */
	assert_string_equal(spread(&site, "liste", "2027-03-04"), "2027-03-04: stage, nuit\n");
	clock_set(0);
	site_fixture_release(&site);
}

static void test_across_months(void **state)
{
	struct site_fixture site;
	begin(&site, state);
	add_event(&site, "fête", "{'from':'2027-03-31','to':'2027-04-02'}");
	add_event(&site, "mardis", "{'from':'2027-02-23T18:00','rule':'FREQ=WEEKLY;BYDAY=TU;COUNT=3'}");
	assert_string_equal(spread(&site, "mois", "2027-03-15"),
	                    "2027-03-02: mardis 6 pm\n2027-03-09: mardis 6 pm\n2027-03-31: fête\n");
	assert_string_equal(spread(&site, "mois", "2027-04-15"), "2027-04-01: fête\n2027-04-02: fête\n");
	clock_set(0);
	site_fixture_release(&site);
}

/* A calendar on the wall: rows from Monday to Sunday. */
static void test_grid(void **state)
{
	(void)state;
	static const struct {
		const char *month;
		int weeks;
		const char *first, *last;
	} rows[] = {
		{ "2027-02-01", 4, "2027-02-01", "2027-02-28" }, /* begins on a Monday, has 28 days */
		{ "2027-03-01", 5, "2027-03-01", "2027-04-04" },
		{ "2027-05-01", 6, "2027-04-26", "2027-06-06" }, /* a Saturday */
		{ "2026-11-01", 6, "2026-10-26", "2026-12-06" }, /* a Sunday */
		{ "2024-02-01", 5, "2024-01-29", "2024-03-03" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct agenda agenda = { .span = AGENDA_MONTH };
		char first[DATE_ISO_SIZE], last[DATE_ISO_SIZE];
		assert_true(date_from_iso(rows[i].month, &agenda.from));
		agenda.to = agenda.from;
		agenda.to.day = date_month_days(agenda.from.year, agenda.from.month);
		assert_int_equal(agenda_weeks(&agenda), rows[i].weeks);
		assert_string_equal(date_iso(agenda_cell(&agenda, 0, 1), first), rows[i].first);
		assert_string_equal(date_iso(agenda_cell(&agenda, rows[i].weeks - 1, 7), last), rows[i].last);
		assert_true(agenda_holds(&agenda, agenda.to));
		assert_false(agenda_holds(&agenda, date_add_days(agenda.to, 1)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { BOTH_ENGINES(test_overlapping), BOTH_ENGINES(test_across_months),
		                            cmocka_unit_test(test_grid) };
	return cmocka_run_group_tests_name("agenda", tests, NULL, NULL);
}
