/* Sign-ups that a demo brings, of invented people: names alone, which are nobody's account. */
#ifndef PARVIS_PRESET_SIGNUP_H
#define PARVIS_PRESET_SIGNUP_H

#include "features/import/import.h"

/* A CSV with the columns "event" (the title), "name", "adults", "children" and "came" (empty: not noted), in the order in
 * which people signed up; of what comes back, the next date. Whoever does not fit waits. Nothing is added where there are
 * some already: those rows are unchanged. `form`: the key of what they sign up to. */
enum code preset_signups(struct site *site, struct arena *a, const char *form, const char *text, size_t len,
                         struct import_report *report, struct err *err) MUST;

#endif
