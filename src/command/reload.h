/* Settings read again while the site runs (SIGHUP): what can change does, the rest is named in the log. */
#ifndef PARVIS_RELOAD_H
#define PARVIS_RELOAD_H

#include "command/config.h"
#include "net/server.h"
#include "web/web.h"

struct reload {
	const char *dir;
	struct arena *arena;  /* keeps the settings as long as the site is served */
	struct config config; /* those in force, and those that wait for the next start */
	struct server *server;
	struct web *web;
};

/* On the server's loop. A mistake leaves everything as it was, and is logged. */
void reload_settings(struct reload *reload);

#endif
