/*
 * Presets: a use of the program written as JSON and Markdown (presets/<name>/): spaces, lists, forms,
 * views, settings, pages, pictures, and a demo folder of real data. Applying one again brings what changed in
 * it and leaves what people changed here.
 */
#ifndef PARVIS_PRESET_H
#define PARVIS_PRESET_H

#include "core/site.h"
#include "features/import/import.h"

/* Checks everything first: mistakes name the file and the place in it. */
enum code preset_apply(struct site *site, struct arena *a, const char *folder, struct err *err) MUST;

/* Loads the data listed in <folder>/demo/import.json, answers to questionnaires too (preset_answers.h); `each` hears of
 * every file's report. */
enum code preset_demo(struct site *site, struct arena *a, const char *folder,
                      void (*each)(const char *file, const struct import_report *report), struct err *err) MUST;

/* Then what its people write and answer, once they have accounts: <folder>/demo/life.json; nothing where there is none. */
enum code preset_life(struct site *site, struct arena *a, const char *folder, struct err *err) MUST;

#endif
