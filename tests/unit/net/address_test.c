/* Addresses as RFC 4291 §2.2, RFC 5952 and RFC 4632 write them. */
#include <arpa/inet.h>
#include <sys/un.h>

#include "net/address.h"
#include "request_fixture.h"

static void test_text(void **state)
{
	(void)state;
	static const struct {
		const char *text, *written; /* NULL: refused */
	} rows[] = {
		{ "192.0.2.1", "192.0.2.1" },
		{ "0.0.0.0", "0.0.0.0" },
		{ "255.255.255.255", "255.255.255.255" },
		/* RFC 4291 §2.2, written as RFC 5952 §4 recommends */
		{ "2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a" },
		{ "FF01:0:0:0:0:0:0:101", "ff01::101" },
		{ "0:0:0:0:0:0:0:1", "::1" },
		{ "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
		/* the same host, however the socket names it */
		{ "::ffff:192.0.2.1", "192.0.2.1" },
		{ "::ffff:c000:201", "192.0.2.1" },
		{ "::", NULL },
		{ "0:0:0:0:0:0:0:0", NULL },
		{ "fe80::1%eth0", NULL },
		{ "", NULL },
		{ "192.0.2", NULL },
		{ "192.0.2.1.1", NULL },
		{ "192.0.2.256", NULL },
		{ "192.0.2.01", NULL }, /* octal to some (RFC 6943 §3.1.1) */
		{ "0xC0000201", NULL },
		{ " 192.0.2.1", NULL },
		{ "192.0.2.1 ", NULL },
		{ "[::1]", NULL },
		{ "1::2::3", NULL },
		{ "12345::", NULL },
		{ "localhost", NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct address address = { { 7 } };
		char out[ADDRESS_TEXT];
		bool ok = address_parse(rows[i].text, &address);
		if (ok != (rows[i].written != NULL)) fail_msg("%s", rows[i].text);
		if (ok) assert_string_equal(address_format(&address, out), rows[i].written);
		else assert_int_equal(address.b[0], 7);
	}
}

static void test_sockets(void **state)
{
	(void)state;
	char out[ADDRESS_TEXT];
	struct sockaddr_in in4 = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0xC0000201) };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct address address = address_of((struct sockaddr *)&in4);
	assert_string_equal(address_format(&address, out), "192.0.2.1");
	assert_true(address_is_ipv4(&address));
	address = address_of((struct sockaddr *)&in6);
	assert_string_equal(address_format(&address, out), "::1");
	assert_false(address_is_ipv4(&address));
	address = address_of((struct sockaddr *)&un);
	assert_true(address_is_none(&address));
	assert_string_equal(address_format(&address, out), "unix");
}

static void test_prefix(void **state)
{
	(void)state;
	static const struct {
		const char *prefix, *address;
		int in; /* -1: not a prefix */
	} rows[] = {
		{ "10.0.0.0/8", "10.255.255.255", 1 },
		{ "10.0.0.0/8", "11.0.0.0", 0 },
		{ "10.0.0.0/8", "9.255.255.255", 0 },
		{ "192.0.2.0/25", "192.0.2.127", 1 },
		{ "192.0.2.0/25", "192.0.2.128", 0 },
		{ "192.0.2.99/25", "192.0.2.1", 1 }, /* bits past the prefix say nothing */
		{ "192.0.2.1", "192.0.2.1", 1 },
		{ "192.0.2.1", "192.0.2.2", 0 },
		{ "192.0.2.1/32", "192.0.2.2", 0 },
		{ "0.0.0.0/0", "255.1.2.3", 1 },
		{ "0.0.0.0/0", "2001:db8::1", 0 }, /* all of IPv4, nothing of IPv6 */
		{ "10.0.0.0/8", "::ffff:10.1.2.3", 1 },
		{ "::ffff:10.0.0.0/104", "10.1.2.3", 1 },
		{ "2001:db8::/32", "2001:db8:ffff::1", 1 },
		{ "2001:db8::/32", "2001:db9::1", 0 },
		{ "2001:db8::/33", "2001:db8:7fff::1", 1 },
		{ "2001:db8::/33", "2001:db8:8000::1", 0 },
		{ "::1/128", "::1", 1 },
		{ "::1/128", "::2", 0 },
		{ "::/0", "2001:db8::1", 1 },
		{ "::", "::1", -1 },
		{ "::/128", "::1", -1 },
		{ "10.0.0.0/33", "10.0.0.1", -1 },
		{ "2001:db8::/129", "::1", -1 },
		{ "10.0.0.0/", "10.0.0.1", -1 },
		{ "10.0.0.0/-1", "10.0.0.1", -1 },
		{ "10.0.0.0/+8", "10.0.0.1", -1 },
		{ "10.0.0.0/8x", "10.0.0.1", -1 },
		{ "10.0.0.0/8/8", "10.0.0.1", -1 },
		{ "10.0.0.0/99999999999999999999", "10.0.0.1", -1 },
		{ "10/8", "10.0.0.1", -1 },
		{ "/8", "10.0.0.1", -1 },
		{ "", "10.0.0.1", -1 },
		{ "2001:db8:1111:2222:3333:4444:5555:66661234567890/8", "::1", -1 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct address_prefix prefix;
		struct address address;
		assert_true(address_parse(rows[i].address, &address));
		int in = address_prefix_parse(rows[i].prefix, &prefix) ? address_in(&address, &prefix) : -1;
		if (in != rows[i].in) fail_msg("%s in %s: %d", rows[i].address, rows[i].prefix, in);
	}
	struct address none = { { 0 } };
	struct address_prefix everyone;
	assert_true(address_prefix_parse("0.0.0.0/0", &everyone));
	assert_false(address_in(&none, &everyone));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_text), cmocka_unit_test(test_sockets),
		                            cmocka_unit_test(test_prefix) };
	return cmocka_run_group_tests(tests, setup, teardown);
}
