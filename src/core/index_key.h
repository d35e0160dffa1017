/*
 * What one value is found by, as its field type says: read here for the index and for conditions, so
 * that both answer alike.
 */
#ifndef PARVIS_INDEX_KEY_H
#define PARVIS_INDEX_KEY_H

#include "core/field_type.h"
#include "core/record.h"

enum {
	INDEX_KEYS_MAX = 1200, /* of one value: what comes back each day, over the horizon; more are dropped */
	INDEX_TIMES_MAX = HOURS_TIMES,
	INDEX_PLACES_MAX = 500,
	INDEX_LINKS_MAX = 500,
	INDEX_WORDS_MAX = 1024 * 1024, /* bytes of text */
};

struct index_link {
	const char *target, *kind;
};

struct index_entries {
	const char **keys; /* sorted, each once; "" alone says "filled in" where the type gives no key */
	int nkeys;
	struct geo_box *places;
	int nplaces;
	struct index_link *links;
	int nlinks;
	struct buf words;   /* texts, one per line */
	const char **times; /* keys of core/moment.h, sorted, each once; among `keys` in the index only */
	int ntimes;
};

void index_entries_read(struct arena *a, const struct field *field, const json_t *value, struct index_entries *ret);

/* Every value of a record, each with who may read it; those for most readers first. `zone`: of the site’s clocks, for keys
 * that go by the present day; NULL: UTC, where only words are looked at. */
struct index_value {
	const struct field *field;
	enum audience audience;
	struct index_entries entries;
};

void index_values_read(struct arena *a, const struct zone *zone, const struct record *record, struct index_value **ret,
                       int *n);

/* Is this how people name the record: its title, or the field `autres_noms`? */
bool index_names_record(const struct form *form, const struct field *field);

/* NULL, null, and empty texts (white space too), arrays and objects. */
bool index_value_is_blank(const json_t *value);

/* At most INDEX_KEY bytes, whole characters. */
const char *index_key_cut(struct arena *a, const char *key);

#endif
