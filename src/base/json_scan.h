/*
 * JSON looked through without a tree, for texts that the program wrote itself and reads by the thousand (json_text): where
 * the members of an object are, where the items of an array. What is not as json_text writes it – a key that is escaped,
 * white space in between, brackets that do not fit – is refused: json_parse then tells. Values are found, not checked: a
 * text that json_parse takes is scanned to the same members, one that it refuses may be scanned all the same.
 */
#ifndef PARVIS_JSON_SCAN_H
#define PARVIS_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* Part of a text, without a final NUL. */
struct json_slice {
	const char *text;
	size_t len;
};

typedef void json_member_fn(void *context, struct json_slice key, struct json_slice value);
/* Tells each member of an object, in order; false: not such a text, after perhaps some were told. */
bool json_scan_object(struct json_slice object, json_member_fn *fn, void *context);
/* The next item of an array (`at` begins at 0); false: there is none, *at is then the array's length, else it is no such text. */
bool json_scan_item(struct json_slice array, size_t *at, struct json_slice *ret);

/* A string without escapes: what is between the quotes. False: it is something else. */
bool json_scan_string(struct json_slice value, struct json_slice *ret);

#endif
