/* What the templates of settings ask of C. */
#ifndef PARVIS_SETTING_PAGE_H
#define PARVIS_SETTING_PAGE_H

#include "core/audit.h"
#include "features/account/again.h"
#include "features/setting/setting_words.h"
#include "page/form.h"

/* One of the site's own settings that no page of its own shapes (a definition, core/definition.h), kept with all
 * its versions. */
struct site_setting {
	const char *key, *fallback;
	const char *label, *help;           /* message ids */
	const char *type;                   /* of the control: "text"; NULL: choices */
	const char *choices, *choice_words; /* separated by "|"; words as a message id */
	int max;                            /* characters */
	bool needed;
};
enum { SITE_SETTINGS = 5 };
extern const struct site_setting site_settings[SITE_SETTINGS];

/* A control of the page, of either kind. */
struct setting_control {
	const char *name, *label, *help;           /* in the reader's language */
	const char *type;                          /* "text", "password", "number"; NULL: choices */
	const char *value;                         /* as kept, or as typed; never a secret */
	const char *const *choices, *const *words; /* NULL-ended */
	const char *fixed;                         /* who else decides, in words; NULL: this page does */
	bool needed, kept;                         /* kept: a secret is there */
	bool later;                                /* counts at the next start only */
};

struct settings_view {
	const struct setting_control *site, *own[GROUP_COUNT]; /* ends with a NULL name */
	const struct audit_entry *changes;
	int nchanges;
	const char *address; /* of the reader, where a test letter goes; "": she has none */
	const struct again *again;
	const char *failure; /* of the test letter, in the mail server's words; NULL: none */
	bool spooled;
};

const char *setting_group_words(enum setting_group group); /* message id */
/* "Mail server: smtp://…" */
const char *setting_change_words(const struct page *p, const struct audit_entry *entry);
const char *setting_changed_by(const struct page *p, const struct audit_entry *entry);

#endif
