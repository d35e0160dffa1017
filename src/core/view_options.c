#include <string.h>

#include "core/field_type.h"
#include "core/form.h"
#include "core/form_part.h"

enum { VIEW_CHARTS = 6 };

static const char *const *known_layouts;

void view_layouts_use(const char *const *names)
{
	known_layouts = names;
}

static bool has_type(const struct field *field, const char *const *types)
{
	for (; *types; types++)
		if (strcmp(field->type->name, *types) == 0) return true;
	return false;
}

static const char *const dates[] = { "date", "period", "schedule", NULL };
static const char *const places[] = { "place", NULL };
static const char *const numbers[] = { "number", NULL };

bool field_groups(const struct field *field)
{
	return field->type->facet || has_type(field, dates);
}

bool form_takes_pictures(const struct form *form)
{
	for (int i = 0; i < form->nfields; i++)
		if (form->fields[i].type->takes == FILES_PICTURES) return true;
	return false;
}

/* The field that object[name] names, of one of these types (NULL: any that records can be put together
 * by); NULL, with a mistake, when there is none. */
static const struct field *option_field(struct arena *a, const json_t *object, const char *name, const char *path,
                                        const char *const *types, const struct form *form, struct issues *issues)
{
	const char *key = json_str_or(object, name, "");
	const struct field *field = form_find(form, key);
	const char *at = *path ? arena_printf(a, "%s.%s", path, name) : name;
	if (field == NULL) {
		issues_add(issues, at, N_("the form “%s” has no field “%s”"), form->key, key);
		return NULL;
	}
	if (types ? has_type(field, types) : field_groups(field)) return field;
	if (types)
		issues_add(issues, at, N_("the field “%s” is a “%s”, this takes a “%s”"), key, field->type->name,
		           types[0]);
	else issues_add(issues, at, N_("the field “%s” has too many different values to make groups of"), key);
	return NULL;
}

/* Which of `words` is object[name]; the first when it is not said. */
static int option_word(struct arena *a, const json_t *object, const char *name, const char *path,
                       const char *const *words, struct issues *issues)
{
	const char *text = json_str_or(object, name, words[0]);
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], text) == 0) return i;
	issues_add(issues, arena_printf(a, "%s.%s", path, name), N_("“%s” is not one of: %s"), text,
	           words[2] ? arena_printf(a, "%s, %s, %s", words[0], words[1], words[2])
	                    : arena_printf(a, "%s, %s", words[0], words[1]));
	return 0;
}

static enum date_step read_step(struct arena *a, const json_t *object, const char *path, struct issues *issues)
{
	static const char *const words[] = { "month", "year", NULL };
	return option_word(a, object, "step", path, words, issues) == 0 ? STEP_MONTH : STEP_YEAR;
}

static void read_map(struct arena *a, const json_t *map, struct view *view, struct issues *issues)
{
	view->map.place = option_field(a, map, "place", "map", places, view->form, issues);
	view->map.outlines = json_str(map, "outlines");
	view->map.source = label_from_json(a, json_object_get(map, "source"));
	if (view->map.outlines && *label_text(&view->map.source, LANG_FR) == '\0')
		issues_add(issues, "map.source", N_("outlines are shown with their source: say whose they are"));
}

static void read_timeline(struct arena *a, const json_t *timeline, struct view *view, struct issues *issues)
{
	view->timeline.date = option_field(a, timeline, "by", "timeline", dates, view->form, issues);
	view->timeline.step = read_step(a, timeline, "timeline", issues);
	view->timeline.descending = json_bool(timeline, "descending", false);
}

static void read_agenda_places(struct arena *a, const json_t *keys, struct view *view, struct issues *issues)
{
	const struct field **fields = arena_array(a, const struct field *, json_array_size(keys) + 1);
	for (size_t i = 0; i < json_array_size(keys); i++) {
		const char *key = json_string_value(json_array_get(keys, i));
		const struct field *field = key ? form_find(view->form, key) : NULL;
		if (field) fields[view->agenda.nplaces++] = field;
		else
			issues_add(issues, "agenda.places", N_("the form “%s” has no field “%s”"), view->form->key,
			           key ? key : "");
	}
	view->agenda.places = fields;
}

static void read_agenda(struct arena *a, const json_t *agenda, struct view *view, struct issues *issues)
{
	view->agenda.date = option_field(a, agenda, "by", "agenda", dates, view->form, issues);
	read_agenda_places(a, json_object_get(agenda, "places"), view, issues);
	view->agenda.with = json_object_get(agenda, "with");
	if (view->agenda.with && !json_is_array(view->agenda.with))
		issues_add(issues, "agenda.with", N_("the other views of an agenda are a list of their keys"));
}

static void read_chart(struct arena *a, const json_t *json, const char *path, const struct form *form,
                       struct view_chart *chart, struct issues *issues)
{
	static const char *const shapes[] = { "bars", "columns", "line", NULL };
	static const char *const measures[] = { "count", "sum", "mean", NULL };
	*chart = (struct view_chart){ .title = label_from_json(a, json_object_get(json, "title")) };
	chart->shape = (enum chart_shape)option_word(a, json, "shape", path, shapes, issues);
	chart->measure = (enum chart_measure)option_word(a, json, "measure", path, measures, issues);
	chart->by = option_field(a, json, "by", path, NULL, form, issues);
	chart->step = read_step(a, json, path, issues);
	if (chart->measure != CHART_COUNT) chart->of = option_field(a, json, "of", path, numbers, form, issues);
	if (*label_text(&chart->title, LANG_FR) == '\0')
		issues_add(issues, arena_printf(a, "%s.title", path), N_("the text “%s” is missing"), "title");
	if (chart->shape == CHART_LINE && chart->by && !has_type(chart->by, dates))
		issues_add(issues, arena_printf(a, "%s.shape", path), N_("a line follows time: its field is a date"));
}

static void read_charts(struct arena *a, const json_t *array, struct view *view, struct issues *issues)
{
	size_t count = json_array_size(array);
	if (count > VIEW_CHARTS) {
		issues_add(issues, "charts", N_("at most %d charts"), VIEW_CHARTS);
		return;
	}
	struct view_chart *charts = arena_array(a, struct view_chart, count + 1);
	for (size_t i = 0; i < count; i++)
		read_chart(a, json_array_get(array, i), arena_printf(a, "charts.%zu", i), view->form, &charts[i],
		           issues);
	view->charts = charts;
	view->ncharts = (int)count;
}

static void check_layout(struct arena *a, const json_t *definition, const struct view *view, const char *layout,
                         struct issues *issues)
{
	static const struct {
		const char *layout, *option;
	} needs[] = { { "map", "map" }, { "timeline", "timeline" }, { "agenda", "agenda" }, { "chart", "charts" } };
	int i = 0;
	while (known_layouts && known_layouts[i] && strcmp(known_layouts[i], layout) != 0) i++;
	if (known_layouts && known_layouts[i] == NULL)
		issues_add(issues, "layouts", N_("there is no layout “%s”"), layout);
	for (size_t j = 0; j < COUNT(needs); j++)
		if (strcmp(needs[j].layout, layout) == 0 && json_object_get(definition, needs[j].option) == NULL)
			issues_add(issues, arena_printf(a, "%s", needs[j].option),
			           N_("the layout “%s” needs “%s” in the view"), layout, needs[j].option);
	if (strcmp(layout, "gallery") == 0 && !form_takes_pictures(view->form))
		issues_add(issues, "layouts", N_("the layout “%s” needs pictures in the form"), layout);
}

void view_options_parse(struct arena *a, const json_t *definition, struct view *view, struct issues *issues)
{
	const json_t *map = json_object_get(definition, "map"), *timeline = json_object_get(definition, "timeline");
	if (json_object_get(definition, "group"))
		view->group = option_field(a, definition, "group", "", NULL, view->form, issues);
	if (map) read_map(a, map, view, issues);
	if (timeline) read_timeline(a, timeline, view, issues);
	if (json_object_get(definition, "agenda")) read_agenda(a, json_object_get(definition, "agenda"), view, issues);
	read_charts(a, json_object_get(definition, "charts"), view, issues);
	check_layout(a, definition, view, view->layout, issues);
	for (int i = 0; i < view->nlayouts; i++)
		if (strcmp(view->layouts[i], view->layout) != 0)
			check_layout(a, definition, view, view->layouts[i], issues);
}
