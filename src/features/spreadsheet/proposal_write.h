/* The form of a proposal, its list, and a page for each row: all in one write, or nothing. */
#ifndef PARVIS_PROPOSAL_WRITE_H
#define PARVIS_PROPOSAL_WRITE_H

#include "features/spreadsheet/proposal.h"

/* `good`: rows that are refused are left out, and told; else one refused row and nothing is kept (E_CONFLICT). */
enum code proposal_write(struct request *r, struct sheet_proposal *proposal, bool good, struct issues *issues,
                         struct err *err) MUST;

#endif
