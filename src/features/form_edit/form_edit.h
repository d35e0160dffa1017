/* What the pages of the form editor share. Forms are the whole site's, as templates are: who organises its first
 * space shapes them. */
#ifndef PARVIS_FORM_EDIT_H
#define PARVIS_FORM_EDIT_H

#include "features/form_edit/effect.h"
#include "features/form_edit/form_write.h"
#include "features/form_edit/question.h"
#include "web/request.h"

/* Links ask page_shapes. */
enum code form_edit_may(struct request *r, struct err *err) MUST;
/* The form of the address, for who may shape it. */
enum code form_edit_find(struct request *r, const struct form **ret, struct err *err) MUST;
enum code form_edit_limit(struct request *r, struct err *err) MUST;

/* "/-/form/structure" + rest */
const char *form_edit_url(const struct page *p, const struct form *form, const char *rest);
const char *question_url(const struct page *p, const struct form *form, const struct field *field, const char *what);

/* What a change asks before it is made. */
struct change_question {
	const struct question *q;
	struct effect effect;
	enum audience audience; /* who reads the answers from now on */
	bool narrowed;          /* fewer people do: the answers move, older versions lose them */
	bool needed, widened;   /* pages lack an answer that is needed from now on; more people read the answers */
	bool gone;              /* choices that pages have are gone */
	const struct form_data *typed; /* sent again */
	const char *action, *confirmed;
};
bool sent_again(const struct form_field *field);

/* Can something not do without this question? */
bool question_needed(const struct form *form, const struct field *field, const struct question_uses *uses);

/* Handlers of question_web.c. */
enum code question_kinds(struct request *r, struct err *err);
enum code question_new(struct request *r, struct err *err);
enum code question_new_post(struct request *r, struct err *err);
enum code question_edit(struct request *r, struct err *err);
enum code question_edit_post(struct request *r, struct err *err);

#endif
