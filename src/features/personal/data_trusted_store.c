/* What you were trusted with, and what was decided: of you, and by you. */
#include "features/personal/data_section.h"

#include "core/audit.h"
#include "core/reading.h"
#include "features/moderation/moderation_page.h"

static const char *measure_said(int kind)
{
	return kind >= 0 && kind < MEASURE_KINDS ? measure_words((enum measure_kind)kind) : "";
}

static const char *way_said(int way)
{
	return way_words((enum way)way);
}

const struct data_section data_trusted[] = {
	{ .key = "looked_after",
	  .title = N_("What you look after"),
	  .tables = "keeper",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT CASE WHEN kind = 2 THEN num ELSE 0 END, (SELECT d.key FROM definition d WHERE kind = 1 AND d.num = "
	         "keeper.num), created FROM keeper WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "form", .label = N_("Form") },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME } } },
	{ .key = "confidential",
	  .title = N_("Confidential pages that you read"),
	  .tables = "reader",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT d.key, MIN(r.created), MAX(r.until) FROM reader r JOIN definition d ON d.num = r.form WHERE "
	         "r.person = $1 GROUP BY d.key ORDER BY d.key",
	  .columns = { { .key = "form", .label = N_("Form") },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME },
	               { .key = "until", .label = N_("Until"), .kind = DATA_TIME } } },
	{ .key = "readings",
	  .title = N_("What you read of them"),
	  .tables = "reading",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT g.at, d.key, g.way FROM reading g JOIN definition d ON d.num = g.form WHERE g.person = $1 ORDER "
	         "BY g.at",
	  .columns = { { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "form", .label = N_("Form") },
	               { .key = "way", .label = N_("Which way"), .kind = DATA_WORDS, .words = way_said } } },
	{ .key = "measures",
	  .title = N_("What was decided about you"),
	  .tables = "measure",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT kind, title, rule, reason, created, ended, appeal, answer FROM measure WHERE person = $1 "
	         "ORDER BY created",
	  .columns = { { .key = "kind", .label = N_("Decision"), .kind = DATA_WORDS, .words = measure_said },
	               { .key = "page", .label = N_("Page") },
	               { .key = "rule", .label = N_("Rule") },
	               { .key = "reason", .label = N_("Reason") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "ended", .label = N_("Ended"), .kind = DATA_TIME },
	               { .key = "appeal", .label = N_("Your answer") },
	               { .key = "answer", .label = N_("What was said to it") } } },
	{ .key = "decisions",
	  .title = N_("What you decided about others"),
	  .tables = "measure",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT kind, reason, created FROM measure WHERE decider = $1 ORDER BY created",
	  .columns = { { .key = "kind", .label = N_("Decision"), .kind = DATA_WORDS, .words = measure_said },
	               { .key = "reason", .label = N_("Reason") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "forms",
	  .title = N_("Forms, lists and settings you changed"),
	  .tables = "definition_version",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT d.key, v.version, v.created FROM definition_version v JOIN definition d ON d.num = "
	         "v.definition WHERE "
	         "v.actor = $1 ORDER BY v.created",
	  .columns = { { .key = "key", .label = N_("Name") },
	               { .key = "version", .label = N_("Version"), .kind = DATA_NUMBER },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "deeds",
	  .title = N_("What you did to accounts and settings"),
	  .tables = "audit",
	  .by = DATA_BY_ID,
	  .sql = "SELECT action, at FROM audit WHERE actor = $1 ORDER BY num",
	  .columns = { { .key = "change", .label = N_("Change"), .kind = DATA_NAMED, .named = audit_words },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "parents_noted",
	  .title = N_("Agreements of parents that you noted"),
	  .tables = "minor",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT agreed FROM minor WHERE noted_by = $1 ORDER BY agreed",
	  .columns = { { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "terms_published",
	  .title = N_("Texts to accept that you published"),
	  .tables = "terms_version",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT title, version, created FROM terms_version WHERE actor = $1 ORDER BY created",
	  .columns = { { .key = "title", .label = N_("Title") },
	               { .key = "version", .label = N_("Version"), .kind = DATA_NUMBER },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "consents_noted",
	  .title = N_("Agreements given by voice that you noted"),
	  .tables = "consent",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT day, answered FROM consent WHERE noted_by = $1 ORDER BY num",
	  .columns = { { .key = "day", .label = N_("Day") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ 0 },
};
