#include <string.h>

#include "core/form.h"
#include "views/agenda.h"
#include "views/agenda.html.h"
#include "views/cards.html.h"
#include "views/charts.h"
#include "views/charts.html.h"
#include "views/gallery.html.h"
#include "views/group.h"
#include "views/list.html.h"
#include "views/map.h"
#include "views/map.html.h"
#include "views/table.html.h"
#include "views/timeline.h"
#include "views/timeline.html.h"
#include "views/view_type.h"

static const struct view_type cards = {
	"cards",        "cartes",      N_("Cards"),        "layout-grid",
	.groups = true, .sorts = true, .load = group_page, .render = cards_render,
};
static const struct view_type list = {
	"list", "liste", N_("List"), "list", .groups = true, .sorts = true, .load = group_page, .render = list_render,
};
static const struct view_type table = {
	"table",        "tableau",     N_("Table"),        "table",
	.groups = true, .sorts = true, .load = group_page, .render = table_render,
};
static bool has_pictures(const struct view *view)
{
	return form_takes_pictures(view->form);
}

static const struct view_type gallery = {
	"gallery",
	"galerie",
	N_("Gallery"),
	"images",
	.groups = true,
	.sorts = true,
	.fits = has_pictures,
	.load = group_page,
	.render = gallery_render,
};
static const struct view_type map = {
	"map", "carte", N_("Map"), "map", .sorts = true, .fits = map_fits, .load = map_load, .render = map_render,
};
static const struct view_type timeline = {
	"timeline",
	"frise",
	N_("Timeline"),
	"history",
	.fits = timeline_fits,
	.load = timeline_load,
	.render = timeline_render,
};

static const struct view_type agenda = {
	"agenda",
	"agenda",
	N_("Agenda"),
	"calendar-days",
	.fits = agenda_fits,
	.load = agenda_load,
	.render = agenda_render,
};

static const struct view_type chart = {
	"chart",
	"graphique",
	N_("Charts"),
	"chart-column",
	.fits = charts_fit,
	.load = charts_load,
	.render = charts_render,
};

const struct view_type *const view_types[] = {
	&cards, &list, &table, &gallery, &map, &timeline, &agenda, &chart, NULL
};
const char *const view_type_names[] = {
	"cards", "list", "table", "gallery", "map", "timeline", "agenda", "chart", NULL
};

const struct view_type *view_type_find(const struct view *view, const char *name)
{
	for (const struct view_type *const *type = view_types; *type; type++) {
		if (strcmp((*type)->name, name) != 0 && strcmp((*type)->word, name) != 0) continue;
		return (*type)->fits == NULL || (*type)->fits(view) ? *type : view_types[0];
	}
	return view_types[0];
}
