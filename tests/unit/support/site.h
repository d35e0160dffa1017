/*
 * A site to test the domain on: spaces and forms from a JSON text, records, people. Field types are
 * small ones of this file's own, named and stored as the real ones, so that core is tested without
 * the layers above: text, longtext (its [[links]] too), number (whole, not negative), choice, tags,
 * relation, place.
 */
#ifndef PARVIS_TEST_SITE_H
#define PARVIS_TEST_SITE_H

#include "core/record.h"
#include "support/store.h"

struct test_model {
	struct store *store;
	struct arena arena;
	const struct model *model;
};

/* {"spaces": […], "forms": […]}, as a preset writes them; labels may be left out. Strings may be quoted
 * with ' instead of ". */
void test_model_init(struct test_model *m, struct store *store, const char *definitions);
/* Before the store closes. */
void test_model_release(struct test_model *m);

const struct form *test_form(const struct test_model *m, const char *key);
const struct space *test_space(const struct test_model *m, const char *slug);
/* JSON where ' stands for ". */
json_t *test_json(struct arena *a, const char *text);

/* A person of her own, with a level in one space (NULL: none; the administrator of everything when the
 * level is LEVEL_ADMINISTRATOR). */
struct actor test_person(struct test_model *m, const char *space, enum level level);

/* Saves a new record (id zero) or a change; gives its id. Fails the test when it is refused. */
struct id test_save(struct test_model *m, const struct actor *actor, struct id id, const char *form, const char *space,
                    const json_t *values);
void test_set_state(struct test_model *m, struct id id, enum record_state state);

/* Does what was loaded of the record hold all the words? `starts`: the last one may be the start of one. */
bool test_holds_words(struct arena *a, const struct record *record, const char *words, bool starts);

/* One integer of the database, read in a snapshot of its own. */
#define test_int(m, text, ...) test_int_values((m), "" text, VALUES(__VA_ARGS__))
int64_t test_int_values(struct test_model *m, const char *text, const struct value *values, int n);

#endif
