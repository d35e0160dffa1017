/*
 * Revisions: a header, then on further lines a body. What is accepted is written again as the same
 * bytes; whatever is made of a body that is accepted is accepted too.
 */
#include <sodium.h>

#include "core/object.h"
#include "fuzz.h"

static void make_again(struct arena *a, const struct object *read)
{
	struct object made = *read;
	struct err err;
	if (object_make(a, &made, read->set, read->note, &err) != OK) return;
	struct object back;
	CHECK(object_read_header(a, &made.id, made.header, strlen(made.header), &back, NULL) == OK);
	CHECK(object_read_body(a, &back, made.salt, made.body, strlen(made.body), NULL) == OK);
	CHECK(strcmp(made.body, read->body) == 0);
	CHECK(back.ntouched == read->ntouched && back.nparents == read->nparents && back.hlc == read->hlc);
	CHECK(object_compare(&back, &made) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct object object, with_body;
	const uint8_t salt[OBJECT_SALT] = { 0 };
	arena_init(&a);
	const char *header = take_line(&a, &data, &size);
	size_t len = strlen(header);
	struct hash id = hash_blake2b("obj1", NULL, header, len);
	if (object_read_header(&a, &id, header, len, &object, NULL) == OK) {
		CHECK(strcmp(object.header, header) == 0 && len <= OBJECT_HEADER_MAX);
		CHECK(object.nparents <= OBJECT_PARENTS && object.depth > 0);
		id.b[0] ^= 1;
		CHECK(object_read_header(&a, &id, header, len, &with_body, NULL) != OK);
		/* Nobody finds a body for a given commitment: make the header's fit. */
		object.commitment = hash_blake2b("bod1", salt, data, size);
		object.size = (int64_t)((size + OBJECT_BODY_STEP - 1) / OBJECT_BODY_STEP * OBJECT_BODY_STEP);
		with_body = object;
		const char *body = arena_strndup(&a, (const char *)data, size);
		if (object_read_body(&a, &with_body, salt, body, size, NULL) == OK) make_again(&a, &with_body);
	}
	arena_release(&a);
	return 0;
}
