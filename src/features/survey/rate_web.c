/* The rates of a campaign: by channel, place and kind, against the population, day by day. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/moment.h"
#include "core/response_time.h"
#include "core/survey_wave.h"
#include "features/moderation/moderation_web.h"
#include "features/survey/campaign_web.h"
#include "features/survey/rate.html.h"
#include "features/survey/rate_page.h"
#include "features/survey/survey_web.h"
#include "web/web.h"

enum { LINES_MAX = 8000, DAYS_SHOWN = 60, WEEK = 7 };

/* ---- Day by day ---- */

static int day_of(const struct page *p, int64_t ms)
{
	return (int)date_to_days(zone_local(model_zone(p->model), ms).date);
}

static const char *letters_of(const struct page *p, const struct survey_wave *waves, int n, int from, int until)
{
	int64_t sent = 0;
	for (int i = 0; i < n; i++) {
		int day = day_of(p, waves[i].due);
		if (day >= from && day < until) sent += waves[i].sent;
	}
	return sent ? page_printf(p, _n("%d letter", "%d letters", (int)sent), (int)sent) : "";
}

static void draw(const struct page *p, struct rates *x)
{
	struct chart_mark *marks = arena_array(p->arena, struct chart_mark, (size_t)x->ndays + 1);
	for (int i = 0; i < x->ndays; i++)
		marks[i] = (struct chart_mark){ .label = *x->days[i].letters
			                                         ? page_printf(p, _("%s (letters)"), x->days[i].label)
			                                         : x->days[i].label,
			                        .text = page_number(p, x->days[i].n),
			                        .value = x->days[i].n };
	const struct chart chart = { .title = x->by_week ? _("Answers, week by week") : _("Answers, day by day"),
		                     .summary = _("The same figures stand in the table below."),
		                     .value_name = _("Answers"),
		                     .by_name = x->by_week ? _("Week of") : _("Day"),
		                     .shape = CHART_COLUMNS,
		                     .marks = marks,
		                     .n = x->ndays };
	x->curve = chart_svg(p->arena, &chart, 1);
}

static enum code load_days(struct request *r, struct rates *x, struct err *err)
{
	const struct page *p = &r->page;
	struct survey_wave *waves;
	int64_t *times;
	int n, nwaves, at = 0;
	TRY(response_times(r->db, r->arena, x->form, &times, &n, err));
	TRY(survey_wave_list(r->db, r->arena, x->form, &waves, &nwaves, err));
	if (n == 0) return OK;
	int first = day_of(p, times[0]), last = day_of(p, times[n - 1]);
	x->by_week = last - first >= DAYS_SHOWN;
	int step = x->by_week ? WEEK : 1;
	/* The last ones, where even weeks are too many. */
	if ((last - first) / step >= CHART_MARKS_MAX) first = last - step * CHART_MARKS_MAX + 1;
	while (at < n && day_of(p, times[at]) < first) at++;
	struct answer_day *days = arena_array(r->arena, struct answer_day, CHART_MARKS_MAX + 1);
	for (int day = first; day <= last; day += step) {
		struct answer_day *to = &days[x->ndays++];
		*to = (struct answer_day){ .label = date_format(r->arena, date_from_days(day), DATE_SHORT, p->lang),
			                   .letters = letters_of(p, waves, nwaves, day, day + step) };
		for (; at < n && day_of(p, times[at]) < day + step; at++) to->n++;
	}
	x->days = days;
	draw(p, x);
	return OK;
}

/* ---- By class ---- */

static const char *attribute_label(const struct page *p, const char *attribute)
{
	if (strcmp(attribute, "place") == 0) return _("Neighbourhood or place");
	return strcmp(attribute, "channel") == 0 ? _("How they are reached") : attribute;
}

static const char *population_lines(struct arena *a, const struct rate_table *table,
                                    const struct population_class *known, int n)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (int i = 0; i < n; i++) buf_printf(&out, "%s; %lld\n", known[i].name, (long long)known[i].n);
	for (int i = 0; n == 0 && i < table->n; i++)
		if (*table->classes[i].name) buf_printf(&out, "%s; \n", table->classes[i].name);
	return buf_str(&out);
}

static enum code load_tables(struct request *r, struct rates *x, struct err *err)
{
	enum { SHOWN = TARGET_ATTRIBUTES_MAX + 2 };
	const char *attributes[SHOWN];
	struct survey_target *targets;
	int n;
	TRY(survey_target_list_by_num(r->db, r->arena, x->form, &targets, &n, err));
	int found = rate_attributes(r->arena, targets, n, attributes, SHOWN - 1);
	attributes[found++] = "channel";
	x->tables = arena_array(r->arena, struct rate_shown, SHOWN);
	for (int i = 0; i < found; i++) {
		struct rate_shown *to = &x->tables[x->n];
		struct population_class *known;
		int nknown;
		if (!rate_count(r->arena, targets, n, attributes[i], &to->table)) continue;
		/* Ways to reach somebody are words of the program. */
		for (int c = 0; strcmp(attributes[i], "channel") == 0 && c < to->table.n; c++)
			to->table.classes[c].name = tr(r->page.lang, to->table.classes[c].name);
		TRY(survey_population(r->db, r->arena, x->form, attributes[i], &known, &nknown, err));
		to->attribute = attributes[i];
		to->label = attribute_label(&r->page, attributes[i]);
		to->typed = population_lines(r->arena, &to->table, known, nknown);
		rate_compare(r->arena, &to->table, known, nknown);
		x->targets = to->table.targets;
		x->answered = to->table.answered;
		x->n++;
	}
	return OK;
}

static enum code show(struct request *r, const struct form *form, struct issues *issues, struct err *err)
{
	struct rates x = { .form = form };
	TRY(load_tables(r, &x, err));
	TRY(load_days(r, &x, err));
	r->page.title = page_printf(&r->page, tr(r->page.lang, N_("Rates of “%s”")), t(&r->page, &form->label));
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	if (issues && issues->count) {
		r->page.issues = issues;
		r->response->status = 422;
	}
	rates_page(request_out(r), &r->page, &x);
	return OK;
}

enum code rates_show(struct request *r, struct err *err)
{
	const struct form *form;
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	return show(r, form, NULL, err);
}

/* ---- The population ---- */

struct telling {
	const struct form *form;
	const char *attribute;
	struct population_class classes[POPULATION_CLASSES_MAX];
	int n;
};

/* "La Rabière; 42": a line without a number is of a class that is not counted. */
static void read_line(struct request *r, struct telling *x, const char *line, int at, struct issues *issues)
{
	const char *mark = strrchr(line, ';');
	char *end;
	if (text_is_blank(line)) return;
	if (mark == NULL) {
		issues_add(issues, "population", N_("Line %d: write a name, a semicolon, a number."), at);
		return;
	}
	const char *number = text_trim(r->arena, mark + 1);
	long long n = strtoll(number, &end, 10);
	if (*number == '\0') return;
	if (*end || n < 0 || n > POPULATION_COUNT_MAX) {
		issues_add(issues, "population", N_("Line %d: write a name, a semicolon, a number."), at);
		return;
	}
	if (x->n == POPULATION_CLASSES_MAX) {
		issues_add(issues, "population", N_("At most %d classes are compared."), POPULATION_CLASSES_MAX);
		return;
	}
	const char *name = text_trim(r->arena, arena_strndup(r->arena, line, (size_t)(mark - line)));
	if (*name && text_length(name) <= TARGET_TEXT_MAX) x->classes[x->n++] = (struct population_class){ name, n };
}

static enum code tell(struct tx *tx, void *arg, struct err *err)
{
	const struct telling *x = arg;
	return survey_population_set(tx, x->form, x->attribute, x->classes, x->n, err);
}

enum code population_post(struct request *r, struct err *err)
{
	struct telling x = { .attribute = request_form(r, "attribute") };
	struct issues issues;
	const char *lines;
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	issues_init(&issues, r->arena);
	TRY(moderation_text(r, "population", LINES_MAX, false, &issues, &lines, err));
	if (*x.attribute == '\0' || text_length(x.attribute) > TARGET_TEXT_MAX)
		issues_add(&issues, "population", N_("Choose one in the list."));
	int at = 1;
	for (const char *line = lines; *line; at++) {
		size_t len = strcspn(line, "\n");
		read_line(r, &x, arena_strndup(r->arena, line, len), at, &issues);
		line += len + (line[len] == '\n');
	}
	if (issues.count) return show(r, x.form, &issues, err);
	TRY(request_write(r, tell, &x, err));
	return request_redirect(r, survey_url(&r->page, x.form, "/rates"), "population");
}
