#include "media/picture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fd.h"
#include "base/log.h"
#include "media/answer.h"

static const char *const type_names[] = { [WRITTEN_JPEG] = "image/jpeg", [WRITTEN_WEBP] = "image/webp" };

/* One picture at a time: each may take all the memory it is allowed. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

/* Of the clock that nobody sets. */
static int64_t milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum code start(int in, int out, pid_t *ret, struct err *err)
{
	static char name[] = "parvis", command[] = PICTURE_COMMAND;
	char *const arguments[] = { name, command, NULL }, *const environment[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	int failed = posix_spawn_file_actions_adddup2(&actions, in, 0);
	if (failed == 0) failed = posix_spawn_file_actions_adddup2(&actions, out, 1);
	if (failed == 0) failed = posix_spawn(ret, "/proc/self/exe", &actions, NULL, arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	if (failed) FAIL(err, E_IO, N_("pictures cannot be looked at: %s"), strerror(failed));
	return OK;
}

/* Reads until the other side closes, the deadline passes or there is too much. */
static void listen_to(int fd, int64_t until, struct buf *out)
{
	char chunk[64 * 1024];
	while (out->len <= ANSWER_BYTES) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		int64_t left = until - milliseconds();
		if (left <= 0 || (poll(&ready, 1, (int)left) < 0 && errno != EINTR)) return;
		if (ready.revents == 0) continue;
		ssize_t n = read(fd, chunk, sizeof(chunk));
		if (n == 0 || (n < 0 && errno != EINTR)) return;
		if (n > 0) buf_add(out, chunk, (size_t)n);
	}
}

/* It has said what it had to say, or too much, or nothing in time. */
static void end(pid_t child)
{
	int status;
	kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
		log_error("the process that looks at pictures was ended by signal %d", WTERMSIG(status));
	if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
		log_error("the process that looks at pictures ended with status %d", WEXITSTATUS(status));
}

static enum code run(int in, struct buf *out, struct err *err)
{
	int pipes[2];
	pid_t child;
	if (pipe2(pipes, O_CLOEXEC) != 0) FAIL(err, E_IO, N_("pictures cannot be looked at: %s"), strerror(errno));
	AUTO(close_fd) int from = pipes[0];
	enum code code = start(in, pipes[1], &child, err);
	close(pipes[1]);
	if (code != OK) return code;
	listen_to(from, milliseconds() + PICTURE_DEADLINE * 1000, out);
	end(child);
	return OK;
}

static enum code refuse(uint32_t status, struct err *err)
{
	switch (status) {
	case PICTURE_UNKNOWN:
		FAIL(err, E_INPUT, N_("This is not a picture that this site can show: send a JPEG, PNG or WebP file."));
	case PICTURE_MOVING: FAIL(err, E_INPUT, N_("Moving pictures cannot be shown here: send a still one."));
	case PICTURE_HUGE:
		FAIL(err, E_LIMIT, N_("This picture is too large: %d million points at most."),
		     PICTURE_PIXELS / 1000000);
	default: FAIL(err, E_INPUT, N_("This picture is damaged: it cannot be read to its end."));
	}
}

/* The answer comes from a process that may have been taken over: nothing in it is believed. */
static enum code read_answer(struct arena *a, const struct buf *answer, struct picture_sizes *ret, struct err *err)
{
	struct answer_head head = { 0 };
	struct picture_sizes sizes = { 0 };
	size_t at = sizeof(head);
	if (answer->len < at) return refuse(PICTURE_DAMAGED, err);
	memcpy(&head, answer->data, at);
	if (head.magic != ANSWER_MAGIC || head.status != PICTURE_FINE || head.n < 1 || head.n > PICTURE_SIZES)
		return refuse(head.magic == ANSWER_MAGIC ? head.status : PICTURE_DAMAGED, err);
	for (uint32_t i = 0; i < head.n; i++) {
		uint32_t width = head.size[i].width, height = head.size[i].height, size = head.size[i].size;
		if (size > answer->len - at || width < 1 || height < 1 || head.size[i].type >= COUNT(type_names) ||
		    width > (uint32_t)picture_sides[0] || height > (uint32_t)picture_sides[0])
			return refuse(PICTURE_DAMAGED, err);
		int side = picture_sides[0];
		for (int k = 1; k < PICTURE_SIZES; k++)
			if (i > 0 && head.size[i].side == (uint32_t)picture_sides[k]) side = picture_sides[k];
		sizes.size[sizes.n++] = (struct picture_size){ side,
			                                       (int)width,
			                                       (int)height,
			                                       type_names[head.size[i].type],
			                                       arena_memdup(a, answer->data + at, size),
			                                       size };
		at += size;
	}
	*ret = sizes;
	return OK;
}

static enum code make(struct arena *a, int fd, struct picture_sizes *ret, struct err *err)
{
	struct buf answer;
	buf_init(&answer, NULL, 0);
	enum code code = run(fd, &answer, err);
	if (code == OK) code = read_answer(a, &answer, ret, err);
	buf_release(&answer);
	return code;
}

enum code picture_make(struct arena *a, int fd, int64_t size, struct picture_sizes *ret, struct err *err)
{
	struct timespec until;
	if (size > PICTURE_BYTES)
		FAIL(err, E_LIMIT, N_("This picture is too large: %d MB at most."), PICTURE_BYTES >> 20);
	if (lseek(fd, 0, SEEK_SET) != 0) FAIL(err, E_IO, N_("pictures cannot be looked at: %s"), strerror(errno));
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += PICTURE_DEADLINE;
	if (pthread_mutex_clocklock(&turn, CLOCK_MONOTONIC, &until) != 0)
		FAIL(err, E_BUSY, N_("Many pictures are being sent at this moment. Try again in a minute."));
	enum code code = make(a, fd, ret, err);
	pthread_mutex_unlock(&turn);
	return code;
}
