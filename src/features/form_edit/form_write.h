/*
 * One change of a form's definition, written: to the definition as it is at that moment, so that two people who
 * change two questions lose nothing. Whoever changes what somebody else has just changed is told, and nothing is
 * written.
 */
#ifndef PARVIS_FORM_WRITE_H
#define PARVIS_FORM_WRITE_H

#include "base/issues.h"
#include "web/request.h"

struct form_write {
	struct request *r;
	const char *form;     /* key */
	const char *question; /* key of the one that is changed, or NULL */
	const char *mark; /* of the question, or else of the settings, as the person saw it (core/form_change.h); NULL:
	                       * whatever it is by now */
	/* The next definition; `keys`: all those that fields of this form ever had. */
	enum code (*apply)(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
	                   struct err *err);
	const json_t *field;      /* for apply: the question as it shall be */
	const json_t *instead;    /* choices to replace in the answers (effect.h), or NULL */
	int by;                   /* for apply: how far it moves */
	const char *const *names; /* for form_apply_named: keys of the definition, up to NULL */
	/* Written too, in the same transaction; NULL: nothing. */
	enum code (*also)(struct tx *tx, const struct form_write *w, struct err *err);
	void *context; /* of apply and also */
	struct tx *tx; /* for apply: the write under way */
	/* results */
	const json_t *meanwhile; /* E_CONFLICT: the question as it is now; NULL when it is asked no more */
	struct id batch;         /* of the replacements */
	int replaced;
};

/* Everything is checked with the whole site: lists that use the form still stand. Mistakes go to `issues` under the
 * option's name. */
enum code form_write(struct form_write *w, struct issues *issues, struct err *err) MUST;

/* For pages of what a form says of itself: *status is that of the page to show again, with `issues` and the mark of what is
 * there now (409: somebody changed it meanwhile; 422: mistakes), or 0 once it is written. */
enum code form_write_settings(struct form_write *w, struct issues *issues, const char **mark, int *status,
                              struct err *err) MUST;

/* Applies of the usual changes. */
enum code form_apply_named(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                           struct err *err) MUST; /* `names`, as `field` has them or not */
enum code form_apply_field(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                           struct err *err) MUST;
enum code form_apply_move(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                          struct err *err) MUST;
enum code form_apply_retire(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                            struct err *err) MUST;
enum code form_apply_return(const struct form_write *w, const json_t *definition, const json_t *keys, json_t **ret,
                            struct err *err) MUST;

/* What uses a question: `kept` cannot do without it, `shorter` only shows it and can. */
struct question_uses {
	const struct view **kept, **shorter;
	int nkept, nshorter;
	const struct field **conditions; /* questions asked according to it */
	int nconditions;
	int templates;
};
void question_uses(const struct page *p, const struct form *form, const char *key, struct question_uses *ret);

#endif
