/* What a form says of itself, besides its questions; and a new form. */
#ifndef PARVIS_FORM_SETTINGS_H
#define PARVIS_FORM_SETTINGS_H

#include "features/form_edit/form_edit.h"
#include "features/form_edit/form_make.h"

struct form_settings {
	const struct form *form; /* NULL: a new one */
	json_t *typed;           /* label, plural, add, icon, title, category, summary; text: of Contribute */
	bool menu, offered;
	const char *copy; /* key of the form that a new one is a copy of, or "" */
	const char *mark;
	bool meanwhile; /* somebody else changed it since */
};

/* The definition without its questions. */
json_t *form_settings_part(struct arena *a, const json_t *definition);
/* The control of the icon. */
const struct field *form_icon_control(const struct page *p);
bool form_in_summary(const struct form_settings *s, const struct field *field);
/* May it name the pages? A line of text for everybody, which asks nothing before. */
bool form_may_name(const struct field *field);

enum code form_settings_show(struct request *r, struct err *err);
enum code form_settings_post(struct request *r, struct err *err);
enum code form_delete_post(struct request *r, struct err *err);
enum code form_new_show(struct request *r, struct err *err);
enum code form_new_post(struct request *r, struct err *err);

#endif
