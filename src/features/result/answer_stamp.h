/* Whether the responses to a questionnaire are still those that were counted (answer_source.h). */
#ifndef PARVIS_ANSWER_STAMP_H
#define PARVIS_ANSWER_STAMP_H

#include "base/hash.h"
#include "page/page.h"

/* Differs when one is sent, corrected, erased or shown, and with what the days make of the questionnaire. */
enum code answer_stamp(const struct page *p, const struct form *form, struct hash *ret, struct err *err) MUST;

#endif
