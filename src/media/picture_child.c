/* The confined process: reads a picture from descriptor 0, writes its sizes to descriptor 1. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "media/answer.h"
#include "media/confine.h"

enum { SECONDS = 12 };
#define MEMORY (640LL << 20)

static bool read_all(uint8_t *data, size_t room, size_t *size)
{
	for (*size = 0; *size < room;) {
		ssize_t n = read(0, data + *size, room - *size);
		if (n == 0) return true;
		if (n < 0 && errno != EINTR) return false;
		if (n > 0) *size += (size_t)n;
	}
	return true;
}

static bool write_all(const void *data, size_t size)
{
	for (const char *at = data; size;) {
		ssize_t n = write(1, at, size);
		if (n < 0 && errno != EINTR) return false;
		if (n < 0) continue;
		at += n;
		size -= (size_t)n;
	}
	return true;
}

static bool answer(enum picture_status status, const struct converted *c)
{
	struct answer_head head = { .magic = ANSWER_MAGIC, .status = status, .n = (uint32_t)c->n };
	for (int i = 0; i < c->n; i++) {
		head.size[i].side = (uint32_t)c->size[i].side;
		head.size[i].width = (uint32_t)c->size[i].width;
		head.size[i].height = (uint32_t)c->size[i].height;
		head.size[i].type = c->size[i].type;
		head.size[i].size = (uint32_t)c->size[i].size;
	}
	bool written = write_all(&head, sizeof(head));
	for (int i = 0; written && i < c->n; i++) written = write_all(c->size[i].data, c->size[i].size);
	return written;
}

/* The codecs look once at what the processor can do, some of them in a file: before the door closes. */
static void warm_up(void)
{
	uint8_t white[8 * 8 * 3], *data;
	size_t size;
	struct pixels p = { 8, 8, 3, white };
	struct converted c;
	memset(white, 255, sizeof(white));
	bool (*const encode[])(const struct pixels *, uint8_t **, size_t *) = { jpeg_encode, webp_encode };
	for (size_t i = 0; i < COUNT(encode); i++) {
		if (!encode[i](&p, &data, &size)) continue;
		if (picture_convert(data, size, &c) == PICTURE_FINE) converted_free(&c);
		free(data);
	}
}

int picture_child(void)
{
	warm_up();
	if (!confine(MEMORY, SECONDS)) _exit(3);
	size_t size;
	struct converted c = { 0 };
	uint8_t *data = malloc(PICTURE_BYTES);
	if (data == NULL || !read_all(data, PICTURE_BYTES, &size)) _exit(4);
	enum picture_status status = picture_convert(data, size, &c);
	_exit(answer(status, &c) ? 0 : 5);
}
