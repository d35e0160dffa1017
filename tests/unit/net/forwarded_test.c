/* Chains of proxies: RFC 7239 §4 to §7, X-Forwarded-For as proxies write it. */
#include "net/forwarded.h"
#include "request_fixture.h"

/* The chain in one line: "address scheme host|…", "-" for what is not known. */
static const char *told(const struct hops *hops)
{
	struct buf out;
	char text[ADDRESS_TEXT];
	buf_init(&out, &arena, 0);
	for (int i = 0; i < hops->count; i++) {
		const struct hop *hop = &hops->hop[i];
		if (i) buf_puts(&out, "|");
		buf_puts(&out, hop->known ? address_format(&hop->address, text) : "-");
		if (hop->scheme) buf_printf(&out, " %s", hop->scheme);
		if (hop->host) buf_printf(&out, " %s", hop->host);
	}
	return buf_str(&out);
}

static void test_forwarded(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		/* §4 */
		{ "for=\"_gazonk\"", "-" },
		{ "For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17" },
		{ "for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60 http" },
		{ "for=192.0.2.43, for=198.51.100.17", "192.0.2.43|198.51.100.17" },
		/* §7.1 */
		{ "for=192.0.2.43, for=\"[2001:db8:cafe::17]\"", "192.0.2.43|2001:db8:cafe::17" },
		{ "for=192.0.2.43,for=\"[2001:db8:cafe::17]\",for=unknown", "192.0.2.43|2001:db8:cafe::17|-" },
		/* §7.4 */
		{ "for=_hidden, for=_SEVKISEK", "-|-" },
		/* §6 */
		{ "for=\"192.0.2.43:47011\"", "192.0.2.43" },
		{ "for=\"[2001:db8:cafe::17]:_port\"", "2001:db8:cafe::17" },
		/* a port without quotes is no token, but leaves no doubt */
		{ "for=192.0.2.43;proto=https;host=example.org:8443", "192.0.2.43 https example.org:8443" },
		{ "for=192.0.2.43;host=\"example.org:8443\";PROTO=https", "192.0.2.43 https example.org:8443" },
		{ "by=203.0.113.43", "-" },
		{ "for=\"a\\\"b\\\\\", for=192.0.2.1", "-|192.0.2.1" },
		{ "for=192.0.2.1;;proto=http", "192.0.2.1 http" },
		/* a quote cannot hide a comma that makes another hop */
		{ "for=\"192.0.2.66, for=192.0.2.1\"", "-" },
		{ "host=\"a,for=192.0.2.66\";for=192.0.2.1", "192.0.2.1 a,for=192.0.2.66" },
		/* wrong: nothing of it is used */
		{ "for=\"192.0.2.1", "-" },
		{ "for=\"192.0.2.1\\", "-" },
		{ "for", "-" },
		{ "for=192.0.2.1, nonsense", "-" },
		{ "", "-" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct hops hops = { 0 };
		struct http_request rq = REQUEST({ "Forwarded", rows[i][0] });
		forwarded_read(&arena, &rq, &hops);
		if (strcmp(told(&hops), rows[i][1]) != 0) fail_msg("%s: %s", rows[i][0], told(&hops));
	}
	struct hops hops = { 0 };
	struct http_request rq = REQUEST({ "Forwarded", "for=192.0.2.43" }, { "X", "y" },
	                                 { "forwarded", "for=198.51.100.17" });
	forwarded_read(&arena, &rq, &hops);
	assert_string_equal(told(&hops), "192.0.2.43|198.51.100.17");
}

static void test_x_forwarded_for(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "192.0.2.43, 2001:db8:cafe::17", "192.0.2.43|2001:db8:cafe::17" }, /* RFC 7239 §7.4 */
		{ "192.0.2.43", "192.0.2.43" },
		{ "192.0.2.43:1234,[2001:db8::1]:80, [2001:db8::2]", "192.0.2.43|2001:db8::1|2001:db8::2" },
		{ " 192.0.2.43\t,unknown", "192.0.2.43|-" },
		{ "192.0.2.43,", "192.0.2.43|-" },
		{ "", "-" },
		{ "[2001:db8::1", "-" },
		{ "[2001:db8::1]x", "-" },
		{ "[]", "-" },
		{ "\"192.0.2.43\"", "-" },
		{ "192.0.2.43 192.0.2.44", "-" },
		{ "2001:0db8:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001", "-" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct hops hops = { 0 };
		struct http_request rq = REQUEST({ "X-Forwarded-For", rows[i][0] });
		forwarded_read_x(&rq, &hops);
		if (strcmp(told(&hops), rows[i][1]) != 0) fail_msg("%s: %s", rows[i][0], told(&hops));
	}
}

/* Of a chain without end the nearest hops are kept: the client writes the far ones. */
static void test_long(void **state)
{
	(void)state;
	struct buf field;
	buf_init(&field, &arena, 0);
	for (int i = 0; i < HOPS_MAX + 10; i++) buf_printf(&field, "%s10.0.0.%d", i ? "," : "", i);
	struct hops hops = { 0 };
	struct http_request rq = REQUEST({ "X-Forwarded-For", buf_str(&field) });
	forwarded_read_x(&rq, &hops);
	assert_int_equal(hops.count, HOPS_MAX);
	char text[ADDRESS_TEXT];
	assert_string_equal(address_format(&hops.hop[0].address, text), "10.0.0.10");
	assert_string_equal(address_format(&hops.hop[HOPS_MAX - 1].address, text), "10.0.0.41");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_forwarded), cmocka_unit_test(test_x_forwarded_for),
		                            cmocka_unit_test(test_long) };
	return cmocka_run_group_tests(tests, setup, teardown);
}
