/* Addresses to listen on: what is bound, and what is refused with a sentence. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "net/listen.h"
#include "request_fixture.h"

static void test_internet(void **state)
{
	(void)state;
	char address[LISTEN_ADDRESS], again[LISTEN_ADDRESS], where[64];
	int fd, second, port;
	struct err err;
	assert_int_equal(listen_on("127.0.0.1:0", &fd, address, &err), OK);
	assert_int_equal(sscanf(address, "http://127.0.0.1:%d", &port), 1);
	assert_true(port > 0);
	/* Taken by ourselves. */
	snprintf(where, sizeof(where), "127.0.0.1:%d", port);
	assert_int_equal(listen_on(where, &second, again, &err), E_IO);
	char text[300];
	assert_non_null(strstr(err_format(&err, err.msg, text, sizeof(text)), where));
	listen_end(address); /* nothing to remove */
	close(fd);
	assert_int_equal(listen_on(where, &fd, address, &err), OK);
	close(fd);
	if (listen_on("[::1]:0", &fd, address, &err) == OK) { /* where there is IPv6 */
		assert_int_equal(sscanf(address, "http://[::1]:%d", &port), 1);
		close(fd);
	}
}

static void test_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"",
		":",
		"8080",
		":8080",
		"localhost:80",
		"127.0.0.1",
		"127.0.0.1:",
		"127.0.0.1:x",
		"127.0.0.1:80x",
		"127.0.0.1:-1",
		"127.0.0.1:+1",
		"127.0.0.1: 1",
		"127.0.0.1:65536",
		"127.0.0.1:99999999999999999999",
		"256.0.0.1:80",
		"::1:80",
		"[::1:80",
		"::1]:80",
		"[]:80",
		"[::1]",
		"[127.0.0.1]:80",
		"unix:",
		"[1111:2222:3333:4444:5555:6666:7777:8888:1111:2222:3333:4444:5555:6666:7777]:80",
	};
	char address[LISTEN_ADDRESS] = "untouched";
	int fd = -7;
	struct err err;
	for (size_t i = 0; i < COUNT(rows); i++) {
		err.code = OK;
		if (listen_on(rows[i], &fd, address, &err) != E_INPUT) fail_msg("%s", rows[i]);
		assert_int_equal(err.code, E_INPUT);
	}
	assert_int_equal(fd, -7);
	assert_string_equal(address, "untouched");
	char path[200] = "unix:/tmp/";
	memset(path + 10, 'a', 150);
	assert_int_equal(listen_on(path, &fd, address, &err), E_INPUT);
	assert_int_equal(listen_on("unix:/nowhere/at/all", &fd, address, &err), E_IO);
}

static bool connects(const char *path)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	snprintf(sa.sun_path, sizeof(sa.sun_path), "%s", path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bool ok = connect(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0;
	close(fd);
	return ok;
}

static void test_unix(void **state)
{
	(void)state;
	char folder[] = "/tmp/parvis-listen-XXXXXX", where[64], address[LISTEN_ADDRESS];
	struct stat st;
	int fd, second;
	assert_non_null(mkdtemp(folder));
	snprintf(where, sizeof(where), "unix:%s/s", folder);
	const char *path = where + 5;
	assert_int_equal(listen_on(where, &fd, address, NULL), OK);
	assert_string_equal(address, where);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	assert_true(connects(path));
	/* Somebody listens: not ours to take. */
	assert_int_equal(listen_on(where, &second, address, NULL), E_IO);
	assert_true(connects(path));
	/* Left behind by a crash: replaced. */
	close(fd);
	assert_false(connects(path));
	assert_int_equal(listen_on(where, &fd, address, NULL), OK);
	assert_true(connects(path));
	close(fd);
	listen_end(address);
	assert_int_equal(stat(path, &st), -1);
	/* A file that is no socket is somebody's. */
	FILE *file = fopen(path, "w");
	fclose(file);
	assert_int_equal(listen_on(where, &fd, address, NULL), E_IO);
	assert_int_equal(stat(path, &st), 0);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_internet), cmocka_unit_test(test_refused),
		                            cmocka_unit_test(test_unix) };
	return cmocka_run_group_tests(tests, setup, teardown);
}
