/* How one row of core/posting.h is packed: for who writes it. */
#ifndef PARVIS_POSTING_CHUNK_H
#define PARVIS_POSTING_CHUNK_H

#include "core/posting.h"

/* The shorter of both forms, in `out` or `bits`; empty: nothing stands there. */
struct blob posting_pack(const uint8_t bits[static POSTING_BITMAP], uint8_t out[static POSTING_BITMAP]);

#endif
