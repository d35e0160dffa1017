/*
 * A question of a form as somebody writes it in the browser: from its definition to the controls of a page, and
 * back. Nothing is lost between the two: what no control shows stays in the definition.
 */
#ifndef PARVIS_QUESTION_H
#define PARVIS_QUESTION_H

#include "core/field_type.h"
#include "features/form_edit/choice_lines.h"
#include "page/page.h"

struct request;

/* Lines of a table as they are typed. */
struct question_rows {
	const char *name, *lines;
	struct choice_lines read; /* as they were understood */
	bool sent;
};
enum { QUESTION_TABLES = 2 };
enum { QUESTION_ROWS = 4 };

/* One line of the menus of a condition. */
struct question_row {
	const struct field *other;
	const char *op;
	const json_t *value; /* of the other's type, as its control shows it */
};

/* When it is asked: by menus, which make one of these or all of these, or typed. */
struct question_condition {
	struct question_row rows[QUESTION_ROWS];
	int nrows;
	bool any, typed;
	const char *text; /* typed, in the person's language */
};

struct question {
	const struct form *form;
	const struct field *field; /* as it is in the model; NULL: a new one */
	const struct field_type *type;
	json_t *typed;               /* its definition, as far as it was typed */
	const char *lines;           /* the choices typed, one a line */
	struct choice_lines choices; /* … as they were understood */
	bool has_lines;
	struct question_rows rows[QUESTION_TABLES]; /* name NULL after the last */
	struct question_condition condition;
	const char *mark;            /* of the definition that the person has before her eyes */
	const struct field *preview; /* as people would see it, when that was asked; NULL: it was not */
	const json_t *meanwhile;     /* what somebody else made of it since; NULL: nothing */
};

/* The kinds of questions to choose among, in the order of the menu: all types that have a name for people. */
int question_types(const struct page *p, const struct field_type *const **ret);
/* Is the site written in both languages? Then names are asked in both. */
bool question_english(const struct page *p);

/* From the model; `type` for a new one. */
void question_begin(const struct page *p, const struct form *form, const struct field *field,
                    const struct field_type *type, struct question *ret);
/* From what was posted, over q->typed; mistakes go to `issues` under the names of the controls. */
void question_read(struct request *r, struct question *q, struct issues *issues);

/* One line as typed, cleaned; a mistake when it is longer. */
const char *question_line(struct request *r, const char *name, size_t max, struct issues *issues);
/* One text, in both languages where the site has them: the controls `name` and `name`-en, into `definition`. */
void question_read_label(struct request *r, json_t *definition, const char *name, size_t max, bool needed,
                         struct issues *issues);

/* ---- What templates ask ---- */

/* A text of the definition in one language: "" where it is not said, or the same as in French. */
const char *question_text(const struct page *p, const json_t *definition, const char *name, enum lang lang);
/* The value of an option, as it is typed. */
const char *question_option(const struct page *p, const struct question *q, const struct type_option *option);
bool question_offers(const struct question *q, const char *own_choice);
/* A copy of the field whose control has another name, and asks for nothing. */
const struct field *question_control(const struct page *p, const struct field *field, const char *name);
/* The field that a definition describes, in no form; NULL while it has mistakes. */
const struct field *question_alone(const struct page *p, const json_t *definition, const char *key);
/* The field that the question would be, to draw its control of the default; NULL: it has none. */
const struct field *question_default(const struct page *p, const struct question *q);
/* May its condition look at this field? Not at itself, nor at what depends on it. */
bool question_may_depend(const struct question *q, const struct field *other);
/* May the pages that point to one be read in the order of this field? */
bool question_may_order(const struct question *q, const struct field *other);
/* "Only if “Statut” is Fermé", or NULL. */
const char *question_condition_words(const struct page *p, const struct form *form, const struct field *field);

/* ---- Conditions and what is computed (question_condition.c) ---- */

/* From the definition to the controls, and back. */
void question_condition_begin(const struct page *p, struct question *q);
void question_condition_read(struct request *r, struct question *q, struct issues *issues);
/* Reads the control `name` as an expression into the definition's `member`; empty: away with it. */
void question_expression_read(struct request *r, struct question *q, const char *name, const char *member,
                              enum expression_type wanted, struct issues *issues);
/* How a definition's expression is typed in the reader's language; as it is when it has a mistake. */
const char *question_expression(const struct page *p, const struct question *q, const char *member);
/* What was posted for a field, to be read by its type. */
struct field_post question_post(struct request *r);

/* The text that has a mistake, in three: before it, itself, after it. NULL where there is none. */
struct question_mistake {
	const char *before, *wrong, *after;
};
const struct question_mistake *question_mistake(const struct page *p, const struct question *q, const char *text,
                                                enum expression_type wanted);

/* The control of the value that a row compares with; NULL while it is not known what with. */
const struct field *question_value_control(const struct page *p, const struct question *q, int row);
/* "if_field", "if_field-2"… */
const char *question_row_name(const struct page *p, const char *name, int row);
/* The operators offered for conditions. */
extern const char *const question_operators[]; /* ends with NULL */
const char *question_operator_words(const struct page *p, const char *name);

/* The name of a choice of a definition, by its key. */
const char *choice_name(const struct page *p, const json_t *choices, const char *key);

#endif
