/* An icon of the site's set (page/icon.h), by its name. Option: choices (the names offered). */
#include "page/icon.h"

#include "fields/choice.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"

/* Those that mean something; the arrows and crosses of buttons are not for people's records. In the order
 * of the list: places, people and life, things done, signs. */
static const struct own_choice icons[] = {
	{ .key = "map-pin", .label = N_("Place") },
	{ .key = "house", .label = N_("House") },
	{ .key = "building-2", .label = N_("Building") },
	{ .key = "landmark", .label = N_("Town hall, monument") },
	{ .key = "school", .label = N_("School") },
	{ .key = "theater", .label = N_("Theatre") },
	{ .key = "trees", .label = N_("Park, trees") },
	{ .key = "map", .label = N_("Map") },
	{ .key = "globe", .label = N_("World") },
	{ .key = "bus", .label = N_("Bus") },
	{ .key = "bike", .label = N_("Bicycle") },
	{ .key = "user", .label = N_("Person") },
	{ .key = "users", .label = N_("Group of people") },
	{ .key = "baby", .label = N_("Small child") },
	{ .key = "accessibility", .label = N_("Accessible to all") },
	{ .key = "graduation-cap", .label = N_("Studies") },
	{ .key = "briefcase", .label = N_("Work") },
	{ .key = "stethoscope", .label = N_("Health") },
	{ .key = "life-buoy", .label = N_("Help") },
	{ .key = "heart", .label = N_("Heart") },
	{ .key = "handshake", .label = N_("Agreement, partners") },
	{ .key = "hand-helping", .label = N_("Helping hand") },
	{ .key = "scale", .label = N_("Rights, justice") },
	{ .key = "vote", .label = N_("Vote") },
	{ .key = "utensils", .label = N_("Meal") },
	{ .key = "shopping-basket", .label = N_("Shopping") },
	{ .key = "euro", .label = N_("Money") },
	{ .key = "gift", .label = N_("Gift") },
	{ .key = "music", .label = N_("Music") },
	{ .key = "palette", .label = N_("Arts") },
	{ .key = "camera", .label = N_("Photograph") },
	{ .key = "book-open", .label = N_("Reading") },
	{ .key = "newspaper", .label = N_("News") },
	{ .key = "megaphone", .label = N_("Announcement") },
	{ .key = "message-circle", .label = N_("Talk") },
	{ .key = "lightbulb", .label = N_("Idea") },
	{ .key = "sprout", .label = N_("Project that grows") },
	{ .key = "leaf", .label = N_("Nature") },
	{ .key = "recycle", .label = N_("Reuse") },
	{ .key = "hammer", .label = N_("Building work") },
	{ .key = "wrench", .label = N_("Repair") },
	{ .key = "laptop", .label = N_("Computer") },
	{ .key = "monitor", .label = N_("Screen") },
	{ .key = "network", .label = N_("Network") },
	{ .key = "printer", .label = N_("Printing") },
	{ .key = "phone", .label = N_("Telephone") },
	{ .key = "mail", .label = N_("Letter") },
	{ .key = "calendar", .label = N_("Calendar") },
	{ .key = "clock", .label = N_("Time") },
	{ .key = "ticket", .label = N_("Ticket") },
	{ .key = "key", .label = N_("Key") },
	{ .key = "shield", .label = N_("Protection") },
	{ .key = "flag", .label = N_("Flag") },
	{ .key = "star", .label = N_("Star") },
	{ .key = "sun", .label = N_("Sun") },
	{ .key = "moon", .label = N_("Moon") },
	{ .key = "info", .label = N_("Information") },
	{ .key = "triangle-alert", .label = N_("Warning") },
	{ 0 },
};

static void icon_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	icon_named(out, p, value_str(value), choice_key_label(field, value_str(value), p));
}

static void icon_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	icon_picker(out, p, field, value_str(value));
}

static bool icon_grouped(const struct field *field)
{
	(void)field;
	return true;
}

static const struct type_option icon_options[] = {
	{ "choices", OPTION_OFFERED, N_("Those that are offered"), N_("None ticked: all."), 0, 0, false },
	{ 0 },
};

const struct field_type field_icon_type = {
	.name = "icon",
	.label = N_("An icon"),
	.description = N_("An icon of the site"),
	.icon = "star",
	.options = icon_options,
	.choices = icons,
	.read = choice_read,
	.import = choice_import,
	.check = choice_check,
	.show = icon_show,
	.edit = icon_edit,
	.grouped = icon_grouped,
	.text = choice_text,
	.export = value_text_string,
	.index = choice_index,
	.key = choice_key,
	.key_label = choice_key_label,
	.facet = true,
};
