#include "core/object.h"

#include <sodium.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"

enum { VERSION = 1, KIND_REVISION = 1, COUNTER_BITS = 16, DAY_MS = 24 * 3600 * 1000 };
enum { FLAGS = OBJECT_DELETED | OBJECT_MOVED | OBJECT_MINOR | OBJECT_ARCHIVED };

/* Values fit for hashing: one text for each tree, the same for every program that reads it. */

/* Control characters have several spellings in JSON, but for those with a short one; nobody writes them. */
static bool is_sound_text(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < ' ' && (s[i] == '\0' || strchr("\t\n\r", s[i]) == NULL)) return false;
	return text_valid(s, len);
}

/* `level`: how many arrays and objects it stands in, and itself. */
static bool is_sound(const json_t *json, int level)
{
	const char *key;
	const json_t *value;
	size_t i;
	if (level > JSON_LEVELS) return false;
	switch (json_typeof(json)) {
	case JSON_REAL: return false;
	case JSON_STRING: return is_sound_text(json_string_value(json), json_string_length(json));
	case JSON_ARRAY:
		json_array_foreach (json, i, value)
			if (!is_sound(value, level + 1)) return false;
		return true;
	case JSON_OBJECT:
		json_object_foreach ((json_t *)json, key, value)
			if (!is_sound_text(key, strlen(key)) || !is_sound(value, level + 1)) return false;
		return true;
	default: return true;
	}
}

static bool is_sound_body(const json_t *set, const char *note)
{
	return is_sound(set, 2) && (note == NULL || is_sound_text(note, strlen(note)));
}

static bool is_sound_key(const char *key)
{
	return key && *key && strlen(key) <= OBJECT_KEY_MAX;
}

static bool are_sound_keys(const struct object *o)
{
	for (int i = 0; i < o->ntouched; i++)
		if (!is_sound_key(o->touched[i])) return false;
	return is_sound_key(o->type);
}

/* Writing */

static int by_hash(const void *a, const void *b)
{
	return hash_compare(a, b);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static json_t *hex_of(const struct hash *h)
{
	char hex[HASH_HEX + 1];
	return json_string(hash_hex(h, hex));
}

static json_t *id_or_null(struct id id)
{
	char text[ID_TEXT + 1];
	return id_is_zero(id) ? json_null() : json_string(id_format(id, text));
}

static const char *write_header(struct arena *a, const struct object *o)
{
	char hlc[17];
	snprintf(hlc, sizeof(hlc), "%016llx", (unsigned long long)o->hlc);
	json_t *parents = json_array(), *touched = json_array(), *header = json_keep(a, json_object());
	for (int i = 0; i < o->nparents; i++) json_array_append_new(parents, hex_of(&o->parents[i]));
	for (int i = 0; i < o->ntouched; i++) json_array_append_new(touched, json_string(o->touched[i]));
	json_object_set_new(header, "actor", id_or_null(o->actor));
	json_object_set_new(header, "commitment", hex_of(&o->commitment));
	json_object_set_new(header, "depth", json_integer(o->depth));
	json_object_set_new(header, "flags", json_integer(o->flags));
	json_object_set_new(header, "hlc", json_string(hlc));
	json_object_set_new(header, "kind", json_integer(KIND_REVISION));
	json_object_set_new(header, "parents", parents);
	json_object_set_new(header, "record", id_or_null(o->record));
	json_object_set_new(header, "save", id_or_null(o->save));
	json_object_set_new(header, "size", json_integer(o->size));
	json_object_set_new(header, "space", id_or_null(o->compartment));
	json_object_set_new(header, "touched", touched);
	json_object_set_new(header, "type", json_string(o->type));
	json_object_set_new(header, "version", json_integer(VERSION));
	return json_text(a, header);
}

static enum code write_body(struct arena *a, struct object *o, const json_t *set, const char *note, struct err *err)
{
	if (!are_sound_keys(o) || !is_sound_body(set, note))
		FAIL(err, E_INPUT, N_("This holds characters or numbers that cannot be kept."));
	json_t *body = json_keep(a, json_object());
	json_object_set(body, "set", (json_t *)set);
	if (note) json_object_set_new(body, "note", json_string(note));
	o->body = json_text(a, body);
	size_t len = strlen(o->body);
	if (len > OBJECT_BODY_MAX)
		FAIL(err, E_LIMIT, N_("This is too long to be saved at once: %zu KiB, %d KiB at most."), len / 1024,
		     OBJECT_BODY_MAX / 1024);
	o->set = set;
	o->note = note ? arena_strdup(a, note) : NULL;
	o->state = BODY_PRESENT;
	random_bytes(o->salt, sizeof(o->salt));
	o->commitment = hash_blake2b("bod1", o->salt, o->body, len);
	o->size = (int64_t)((len + OBJECT_BODY_STEP - 1) / OBJECT_BODY_STEP * OBJECT_BODY_STEP);
	return OK;
}

static void sort_touched(struct arena *a, struct object *o, const json_t *set)
{
	const char **keys = arena_array(a, const char *, json_object_size(set) + 1);
	const char *key;
	json_t *value;
	o->ntouched = 0;
	json_object_foreach ((json_t *)set, key, value) keys[o->ntouched++] = arena_strdup(a, key);
	qsort(keys, (size_t)o->ntouched, sizeof(*keys), by_text);
	o->touched = keys;
}

static void sort_parents(struct arena *a, struct object *o)
{
	struct hash *parents = arena_array(a, struct hash, (size_t)o->nparents + 1);
	int n = 0;
	if (o->nparents) memcpy(parents, o->parents, (size_t)o->nparents * sizeof(*parents));
	qsort(parents, (size_t)o->nparents, sizeof(*parents), by_hash);
	for (int i = 0; i < o->nparents; i++)
		if (n == 0 || hash_compare(&parents[n - 1], &parents[i]) != 0) parents[n++] = parents[i];
	o->parents = parents;
	o->nparents = n;
}

enum code object_make(struct arena *a, struct object *object, const json_t *set, const char *note, struct err *err)
{
	struct object o = *object;
	sort_parents(a, &o);
	sort_touched(a, &o, set);
	TRY(write_body(a, &o, set, note, err));
	o.type = arena_strdup(a, o.type);
	o.header = write_header(a, &o);
	size_t len = strlen(o.header);
	if (len > OBJECT_HEADER_MAX || o.nparents > OBJECT_PARENTS)
		FAIL(err, E_LIMIT, N_("This changes too many fields at once."));
	o.id = hash_blake2b("obj1", NULL, o.header, len);
	*object = o;
	return OK;
}

int object_room(const char *const *touched, int ntouched, int n)
{
	/* All but parents and keys, with every number at its longest, is under 560 bytes. */
	enum { FIXED = 560, PARENT = HASH_HEX + 3 };
	size_t room = OBJECT_HEADER_MAX - FIXED;
	for (int i = 0; i < ntouched; i++) {
		size_t len = strlen(touched[i]) + 3;
		room -= MIN(len, room);
	}
	return MIN(MIN(n, OBJECT_PARENTS), MAX(1, (int)(room / PARENT)));
}

/* Reading */

static bool read_hlc(const char *text, uint64_t *ret)
{
	if (text == NULL || strlen(text) != 16 || text[0] > '7') return false;
	if (strspn(text, "0123456789abcdef") != 16) return false;
	*ret = strtoull(text, NULL, 16);
	return true;
}

static bool read_id(const json_t *header, const char *key, bool may_be_null, struct id *ret)
{
	const json_t *value = json_object_get(header, key);
	if (may_be_null && json_is_null(value)) {
		*ret = (struct id){ 0 };
		return true;
	}
	return json_is_string(value) && id_parse(json_string_value(value), ret) && !id_is_zero(*ret);
}

/* Canonical texts are compared afterwards, so sorted here means sorted in the text. */
static bool read_parents(struct arena *a, const json_t *array, struct object *o)
{
	size_t n = json_array_size(array);
	if (!json_is_array(array) || n > OBJECT_PARENTS) return false;
	struct hash *parents = arena_array(a, struct hash, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (!hash_from_hex(json_string_value(json_array_get(array, i)), &parents[i])) return false;
		if (i && hash_compare(&parents[i - 1], &parents[i]) >= 0) return false;
	}
	o->parents = parents;
	o->nparents = (int)n;
	return true;
}

static bool read_touched(struct arena *a, const json_t *array, struct object *o)
{
	size_t n = json_array_size(array);
	if (!json_is_array(array)) return false;
	const char **touched = arena_array(a, const char *, n + 1);
	for (size_t i = 0; i < n; i++) {
		touched[i] = json_string_value(json_array_get(array, i));
		if (!is_sound_key(touched[i])) return false;
		if (i && strcmp(touched[i - 1], touched[i]) >= 0) return false;
	}
	o->touched = touched;
	o->ntouched = (int)n;
	return true;
}

static bool read_numbers(const json_t *header, struct object *o)
{
	int64_t flags = json_int(header, "flags", -1);
	o->depth = json_int(header, "depth", 0);
	o->size = json_int(header, "size", 0);
	o->flags = (unsigned)flags;
	return json_int(header, "version", 0) == VERSION && json_int(header, "kind", 0) == KIND_REVISION &&
	       flags >= 0 && (flags & ~FLAGS) == 0 && o->depth >= 1 && (o->depth == 1) == (o->nparents == 0) &&
	       o->size > 0 && o->size % OBJECT_BODY_STEP == 0 && o->size <= OBJECT_BODY_MAX;
}

static bool read_fields(struct arena *a, const json_t *header, struct object *o)
{
	o->type = json_str(header, "type");
	return is_sound_key(o->type) && read_parents(a, json_object_get(header, "parents"), o) &&
	       read_touched(a, json_object_get(header, "touched"), o) && read_numbers(header, o) &&
	       read_hlc(json_str(header, "hlc"), &o->hlc) &&
	       hash_from_hex(json_str(header, "commitment"), &o->commitment) &&
	       read_id(header, "actor", true, &o->actor) && read_id(header, "record", false, &o->record) &&
	       read_id(header, "save", false, &o->save) && read_id(header, "space", false, &o->compartment);
}

enum code object_read_header(struct arena *a, const struct hash *id, const char *header, size_t len, struct object *ret,
                             struct err *err)
{
	struct object o = { .id = *id, .state = BODY_PENDING };
	json_t *json;
	if (len > OBJECT_HEADER_MAX) FAIL(err, E_INPUT, N_("a revision's header is over %d bytes"), OBJECT_HEADER_MAX);
	TRY(json_parse(a, header, len, &json, err));
	if (!json_is_object(json) || !read_fields(a, json, &o))
		FAIL(err, E_INPUT, N_("a revision's header is not well formed"));
	/* Written again from what was understood: nothing unknown, nothing twice, one spelling. */
	o.header = write_header(a, &o);
	if (strlen(o.header) != len || memcmp(o.header, header, len) != 0)
		FAIL(err, E_INPUT, N_("a revision's header is not written as it must be"));
	struct hash found = hash_blake2b("obj1", NULL, o.header, len);
	if (hash_compare(&found, id) != 0) FAIL(err, E_INPUT, N_("a revision's header is not the one of its name"));
	*ret = o;
	return OK;
}

/* The keys of the body are those of the header, no more, no less. */
static bool keys_match(const struct object *o, const json_t *set)
{
	if (!json_is_object(set) || json_object_size(set) != (size_t)o->ntouched) return false;
	for (int i = 0; i < o->ntouched; i++)
		if (json_object_get(set, o->touched[i]) == NULL) return false;
	return true;
}

enum code object_trust_body(struct arena *a, struct object *object, const char *body, size_t len, struct err *err)
{
	json_t *json;
	TRY(json_parse(a, body, len, &json, err));
	const json_t *set = json_object_get(json, "set");
	if (!keys_match(object, set)) FAIL(err, E_INPUT, N_("a revision's body is not the one of its header"));
	object->body = arena_strndup(a, body, len);
	object->set = set;
	object->note = json_str(json, "note");
	object->state = BODY_PRESENT;
	return OK;
}

enum code object_read_body(struct arena *a, struct object *object, const uint8_t salt[OBJECT_SALT], const char *body,
                           size_t len, struct err *err)
{
	struct object o = *object;
	struct hash found = hash_blake2b("bod1", salt, body, len);
	int64_t size = (int64_t)((len + OBJECT_BODY_STEP - 1) / OBJECT_BODY_STEP * OBJECT_BODY_STEP);
	if (len > OBJECT_BODY_MAX || size != o.size || hash_compare(&found, &o.commitment) != 0)
		FAIL(err, E_INPUT, N_("a revision's body is not the one of its header"));
	TRY(object_trust_body(a, &o, body, len, err));
	json_t *again = json_keep(a, json_object());
	json_object_set(again, "set", (json_t *)o.set);
	if (o.note) json_object_set_new(again, "note", json_string(o.note));
	const char *text = json_text(a, again);
	if (!is_sound_body(o.set, o.note) || strlen(text) != len || memcmp(text, body, len) != 0)
		FAIL(err, E_INPUT, N_("a revision's body is not written as it must be"));
	memcpy(o.salt, salt, sizeof(o.salt));
	*object = o;
	return OK;
}

/* Order and time */

int object_compare(const struct object *a, const struct object *b)
{
	if (a->depth != b->depth) return a->depth < b->depth ? -1 : 1;
	if (a->hlc != b->hlc) return a->hlc < b->hlc ? -1 : 1;
	return hash_compare(&a->id, &b->id);
}

int64_t object_time(const struct object *object)
{
	const uint8_t *b = object->save.b;
	if (b[6] >> 4 != 7) return (int64_t)(object->hlc >> COUNTER_BITS); /* not a UUIDv7 */
	int64_t ms = 0;
	for (int i = 0; i < 6; i++) ms = ms << 8 | b[i];
	return ms;
}

uint64_t hlc_next(int64_t now, uint64_t greatest)
{
	uint64_t mine = (uint64_t)now << COUNTER_BITS;
	uint64_t cap = (uint64_t)(now + DAY_MS) << COUNTER_BITS;
	uint64_t seen = MIN(greatest, cap);
	return mine > seen ? mine : seen + 1;
}
