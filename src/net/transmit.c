#include "net/transmit.h"

#include <errno.h>
#include <event2/buffer.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include "net/response.h"

enum { FILE_AT_ONCE = 1024 * 1024 };

static bool must_wait(void)
{
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/* Keeps `iov` from byte `sent` on for later, by reference. */
static bool keep(struct evbuffer *output, const struct iovec *iov, int n, size_t sent)
{
	for (int i = 0; i < n; i++) {
		size_t skip = MIN(sent, iov[i].iov_len);
		sent -= skip;
		if (skip == iov[i].iov_len) continue;
		if (evbuffer_add_reference(output, (const char *)iov[i].iov_base + skip, iov[i].iov_len - skip, NULL,
		                           NULL) != 0)
			return false;
	}
	return true;
}

/* The file, after a head that has gone (`now`) or waits. Hands the descriptor over if need be. */
static bool send_file(struct evbuffer *output, int fd, struct http_response *rs, bool now)
{
	off_t offset = rs->file_offset, end = rs->file_offset + rs->file_size;
	if (now) {
		size_t size = (size_t)MIN(rs->file_size, (int64_t)FILE_AT_ONCE);
		ssize_t n = sendfile(fd, rs->file_fd, &offset, size);
		if (n < 0 && !must_wait()) return false;
		if (n == 0) return false; /* shorter than was promised */
	}
	if (offset == end) return true;
	int file = rs->file_fd;
	rs->file_fd = -1;
	return evbuffer_add_file(output, file, offset, end - offset) == 0;
}

int64_t transmit(struct bufferevent *bev, struct exchange *ex)
{
	struct evbuffer *output = bufferevent_get_output(bev);
	struct http_response *rs = &ex->rs;
	int fd = bufferevent_getfd(bev);
	bool body = response_has_body(ex->rq.method, rs) && response_size(rs) > 0;
	bool file = body && rs->file_fd >= 0;
	struct iovec iov[2] = { { ex->head.data, ex->head.len }, { rs->body.data, rs->body.len } };
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = body && !file ? 2 : 1 };
	size_t all = iov[0].iov_len + (body && !file ? iov[1].iov_len : 0);
	ssize_t sent = 0;
	/* "100 Continue" may still be in the way. */
	if (evbuffer_get_length(output) == 0) {
		sent = sendmsg(fd, &msg, MSG_NOSIGNAL | (file ? MSG_MORE : 0));
		if (sent < 0 && !must_wait()) return -1;
		if (sent < 0) sent = 0;
	}
	if ((size_t)sent < all && !keep(output, iov, (int)msg.msg_iovlen, (size_t)sent)) return -1;
	if (file && !send_file(output, fd, rs, (size_t)sent == all)) return -1;
	return (int64_t)evbuffer_get_length(output);
}
