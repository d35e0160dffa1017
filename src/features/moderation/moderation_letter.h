/* Letters to the person whom a measure is about, in her language; none when she has no address. */
#ifndef PARVIS_MODERATION_LETTER_H
#define PARVIS_MODERATION_LETTER_H

#include "features/moderation/moderation.h"

/* With a link by which she can answer, even with a blocked account. */
enum code moderation_letter_decided(struct moderation *m, const struct person *to, const struct measure *measure,
                                    struct err *err) MUST;
enum code moderation_letter_answered(struct moderation *m, const struct person *to, const struct measure *measure,
                                     bool lifted, const char *text, struct err *err) MUST;

/* What was decided, in one sentence to the person: also for her account's page. */
const char *measure_sentence(const struct page *p, const struct measure *measure);

#endif
