/*
 * Templates: what a new record may begin with, written once by those who look after the site. A template is a
 * definition ({"key", "form", "title", "description", "values": {field: value}}), not a record: no list, search
 * or feed holds it.
 *
 * In its texts, {titre}, {date}, {auteur}, {espace} and {points}, or {title}, {date}, {author}, {space} and {items}, stand for what
 * is known when the record is written. One brace: two are what a text shows ({{vue …}}), and may hold one of
 * these: {{fiche {titre}}}.
 */
#ifndef PARVIS_TEMPLATE_H
#define PARVIS_TEMPLATE_H

#include "base/issues.h"
#include "core/model.h"

enum { TEMPLATES_MAX = 100, TEMPLATE_TITLE = 100 /* characters */, TEMPLATE_DESCRIPTION = 300 };

/* As form_parse (core/form.h). Values: of any field but the title and those that take files; their mistakes are
 * under the field's key, those of the name and description under "_title" and "_description". */
enum code template_parse(struct arena *a, const json_t *definition, const struct form *forms, int nforms,
                         struct template *ret, struct issues *issues, struct err *err) MUST;
/* May a template hold a value of this field? Everybody who writes sees it: public fields only. */
bool template_holds(const struct form *form, const struct field *field);

/* What the words stand for; NULL: not known yet, the word stays. */
struct template_words {
	const char *title, *date, *author, *space;
	const char *items; /* {points}, {items}: of a meeting's agenda, a heading for each (core/meeting.h) */
};
/* One pass: what is put in is not looked at again. */
const char *template_fill(struct arena *a, const char *text, const struct template_words *words);
/* The same in every text of a value, which may be a list or an object. */
json_t *template_fill_value(struct arena *a, const json_t *value, const struct template_words *words);

#endif
