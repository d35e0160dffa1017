/* Forms, lists of choices and views: from their JSON (design C) to the model, and every mistake said. */
#ifndef PARVIS_FORM_H
#define PARVIS_FORM_H

#include "base/issues.h"
#include "core/model.h"

enum { FORM_FIELDS_MAX = 250, FORM_RETIRED_MAX = 200, CHOICES_MAX = 500, CHOICES_DEPTH = 4 };

/* All parse into `a`; definitions are kept as given. Lists must be parsed before the forms that use
 * them, forms before views. Mistakes go to `issues` under a path such as "fields.3.type"; E_INPUT. */
enum code list_parse(struct arena *a, const json_t *definition, struct list *ret, struct issues *issues,
                     struct err *err) MUST;
enum code form_parse(struct arena *a, const json_t *definition, const struct list *lists, int nlists, struct form *ret,
                     struct issues *issues, struct err *err) MUST;
enum code view_parse(struct arena *a, const json_t *definition, const struct form *forms, int nforms, struct view *ret,
                     struct issues *issues, struct err *err) MUST;

/* What only some layouts need: "group", "map", "timeline", "charts", and that each layout of the view has
 * what it draws. Called by view_parse. */
void view_options_parse(struct arena *a, const json_t *definition, struct view *view, struct issues *issues);
/* May records stand under headings by this field? By what has few values, or by months of a date. */
bool field_groups(const struct field *field);
/* Has it a field of pictures, as the layout "gallery" needs? */
bool form_takes_pictures(const struct form *form);
/* The layouts there are, for view_parse to check names; main() hands them over as it does field types. */
void view_layouts_use(const char *const *names);

/* A sort by name: a field's key, or "changed", "created", "title"; "-" first for descending. */
enum code sort_parse(const struct form *form, const char *name, struct sort *ret, struct err *err) MUST;
/* ["field", "op", value]; `op` alone for empty and notempty. */
enum code condition_parse(const struct form *form, const json_t *json, struct condition *ret, struct err *err) MUST;
/* The fields that definition[name], an array of keys, names; unknown ones go to `issues`. */
void fields_parse(struct arena *a, const struct form *form, const json_t *definition, const char *name,
                  const struct field *const **ret, int *n, struct issues *issues);

#endif
