/* Under which terms something is shared: an identifier of the SPDX licence list (https://spdx.org/licenses/),
 * or one of SPDX's own form LicenseRef-… where there is none. Option: choices (the identifiers offered). */
#include <string.h>

#include "fields/choice.h"
#include "fields/fields.h"
#include "fields/inputs.html.h"

#define RESERVED "LicenseRef-all-rights-reserved"

/* What texts, pictures and data are shared under. To add one: a row here and one in `links`. */
static const struct own_choice licences[] = {
	{ .key = "CC-BY-SA-4.0", .label = N_("Name the author, share alike (CC BY-SA 4.0)") },
	{ .key = "CC-BY-4.0", .label = N_("Name the author (CC BY 4.0)") },
	{ .key = "CC0-1.0", .label = N_("No conditions (CC0 1.0)") },
	{ .key = "CC-PDM-1.0", .label = N_("In the public domain") },
	{ .key = "CC-BY-NC-SA-4.0", .label = N_("Name the author, share alike, no trade (CC BY-NC-SA 4.0)") },
	{ .key = "LAL-1.3", .label = N_("Free Art Licence 1.3") },
	{ .key = "GFDL-1.3-or-later", .label = N_("GNU Free Documentation Licence 1.3 or later") },
	{ .key = "ODbL-1.0", .label = N_("Open data, share alike (ODbL 1.0)") },
	{ .key = "etalab-2.0", .label = N_("French Open Licence 2.0 (Etalab)") },
	{ .key = RESERVED, .label = N_("All rights reserved: ask before using it") },
	{ 0 },
};

static const struct {
	const char *key, *url;
} links[] = {
	{ "CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/" },
	{ "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/" },
	{ "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/" },
	{ "CC-PDM-1.0", "https://creativecommons.org/publicdomain/mark/1.0/" },
	{ "CC-BY-NC-SA-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/" },
	{ "LAL-1.3", "https://artlibre.org/" },
	{ "GFDL-1.3-or-later", "https://www.gnu.org/licenses/fdl-1.3.html" },
	{ "ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/" },
	{ "etalab-2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/" },
};

static const char *link_of(const char *key)
{
	for (size_t i = 0; i < COUNT(links); i++)
		if (strcmp(links[i].key, key) == 0) return links[i].url;
	return NULL;
}

static void licence_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	html_text_str(out, choice_key_label(field, value_str(value), p));
}

static void licence_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const char *url = link_of(value_str(value));
	if (url) licence_link(out, p, url, choice_key_label(field, value_str(value), p));
	else licence_brief(out, p, field, value);
}

static const struct type_option licence_options[] = {
	{ "choices", OPTION_OFFERED, N_("Those that are offered"), N_("None ticked: all."), 0, 0, false },
	{ 0 },
};

const struct field_type field_licence = {
	.name = "licence",
	.means = EXPRESSION_CHOICE,
	.label = N_("A licence"),
	.description = N_("The licence under which something is shared"),
	.icon = "scale",
	.options = licence_options,
	.choices = licences,
	.read = choice_read,
	.import = choice_import,
	.check = choice_check,
	.show = licence_show,
	.brief = licence_brief,
	.edit = choice_edit,
	.grouped = choice_grouped,
	.text = choice_text,
	.export = value_text_string,
	.index = choice_index,
	.key = choice_key,
	.key_label = choice_key_label,
	.facet = true,
};
