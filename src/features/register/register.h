/*
 * The register of processing (RGPD, article 30.1): what the site does with personal data, made from its forms and
 * from what the program keeps by itself. Whoever runs the site is its controller and answers for what is said.
 */
#ifndef PARVIS_REGISTER_H
#define PARVIS_REGISTER_H

#include "page/page.h"

/* One of them, in the reader's language. */
struct processing {
	const char *name, *purpose, *basis; /* purpose, basis: "" when nobody has said them yet */
	const char *people, *data;          /* whom it is about, what is kept of them */
	const char *recipients, *duration;
	const struct form *form; /* NULL: the program's own */
	const char *url;         /* where what is missing is said; NULL: the program's own */
};

/* Those of the program first, then the forms that ask about people. *lacking: of how many something is missing. */
struct processing *register_list(const struct page *p, int *n, int *lacking);

#endif
