#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const uint8_t mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF };

static struct address from_ipv4(const void *four)
{
	struct address address;
	memcpy(address.b, mapped, 12);
	memcpy(address.b + 12, four, 4);
	return address;
}

struct address address_of(const struct sockaddr *sa)
{
	struct address address = { { 0 } };
	if (sa->sa_family == AF_INET) address = from_ipv4(&((const struct sockaddr_in *)sa)->sin_addr);
	else if (sa->sa_family == AF_INET6) memcpy(address.b, &((const struct sockaddr_in6 *)sa)->sin6_addr, 16);
	return address;
}

static bool parse_any(const char *text, struct address *ret)
{
	uint8_t four[4];
	if (inet_pton(AF_INET, text, four) != 1) return inet_pton(AF_INET6, text, ret->b) == 1;
	*ret = from_ipv4(four);
	return true;
}

bool address_parse(const char *text, struct address *ret)
{
	struct address address;
	if (!parse_any(text, &address) || address_is_none(&address)) return false;
	*ret = address;
	return true;
}

bool address_prefix_parse(const char *text, struct address_prefix *ret)
{
	char copy[ADDRESS_TEXT];
	const char *slash = strchr(text, '/');
	size_t len = slash ? (size_t)(slash - text) : strlen(text);
	struct address_prefix prefix = { .bits = 128 };
	if (len >= sizeof(copy)) return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	if (!parse_any(copy, &prefix.address)) return false;
	if (slash) {
		bool ipv4 = strchr(copy, ':') == NULL;
		char *end;
		long bits = strtol(slash + 1, &end, 10);
		if (slash[1] < '0' || slash[1] > '9' || *end || bits > (ipv4 ? 32 : 128)) return false;
		prefix.bits = (int)bits + (ipv4 ? 96 : 0);
	}
	if (prefix.bits == 128 && address_is_none(&prefix.address)) return false;
	*ret = prefix;
	return true;
}

bool address_in(const struct address *address, const struct address_prefix *prefix)
{
	size_t whole = (size_t)prefix->bits / 8;
	int rest = prefix->bits % 8;
	if (memcmp(address->b, prefix->address.b, whole) != 0) return false;
	return rest == 0 || (address->b[whole] ^ prefix->address.b[whole]) >> (8 - rest) == 0;
}

bool address_is_none(const struct address *address)
{
	static const struct address none;
	return memcmp(address, &none, sizeof(none)) == 0;
}

bool address_is_ipv4(const struct address *address)
{
	return memcmp(address->b, mapped, sizeof(mapped)) == 0;
}

const char *address_format(const struct address *address, char out[static ADDRESS_TEXT])
{
	if (address_is_none(address)) memcpy(out, "unix", 5);
	else if (address_is_ipv4(address)) inet_ntop(AF_INET, address->b + 12, out, ADDRESS_TEXT);
	else inet_ntop(AF_INET6, address->b, out, ADDRESS_TEXT);
	return out;
}
