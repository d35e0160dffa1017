#include "net/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

union internet {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

/* Reads "address:port" into `sa`; returns its size, 0 when ill-formed. */
static socklen_t parse_internet(const char *where, union internet *sa)
{
	char host[64];
	const char *colon = strrchr(where, ':');
	if (colon == NULL || colon[1] < '0' || colon[1] > '9') return 0;
	char *end;
	long port = strtol(colon + 1, &end, 10);
	if (*end || port > 65535) return 0;
	bool six = where[0] == '[' && colon > where + 1 && colon[-1] == ']';
	const char *from = where + six, *to = colon - six;
	if (to - from >= (long)sizeof(host)) return 0;
	memcpy(host, from, (size_t)(to - from));
	host[to - from] = '\0';
	if (six && inet_pton(AF_INET6, host, &sa->six.sin6_addr) == 1) {
		sa->six.sin6_family = AF_INET6;
		sa->six.sin6_port = htons((uint16_t)port);
		return sizeof(sa->six);
	}
	if (!six && inet_pton(AF_INET, host, &sa->four.sin_addr) == 1) {
		sa->four.sin_family = AF_INET;
		sa->four.sin_port = htons((uint16_t)port);
		return sizeof(sa->four);
	}
	return 0;
}

static enum code refused(int fd, const char *where, struct err *err)
{
	int why = errno;
	if (fd >= 0) close(fd);
	FAIL(err, E_IO, "Cannot listen on %s: %s", where, strerror(why));
}

static void write_address(int fd, char address[static LISTEN_ADDRESS])
{
	char host[INET6_ADDRSTRLEN];
	union internet sa = { .six = { 0 } };
	socklen_t size = sizeof(sa);
	getsockname(fd, &sa.any, &size);
	bool six = sa.any.sa_family == AF_INET6;
	inet_ntop(sa.any.sa_family, six ? (const void *)&sa.six.sin6_addr : &sa.four.sin_addr, host, sizeof(host));
	snprintf(address, LISTEN_ADDRESS, six ? "http://[%s]:%d" : "http://%s:%d", host,
	         ntohs(six ? sa.six.sin6_port : sa.four.sin_port));
}

static enum code listen_internet(const char *where, int *ret, char address[static LISTEN_ADDRESS], struct err *err)
{
	union internet sa = { .six = { 0 } };
	int one = 1;
	socklen_t size = parse_internet(where, &sa);
	if (size == 0) FAIL(err, E_INPUT, "\"%s\" is not an address to listen on (127.0.0.1:8080)", where);
	int fd = socket(sa.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* So that a restart need not wait for the last connections to be forgotten. */
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) != 0 ||
	    bind(fd, &sa.any, size) != 0 || listen(fd, BACKLOG) != 0)
		return refused(fd, where, err);
	write_address(fd, address);
	*ret = fd;
	return OK;
}

/* A socket file that nobody listens on was left by a crash. */
static bool is_stale(const struct sockaddr_un *sa)
{
	struct stat st;
	if (lstat(sa->sun_path, &st) != 0 || !S_ISSOCK(st.st_mode)) return false;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool stale = connect(fd, (const struct sockaddr *)sa, sizeof(*sa)) != 0 && errno == ECONNREFUSED;
	if (fd >= 0) close(fd);
	return stale;
}

static enum code listen_unix(const char *path, int *ret, struct err *err)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	if (*path == '\0' || strlen(path) >= sizeof(sa.sun_path))
		FAIL(err, E_INPUT, "The path of a socket has 1 to %zu characters", sizeof(sa.sun_path) - 1);
	memcpy(sa.sun_path, path, strlen(path) + 1);
	if (is_stale(&sa)) unlink(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* The proxy reaches it by sharing our group. */
	if (fd < 0 || bind(fd, (struct sockaddr *)&sa, sizeof(sa)) != 0 || chmod(path, 0660) != 0 ||
	    listen(fd, BACKLOG) != 0)
		return refused(fd, path, err);
	*ret = fd;
	return OK;
}

enum code listen_on(const char *where, int *ret, char address[static LISTEN_ADDRESS], struct err *err)
{
	if (strncmp(where, "unix:", 5) != 0) return listen_internet(where, ret, address, err);
	TRY(listen_unix(where + 5, ret, err));
	snprintf(address, LISTEN_ADDRESS, "%s", where);
	return OK;
}

void listen_end(const char *address)
{
	if (strncmp(address, "unix:", 5) == 0) unlink(address + 5);
}
