#include "features/check/check.h"

#include <stdio.h>

#include "base/clock.h"
#include "core/person.h"

/* Known to lose or damage data; Debian's packages may hold the correction under an older number. */
static const struct known_bug {
	int from, to; /* as 3045001 for 3.45.1 */
	const char *what;
} known_bugs[] = {
	{ 3007000, 3051002,
	  N_("may damage the database when two connections write and empty the log at once; here only one ever "
	     "does") },
};

static int version_number(const char *version)
{
	int major = 0, minor = 0, patch = 0;
	sscanf(version, "%d.%d.%d", &major, &minor, &patch);
	return major * 1000000 + minor * 1000 + patch;
}

static enum code check_sqlite(struct checking *c, struct err *err)
{
	(void)err;
	const char *version = store_sqlite_version();
	c->note = arena_printf(c->arena, "SQLite %s", version);
	for (size_t i = 0; i < COUNT(known_bugs); i++)
		if (version_number(version) >= known_bugs[i].from && version_number(version) <= known_bugs[i].to)
			c->note = arena_printf(c->arena, "%s: %s", c->note, tr(c->lang, known_bugs[i].what));
	return OK;
}

/* About 250 ms is the aim: less is easier to guess, more makes people wait. */
static enum code check_passwords(struct checking *c, struct err *err)
{
	const char *hash;
	int64_t start = clock_monotonic();
	TRY(password_hash(c->arena, "correct horse battery staple", &hash, err));
	int64_t took = clock_monotonic() - start;
	c->note = arena_printf(c->arena, tr(c->lang, N_("%lld ms each")), (long long)took);
	return OK;
}

const struct check checks[] = {
	{ "sqlite", N_("The version of SQLite is known"), check_sqlite, false },
	{ "database", N_("The database is sound"), check_database, false },
	{ "objects", N_("Every revision reads back as it was written"), check_objects, false },
	{ "index", N_("Records and all that they are found by follow from their revisions"), check_index, true },
	{ "files", N_("Every file has the content of its name"), check_files, false },
	{ "audit", N_("The chain of who did what is whole"), check_audit, false },
	{ "erasures", N_("What was erased stays erased"), check_erasures, false },
	{ "passwords", N_("Passwords take time to try"), check_passwords, false },
	{ 0 },
};

void check_found(struct checking *c, const char *msg, ...)
{
	va_list ap;
	va_start(ap, msg);
	if (c->wrong < CHECK_FINDINGS) err_vset(&c->findings[c->wrong], E_IO, msg, ap);
	va_end(ap);
	c->wrong++;
}

int64_t check_run(const struct check *check, struct checking *c)
{
	struct err err;
	c->note = NULL;
	c->wrong = 0;
	if (check->run(c, &err) != OK) {
		if (c->wrong < CHECK_FINDINGS) c->findings[c->wrong] = err;
		c->wrong++;
	}
	store_read_end(c->store); /* should it have left a snapshot open */
	return c->wrong;
}
