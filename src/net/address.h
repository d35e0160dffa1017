/* Network addresses and prefixes; IPv4 is kept as IPv4-mapped IPv6 (RFC 4291 §2.5.5.2). */
#ifndef PARVIS_ADDRESS_H
#define PARVIS_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sockaddr;

struct address {
	uint8_t b[16]; /* all zero: none (a peer on a Unix socket) */
};

struct address_prefix {
	struct address address;
	int bits; /* of 128: an IPv4 /8 is 104 */
};

enum { ADDRESS_TEXT = 48 };

struct address address_of(const struct sockaddr *sa);
/* "192.0.2.1" or "2001:db8::1" (refused: an IPv6 zone, and "::", which nobody has). */
bool address_parse(const char *text, struct address *ret);
/* An address, or address/bits. */
bool address_prefix_parse(const char *text, struct address_prefix *ret);
bool address_in(const struct address *address, const struct address_prefix *prefix);
bool address_is_none(const struct address *address);
bool address_is_ipv4(const struct address *address);
/* IPv4-mapped addresses are written as IPv4; none as "unix". */
const char *address_format(const struct address *address, char out[static ADDRESS_TEXT]);

#endif
