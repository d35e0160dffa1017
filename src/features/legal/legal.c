#include "features/legal/legal.h"

#include <string.h>

#include "base/json.h"

/* To add one: a row; a new part also wants its section in legal.html. */
const struct legal_field legal_fields[LEGAL_FIELDS] = {
	{ "publisher", LEGAL_PUBLISHER, N_("Who publishes the site"),
	  N_("The name of the association, of the public body, of the company or of the person."), LEGAL_REQUIRED, NULL,
	  NULL },
	{ "form", LEGAL_PUBLISHER, N_("Legal form"), N_("For instance: association of the law of 1901."), LEGAL_FREE,
	  NULL, NULL },
	{ "address", LEGAL_PUBLISHER, N_("Address of its seat"), NULL, LEGAL_REQUIRED, NULL, NULL },
	{ "phone", LEGAL_PUBLISHER, N_("Telephone number"), NULL, LEGAL_REQUIRED, NULL, NULL },
	{ "email", LEGAL_PUBLISHER, N_("E-mail address"), NULL, LEGAL_REQUIRED, NULL, NULL },
	{ "number", LEGAL_PUBLISHER, N_("Registration number"), N_("RNA, SIREN or other, when there is one."),
	  LEGAL_FREE, NULL, NULL },
	{ "director", LEGAL_DIRECTOR, N_("Who answers for what is published"),
	  N_("Name and office of the publication director; of an association, often who presides over it."),
	  LEGAL_REQUIRED, NULL, NULL },
	{ "host", LEGAL_HOST, N_("Who hosts the site"), N_("Whoever owns the machine it runs on."), LEGAL_REQUIRED,
	  NULL, NULL },
	{ "host_address", LEGAL_HOST, N_("Address of the host"), NULL, LEGAL_REQUIRED, NULL, NULL },
	{ "host_phone", LEGAL_HOST, N_("Telephone number of the host"), NULL, LEGAL_REQUIRED, NULL, NULL },
	{ "controller", LEGAL_PRIVACY, N_("Who is responsible for personal data"),
	  N_("When it is somebody else than who publishes the site."), LEGAL_FREE, NULL, NULL },
	{ "contact", LEGAL_PRIVACY, N_("Whom to write to about one’s data"),
	  N_("An e-mail or postal address; the data protection officer, when there is one."), LEGAL_REQUIRED, NULL,
	  NULL },
	{ "access", LEGAL_ACCESS, N_("Accessibility of the site"), N_("What an audit by the RGAA found."), LEGAL_WANTED,
	  "|none|partly|fully",
	  N_("Nothing is said|Accessibility: not compliant|Accessibility: partly compliant|Accessibility: fully "
	     "compliant") },
	{ "access_faults", LEGAL_ACCESS, N_("What is known to be in the way"),
	  N_("And when it will be mended. Shown on the page “Accessibility”."), LEGAL_FREE, NULL, NULL },
	{ "access_contact", LEGAL_ACCESS, N_("Whom to tell what is in the way"),
	  N_("An address, a telephone number, a place and hours."), LEGAL_WANTED, NULL, NULL },
	{ "team", LEGAL_TEAM, N_("Who looks after the site"),
	  N_("First names, where and when to meet them, how to write to them. Shown on the page “About”."),
	  LEGAL_WANTED, NULL, NULL },
};

void legal_read(const struct page *p, const char *ret[LEGAL_FIELDS])
{
	const json_t *said = model_setting(p->model, "legal");
	for (int i = 0; i < LEGAL_FIELDS; i++) ret[i] = json_str_or(said, legal_fields[i].key, "");
}

int legal_missing(const struct page *p, enum legal_need need)
{
	const char *said[LEGAL_FIELDS];
	int missing = 0;
	legal_read(p, said);
	for (int i = 0; i < LEGAL_FIELDS; i++) missing += legal_fields[i].need == need && *said[i] == '\0';
	return missing;
}

const char *legal_value(const struct page *p, const char *key)
{
	return json_str_or(model_setting(p->model, "legal"), key, "");
}

bool legal_says(const struct page *p, enum legal_part part)
{
	const char *said[LEGAL_FIELDS];
	legal_read(p, said);
	for (int i = 0; i < LEGAL_FIELDS; i++)
		if (legal_fields[i].part == part && *said[i]) return true;
	return false;
}

/* The nth piece between bars. */
static const char *piece(const struct page *p, const char *all, int n)
{
	while (n-- > 0 && (all = strchr(all, '|')) != NULL) all++;
	return all ? arena_strndup(p->arena, all, strcspn(all, "|")) : "";
}

const char *legal_shown(const struct page *p, const struct legal_field *field, const char *value)
{
	if (field->choices == NULL) return value;
	for (int i = 0; *piece(p, field->choices, i) || i == 0; i++)
		if (strcmp(piece(p, field->choices, i), value) == 0)
			return piece(p, tr(p->lang, field->choice_words), i);
	return "";
}
