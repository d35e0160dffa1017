/* Lists of choices shared by several questions, written in the browser as the choices of one question are. */
#ifndef PARVIS_LIST_EDIT_H
#define PARVIS_LIST_EDIT_H

#include "features/form_edit/form_edit.h"

/* A question whose choices come from the list. */
struct list_use {
	const struct form *form;
	const struct field *field;
};

struct list_edit {
	const struct list *list; /* NULL: a new one */
	json_t *typed;           /* label, choices */
	const char *lines;
	struct choice_lines choices;
	const char *mark;
	const json_t *meanwhile; /* what somebody else made of it since; NULL: nothing */
	struct list_use *uses;
	int nuses;
	json_t *used;    /* key of a choice → how many pages have it */
	json_t *instead; /* choices replaced in the pages */
	const struct form_data *sent;
	const char *action, *confirmed;
};

int list_uses(const struct page *p, const char *key, struct list_use **ret);
const char *list_url(const struct page *p, const struct list *list);

enum code list_show(struct request *r, struct err *err);
enum code list_post(struct request *r, struct err *err);
enum code list_new_show(struct request *r, struct err *err);
enum code list_new_post(struct request *r, struct err *err);
enum code list_delete_post(struct request *r, struct err *err);

#endif
