/* What a translation must hold: the conversions of its message, and French typography. */
#ifndef TOOLS_CATALOGUE_CHECK_H
#define TOOLS_CATALOGUE_CHECK_H

#include "mo.h"

/* Prints each fault to stderr; returns how many. */
int catalogue_check(const struct catalogue *c);

#endif
