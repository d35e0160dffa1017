/* Each type of question as something to fill in with a pen. */
#include "features/paper/paper_ask.h"

#include <string.h>

#include "base/text.h"
#include "core/form.h"
#include "fields/choice.h"
#include "fields/chosen.h"
#include "fields/lines.h"
#include "fields/matrix.h"
#include "fields/numbers.h"
#include "fields/ranking.h"
#include "fields/scale.h"
#include "fields/tree.h"
#include "fields/value.h"

enum {
	BOXES_MAX = 60,  /* more choices are written in words */
	LINES_MOST = 14, /* of one question */
	LINE_LETTERS = 75,
	DIGITS = 6, /* of a number that has no bound */
	DIGITS_MAX = 10,
	DECIMALS_MAX = 3,
};

/* As a French page has it, whoever typed it. */
static const char *set(const struct page *p, const char *text)
{
	return p->lang == LANG_FR ? text_typography_fr(p->arena, text) : text;
}

static const char *words(const struct page *p, const struct label *label)
{
	return set(p, t(p, label));
}

static bool is(const struct field *field, const char *type)
{
	return strcmp(field->type->name, type) == 0;
}

/* ---- Boxes ---- */

static int offered(const struct page *p, const struct choice *choices, int n, const int *order, bool nested,
                   bool writes, const struct ask_option **ret)
{
	struct ask_option *all = arena_array(p->arena, struct ask_option, (size_t)n + 1);
	int found = 0;
	for (int i = 0; i < n; i++) {
		const struct choice *choice = &choices[order ? order[i] : i];
		if (choice->retired) continue;
		all[found++] = (struct ask_option){ .key = choice->key,
			                            .label = words(p, &choice->label),
			                            .depth = nested ? tree_depth(choice) : 0,
			                            .writes = writes && choice->other };
		if (writes && choice->other) all[found - 1].label = page_printf(p, _("%s:"), all[found - 1].label);
	}
	*ret = all;
	return found;
}

static void set_lines(struct ask *ask, int n)
{
	ask->kind = ASK_LINES;
	ask->lines = MAX(MIN(n, LINES_MOST), 1);
}

static void set_boxes(const struct page *p, const struct field *field, struct ask *ask, bool several)
{
	bool nested = is(field, "tree");
	const int *order = nested ? NULL : chosen_order(p, field);
	ask->kind = ASK_BOXES;
	ask->noptions = offered(p, field->choices, field->nchoices, order, nested, chosen_asks_other(field),
	                        &ask->options);
	ask->rule = several ? _("Several boxes may be crossed.") : _("One box only.");
	if (several && *choices_limits(p, field)) ask->rule = choices_limits(p, field);
	if (chosen_asks_comment(field)) ask->comment = _("Comment:");
	if (ask->noptions > BOXES_MAX) {
		set_lines(ask, several ? 3 : 1);
		ask->rule = _("Write your answer in words.");
	}
}

static void set_fixed(const struct page *p, struct ask *ask, const char *const keys[], const char *const labels[],
                      int n)
{
	struct ask_option *all = arena_array(p->arena, struct ask_option, (size_t)n + 1);
	for (int i = 0; i < n; i++) all[i] = (struct ask_option){ .key = keys[i], .label = labels[i] };
	ask->kind = ASK_BOXES;
	ask->options = all;
	ask->noptions = n;
}

static void set_yes_no(const struct page *p, struct ask *ask)
{
	const char *const keys[] = { "true", "false" }, *const labels[] = { _("Yes"), _("No") };
	set_fixed(p, ask, keys, labels, 2);
}

static void set_consent(const struct page *p, struct ask *ask)
{
	const char *const keys[] = { "yes" }, *const labels[] = { _("I accept") };
	set_fixed(p, ask, keys, labels, 1);
}

/* ---- Numbers and dates ---- */

/* As many cells as the greatest number has digits. */
static const char *digits(const struct page *p, const struct field *field)
{
	struct buf out;
	const char *max = value_bound(field, "max", p->arena), *min = value_bound(field, "min", p->arena);
	int whole = max && *max != '-' ? (int)strcspn(max, ".") : DIGITS;
	int64_t parts = value_option(field, "decimals", 0);
	buf_init(&out, p->arena, 0);
	whole = MAX(MIN(whole, DIGITS_MAX), 1) + (min && *min == '-');
	for (int i = 0; i < whole; i++) buf_lit(&out, "#");
	if (parts > 0) buf_puts(&out, p->lang == LANG_FR ? "," : ".");
	for (int64_t i = 0; i < MIN(parts, DECIMALS_MAX); i++) buf_lit(&out, "#");
	return buf_str(&out);
}

static void set_number(const struct page *p, const struct field *field, struct ask *ask)
{
	struct label unit = label_from_json(p->arena, json_object_get(field->definition, "unit"));
	ask->kind = ASK_CELLS;
	ask->cells = digits(p, field);
	ask->unit = words(p, &unit);
}

static void set_numbers(const struct page *p, const struct field *field, struct ask *ask)
{
	set_number(p, field, ask);
	ask->nrows = offered(p, field->rows, field->nrows, NULL, false, false, &ask->rows);
	ask->rule = set(p, numbers_rule(p, field));
}

static void set_date(const struct page *p, const struct field *field, struct ask *ask, bool period)
{
	bool time = json_bool(field->definition, "time", false);
	static const char *const keys[] = { "from", "to" };
	const char *const labels[] = { _("From"), _("To") };
	ask->kind = ASK_CELLS;
	ask->cells = time ? "##/##/#### – ##:##" : "##/##/####";
	ask->rule = time ? _("Day, month, year, time.") : _("Day, month, year.");
	if (!period) return;
	struct ask_option *rows = arena_array(p->arena, struct ask_option, 2);
	for (int i = 0; i < 2; i++) rows[i] = (struct ask_option){ .key = keys[i], .label = labels[i] };
	ask->rows = rows;
	ask->nrows = 2;
}

/* ---- Scales, rankings, tables ---- */

static void set_scale(const struct page *p, const struct field *field, struct ask *ask)
{
	int from = scale_from(field), n = scale_to(field) - from + 1;
	bool in_words = scale_in_words(field);
	struct ask_option *steps = arena_array(p->arena, struct ask_option, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		steps[i] = (struct ask_option){ .key = arena_printf(p->arena, "%d", from + i),
			                        .label = in_words ? set(p, scale_words(p, field, from + i))
			                                          : arena_printf(p->arena, "%d", from + i) };
	ask->kind = in_words && n > 6 ? ASK_BOXES : ASK_SCALE;
	ask->options = steps;
	ask->noptions = n;
	ask->rule = _("One box only.");
	if (!in_words) ask->low = set(p, scale_words(p, field, from));
	if (!in_words) ask->high = set(p, scale_words(p, field, from + n - 1));
	if (!scale_offers_unknown(field)) return;
	struct ask_option *aside = arena_new(p->arena, struct ask_option);
	*aside = (struct ask_option){ .key = "unknown", .label = set(p, scale_unknown_words(p, field)) };
	ask->aside = aside;
	ask->naside = 1;
	if (ask->kind != ASK_BOXES) return;
	steps[ask->noptions++] = *aside; /* there is room for one more */
	ask->naside = 0;
}

static void set_ranking(const struct page *p, const struct field *field, struct ask *ask)
{
	ask->kind = ASK_RANK;
	ask->noptions = offered(p, field->choices, field->nchoices, chosen_order(p, field), false, false,
	                        &ask->options);
	ask->rule = ranking_rule(p, field);
}

static void set_matrix(const struct page *p, const struct field *field, struct ask *ask)
{
	struct label unit = label_from_json(p->arena, json_object_get(field->definition, "unit"));
	enum matrix_answer answer = matrix_answer(field);
	ask->kind = ASK_TABLE;
	ask->written = matrix_types(field);
	ask->nrows = offered(p, field->rows, field->nrows, NULL, false, false, &ask->rows);
	ask->noptions = offered(p, field->choices, field->nchoices, NULL, false, false, &ask->options);
	if (answer == MATRIX_NUMBER) ask->unit = words(p, &unit);
	ask->rule = answer == MATRIX_SEVERAL ? _("Several boxes on each line.")
	            : ask->written           ? ""
	                                     : _("One box on each line.");
	if (answer != MATRIX_TWO) return;
	ask->rule = _("On each line, one box of each scale.");
	ask->nsecond = offered(p, field->second, field->nsecond, NULL, false, false, &ask->second);
	for (int s = 0; s < 2; s++) {
		struct label label = matrix_scale_label(field, s, p->arena);
		ask->scales[s] = words(p, &label);
	}
}

/* ---- Texts ---- */

static int lines_for(int64_t letters)
{
	return (int)MAX(MIN((letters + LINE_LETTERS - 1) / LINE_LETTERS, LINES_MOST), 1);
}

static void set_text(const struct field *field, struct ask *ask)
{
	if (is(field, "longtext")) {
		int64_t rows = value_option(field, "rows", 5), max = value_option(field, "max", 0);
		set_lines(ask, max ? lines_for(max) : (int)MIN(rows, LINES_MOST));
	} else if (is(field, "text")) set_lines(ask, lines_for(MIN(value_option(field, "max", 100), 400)));
	else if (is(field, "hours") || is(field, "schedule")) set_lines(ask, 3);
	else set_lines(ask, is(field, "place") || is(field, "tags") ? 2 : 1);
}

static void set_told(const struct page *p, const struct field *field, struct ask *ask)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	field->type->text(&out, p->lang, field, NULL);
	ask->kind = ASK_TOLD;
	if (json_bool(field->definition, "plain", false)) ask->label = set(p, buf_str(&out));
	else ask->help = set(p, buf_str(&out));
}

static struct ask ask_of(const struct page *p, const struct paper_numbers *numbers, const struct field *field)
{
	struct ask ask = { .key = field->key,
		           .number = numbers->of[field->position],
		           .label = set(p, paper_piped(p, numbers, t(p, &field->label))),
		           .help = set(p, paper_piped(p, numbers, t(p, &field->help))),
		           .condition = "",
		           .rule = "",
		           .unit = "",
		           .cells = "",
		           .scales = { "", "" } };
	if (field->type->role == ROLE_TOLD) set_told(p, field, &ask);
	else if (is(field, "boolean")) set_yes_no(p, &ask);
	else if (is(field, "consent")) set_consent(p, &ask);
	else if (is(field, "number")) set_number(p, field, &ask);
	else if (is(field, "numbers")) set_numbers(p, field, &ask);
	else if (is(field, "date") || is(field, "period")) set_date(p, field, &ask, is(field, "period"));
	else if (is(field, "scale")) set_scale(p, field, &ask);
	else if (is(field, "ranking")) set_ranking(p, field, &ask);
	else if (is(field, "matrix")) set_matrix(p, field, &ask);
	else if (is(field, "icon") || field->nchoices == 0) set_text(field, &ask);
	else set_boxes(p, field, &ask, is(field, "choices") || field->many);
	return ask;
}

/* ---- All ---- */

bool paper_asks(const struct field *field)
{
	return !field->hidden && field->type->role == ROLE_ASKED && !field->type->computes;
}

void paper_numbers(const struct form *form, struct paper_numbers *ret)
{
	*ret = (struct paper_numbers){ .form = form };
	for (int page = 0; page < form->survey->npages; page++)
		for (int i = 0; i < form->nfields; i++)
			if (form->survey->page_of[i] == page && paper_asks(&form->fields[i])) ret->of[i] = ++ret->last;
}

static bool is_set(const struct field *field)
{
	return paper_asks(field) || (!field->hidden && field->type->role == ROLE_TOLD);
}

static const char *text_of(const struct page *p, const struct expression *e)
{
	return e ? expression_text(p->arena, e, LANG_EN) : "";
}

/* One condition after another that are the same are told once. */
static void set_conditions(const struct page *p, const struct paper_numbers *numbers, struct ask *asks,
                           const struct field *const *fields, int n)
{
	for (int i = 0, until; i < n; i = until) {
		int last = asks[i].number;
		const char *text = text_of(p, fields[i]->show_if);
		for (until = i + 1; until < n && strcmp(text_of(p, fields[until]->show_if), text) == 0; until++)
			last = MAX(last, asks[until].number);
		asks[i].condition = set(p, paper_condition(p, numbers, fields[i]->show_if, asks[i].number, last));
	}
}

static struct ask_section section_of(const struct page *p, const struct paper_numbers *numbers, int page)
{
	const struct form *form = numbers->form;
	const struct survey_page *said = &form->survey->pages[page];
	struct ask *asks = arena_array(p->arena, struct ask, (size_t)form->nfields + 1);
	const struct field **fields = arena_array(p->arena, const struct field *, (size_t)form->nfields + 1);
	int n = 0, from = 0, until = 0;
	for (int i = 0; i < form->nfields; i++) {
		if (form->survey->page_of[i] != page || !is_set(&form->fields[i])) continue;
		fields[n] = &form->fields[i];
		asks[n] = ask_of(p, numbers, fields[n]);
		if (asks[n].number && from == 0) from = asks[n].number;
		until = MAX(until, asks[n].number);
		n++;
	}
	set_conditions(p, numbers, asks, fields, n);
	return (struct ask_section){ .title = set(p, paper_piped(p, numbers, t(p, &said->label))),
		                     .text = set(p, paper_piped(p, numbers, t(p, &said->text))),
		                     .condition = set(p, paper_condition(p, numbers, said->show_if, from, until)),
		                     .asks = asks,
		                     .n = n };
}

static const char *promise(const struct page *p, const struct form *form)
{
	static const char *const said[ANONYMITIES] = {
		[ANONYMITY_ANONYMOUS] = N_(
		        "Anonymous: do not write your name. Once they are entered, nothing links your answers to "
		        "you. Results are never given of fewer than five answers."),
		[ANONYMITY_CONFIDENTIAL] = N_(
		        "Confidential: your answers are kept apart from your name, and shown beside it nowhere. "
		        "Results are never given of fewer than five answers."),
		[ANONYMITY_NAMED] = N_(
		        "With names: the people who look after this questionnaire see who answered what."),
	};
	return tr(p->lang, said[form->survey->anonymity]);
}

void paper_questionnaire(const struct page *p, const struct form *form, struct questionnaire *ret)
{
	const struct space *space = survey_space(p->model, form);
	const struct survey *survey = form->survey;
	struct paper_numbers *numbers = arena_new(p->arena, struct paper_numbers);
	struct ask_section *sections = arena_array(p->arena, struct ask_section, (size_t)survey->npages + 1);
	paper_numbers(form, numbers);
	*ret = (struct questionnaire){ .lang = p->lang,
		                       .asker = space ? words(p, &space->name) : page_site_name(p),
		                       .welcome = words(p, &survey->welcome),
		                       .promise = set(p, promise(p, form)),
		                       .back = words(p, &survey->paper_back),
		                       .online = page_printf(
		                               p,
		                               _("It can also be answered on a screen: look at the code above with a "
		                                 "telephone, or go to %s%s."),
		                               p->base_url, arena_printf(p->arena, "/-/survey/%s", form->key)),
		                       .name = form->key,
		                       .sections = sections };
	ret->paper = (struct paper){ .size = PAPER_A4,
		                     .lang = lang_tag(p->lang),
		                     .title = words(p, &form->label),
		                     .site = page_site_name(p),
		                     .colour = "#12523f",
		                     .url = _("QR code: which questionnaire, which page, which copy this is.") };
	for (int page = 0; page < survey->npages; page++) {
		sections[ret->nsections] = section_of(p, numbers, page);
		ret->nsections += sections[ret->nsections].n > 0;
	}
}
