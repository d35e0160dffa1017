/* Printed copies (core/printed.h), as pages show them. */
#ifndef PARVIS_PRINTED_PAGE_H
#define PARVIS_PRINTED_PAGE_H

#include "core/printed.h"
#include "features/share/share.h"

struct printed_row {
	const struct printed *printed;
	const struct record **wrong; /* what it shows wrong, of what the reader may read */
	int nwrong;
};
/* All that is hers to see, wrong ones first. */
enum code printed_rows(const struct page *p, struct printed_row **ret, int *n, struct err *err) MUST;

/* On a record's page, for who printed a sheet of it, or corrects it: the copies that are wrong as it stands now. */
int printed_wrong_of(const struct page *p, const struct record *record, const struct printed ***ret);

/* "3 copies, library – noted on 4 May" */
const char *printed_words(const struct page *p, const struct printed *printed);
/* The address of the sheet. */
const char *printed_again(const struct page *p, const char *choices);
/* Does a sheet of these choices show all of a record, or lines of a list? */
bool printed_whole(const struct printed *printed);

struct printed_typed {
	const struct shared *shared;
	const char *choices; /* of /-/print, to be sent again */
	const char *place, *copies;
	int records;
};

#endif
