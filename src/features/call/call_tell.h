/* Telling people of calls and exchanges: on the site, and by letters that show nobody's address. */
#ifndef PARVIS_CALL_TELL_H
#define PARVIS_CALL_TELL_H

#include "core/call.h"
#include "core/exchange.h"
#include "page/page.h"

/* The latest message of an exchange, to the other of both. `p->actor` wrote it. */
enum code exchange_tell(struct tx *tx, const struct page *p, struct id exchange, struct err *err) MUST;

/* Asks the author of a call whether it is true still. *later: not now, it is quiet for her. */
enum code call_ask(struct tx *tx, const struct page *p, const struct record *record, const struct call *call,
                   bool *later, struct err *err) MUST;

#endif
