#include "core/index_key.h"

#include <string.h>

#include "base/text.h"
#include "core/form_part.h"
#include "core/moment.h"

/* The sink that field types write to, and where it puts things. */
struct collector {
	struct index_sink sink; /* first: the types hand it back */
	struct arena *a;
	struct index_entries *entries;
};

bool index_value_is_blank(const json_t *value)
{
	if (value == NULL || json_is_null(value)) return true;
	if (json_is_string(value)) return text_is_blank(json_string_value(value));
	if (json_is_array(value)) return json_array_size(value) == 0;
	return json_is_object(value) && json_object_size(value) == 0;
}

bool index_names_record(const struct form *form, const struct field *field)
{
	return field == form->title || strcmp(field->key, "autres_noms") == 0;
}

const char *index_key_cut(struct arena *a, const char *key)
{
	size_t len = strlen(key);
	if (len <= INDEX_KEY) return key;
	len = INDEX_KEY;
	while (len > 0 && ((unsigned char)key[len] & 0xC0) == 0x80) len--;
	return arena_strndup(a, key, len);
}

const char *index_key_text(struct arena *a, const char *text)
{
	return index_key_cut(a, text_fold(a, text));
}

/* Room for one more in an array that is only ever as long as `max`. */
static bool grows(struct arena *a, void **array, int n, int max, size_t size)
{
	if (n == max) return false;
	if (n != 0 && (n < 8 || (n & (n - 1)) != 0)) return true;
	size_t room = MIN(n ? (size_t)n * 2 : 8, (size_t)max);
	void *bigger = arena_calloc(a, room, size);
	if (n) memcpy(bigger, *array, (size_t)n * size);
	*array = bigger;
	return true;
}

static void add_key(struct index_sink *sink, const char *key)
{
	struct collector *c = (struct collector *)sink;
	struct index_entries *e = c->entries;
	if (!grows(c->a, (void **)&e->keys, e->nkeys, INDEX_KEYS_MAX, sizeof(*e->keys))) return;
	e->keys[e->nkeys++] = arena_strdup(c->a, index_key_cut(c->a, key));
}

static void add_place(struct index_sink *sink, struct geo_box box)
{
	struct collector *c = (struct collector *)sink;
	struct index_entries *e = c->entries;
	if (!grows(c->a, (void **)&e->places, e->nplaces, INDEX_PLACES_MAX, sizeof(*e->places))) return;
	e->places[e->nplaces++] = box;
}

static void add_link(struct index_sink *sink, const char *target, const char *kind)
{
	struct collector *c = (struct collector *)sink;
	struct index_entries *e = c->entries;
	if (!grows(c->a, (void **)&e->links, e->nlinks, INDEX_LINKS_MAX, sizeof(*e->links))) return;
	e->links[e->nlinks++] = (struct index_link){ arena_strdup(c->a, target), arena_strdup(c->a, kind) };
}

static void add_words(struct index_sink *sink, const char *text)
{
	struct collector *c = (struct collector *)sink;
	buf_puts(&c->entries->words, text);
	buf_putc(&c->entries->words, '\n');
}

static void add_time(struct index_sink *sink, const struct hours_time *time)
{
	struct collector *c = (struct collector *)sink;
	struct index_entries *e = c->entries;
	if (!grows(c->a, (void **)&e->times, e->ntimes, INDEX_TIMES_MAX, sizeof(*e->times))) return;
	e->times[e->ntimes++] = moment_key(c->a, time);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, each once. */
static void sort_keys(const char **keys, int *count)
{
	int n = 0;
	if (*count) qsort(keys, (size_t)*count, sizeof(*keys), by_bytes);
	for (int i = 0; i < *count; i++)
		if (n == 0 || strcmp(keys[n - 1], keys[i]) != 0) keys[n++] = keys[i];
	*count = n;
}

/* "" only where there is nothing else. */
static void settle(struct arena *a, struct index_entries *e)
{
	sort_keys(e->times, &e->ntimes);
	if (e->nkeys == 0) {
		e->keys = arena_array(a, const char *, 1);
		e->keys[e->nkeys++] = "";
		return;
	}
	sort_keys(e->keys, &e->nkeys);
	if (e->nkeys > 1 && *e->keys[0] == '\0') {
		e->keys++;
		e->nkeys--;
	}
}

static void read_entries(struct arena *a, const struct zone *zone, const struct field *field, const json_t *value,
                         struct index_entries *ret)
{
	*ret = (struct index_entries){ 0 };
	buf_init(&ret->words, a, INDEX_WORDS_MAX);
	if (index_value_is_blank(value)) return;
	struct collector c = {
		.sink = { add_key, add_place, add_link, add_words, add_time, zone },
		.a = a,
		.entries = ret,
	};
	if (field->type->index) field->type->index(field, value, a, &c.sink);
	settle(a, ret);
}

void index_entries_read(struct arena *a, const struct field *field, const json_t *value, struct index_entries *ret)
{
	read_entries(a, NULL, field, value, ret);
}

void index_values_read(struct arena *a, const struct zone *zone, const struct record *record, struct index_value **ret,
                       int *n)
{
	const struct form *form = record->form;
	struct index_value *values = arena_array(a, struct index_value, (size_t)form_nasked(form) + 1);
	int found = 0;
	for (int audience = 0; audience < AUDIENCE_COUNT; audience++) {
		for (int i = 0; i < form_nasked(form); i++) {
			const struct field *field = form_asked(form, i);
			enum audience readers;
			const json_t *value = record_find_value(record, field, &readers);
			if (index_value_is_blank(value) || (int)readers != audience) continue;
			struct index_value *v = &values[found++];
			v->field = field;
			v->audience = readers;
			read_entries(a, zone, field, value, &v->entries);
			if (field->whole) buf_init(&v->entries.words, a, 0); /* the whole has them */
		}
	}
	*ret = values;
	*n = found;
}
