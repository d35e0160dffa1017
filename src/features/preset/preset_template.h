/* The templates that a preset brings: templates/<key>.md. */
#ifndef PARVIS_PRESET_TEMPLATE_H
#define PARVIS_PRESET_TEMPLATE_H

#include "core/template.h"

/*
 * Definitions (core/template.h) of the files of `folder`/templates, in the order of their names, as an array in
 * the arena. A file is "# Name", then lines "form: page", "description: …" and, for other fields of the form,
 * "key: as in a CSV cell"; then, after an empty line, the text of the form's first long text. The key is the
 * file's name, its hyphens made into _. E_INPUT says the file and the mistake.
 */
enum code preset_templates(struct arena *a, const char *folder, const struct form *forms, int nforms, json_t **ret,
                           struct err *err) MUST;

#endif
