/* What the pages that erase share. */
#ifndef PARVIS_PERSONAL_ERASE_H
#define PARVIS_PERSONAL_ERASE_H

#include "features/personal/personal_page.h"
#include "web/request.h"

/* An erasure being asked for. */
struct erase_asking {
	struct request *r;
	struct erase_page page;
	enum erasure_mode mode;
	struct issues issues;
};

/* Erases, and notes who did it. */
enum code erase_now(struct tx *tx, struct erase_asking *asking, struct err *err) MUST;
/* To the administrators but for the actor: a request waits. To the person: it was refused. */
enum code erase_letter_asked(struct tx *tx, const struct erase_asking *asking, struct err *err) MUST;
enum code erase_letter_refused(struct tx *tx, const struct erase_asking *asking, const char *reason,
                               struct err *err) MUST;
/* May the reader answer a request? Another than who asked; alone, once a week has passed. */
enum code erase_may_answer(struct request *r, const struct erasure_request *request, bool *ret, struct err *err) MUST;
/* Her name, or NULL. */
const char *erase_name_of(struct request *r, int64_t person);

#endif
