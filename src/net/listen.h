/* Addresses to listen on. */
#ifndef PARVIS_LISTEN_H
#define PARVIS_LISTEN_H

#include "base/err.h"

enum { LISTEN_ADDRESS = 128 };

/* Listens on "127.0.0.1:8080", "[::1]:0" or "unix:/path". `address` gets "http://…" with the real
 * port, or "unix:/path". E_INPUT when ill-formed, E_IO when refused. */
enum code listen_on(const char *where, int *ret, char address[static LISTEN_ADDRESS], struct err *err) MUST;
/* Removes the socket file of a unix: address. */
void listen_end(const char *address);

#endif
