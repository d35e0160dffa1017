#include <string.h>

#include "core/audit.h"

/* To add one: a row, and one call of audit_note in the write that does it. */
const struct audit_action audit_actions[] = {
	{ "sign-in", AUDIT_ENTRY, N_("Signed in") },
	{ "sign-in.fail", AUDIT_ENTRY, N_("Sign-in refused: wrong password or address") },
	{ "sign-in.code-fail", AUDIT_ENTRY, N_("Sign-in refused: wrong code of the second step") },
	{ "sign-out.others", AUDIT_ENTRY, N_("Other browsers signed out") },
	{ "person.add", AUDIT_PEOPLE, N_("Account opened") },
	{ "person.level", AUDIT_PEOPLE, N_("Role on the site") },
	{ "person.block", AUDIT_PEOPLE, N_("Account blocked") },
	{ "person.unblock", AUDIT_PEOPLE, N_("Account open again") },
	{ "person.name", AUDIT_PEOPLE, N_("Name changed") },
	{ "person.email", AUDIT_PEOPLE, N_("E-mail address changed") },
	{ "person.password", AUDIT_PEOPLE, N_("Password changed") },
	{ "person.temporary", AUDIT_PEOPLE, N_("Temporary password given") },
	{ "person.member", AUDIT_PEOPLE, N_("Role in a space") },
	{ "person.leave", AUDIT_PEOPLE, N_("No longer in a space") },
	{ "person.accept", AUDIT_PEOPLE, N_("Account accepted") },
	{ "person.refuse", AUDIT_PEOPLE, N_("Account refused") },
	{ "person.second-step", AUDIT_PEOPLE, N_("Second step turned on") },
	{ "person.second-step-end", AUDIT_PEOPLE, N_("Second step turned off") },
	{ "person.data", AUDIT_PEOPLE, N_("Data asked for") },
	{ "person.erase", AUDIT_PEOPLE, N_("Account erased") },
	{ "person.erase-refuse", AUDIT_PEOPLE, N_("Erasure refused") },
	{ "person.card", AUDIT_PEOPLE, N_("Card given") },
	{ "person.card-end", AUDIT_PEOPLE, N_("Card cancelled") },
	{ "minor.agree", AUDIT_PEOPLE, N_("A parent agreed to an account") },
	{ "minor.refuse", AUDIT_PEOPLE, N_("A parent did not agree to an account") },
	{ "space.invite", AUDIT_PEOPLE, N_("Invitation made") },
	{ "space.invite-end", AUDIT_PEOPLE, N_("Invitation ended") },
	{ "space.make", AUDIT_PEOPLE, N_("Space made") },
	{ "space.settings", AUDIT_PEOPLE, N_("Space changed") },
	{ "space.refuse", AUDIT_PEOPLE, N_("Request to join refused") },
	{ "space.hand-over", AUDIT_PEOPLE, N_("Space handed over") },
	{ "space.sleep", AUDIT_PEOPLE, N_("Space put to sleep") },
	{ "space.archive", AUDIT_PEOPLE, N_("Space archived") },
	{ "space.wake", AUDIT_PEOPLE, N_("Space woken") },
	{ "space.delete", AUDIT_PEOPLE, N_("Space taken away") },
	{ "setting.change", AUDIT_SETTINGS, N_("Setting changed") },
	{ "terms.publish", AUDIT_SETTINGS, N_("Text to accept published") },
	{ "setting.save", AUDIT_SETTINGS, N_("What the site says of itself changed") },
	{ "setting.delete", AUDIT_SETTINGS, N_("What the site says of itself taken away") },
	{ "form.save", AUDIT_MODEL, N_("Form saved") },
	{ "form.delete", AUDIT_MODEL, N_("Form taken away") },
	{ "view.save", AUDIT_MODEL, N_("View or kept list saved") },
	{ "view.delete", AUDIT_MODEL, N_("View or kept list taken away") },
	{ "list.save", AUDIT_MODEL, N_("List of choices saved") },
	{ "list.delete", AUDIT_MODEL, N_("List of choices taken away") },
	{ "calendar.add", AUDIT_MODEL, N_("Calendar of elsewhere followed") },
	{ "calendar.remove", AUDIT_MODEL, N_("Calendar of elsewhere no longer followed") },
	{ "template.save", AUDIT_MODEL, N_("Template saved") },
	{ "template.delete", AUDIT_MODEL, N_("Template taken away") },
	{ "reader.name", AUDIT_PEOPLE, N_("Named to read what is confidential") },
	{ "reader.remove", AUDIT_PEOPLE, N_("No longer reads what is confidential") },
	{ "reader.narrow", AUDIT_PEOPLE, N_("Page given readers of its own") },
	{ "reader.widen", AUDIT_PEOPLE, N_("Page given back to all the readers of its form") },
	{ "care.take", AUDIT_CONTENT, N_("Taken up") },
	{ "care.hand-over", AUDIT_CONTENT, N_("Handed over") },
	{ "care.offer", AUDIT_CONTENT, N_("Offered to others") },
	{ "care.keep", AUDIT_CONTENT, N_("Said to go on") },
	{ "care.sleep", AUDIT_CONTENT, N_("Put to sleep") },
	{ "care.wake", AUDIT_CONTENT, N_("Woken") },
	{ "care.leave", AUDIT_CONTENT, N_("No longer looked after by this person") },
	{ "record.delete", AUDIT_CONTENT, N_("Page deleted for ever") },
	{ "record.erase", AUDIT_CONTENT, N_("Page erased for ever") },
	{ "record.erase-version", AUDIT_CONTENT, N_("Version of a page erased for ever") },
	{ "proposal.refuse", AUDIT_CONTENT, N_("Proposal not published yet") },
	{ "shareable.ask", AUDIT_CONTENT, N_("Agreement asked for a shareable version") },
	{ "shareable.voice", AUDIT_CONTENT, N_("Agreement given by voice noted") },
	{ "shareable.publish", AUDIT_CONTENT, N_("Shareable version published") },
	{ "shareable.withdraw", AUDIT_CONTENT, N_("Shareable version taken back") },
	{ "thread.close", AUDIT_CONTENT, N_("Comments closed") },
	{ "thread.pin", AUDIT_CONTENT, N_("Discussion pinned") },
	{ "thread.unpin", AUDIT_CONTENT, N_("Discussion no longer pinned") },
	{ "thread.split", AUDIT_CONTENT, N_("Comment split off into a topic") },
	{ "thread.open", AUDIT_CONTENT, N_("Comments open again") },
	{ "measure.decide", AUDIT_MODERATION, N_("Decision about a page or a person") },
	{ "measure.answer", AUDIT_MODERATION, N_("Answer to an appeal") },
	{ "recognition.thank", AUDIT_CONTENT, N_("Thanks of a year sent") },
	{ "import.wordpress", AUDIT_DATA, N_("WordPress export brought in") },
	{ "import.undo", AUDIT_DATA, N_("What an import brought taken back") },
	{ "export.list", AUDIT_DATA, N_("List exported") },
	{ "space.archive-ask", AUDIT_DATA, N_("Archive of a space asked for") },
	{ "space.archive-take", AUDIT_DATA, N_("Archive of a space taken") },
	{ "export.signups", AUDIT_DATA, N_("List of who comes to an event taken") },
	{ "export.readings", AUDIT_DATA, N_("Journal of readings exported") },
	{ "export.audit", AUDIT_DATA, N_("This log exported") },
	{ "audit.purge", AUDIT_DATA, N_("Old rows of this log deleted") },
	{ "backup.ask", AUDIT_DATA, N_("Backup asked for") },
	{ "backup.download", AUDIT_DATA, N_("Backup downloaded") },
	{ "backup.test", AUDIT_DATA, N_("Test of a backup asked for") },
	{ "backup.delete", AUDIT_DATA, N_("Backup deleted") },
	{ "check.ask", AUDIT_DATA, N_("Check of the data asked for") },
	{ "letter.test", AUDIT_WORK, N_("Test letter sent") },
	{ "letter.again", AUDIT_WORK, N_("Letter tried again") },
	{ "letter.drop", AUDIT_WORK, N_("Letter given up") },
	{ "job.again", AUDIT_WORK, N_("Work tried again") },
	{ "job.drop", AUDIT_WORK, N_("Work given up") },
	{ NULL, AUDIT_GROUPS, NULL },
};

const struct audit_action *audit_action(const char *name)
{
	for (const struct audit_action *row = audit_actions; row->action; row++)
		if (strcmp(row->action, name) == 0) return row;
	return NULL;
}

const char *audit_words(const char *name)
{
	const struct audit_action *row = audit_action(name);
	return row ? row->words : name;
}

const char *audit_group_words(enum audit_group group)
{
	static const char *const words[AUDIT_GROUPS] = {
		[AUDIT_ENTRY] = N_("Signing in"),
		[AUDIT_PEOPLE] = N_("People and their roles"),
		[AUDIT_SETTINGS] = N_("Settings"),
		[AUDIT_MODEL] = N_("Forms, lists and views"),
		[AUDIT_CONTENT] = N_("Pages"),
		[AUDIT_MODERATION] = N_("Moderation"),
		[AUDIT_DATA] = N_("Exports and backups"),
		[AUDIT_WORK] = N_("Letters and work in the background"),
	};
	return words[group];
}
