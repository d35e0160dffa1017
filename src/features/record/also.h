/* Further spaces that show a record (core/also_in.h): chosen in its form, said on its page. */
#ifndef PARVIS_ALSO_H
#define PARVIS_ALSO_H

#include "core/also_in.h"
#include "web/request.h"

struct also_choice {
	const struct space *space;
	bool chosen;
};

/* In the form of a record (NULL: a new one of `form` in `space`): where the person may show it, or where it is shown and
 * she may end it; as posted, where something was. None for who has not signed in. */
int also_choices(struct request *r, const struct record *record, const struct form *form, const struct space *space,
                 struct also_choice **ret);
bool also_any(const struct also_choice *choices, int n);
/* In the write that saved it: what was ticked and unticked. Nothing when the form asked nothing. */
enum code also_save(struct tx *tx, struct request *r, const struct record *record, struct err *err) MUST;

/* On its page: those that the reader knows. */
int also_shown(const struct page *p, const struct record *record, const struct space ***ret);
bool also_ends(const struct page *p, const struct record *record, const struct space *space);

enum code also_end_post(struct request *r, struct err *err) MUST;

#endif
