#include "web/notice.h"

#include <string.h>

/* To add one: a row, and its name in request_redirect. */
static const struct notice notices[] = {
	{ "cree", NOTICE_SUCCESS, N_("It is online. Thank you! You can still correct it.") },
	{ "enregistre", NOTICE_SUCCESS, N_("Your correction is online. The earlier version stays in the history.") },
	{ "inchange", NOTICE_INFO, N_("Nothing had changed: nothing was saved.") },
	{ "reuni", NOTICE_SUCCESS,
	  N_("Somebody else was correcting this at the same time: both corrections have been kept.") },
	{ "deux-versions", NOTICE_WARNING,
	  N_("Somebody else has just changed the same place. Both versions are kept; choose one or write a third.") },
	{ "restaure", NOTICE_SUCCESS, N_("The earlier version is back. Nothing was lost from the history.") },
	{ "corbeille", NOTICE_SUCCESS, N_("It is in the trash for 30 days. A facilitator can take it out.") },
	{ "sorti", NOTICE_SUCCESS, N_("It is out of the trash and visible again.") },
	{ "bienvenue", NOTICE_SUCCESS, N_("You are signed in.") },
	{ "au-revoir", NOTICE_SUCCESS, N_("You are signed out.") },
	{ "compte", NOTICE_SUCCESS, N_("Your account is up to date.") },
	{ "membre", NOTICE_SUCCESS, N_("The list of members is up to date.") },
	{ "pret", NOTICE_SUCCESS, N_("The site is ready. You are its administrator.") },
};

const struct notice *notice_find(const char *name)
{
	for (size_t i = 0; i < COUNT(notices); i++)
		if (strcmp(notices[i].name, name) == 0) return &notices[i];
	return NULL;
}
