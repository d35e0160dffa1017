/*
 * Pictures in pages. The site's own, brought by its preset: the setting "pictures" says for each name which file
 * of the store it is ({"carte.svg": {"file": "<sha-256>", "type": "image/svg+xml", "width": 430,
 * "height": 424}}). Everybody sees them.
 */
#ifndef PARVIS_PICTURE_H
#define PARVIS_PICTURE_H

#include "page/page.h"

#define PICTURE_ROOT "/-/file/"

struct picture {
	const char *url; /* "/-/file/<sha-256>": another content, another address */
	struct hash file;
	const char *type; /* for Content-Type */
	int width, height;
};

/*
 * Pictures of records: items of an images field, {"file": "<sha-256>", "w": 1920, "h": 1280, "alt": "…"}
 * ("decorative": true when it says nothing). Smaller sizes, where the picture is larger, are at
 * "/-/file/<sha-256>/<longest side>".
 */
enum { PICTURE_SMALL = 320, PICTURE_MEDIUM = 960 };

/* <img> with its sizes; nothing when `item` is not a picture. `sizes` as in HTML (how wide it is shown),
 * NULL: always the small one. `alt` NULL: the item's. */
struct html_safe picture_image(const struct page *p, const json_t *item, const char *class, const char *sizes,
                               const char *alt);
/* Its address, in the size that it was kept in; NULL when `item` is not a picture. */
const char *picture_address(const struct page *p, const json_t *item);
/* The first picture of a record that the reader may see, or NULL. */
const json_t *record_picture(const struct record *record);

/* False when the site has none of that name. */
bool page_picture(const struct page *p, const char *name, struct picture *ret);
/* By the last part of its address. */
bool page_picture_by_hash(const struct page *p, const char *hex, struct picture *ret);

#endif
