/* Jansson with our limits and memory: trees live as long as an arena, texts are canonical. */
#ifndef PARVIS_JSON_H
#define PARVIS_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/err.h"

enum { JSON_LEVELS = 64 /* a value inside 63 others */ };

/* Parses UTF-8 JSON of at most `len` bytes (RFC 8259; duplicate keys, NUL and nesting over JSON_LEVELS
 * are refused). The tree is released with the arena. E_INPUT says line and column. */
enum code json_parse(struct arena *a, const char *text, size_t len, json_t **ret, struct err *err) MUST;

/* Compact, keys sorted: equal trees give equal texts. */
char *json_text(struct arena *a, const json_t *json);

/* Hands a new reference to the arena; returns it. */
json_t *json_keep(struct arena *a, json_t *json);

/* The string or NULL; the member's string or NULL; and so on. No type errors. */
const char *json_str(const json_t *object, const char *key);
/* As json_str, with a default. */
const char *json_str_or(const json_t *object, const char *key, const char *fallback);
int64_t json_int(const json_t *object, const char *key, int64_t fallback);
bool json_bool(const json_t *object, const char *key, bool fallback);

#endif
