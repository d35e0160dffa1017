#include "features/admin/admin_page.h"

/* To add one: a row. */
const struct admin_door admin_doors[] = {
	{ "/-/moderation", "flag", N_("Moderation"), N_("Reported pages, and answers to decisions."), false },
	{ "/-/proposals", "hourglass", N_("What waits for a yes"), N_("Pages that people propose."), false },
	{ "/-/minors", "hourglass", N_("Accounts that wait for a parent"),
	  N_("Children who come to a desk with a parent."), false },
	{ "/-/trash", "trash-2", N_("Trash"), N_("Pages that can still come back, and go after 30 days."), false },
	{ "/-/people", "users", N_("People and roles"), N_("Accounts, roles, members of each space."), true },
	{ "/-/forms", "clipboard-list", N_("Forms"), N_("What is asked about each kind of page."), true },
	{ "/-/site", "palette", N_("Home page, menu, name and colour"), N_("What people see first."), true },
	{ "/-/admin/settings", "settings", N_("Settings"),
	  N_("Who opens accounts, the site’s address, its mail server, its backups."), true },
	{ "/-/letters", "mail", N_("Letters"), N_("What the site wrote by e-mail, and what could not leave."), true },
	{ "/-/admin/backups", "save", N_("Backups"), N_("Copies of the whole site: made, tried, taken away."), true },
	{ "/-/admin/check", "stethoscope", N_("Check of the data"), N_("Is everything as it was written?"), true },
	{ "/-/admin/disk", "folder", N_("Disk"), N_("What takes room, and how much is left."), true },
	{ "/-/admin/jobs", "clock", N_("Work in the background"), N_("What the site does by itself, and what failed."),
	  true },
	{ "/-/admin/legal", "info", N_("Legal notice"),
	  N_("Who publishes the site, who hosts it, whom to write to about data."), true },
	{ "/-/admin/terms", "file-text", N_("Texts to accept"),
	  N_("Conditions of use and other agreements: versions, and who accepted them."), true },
	{ "/-/admin/register", "shield", N_("Register of processing"),
	  N_("What the site does with personal data, and for how long."), true },
	{ "/-/admin/audit", "list-checks", N_("Log"), N_("Who did what: signing in, roles, settings, exports."), true },
	{ 0 },
};
