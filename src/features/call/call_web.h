/* Calls (core/call.h): how they stand, in one click; answers to them, thanks for those. */
#ifndef PARVIS_CALL_WEB_H
#define PARVIS_CALL_WEB_H

#include "features/call/call_page.h"
#include "web/route.h"

extern const struct feature call_feature;

handler reply_show, reply_post;
handler exchanges_show, exchanges_post, exchange_show, exchange_post, exchange_act_post;
handler exchange_report_show, exchange_report_post, exchange_stop_show, exchange_stop_post;

/* The call named in the address, for this action. */
enum code call_of_route(struct request *r, enum action action, const struct call_shown **ret, struct err *err) MUST;

/* Notes an address that somebody without one gave, and asks her by letter to confirm it. Limited. */
enum code call_ask_address(struct request *r, struct tx *tx, const char *email, struct err *err) MUST;
enum code call_limit_address(struct request *r, const char *email, struct err *err) MUST;

#endif
