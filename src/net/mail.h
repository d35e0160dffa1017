/*
 * Mail that leaves: RFC 5322 messages, in UTF-8 plain text, to a mail server (RFC 5321, through libcurl)
 * or, for a site that has none, into a folder, one .eml file each.
 */
#ifndef PARVIS_MAIL_H
#define PARVIS_MAIL_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/id.h"

enum { MAIL_HEADER_MAX = 998 /* RFC 5322 §2.1.1 */ };

struct mail_server {
	const char *url; /* smtp://host:port (STARTTLS asked for unless on this machine) or smtps://; NULL: the
	                    folder */
	const char *user, *password; /* NULL: none */
	const char *from;            /* the address that sends */
	const char *folder;          /* where letters are put when there is no server */
};

struct mail {
	struct id id;            /* becomes the Message-ID */
	const char *to;          /* one address */
	const char *sender_name; /* shown beside the address */
	const char *subject, *text;
	const char *stop; /* https address by which its reader gets no more of them, at one click (RFC 8058); NULL:
	                     none */
	int64_t at;       /* ms UTC */
};

/* Does the address stand as it is in a message and a command: no blank, no control, no bracket? */
bool mail_address_is_safe(const char *address);

/* The whole message, lines ending in CRLF; headers folded and encoded (RFC 2047), text in base64. */
void mail_compose(struct buf *out, const struct mail_server *server, const struct mail *mail);

/* Gives it to the server, or puts it into the folder. E_INPUT: refused for good (5xx about this letter or
 * address); E_IO: worth another try. What the server said is in the error. Blocks for a minute at most. */
enum code mail_send(const struct mail_server *server, const struct mail *mail, struct err *err) MUST;

#endif
