/*
 * Asking another site for a file, over HTTP(S): never one of this machine or of a private network, whatever the address
 * says or leads to, names that change under way and redirections included (each connection is looked at as it is made).
 * Bounded in time and size; no proxy of the environment, no cookies, no password.
 */
#ifndef PARVIS_FETCH_H
#define PARVIS_FETCH_H

#include "base/arena.h"
#include "base/err.h"
#include "net/address.h"

enum { FETCH_ADDRESS = 2000 /* bytes */, FETCH_SECONDS = 20, FETCH_REDIRECTIONS = 3 };

struct fetch {
	const char *url;
	const char *etag,
	        *modified;  /* of the last time, or NULL: an answer that says nothing has changed is asked for */
	const char *accept; /* media types */
	size_t max;         /* bytes */
};

struct fetched {
	bool changed; /* else nothing has, since */
	const char *body;
	size_t len;
	const char *etag, *modified; /* or NULL */
};

/* "webcal://…" and "http(s)://…", without a name or password in it → as it is asked for; E_INPUT says what is wrong. */
enum code fetch_address(struct arena *a, const char *typed, const char **ret, struct err *err) MUST;
/* E_INPUT: it is none of ours to ask, or it does not answer with what was asked for; E_IO: it does not answer now. */
enum code fetch_get(struct arena *a, const struct fetch *fetch, struct fetched *ret, struct err *err) MUST;

/* Is it of this machine, of a private network, or of no use to the others (RFC 6890)? */
bool address_is_private(const struct address *address);

#ifdef PARVIS_TEST_BUILD
/* Tests answer from this machine. */
extern bool fetch_anywhere;
#endif

#endif
