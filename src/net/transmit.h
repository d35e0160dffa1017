/* Puts an answer on the wire: at once, as far as the socket takes it, without copying. */
#ifndef PARVIS_TRANSMIT_H
#define PARVIS_TRANSMIT_H

#include <event2/bufferevent.h>

#include "net/exchange.h"

/* Sends the head and the body or file of `ex`. Returns how many bytes are left for `bev` to write
 * later (0: all has gone), -1 when the client is gone. Until they are written, `ex` must live. */
int64_t transmit(struct bufferevent *bev, struct exchange *ex);

#endif
