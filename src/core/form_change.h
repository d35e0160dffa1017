/*
 * Changes of a form's definition, as people make them one by one: pure functions from one definition to the next,
 * which live in the arena. What they were given is never touched. A key is made once from a question's name; it is
 * then never another's, whatever becomes of the question.
 */
#ifndef PARVIS_FORM_CHANGE_H
#define PARVIS_FORM_CHANGE_H

#include "core/model.h"

/* A short text that differs for any other JSON: two people who opened the same thing know it by this. "" for NULL. */
const char *definition_mark(struct arena *a, const json_t *json);

/* The question of this key in "fields" (NULL: none), or among those asked no more. */
const json_t *form_definition_field(const json_t *definition, const char *key);
const json_t *form_definition_retired(const json_t *definition, const char *key);

/* In the place of the one of the same key; at the end when there is none. */
json_t *form_with_field(struct arena *a, const json_t *definition, const json_t *field);
/* One place up (-1) or down (1); as it was, where there is no further place. */
json_t *form_with_moved(struct arena *a, const json_t *definition, const char *key, int by);
/* Asked no more: out of the fields, the cards and the category; kept under "retired". */
json_t *form_with_retired(struct arena *a, const json_t *definition, const char *key);
/* Asked again, last. */
json_t *form_with_brought_back(struct arena *a, const json_t *definition, const char *key);

/* A key from words, none of `taken` (an object whose members are the keys that were ever used). */
const char *key_from_words(struct arena *a, const char *words, const json_t *taken);

#endif
