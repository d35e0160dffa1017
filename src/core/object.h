/*
 * Objects: one revision of one part of a record, named by its hash, never changed. Pure: no I/O.
 *
 * The header is canonical JSON (keys sorted, compact, UTF-8) of at most OBJECT_HEADER_MAX bytes; it
 * is kept for ever. The body, {"note": text, "set": {key: value or null}}, can be erased: the header
 * holds only a commitment to it, keyed by a random salt, so that after erasure the graph still
 * verifies and nobody can confirm a guess by hashing it. So nothing personal goes into a header.
 *
 *	id         = BLAKE2b-256("obj1" ‖ header)
 *	commitment = BLAKE2b-256(key = salt, "bod1" ‖ body)
 */
#ifndef PARVIS_OBJECT_H
#define PARVIS_OBJECT_H

#include "base/hash.h"
#include "base/id.h"
#include "base/json.h"

enum {
	OBJECT_HEADER_MAX = 4096,
	OBJECT_BODY_MAX = 1024 * 1024,
	OBJECT_BODY_STEP = 256, /* the body's size is told rounded up to this */
	OBJECT_PARENTS = 32,
	OBJECT_SALT = 32,
	OBJECT_KEY_MAX = 32, /* bytes of a field's key, of a form's */
};

enum object_flag { OBJECT_DELETED = 1, OBJECT_MOVED = 2, OBJECT_MINOR = 4, OBJECT_ARCHIVED = 8 };

/* Column `state` of the table body. Only a present body has values. */
enum body_state { BODY_PRESENT, BODY_PENDING, BODY_ERASED, BODY_PRUNED };

struct object {
	struct hash id;
	struct id compartment;         /* the space and audience it belongs to */
	struct id record, actor, save; /* actor: zero for none */
	const char *type;              /* key of the form */
	const struct hash *parents;    /* sorted, each once */
	int nparents;
	int64_t depth; /* 1 + the greatest of its parents' */
	uint64_t hlc;  /* 48 bits of milliseconds, 16 of counter */
	unsigned flags;
	const char *const *touched; /* sorted, each once */
	int ntouched;
	struct hash commitment;
	int64_t size;
	const char *header;
	/* the body */
	enum body_state state;
	uint8_t salt[OBJECT_SALT];
	const char *body;  /* NULL unless present and loaded */
	const json_t *set; /* as above */
	const char *note;
};

/* Completes an object whose fields from `compartment` to `flags` are given, parents and all: sorts
 * parents, writes body, salt, header and id. `set` holds keys to values or null. E_LIMIT: too big;
 * E_INPUT: a key that is none, or a value that JSON texts cannot hold for ever: fractions, broken
 * UTF-8, control characters but tabs and line ends, nesting over JSON_LEVELS. */
enum code object_make(struct arena *a, struct object *object, const json_t *set, const char *note,
                      struct err *err) MUST;

/* Header and id → object, without its body (BODY_PENDING). Everything is checked: E_INPUT for what
 * is not canonical, not well-formed, or has another id. */
enum code object_read_header(struct arena *a, const struct hash *id, const char *header, size_t len, struct object *ret,
                             struct err *err) MUST;
/* Gives an object its body, once checked against the commitment and the keys of the header. */
enum code object_read_body(struct arena *a, struct object *object, const uint8_t salt[OBJECT_SALT], const char *body,
                           size_t len, struct err *err) MUST;
/* The same for what our own database holds: parsed, not hashed again. */
enum code object_trust_body(struct arena *a, struct object *object, const char *body, size_t len, struct err *err) MUST;

/* How many of `n` parents a header that touches these keys has room for, at most OBJECT_PARENTS. */
int object_room(const char *const *touched, int ntouched, int n);

/* The order of versions: by depth, then clock, then id. */
int object_compare(const struct object *a, const struct object *b);

/* When it was saved, as the writer's clock told: ms UTC. */
int64_t object_time(const struct object *object);

/* Hybrid logical clock: after `now` (ms) and after the greatest seen, which counts for at most 24
 * hours ahead, so that one wrong clock does not carry all others away. */
uint64_t hlc_next(int64_t now, uint64_t greatest);

#endif
