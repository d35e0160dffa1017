/* For long readings by jobs: the site's database opened a second time, without the limit that visitors' readings
 * have. */
#ifndef PARVIS_BESIDE_H
#define PARVIS_BESIDE_H

#include "store/store.h"

/* Of the site that `store` serves; only to read (struct store_options, beside). Close it with store_close, on the
 * thread that used it. */
enum code beside_open(struct store *store, struct store **ret, struct err *err) MUST;

#endif
