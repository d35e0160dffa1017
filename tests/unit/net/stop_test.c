/* Clients that vanish, and a server that stops. */
#include <signal.h>
#include <sys/stat.h>
#include <time.h>

#include "server_fixture.h"

#define HOST "Host: example.org\r\n"

static struct fixture f;

static int init(void **state)
{
	(void)state;
	fixture_init(&f);
	return 0;
}

/* Two clients that keep both workers busy. */
static void take_workers(struct client held[static 2])
{
	for (int i = 0; i < 2; i++) {
		client_connect(&held[i], &f);
		client_say(&held[i], "GET /gate HTTP/1.1\r\n" HOST "\r\n");
		wait_for(&f.inside, i + 1);
	}
}

static void test_vanish_while_queued(void **state)
{
	struct client held[2], c;
	(void)state;
	fixture_start(&f);
	take_workers(held);
	for (int i = 0; i < 50; i++) {
		client_connect(&c, &f);
		client_say(&c, "GET /unwanted HTTP/1.1\r\n" HOST "\r\n");
		usleep(2000);
		client_reset(&c);
	}
	usleep(50000);
	atomic_store(&f.gate, true);
	for (int i = 0; i < 2; i++) {
		expect(&held[i], "", 200, NULL);
		client_close(&held[i]);
	}
	fixture_end(&f);
	assert_int_equal(f.handled, 2); /* nobody worked for those who had gone */
}

static void test_vanish_while_handled(void **state)
{
	struct client held[2], c;
	(void)state;
	fixture_start(&f);
	take_workers(held);
	client_reset(&held[0]);
	client_close(&held[1]);
	usleep(20000);
	atomic_store(&f.gate, true);
	/* Their answers go nowhere; the others' go on. */
	client_connect(&c, &f);
	expect(&c, "GET /next HTTP/1.1\r\n" HOST "\r\n", 200, "path=/next");
	client_close(&c);
	fixture_end(&f);
	assert_int_equal(f.handled, 3);
	assert_int_equal(f.logged, 3); /* what was done is logged, whoever asked */
}

static void test_vanish_anywhere(void **state)
{
	static const char text[] = "POST /a HTTP/1.1\r\n" HOST "Content-Length: 20\r\n\r\n01234567890123456789"
	                           "GET /big/3000000 HTTP/1.1\r\n" HOST "\r\n"
	                           "GET /file/3000000 HTTP/1.1\r\n" HOST "\r\n";
	(void)state;
	fixture_start(&f);
	for (size_t len = 0; len < sizeof(text); len++) {
		struct client c;
		client_connect(&c, &f);
		client_send(&c, text, len);
		if (len % 3 == 0) usleep(500);
		if (len % 2) client_reset(&c);
		else client_close(&c);
	}
	struct client c;
	client_connect(&c, &f);
	expect(&c, "GET /next HTTP/1.1\r\n" HOST "\r\n", 200, "path=/next");
	client_close(&c);
	fixture_end(&f);
}

static bool can_connect(void)
{
	struct sockaddr_in sa = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	sa.sin_port = htons((uint16_t)strtol(strrchr(server_address(f.server), ':') + 1, NULL, 10));
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool done = connect(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0;
	close(fd);
	return done;
}

static void expect_last(struct client *c, const char *text, const char *part)
{
	struct reply r;
	client_say(c, text);
	assert_true(client_reply(c, false, &r));
	assert_int_equal(r.status, 200);
	assert_non_null(strstr(r.body, part));
	assert_string_equal(reply_field(&r, "Connection"), "close");
	reply_free(&r);
	assert_true(client_at_end(c));
	client_close(c);
}

/* Requests in a handler, queued, or half sent, are finished; idle clients are let go. */
static void test_graceful_stop(void **state)
{
	struct client held[2], queued, sending, idle;
	(void)state;
	fixture_start(&f);
	client_connect(&idle, &f);
	expect(&idle, "GET / HTTP/1.1\r\n" HOST "\r\n", 200, NULL);
	take_workers(held);
	client_connect(&queued, &f);
	client_say(&queued, "GET /queued HTTP/1.1\r\n" HOST "\r\n");
	client_connect(&sending, &f);
	client_say(&sending, "POST /sending HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nab");
	usleep(50000);
	server_stop(f.server);
	assert_true(client_at_end(&idle));
	client_close(&idle);
	assert_false(can_connect());
	client_say(&sending, "cd");
	atomic_store(&f.gate, true);
	expect_last(&held[0], "", "path=/gate");
	expect_last(&held[1], "", "path=/gate");
	expect_last(&queued, "", "path=/queued");
	expect_last(&sending, "", "body=4\n");
	int64_t begun = clock_monotonic();
	fixture_end(&f);
	assert_true(clock_monotonic() - begun < 1000); /* nothing left to wait for */
}

/* A client that never ends its request does not keep the server from stopping. */
static void test_stop_does_not_wait_for_ever(void **state)
{
	struct client held[2], c;
	(void)state;
	f.limits.stop = 300;
	f.limits.tick = 20;
	fixture_start(&f);
	client_connect(&c, &f);
	client_say(&c, "GET / HTTP/1.1\r\nHost:");
	take_workers(held);
	for (int i = 0; i < 5; i++) {
		struct client queued;
		client_connect(&queued, &f);
		client_say(&queued, "GET /queued HTTP/1.1\r\n" HOST "\r\n");
	}
	usleep(50000);
	int64_t begun = clock_monotonic();
	server_stop(f.server);
	assert_true(client_at_end(&c));
	assert_in_range(clock_monotonic() - begun, 290, 2000);
	fixture_end(&f); /* opens the gate: handlers are waited for */
	assert_int_equal(f.handled, 2);
	client_close(&c);
}

static void stop_by_signal(int signal)
{
	(void)signal;
	server_stop(f.server);
}

static void test_stop_by_signal(void **state)
{
	(void)state;
	fixture_start(&f);
	assert_int_equal(status_for(&f, "GET / HTTP/1.1\r\n" HOST "\r\n"), 200);
	signal(SIGUSR1, stop_by_signal);
	raise(SIGUSR1);
	pthread_join(f.thread, NULL);
	assert_int_equal(f.ended_workers, 2);
	server_free(f.server);
}

static void test_stop_before_run(void **state)
{
	struct err err = { 0 };
	(void)state;
	f.options.context = &f;
	assert_int_equal(server_new(&f.options, &f.server, &err), OK);
	server_stop(f.server);
	assert_int_equal(server_run(f.server, &err), OK);
	server_free(f.server);
}

/* ---- Addresses ---- */

static void test_unix_socket(void **state)
{
	char path[64];
	struct stat st;
	(void)state;
	snprintf(path, sizeof(path), "unix:/tmp/parvis-test-%d.sock", (int)getpid());
	f.options.listen = path;
	/* What a crash leaves behind: a socket file that nobody listens on. */
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	snprintf(sa.sun_path, sizeof(sa.sun_path), "%s", path + 5);
	int stale = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(stale, (struct sockaddr *)&sa, sizeof(sa)), 0);
	close(stale);
	fixture_start(&f);
	assert_string_equal(server_address(f.server), path);
	assert_int_equal(stat(path + 5, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	/* A second server does not take a living one's place. */
	struct server *second;
	struct err err = { 0 };
	assert_int_equal(server_new(&f.options, &second, &err), E_IO);
	struct client c;
	client_connect(&c, &f);
	expect(&c, "GET / HTTP/1.1\r\n" HOST "\r\n", 200, "peer=unix\n");
	expect(&c, "GET /file/300000 HTTP/1.1\r\n" HOST "\r\n", 200, "abc");
	client_close(&c);
	fixture_end(&f);
	assert_int_not_equal(stat(path + 5, &st), 0);
}

static void test_bad_addresses(void **state)
{
	static const char *const bad[] = { "",
		                           "8080",
		                           ":8080",
		                           "127.0.0.1",
		                           "127.0.0.1:",
		                           "127.0.0.1:x",
		                           "127.0.0.1:65536",
		                           "127.0.0.1:-1",
		                           "::1:80",
		                           "[::1]",
		                           "[127.0.0.1]:80",
		                           "unix:",
		                           "localhost:80",
		                           "127.0.0.1:80x" };
	struct server *server;
	struct err err = { 0 };
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		f.options.listen = bad[i];
		if (server_new(&f.options, &server, &err) != E_INPUT) fail_msg("accepted: %s", bad[i]);
	}
	f.options.listen = "192.0.2.1:80"; /* not an address of ours */
	assert_int_equal(server_new(&f.options, &server, &err), E_IO);
	f.options.listen = "127.0.0.1:0";
	f.options.trusted_proxies = (const char *const[]){ "10.0.0.0/8", "nonsense", NULL };
	assert_int_equal(server_new(&f.options, &server, &err), E_INPUT);
	assert_string_equal(err.args[0], "nonsense");
}

static void test_ipv6(void **state)
{
	struct err err = { 0 };
	(void)state;
	f.options.listen = "[::1]:0";
	enum code code = server_new(&f.options, &f.server, &err);
	if (code == E_IO) skip(); /* a machine without IPv6 */
	assert_int_equal(code, OK);
	assert_int_equal(strncmp(server_address(f.server), "http://[::1]:", 13), 0);
	assert_true(strtol(server_address(f.server) + 13, NULL, 10) > 0);
	server_free(f.server);
}

#define TEST(name) cmocka_unit_test_setup(name, init)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_vanish_while_queued),
		TEST(test_vanish_while_handled),
		TEST(test_vanish_anywhere),
		TEST(test_graceful_stop),
		TEST(test_stop_does_not_wait_for_ever),
		TEST(test_stop_by_signal),
		TEST(test_stop_before_run),
		TEST(test_unix_socket),
		TEST(test_bad_addresses),
		TEST(test_ipv6),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
