/* The versions a form was opened on, carried in a hidden field that nobody can change: heads of each
 * part with a MAC by the site's secret, for this record and this person only. */
#ifndef PARVIS_SEAL_H
#define PARVIS_SEAL_H

#include "web/request.h"

const char *seal_heads(const struct request *r, const struct record *record);
/* E_INPUT when it is not what seal_heads made for this record and person. */
enum code open_heads(const struct request *r, struct id record, const char *sealed, struct heads heads[AUDIENCE_COUNT],
                     struct err *err) MUST;

#endif
