/*
 * Objects: names and commitments against libsodium called here, canonical texts written by hand and by
 * another program (object_known.py), and the refusal of everything else.
 */
#include "core/object.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "support/store.h"

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return sodium_init() < 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	random_seed(0);
	clock_set(0);
	return 0;
}

static const struct {
	const char *salt, *body, *commitment, *header, *id;
} known[] = {
#include "object_known.h"
};

/* Hashes without our own functions */

static struct hash blake(const void *key, const char *domain, const void *data, size_t len)
{
	struct hash h;
	uint8_t *all = arena_alloc(&arena, 4 + len + 1);
	memcpy(all, domain, 4);
	memcpy(all + 4, data, len);
	assert_int_equal(crypto_generichash(h.b, 32, all, 4 + len, key, key ? 32 : 0), 0);
	return h;
}

static struct hash name_of(const char *header, size_t len)
{
	return blake(NULL, "obj1", header, len);
}

static struct hash from_hex(const char *hex)
{
	struct hash h;
	assert_int_equal(sodium_hex2bin(h.b, 32, hex, 64, NULL, NULL, NULL), 0);
	return h;
}

static const char *to_hex(const struct hash *h)
{
	return sodium_bin2hex(arena_alloc(&arena, 65), 65, h->b, 32);
}

/* Objects */

static struct id id_of(uint8_t byte)
{
	struct id id;
	memset(id.b, byte, sizeof(id.b));
	return id;
}

static struct object blank(void)
{
	return (struct object){ .compartment = id_of(0x11),
		                .record = id_of(0x22),
		                .save = id_of(0x44),
		                .type = "structure",
		                .depth = 1,
		                .hlc = 1 };
}

static json_t *tree(const char *text)
{
	json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
	assert_non_null(json);
	return json_keep(&arena, json);
}

static struct object made(struct object o, const char *set, const char *note)
{
	struct err err = { 0 };
	assert_ok(object_make(&arena, &o, tree(set), note, &err), &err);
	return o;
}

static enum code read_named(const char *header, struct object *ret)
{
	size_t len = strlen(header);
	struct hash id = name_of(header, len);
	return object_read_header(&arena, &id, header, len, ret, NULL);
}

/* What another program wrote is read as it says, and the same is written again. */
static void test_known_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(known); i++) {
		struct err err = { 0 };
		struct object o;
		struct hash id = from_hex(known[i].id), salt = from_hex(known[i].salt);
		size_t len = strlen(known[i].header), size = strlen(known[i].body);
		assert_ok(object_read_header(&arena, &id, known[i].header, len, &o, &err), &err);
		assert_int_equal(o.state, BODY_PENDING);
		assert_string_equal(to_hex(&o.commitment), known[i].commitment);
		assert_ok(object_read_body(&arena, &o, salt.b, known[i].body, size, &err), &err);
		assert_int_equal(o.state, BODY_PRESENT);
		assert_memory_equal(o.salt, salt.b, OBJECT_SALT);

		struct object again = o;
		again.header = again.body = NULL;
		assert_ok(object_make(&arena, &again, o.set, o.note, &err), &err);
		assert_string_equal(again.body, known[i].body);
		/* The salt, so the commitment, is new each time: put the known one in its place. */
		char *at = strstr(again.header, to_hex(&again.commitment));
		assert_non_null(at);
		memcpy(at, known[i].commitment, 64);
		assert_string_equal(again.header, known[i].header);
	}
}

static void test_known_fields(void **state)
{
	(void)state;
	struct object o;
	struct hash root = from_hex(known[0].id), left = from_hex(known[1].id), right = from_hex(known[2].id);
	assert_int_equal(read_named(known[1].header, &o), OK);
	assert_true(id_equal(o.compartment, id_of(0x11)) && id_equal(o.record, id_of(0x22)));
	assert_true(id_equal(o.actor, id_of(0x55)));
	assert_string_equal(o.type, "structure");
	assert_int_equal(o.nparents, 1);
	assert_memory_equal(&o.parents[0], &root, 32);
	assert_int_equal(o.depth, 2);
	assert_true(o.hlc == ((uint64_t)1384945200124 << 16 | 0xFFFF));
	assert_int_equal(object_time(&o), 1384945200124);
	assert_int_equal(o.flags, OBJECT_MINOR);
	assert_int_equal(o.ntouched, 3);
	assert_string_equal(o.touched[0], "nom");
	assert_string_equal(o.touched[1], "phone");
	assert_string_equal(o.touched[2], "tags");
	assert_int_equal(o.size, 256);

	assert_int_equal(read_named(known[3].header, &o), OK);
	assert_int_equal(o.nparents, 2);
	bool left_first = memcmp(left.b, right.b, 32) < 0;
	assert_memory_equal(&o.parents[0], left_first ? &left : &right, 32);
	assert_memory_equal(&o.parents[1], left_first ? &right : &left, 32);
	assert_true(o.hlc == INT64_MAX);
	assert_int_equal(o.flags, OBJECT_DELETED | OBJECT_MOVED | OBJECT_MINOR);
	assert_int_equal(o.ntouched, 0);
	assert_int_equal(object_time(&o), INT64_MAX >> 16); /* its save is no UUIDv7: the clock says */

	assert_int_equal(read_named(known[0].header, &o), OK);
	assert_true(id_is_zero(o.actor));
	assert_int_equal(o.nparents, 0);
	assert_int_equal(object_time(&o), 1384945200123);
}

/* The header that must be written, by hand. */
static const char *expected_header(const struct object *o, const char *parents, const char *touched)
{
	char actor[32] = "null", text[27], record[27], save[27], space[27];
	if (!id_is_zero(o->actor)) snprintf(actor, sizeof(actor), "\"%s\"", id_format(o->actor, text));
	return arena_printf(&arena,
	                    "{\"actor\":%s,\"commitment\":\"%s\",\"depth\":%lld,\"flags\":%u,\"hlc\":\"%016llx\","
	                    "\"kind\":1,\"parents\":[%s],\"record\":\"%s\",\"save\":\"%s\",\"size\":%lld,"
	                    "\"space\":\"%s\",\"touched\":[%s],\"type\":\"%s\",\"version\":1}",
	                    actor, to_hex(&o->commitment), (long long)o->depth, o->flags, (unsigned long long)o->hlc,
	                    parents, id_format(o->record, record), id_format(o->save, save), (long long)o->size,
	                    id_format(o->compartment, space), touched, o->type);
}

static void test_make(void **state)
{
	(void)state;
	struct hash a = blake(NULL, "test", "a", 1), b = blake(NULL, "test", "b", 1);
	struct hash low = memcmp(a.b, b.b, 32) < 0 ? a : b, high = memcmp(a.b, b.b, 32) < 0 ? b : a;
	struct object o = blank();
	o.actor = id_of(0x33);
	o.depth = 7;
	o.hlc = 0x0123456789abcdef;
	o.flags = OBJECT_MINOR | OBJECT_DELETED;
	o.parents = (struct hash[]){ high, low, high }; /* unsorted and twice: it puts that right */
	o.nparents = 3;
	o = made(o, "{\"b_2\":{\"y\":1,\"x\":[true,null]},\"b\":null,\"a\":\"é\"}", "n\"");

	assert_string_equal(
	        o.body, "{\"note\":\"n\\\"\",\"set\":{\"a\":\"é\",\"b\":null,\"b_2\":{\"x\":[true,null],\"y\":1}}}");
	struct hash commitment = blake(o.salt, "bod1", o.body, strlen(o.body));
	assert_memory_equal(&o.commitment, &commitment, 32);
	const char *parents = arena_printf(&arena, "\"%s\",\"%s\"", to_hex(&low), to_hex(&high));
	assert_string_equal(o.header, expected_header(&o, parents, "\"a\",\"b\",\"b_2\""));
	struct hash id = name_of(o.header, strlen(o.header));
	assert_memory_equal(&o.id, &id, 32);
	assert_int_equal(o.nparents, 2);
	assert_int_equal(o.state, BODY_PRESENT);

	/* Another salt each time: nobody can confirm a guess. */
	struct object twin = made(blank(), "{\"a\":1}", NULL), other = made(blank(), "{\"a\":1}", NULL);
	assert_memory_not_equal(twin.salt, other.salt, OBJECT_SALT);
	assert_memory_not_equal(&twin.commitment, &other.commitment, 32);
	assert_memory_not_equal(&twin.id, &other.id, 32);
}

/* Values that texts cannot hold for ever, or that programs would write differently. */
static void test_make_refuses(void **state)
{
	(void)state;
	static const char *const bad[] = {
		"{\"a\":1.5}",
		"{\"a\":1.0}",
		"{\"a\":[{\"b\":-0.0}]}",
		"{\"a\":1e3}",
		"{\"a\":\"\\u0001\"}",
		"{\"a\":\"\\u001f\"}",
		"{\"a\":[{\"b\\u0002\":1}]}",
		"{\"\":1}",
		"{\"a23456789012345678901234567890123\":1}", /* no key; 33 bytes */
	};
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct object o = blank(), before = o;
		if (object_make(&arena, &o, tree(bad[i]), NULL, NULL) != E_INPUT) fail_msg("accepted %s", bad[i]);
		assert_memory_equal(&o, &before, sizeof(o));
	}
	static const char *const bad_notes[] = { "\xff", "\xc3", "\xed\xa0\x80", "a\x01" };
	for (size_t i = 0; i < COUNT(bad_notes); i++) {
		struct object o = blank();
		assert_int_equal(object_make(&arena, &o, tree("{}"), bad_notes[i], NULL), E_INPUT);
	}
	/* Jansson can hold these when it is told not to look. */
	json_t *set = json_keep(&arena, json_object());
	json_object_set_new(set, "a", json_stringn_nocheck("\xff", 1));
	struct object o = blank();
	assert_int_equal(object_make(&arena, &o, set, NULL, NULL), E_INPUT);
	json_object_set_new(set, "a", json_stringn("x\0y", 3));
	assert_int_equal(object_make(&arena, &o, set, NULL, NULL), E_INPUT);
	json_object_clear(set);
	json_object_set_new_nocheck(set, "\xc3", json_null());
	assert_int_equal(object_make(&arena, &o, set, NULL, NULL), E_INPUT);
}

/* Nothing is written that cannot be read again: JSON of more than 64 levels. */
static void test_nesting(void **state)
{
	(void)state;
	bool refused = false;
	for (int levels = 50; levels <= 80; levels++) {
		struct object o = blank(), r;
		json_t *value = json_integer(1);
		for (int i = 0; i < levels; i++) {
			json_t *outer = json_array();
			json_array_append_new(outer, value);
			value = outer;
		}
		json_t *set = json_keep(&arena, json_object());
		json_object_set_new(set, "a", value);
		enum code code = object_make(&arena, &o, set, NULL, NULL);
		if (code != OK) {
			assert_int_equal(code, E_INPUT);
			refused = true;
			continue;
		}
		assert_false(refused);
		assert_int_equal(read_named(o.header, &r), OK);
		assert_int_equal(object_read_body(&arena, &r, o.salt, o.body, strlen(o.body), NULL), OK);
	}
	assert_true(refused);
}

static json_t *text_of(size_t len)
{
	char *text = arena_alloc(&arena, len + 1);
	memset(text, 'x', len);
	json_t *set = json_keep(&arena, json_object());
	json_object_set_new(set, "a", json_string(text));
	return set;
}

/* {"set":{"a":""}} has 16 bytes. */
static void test_body_sizes(void **state)
{
	(void)state;
	static const struct {
		size_t len;
		int64_t size;
	} cases[] = { { 16, 256 },          { 255, 256 },         { 256, 256 },        { 257, 512 },
		      { 1048320, 1048320 }, { 1048321, 1048576 }, { 1048576, 1048576 } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct object o = blank(), r;
		struct err err = { 0 };
		assert_ok(object_make(&arena, &o, text_of(cases[i].len - 16), NULL, &err), &err);
		assert_int_equal(strlen(o.body), cases[i].len);
		assert_int_equal(o.size, cases[i].size);
		assert_int_equal(read_named(o.header, &r), OK);
		assert_int_equal(object_read_body(&arena, &r, o.salt, o.body, cases[i].len, NULL), OK);
	}
	struct object o = blank();
	assert_int_equal(object_make(&arena, &o, text_of(1048577 - 16), NULL, NULL), E_LIMIT);
}

/* A set whose header has `len` bytes in all. */
static json_t *keys_of(size_t len)
{
	size_t used = strlen(made(blank(), "{}", NULL).header);
	json_t *set = json_keep(&arena, json_object());
	/* The first key has no comma, but the size of such a body has one digit more. */
	while (used < len) {
		size_t room = len - used - 3, next = room > 32 + 32 + 3 ? 32 : room > 32 ? 20 : room;
		json_object_set_new(set, arena_printf(&arena, "k%0*zu", (int)next - 1, json_object_size(set)),
		                    json_null());
		used += next + 3;
	}
	return set;
}

static void test_header_size(void **state)
{
	(void)state;
	struct object o = blank(), r;
	struct err err = { 0 };
	assert_ok(object_make(&arena, &o, keys_of(4096), NULL, &err), &err);
	assert_int_equal(strlen(o.header), 4096);
	assert_int_equal(read_named(o.header, &r), OK);
	o = blank();
	assert_int_equal(object_make(&arena, &o, keys_of(4097), NULL, NULL), E_LIMIT);

	/* Longer texts are refused before they are read. */
	char *longer = arena_printf(&arena, "%4097s", "");
	struct hash id = name_of(longer, 4097);
	assert_int_equal(object_read_header(&arena, &id, longer, 4097, &r, NULL), E_INPUT);
}

static struct hash *some_hashes(int n)
{
	struct hash *hashes = arena_array(&arena, struct hash, (size_t)n);
	for (int i = 0; i < n; i++) hashes[i] = blake(NULL, "test", &i, sizeof(i));
	return hashes;
}

static void test_parents(void **state)
{
	(void)state;
	for (int n = 31; n <= 33; n++) {
		struct object o = blank(), r;
		o.parents = some_hashes(n);
		o.nparents = n;
		o.depth = 2;
		enum code code = object_make(&arena, &o, tree("{}"), NULL, NULL);
		assert_int_equal(code, n <= 32 ? OK : E_LIMIT);
		if (code != OK) continue;
		assert_int_equal(read_named(o.header, &r), OK);
		assert_int_equal(r.nparents, n);
		for (int i = 1; i < n; i++) assert_true(memcmp(&r.parents[i - 1], &r.parents[i], 32) < 0);
	}
}

/* As many parents as object_room says always fit, with every number at its longest. */
static void test_room(void **state)
{
	(void)state;
	for (int keys = 0; keys <= 100; keys++) {
		struct object o = blank();
		o.actor = id_of(0x77);
		o.type = "abcdefghijklmnopqrstuvwxyz_01234";
		o.depth = INT64_MAX;
		o.hlc = INT64_MAX;
		o.flags = 7;
		json_t *set = json_keep(&arena, json_object());
		const char *touched[100];
		for (int i = 0; i < keys; i++) {
			touched[i] = arena_printf(&arena, "k%031d", i);
			json_object_set_new(set, touched[i],
			                    i ? json_null() : json_string(arena_printf(&arena, "%1000000d", 1)));
		}
		o.nparents = object_room(touched, keys, 40);
		o.parents = some_hashes(o.nparents);
		assert_in_range(o.nparents, 1, 32);
		if (keys == 0) assert_int_equal(o.nparents, 32);
		enum code code = object_make(&arena, &o, set, NULL, NULL);
		if (o.nparents > 1) assert_int_equal(code, OK);
	}
	assert_int_equal(object_room(NULL, 0, 3), 3);
}

/* Headers that are not canonical */

/* `header` with the first `old` put as `now`. */
static const char *changed(const char *header, const char *old, const char *now)
{
	const char *at = strstr(header, old);
	if (at == NULL) fail_msg("no %s in %s", old, header);
	return arena_printf(&arena, "%.*s%s%s", (int)(at - header), header, now, at + strlen(old));
}

static void refuse(const char *header)
{
	struct object r;
	memset(&r, 0x5a, sizeof(r));
	struct object before = r;
	enum code code = read_named(header, &r);
	if (code != E_INPUT && code != E_LIMIT) fail_msg("%s for %s", code_name(code), header);
	assert_memory_equal(&r, &before, sizeof(r)); /* outputs stay untouched */
}

static void test_header_refusals(void **state)
{
	(void)state;
	static const struct {
		const char *old, *now;
	} cases[] = {
		/* spelling */
		{ "{\"actor\"", " {\"actor\"" },
		{ "{\"actor\"", "\n{\"actor\"" },
		{ "\"version\":1}", "\"version\":1} " },
		{ "\"version\":1}", "\"version\":1}\n" },
		{ "\"kind\":", "\"kind\": " },
		{ ",\"kind\"", ", \"kind\"" },
		{ "\"structure\"", "\"struct\\u0075re\"" },
		{ "\"structure\"", "\"struct\\/ure\"" },
		{ "\"kind\":1,", "" },
		{ "\"kind\":1,", "\"kind\":1,\"kind\":1," },
		{ "\"kind\":1,", "\"kind\":1,\"lang\":\"fr\"," },
		{ "{\"actor\"", "{\"Actor\":null,\"actor\"" },
		{ "\"depth\":2,\"flags\":4", "\"flags\":4,\"depth\":2" },
		{ "\"version\":1}", "\"version\":1,}" },
		{ "\"version\":1}", "\"version\":1}{}" },
		{ "{\"actor\"", "\xef\xbb\xbf{\"actor\"" },
		{ "\"structure\"", "\"struct\xffure\"" },
		{ "\"structure\"", "\"struct\\u0000ure\"" },
		/* numbers */
		{ "\"version\":1", "\"version\":2" },
		{ "\"version\":1", "\"version\":0" },
		{ "\"version\":1", "\"version\":1.0" },
		{ "\"version\":1", "\"version\":1e0" },
		{ "\"version\":1", "\"version\":01" },
		{ "\"version\":1", "\"version\":\"1\"" },
		{ "\"version\":1", "\"version\":true" },
		{ "\"version\":1", "\"version\":99999999999999999999" },
		{ "\"kind\":1", "\"kind\":2" },
		{ "\"kind\":1", "\"kind\":3" },
		{ "\"flags\":4", "\"flags\":16" },
		{ "\"flags\":4", "\"flags\":-4" },
		{ "\"flags\":4", "\"flags\":-0" },
		{ "\"flags\":4", "\"flags\":4294967300" }, /* 4 in 32 bits */
		{ "\"depth\":2", "\"depth\":1" },
		{ "\"depth\":2", "\"depth\":0" },
		{ "\"depth\":2", "\"depth\":-2" },
		{ "\"size\":256", "\"size\":0" },
		{ "\"size\":256", "\"size\":255" },
		{ "\"size\":256", "\"size\":257" },
		{ "\"size\":256", "\"size\":-256" },
		{ "\"size\":256", "\"size\":1048832" },
		/* texts */
		{ "\"hlc\":\"0", "\"hlc\":\"" },
		{ "\"hlc\":\"0", "\"hlc\":\"00" },
		{ "\"hlc\":\"0", "\"hlc\":\"8" },
		{ "ffff\"", "fffF\"" },
		{ "\"hlc\":\"01", "\"hlc\":\" 1" },
		{ "\"hlc\":\"01", "\"hlc\":\"+1" },
		{ "\"commitment\":\"f8", "\"commitment\":\"F8" },
		{ "\"commitment\":\"f8", "\"commitment\":\"f" },
		{ "\"commitment\":\"f8", "\"commitment\":\"f8a" },
		{ "\"commitment\":\"f8", "\"commitment\":\"g8" },
		{ "\"parents\":[\"e1be", "\"parents\":[\"E1be" },
		{ "\"parents\":[\"e1be", "\"parents\":[\"e1be " },
		{ "\"type\":\"structure\"", "\"type\":\"\"" },
		{ "\"type\":\"structure\"", "\"type\":null" },
		{ "\"type\":\"structure\"", "\"type\":[\"structure\"]" },
		{ "\"type\":\"structure\"", "\"type\":\"a23456789012345678901234567890123\"" },
		{ "\"actor\":\"2n", "\"actor\":\"2N" },
		{ "\"actor\":\"2n", "\"actor\":\"2nn" },
		{ "\"actor\":\"2nanananananananananananan\"", "\"actor\":\"\"" },
		{ "\"actor\":\"2nanananananananananananan\"", "\"actor\":\"00000000000000000000000000\"" },
		{ "\"actor\":\"2nanananananananananananan\"", "\"actor\":false" },
		/* lists */
		{ "[\"nom\",\"phone\",\"tags\"]", "[\"phone\",\"nom\",\"tags\"]" },
		{ "[\"nom\",\"phone\",\"tags\"]", "[\"nom\",\"nom\",\"tags\"]" },
		{ "[\"nom\",\"phone\",\"tags\"]", "[\"\",\"nom\",\"phone\",\"tags\"]" },
		{ "[\"nom\",\"phone\",\"tags\"]", "[\"nom\",\"phone\",3]" },
		{ "[\"nom\",\"phone\",\"tags\"]", "\"nom\"" },
		{ "[\"nom\",\"phone\",\"tags\"]", "null" },
		{ "[\"nom\",\"phone\",\"tags\"]", "{}" },
		{ "[\"nom\",\"phone\",\"tags\"]", "[\"a23456789012345678901234567890123\"]" },
		{ "\"parents\":[", "\"parents\":[[]," },
	};
	for (size_t i = 0; i < COUNT(cases); i++) refuse(changed(known[1].header, cases[i].old, cases[i].now));
	static const char *const ids[] = { "record", "save", "space" };
	for (size_t i = 0; i < COUNT(ids); i++) {
		char *at = strstr(known[1].header, arena_printf(&arena, "\"%s\":\"", ids[i]));
		const char *whole = arena_printf(&arena, "%.*s", (int)(strlen(ids[i]) + 4 + 27), at);
		refuse(changed(known[1].header, whole, arena_printf(&arena, "\"%s\":null", ids[i])));
		refuse(changed(known[1].header, whole,
		               arena_printf(&arena, "\"%s\":\"00000000000000000000000000\"", ids[i])));
	}
	refuse("");
	refuse("{}");
	refuse("[]");
	refuse("null");
	refuse(arena_printf(&arena, "[%s]", known[1].header));
	/* A root deeper than 1; unsorted and repeated parents; 33 of them. */
	refuse(changed(known[0].header, "\"depth\":1", "\"depth\":2"));
	refuse(changed(known[3].header, known[1].id, known[2].id));
	struct object o;
	assert_int_equal(read_named(known[3].header, &o), OK);
	const char *low = to_hex(&o.parents[0]), *high = to_hex(&o.parents[1]);
	refuse(changed(known[3].header, arena_printf(&arena, "\"%s\",\"%s\"", low, high),
	               arena_printf(&arena, "\"%s\",\"%s\"", high, low)));
	o = blank();
	o.parents = some_hashes(32);
	o.nparents = 32;
	o.depth = 2;
	o = made(o, "{}", NULL);
	refuse(changed(o.header, "\"parents\":[",
	               "\"parents\":[\"0000000000000000000000000000000000000000000000000000000000000000\","));
}

/* Any byte of a header changed: another name, so refused; under its own new name, refused or spelt so. */
static void test_every_byte(void **state)
{
	(void)state;
	struct object r;
	size_t len = strlen(known[1].header);
	struct hash id = from_hex(known[1].id);
	for (size_t i = 0; i < len; i++) {
		static const char bytes[] = "0129afgzZ\"\\,:{}[] \x80";
		for (size_t b = 0; b < sizeof(bytes) - 1; b++) {
			char *header = arena_strdup(&arena, known[1].header);
			if (header[i] == bytes[b]) continue;
			header[i] = bytes[b];
			assert_int_not_equal(object_read_header(&arena, &id, header, len, &r, NULL), OK);
			if (read_named(header, &r) == OK) assert_memory_equal(r.header, header, len + 1);
		}
		struct hash cut = name_of(known[1].header, i);
		assert_int_not_equal(object_read_header(&arena, &cut, known[1].header, i, &r, NULL), OK);
	}
	id.b[31] ^= 1;
	assert_int_equal(object_read_header(&arena, &id, known[1].header, len, &r, NULL), E_INPUT);
}

/* Bodies */

/* An object whose header commits to `body`, whatever that is, and says these keys. */
static struct object committed(const char *body, const char *set, const uint8_t salt[32])
{
	struct object o = made(blank(), set, NULL), r;
	size_t len = strlen(body);
	struct hash commitment = blake(salt, "bod1", body, len);
	const char *header = changed(o.header, to_hex(&o.commitment), to_hex(&commitment));
	header = changed(header, arena_printf(&arena, "\"size\":%lld", (long long)o.size),
	                 arena_printf(&arena, "\"size\":%zu", (len + 255) / 256 * 256));
	assert_int_equal(read_named(header, &r), OK);
	return r;
}

static void test_body_refusals(void **state)
{
	(void)state;
	static const struct {
		const char *body, *set;
	} cases[] = {
		{ "{\"set\":{\"a\":1} }", "{\"a\":1}" },
		{ " {\"set\":{\"a\":1}}", "{\"a\":1}" },
		{ "{\"set\":{\"b\":1,\"a\":1}}", "{\"a\":1,\"b\":1}" },
		{ "{\"set\":{\"a\":1,\"a\":1}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":{\"c\":1,\"b\":2}}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":1},\"note\":\"n\"}", "{\"a\":1}" },
		{ "{\"note\":null,\"set\":{\"a\":1}}", "{\"a\":1}" },
		{ "{\"note\":3,\"set\":{\"a\":1}}", "{\"a\":1}" },
		{ "{\"more\":1,\"set\":{\"a\":1}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":1.5}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":1.0}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":\"\\u0041\"}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":\"\\/\"}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":\"\\u001F\"}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":\"\\u001f\"}}", "{\"a\":1}" },
		{ "{\"note\":\"\\u001F\",\"set\":{\"a\":1}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":\"\\u0000\"}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":\"\xff\"}}", "{\"a\":1}" },
		{ "{\"set\":{\"a\":1,\"b\":1}}", "{\"a\":1}" },
		{ "{\"set\":{\"b\":1}}", "{\"a\":1}" },
		{ "{\"set\":{}}", "{\"a\":1}" },
		{ "{\"set\":[]}", "{}" },
		{ "{\"set\":null}", "{}" },
		{ "{}", "{}" },
		{ "[]", "{}" },
		{ "\"set\"", "{}" },
		{ "{\"set\":{}}{}", "{}" },
	};
	uint8_t salt[32] = { 1, 2, 3 };
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct object o = committed(cases[i].body, cases[i].set, salt), before = o;
		enum code code = object_read_body(&arena, &o, salt, cases[i].body, strlen(cases[i].body), NULL);
		if (code != E_INPUT) fail_msg("%s for %s", code_name(code), cases[i].body);
		assert_memory_equal(&o, &before, sizeof(o));
	}
	/* Well written: accepted, so that the refusals above are of the writing. */
	struct object o = committed("{\"set\":{\"a\":1}}", "{\"a\":1}", salt);
	assert_int_equal(object_read_body(&arena, &o, salt, "{\"set\":{\"a\":1}}", 15, NULL), OK);
	assert_null(o.note);
	assert_int_equal(json_integer_value(json_object_get(o.set, "a")), 1);
}

static void test_body_mismatch(void **state)
{
	(void)state;
	struct object made_one = made(blank(), "{\"a\":\"x\"}", "note"), o;
	size_t len = strlen(made_one.body);
	assert_int_equal(read_named(made_one.header, &o), OK);
	for (size_t bit = 0; bit < 256; bit++) {
		uint8_t salt[32];
		memcpy(salt, made_one.salt, 32);
		salt[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_equal(object_read_body(&arena, &o, salt, made_one.body, len, NULL), E_INPUT);
	}
	for (size_t i = 0; i < len; i++) {
		char *body = arena_strdup(&arena, made_one.body);
		body[i] ^= 1;
		assert_int_equal(object_read_body(&arena, &o, made_one.salt, body, len, NULL), E_INPUT);
		assert_int_equal(object_read_body(&arena, &o, made_one.salt, made_one.body, i, NULL), E_INPUT);
	}
	/* The right body under a header that tells another size. */
	const char *header = changed(made_one.header, "\"size\":256", "\"size\":512");
	assert_int_equal(read_named(header, &o), OK);
	assert_int_equal(object_read_body(&arena, &o, made_one.salt, made_one.body, len, NULL), E_INPUT);
}

/* Order and time */

static void test_compare(void **state)
{
	(void)state;
	static const struct object rising[] = {
		{ .depth = 1, .hlc = UINT64_MAX, .id = { { 0xff } } }, /* depth first, then clock, then id */
		{ .depth = 2, .hlc = 5, .id = { { 1 } } },
		{ .depth = 2, .hlc = 5, .id = { { 2 } } },
		{ .depth = 2, .hlc = 6, .id = { { 0 } } },
		{ .depth = INT64_MAX, .hlc = 0 },
	};
	for (int i = 0; i < (int)COUNT(rising); i++)
		for (int j = 0; j < (int)COUNT(rising); j++) {
			int order = object_compare(&rising[i], &rising[j]);
			assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
		}
}

static void test_hlc(void **state)
{
	(void)state;
	enum { DAY = 24 * 3600 * 1000 };
	static const int64_t now = 1384945200123;
	const uint64_t ms = (uint64_t)now << 16, cap = (uint64_t)(now + DAY) << 16;
	static const struct {
		uint64_t greatest_above; /* above `now`, in units of the counter */
		uint64_t next_above;
	} ahead[] = { { 0, 1 }, { 1, 2 }, { 0xFFFF, 0x10000 }, { 0x12345678, 0x12345679 } };
	assert_true(hlc_next(now, 0) == ms);
	assert_true(hlc_next(now, ms - 1) == ms);
	for (size_t i = 0; i < COUNT(ahead); i++)
		assert_true(hlc_next(now, ms + ahead[i].greatest_above) == ms + ahead[i].next_above);
	/* A clock that is wrong by more than a day counts for one day. */
	assert_true(hlc_next(now, cap) == cap + 1);
	assert_true(hlc_next(now, cap - 1) == cap);
	assert_true(hlc_next(now, cap + 1) == cap + 1);
	assert_true(hlc_next(now, INT64_MAX) == cap + 1);
	assert_true(hlc_next(now, UINT64_MAX) == cap + 1);
	/* Time that goes back: still after what was seen. */
	uint64_t last = hlc_next(now, 0);
	for (int i = 0; i < 100000; i++) {
		uint64_t next = hlc_next(now - i % 1000, last);
		assert_true(next > last);
		last = next;
	}
}

static void test_hex(void **state)
{
	(void)state;
	struct hash h, same = { { 7 } };
	assert_true(hash_from_hex(known[0].id, &h));
	assert_string_equal(to_hex(&h), known[0].id);
	h = same;
	assert_false(hash_from_hex(NULL, &h));
	assert_false(hash_from_hex("", &h));
	assert_false(hash_from_hex(known[0].id + 1, &h));
	assert_false(hash_from_hex(arena_printf(&arena, "%s0", known[0].id), &h));
	assert_false(hash_from_hex(changed(known[0].id, "e1", "g1"), &h));
	assert_memory_equal(&h, &same, 32);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_answers), cmocka_unit_test(test_known_fields),
		cmocka_unit_test(test_make),          cmocka_unit_test(test_make_refuses),
		cmocka_unit_test(test_nesting),       cmocka_unit_test(test_body_sizes),
		cmocka_unit_test(test_header_size),   cmocka_unit_test(test_parents),
		cmocka_unit_test(test_room),          cmocka_unit_test(test_header_refusals),
		cmocka_unit_test(test_every_byte),    cmocka_unit_test(test_body_refusals),
		cmocka_unit_test(test_body_mismatch), cmocka_unit_test(test_compare),
		cmocka_unit_test(test_hlc),           cmocka_unit_test(test_hex),
	};
	return cmocka_run_group_tests_name("object", tests, setup, teardown);
}
