/* Shows a record that somebody else has found: for routes by address. */
#ifndef PARVIS_RECORD_SHOW_H
#define PARVIS_RECORD_SHOW_H

#include "web/request.h"

enum code record_show(struct request *r, struct record *record, struct err *err) MUST;

#endif
