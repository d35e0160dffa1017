/* Figures of the site for its administrators. */
#ifndef PARVIS_ADMIN_STORE_H
#define PARVIS_ADMIN_STORE_H

#include "store/job.h"

/* Administrators who may sign in; kinds of work that come back and failed last time. */
enum code admin_count(struct db *db, int *administrators, int *failing, struct err *err) MUST;

/* What takes room: a file, with a record that holds it. */
struct big_file {
	struct hash hash;
	int64_t size;
	const char *type;
	int64_t record; /* number; 0: none any more */
};
enum code admin_big_files(struct db *db, struct arena *a, int limit, struct big_file **ret, int *n,
                          struct err *err) MUST;

/* A form: its records, and the bytes of the files that they hold. */
struct form_room {
	int64_t form, records, bytes;
};
enum code admin_form_room(struct db *db, struct arena *a, struct form_room **ret, int *n, struct err *err) MUST;

/* What came since then. */
struct growth {
	int64_t records, files, bytes;
};
enum code admin_growth(struct db *db, int64_t since, struct growth *ret, struct err *err) MUST;

#endif
