/* Settings in the browser. */
#ifndef PARVIS_SETTING_WEB_H
#define PARVIS_SETTING_WEB_H

#include "features/account/again.h"
#include "features/setting/setting_page.h"
#include "web/route.h"

extern const struct feature setting_feature;

/* What the page shows again after a mistake. */
struct setting_typing {
	struct request *r;
	struct config config; /* as kept, or as typed */
	const char *site[SITE_SETTINGS];
	struct issues issues;
	struct again again; /* who changes one shows again who she is */
	const char *failure;
};
/* As kept. */
enum code setting_begin(struct request *r, struct setting_typing *t, struct err *err) MUST;
enum code setting_show(struct setting_typing *t, struct err *err) MUST;

/* Handlers of the other files of this folder, for the table. */
enum code site_settings_post(struct request *r, struct err *err);
enum code test_letter_post(struct request *r, struct err *err);

#endif
