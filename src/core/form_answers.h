/*
 * What the expressions of a form (expression/expression.h) make of the values of one record: which questions are asked,
 * which values are computed, which answers are accepted. A question that is not asked has no answer for the others,
 * whatever is kept of it.
 */
#ifndef PARVIS_FORM_ANSWERS_H
#define PARVIS_FORM_ANSWERS_H

#include "base/date.h"
#include "core/form.h"

/* The names that expressions of a form may use: its questions, and their parts, in the words of one language. */
struct form_names {
	struct arena *a; /* what is found lives there */
	const struct form *form;
	enum lang lang;
	bool any_choice; /* answers are not compared with those offered */
};
struct expression_names form_names(struct form_names *names);

/* Reads "show_if", "constraint" and "value" of all fields; mistakes go to `issues` under "fields.3.show_if". Called by
 * form_parse, once the fields are there. */
void form_expressions_read(struct arena *a, struct form *form, struct issues *issues);
/* Reads a condition, a text or the short form ["field", "operator", value]; NULL: there is none, or it is a mistake, which
 * goes to `issues` under `path`. */
const struct expression *form_condition_read(struct arena *a, const struct form *form, const json_t *said,
                                             const char *path, struct issues *issues);
/* The text that ["field", "operator", value] stands for: a comparison that its type does not have is never true. */
const char *form_condition_text(struct arena *a, const struct form *form, const struct condition *condition);

/* Does an expression (NULL: none) look at this question, or at a part of it? */
bool expression_looks_at(const struct expression *e, const char *key);
/* Does one of the field's expressions look at this question, or at a part of it? */
bool field_looks_at(const struct field *field, const char *key);

/* ---- With values ---- */

/* Questions, each found out once. Its memory is `a`'s. */
struct form_answers {
	struct arena *a;
	const struct form *form;
	const json_t *values; /* key → value */
	int64_t today;
	unsigned char asked[FORM_FIELDS_MAX], known[FORM_FIELDS_MAX];
	struct expression_value computed[FORM_FIELDS_MAX];
};

/* `today`: on the site's clocks (model_today). */
void form_answers_init(struct form_answers *x, struct arena *a, const struct form *form, const json_t *values,
                       struct date today);
bool form_asks(struct form_answers *x, const struct field *field);
/* The answer to a question, or to a part of it, as expressions have it; EXPRESSION_MISSING: none, or not asked. */
struct expression_value form_answer(struct form_answers *x, const char *name);
/* Of a field whose type computes; NULL: nothing. Kept in `a`. */
json_t *form_computes(struct form_answers *x, const struct field *field);
/* Is the answer, when there is one, as the question's constraint wants it? */
bool form_accepts(struct form_answers *x, const struct field *field);

/* What is needed is there, where it is asked; what is there is as its constraint wants it. */
void form_check_answer(struct form_answers *x, const struct field *field, struct issues *issues);
bool form_has_computed(const struct form *form);

/* What an expression calls a type, for the browser: "number", "text"… */
const char *expression_type_name(enum expression_type type);
/* "number" … of a field; of one that computes, what its expression gives. */
enum expression_type field_means(const struct field *field);

/* Does a condition (NULL: always) of the form hold, with today's date in UTC? */
bool form_holds(const struct form *form, const struct expression *e, const json_t *values);
/* As form_asks, for one field alone, with today's date in UTC. */
bool field_asked(const struct field *field, const struct form *form, const json_t *values);

#endif
