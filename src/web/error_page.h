/* The page of an error: one table from codes to HTTP statuses and to words a person understands. */
#ifndef PARVIS_ERROR_PAGE_H
#define PARVIS_ERROR_PAGE_H

#include "web/request.h"

/* Answers with the error's page, or the sign-in page's address; logs what is ours to mend. */
void error_page(struct request *r, const struct err *err);
int code_status(enum code code);

#endif
