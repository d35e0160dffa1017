/* What became of a menu, a home page, the name of the site; and the way back. */
#ifndef PARVIS_FRONT_HISTORY_H
#define PARVIS_FRONT_HISTORY_H

#include "core/definition.h"
#include "features/front/front.h"

enum { FRONT_VERSIONS = 50 /* shown */, FRONT_SETTINGS = 3 };

struct front_setting_history {
	const char *name, *label;
	struct definition_version *versions; /* the newest first */
	int n;
	bool present; /* the newest is how it is now; else it was taken away since */
};

struct front_history {
	const struct front *f;
	const char *what; /* of the address: "menu", "home", "identity" */
	struct front_setting_history settings[FRONT_SETTINGS];
	int n;
};

/* What a version says, one line each; NULL after the last. */
const char *const *front_version_words(const struct page *p, const char *setting, const json_t *body);
const char *front_version_url(const struct page *p, const struct front_history *h,
                              const struct front_setting_history *s, const struct definition_version *version);

#endif
