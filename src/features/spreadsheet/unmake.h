/* What a spreadsheet brought, taken back whole: its pages, its form and the form's lists, as long as nobody has touched them. */
#ifndef PARVIS_UNMAKE_H
#define PARVIS_UNMAKE_H

#include "web/request.h"

/* The pages of one save that made them all. E_NOT_FOUND: there is no such save of the actor's; E_INPUT: somebody has
 * corrected one of them, or added another, since. */
enum code spreadsheet_unmake(struct tx *tx, struct request *r, struct id save, struct err *err) MUST;

#endif
