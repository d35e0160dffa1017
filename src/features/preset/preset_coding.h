/* Books of themes and texts to agree to that a preset brings; what the people of its demonstration coded. */
#ifndef PARVIS_PRESET_CODING_H
#define PARVIS_PRESET_CODING_H

#include "core/site.h"

/*
 * <folder>/codebooks/<key>.json: {"space": slug, "name": "…", "about": "…", "codes": [{"name", "definition", "example", "colour",
 * "codes": […]}]}; <folder>/terms/<key>.json: {"key", "title", "text"}, asked of nobody by itself. One that is there already, by
 * its name or key, is left as people made it.
 */
enum code preset_codebooks(struct site *site, struct arena *a, const char *folder, struct err *err) MUST;

/*
 * <folder>/demo/coding.json: {"book": name, "lists": [{"form", "fields", "name", "readers": [{"by": address, "most": 20}],
 * "marks": [{"by", "text": words of the texts that it is put on, "codes": [names], "passage": words, "cite": true}]}]}.
 */
enum code preset_coding(struct site *site, struct arena *a, const char *folder, struct err *err) MUST;

#endif
