/*
 * Files that people attach: which kinds there are, and whether a content is of the kind that its name
 * says. Nothing here opens them; they are only handed on, as downloads. To add one: its row in
 * document.c, with how its content begins.
 */
#ifndef PARVIS_DOCUMENT_H
#define PARVIS_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DOCUMENT_HEAD = 64 * 1024 /* bytes that are looked at */,
	DOCUMENT_BYTES = 50 * 1024 * 1024,
	MEDIA_BYTES = 150 * 1024 * 1024 /* of sound and video */
};

struct document_kind {
	const char *extension; /* without dot, lower case */
	const char *type;      /* for Content-Type */
	const char *magic;     /* how the content begins; NULL: text */
	size_t at, len;        /* where, how many bytes */
};

/* By the end of the name; NULL: a kind that is not kept here. */
const struct document_kind *document_kind(const char *name);
/* Is the beginning of the content (at most DOCUMENT_HEAD bytes) of this kind? */
bool document_is(const struct document_kind *kind, const uint8_t *head, size_t size);
/* Sound or video? */
bool document_is_media(const struct document_kind *kind);
/* Is it a picture as media/picture.h takes them? */
bool document_is_picture(const uint8_t *head, size_t size);
/* "pdf, odt, …": the kinds there are. */
const char *document_extensions(void);

#endif
