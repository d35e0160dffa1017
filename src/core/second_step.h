/*
 * The second step of signing in: besides what she knows, a code of her telephone (core/totp.h), or one of eight
 * spare codes for the day it is lost. A code serves once.
 */
#ifndef PARVIS_SECOND_STEP_H
#define PARVIS_SECOND_STEP_H

#include "core/person.h"
#include "core/totp.h"

/* A spare code is ten letters and digits, "kq2xm-0d9rt". */
enum { SPARE_CODES = 8, SPARE_TEXT = 11 };

enum code second_step_due(struct db *db, int64_t person, bool *ret, struct err *err) MUST;
/* From now on; `spare` gets the codes, which are kept as hashes only. */
enum code second_step_begin(struct tx *tx, struct arena *a, int64_t person, const uint8_t secret[static TOTP_SECRET],
                            char spare[SPARE_CODES][SPARE_TEXT + 1], struct err *err) MUST;
enum code second_step_end(struct tx *tx, int64_t person, struct err *err) MUST;
/* Is this code hers, now? It is then spent. A step before or after counts too: clocks differ. */
enum code second_step_take(struct tx *tx, struct arena *a, int64_t person, const char *typed, bool *ret,
                           struct err *err) MUST;

#endif
