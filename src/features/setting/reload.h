/* Settings read again while the site runs (SIGHUP): what can change does, the rest is named in the log. */
#ifndef PARVIS_RELOAD_H
#define PARVIS_RELOAD_H

#include "features/setting/config.h"
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

/* The one that the site is served with; NULL: none any more. */
void reload_use(struct reload *reload);
/* Settings were written: they are read again in a moment. From any thread. */
void reload_ask(void);
/* Does a new value count at once, or at the next start? */
bool reload_is_live(enum setting setting);

#endif
