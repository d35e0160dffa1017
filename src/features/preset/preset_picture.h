/* Pictures that a preset brings: copied into the site's files, named by the setting "pictures". */
#ifndef PARVIS_PRESET_PICTURE_H
#define PARVIS_PRESET_PICTURE_H

#include "base/json.h"
#include "store/store.h"

/* Each member of `pictures` ({"carte.svg": {"width": 430, "height": 424}}) is a file of
 * <folder>/pictures; gets its "file" and "type" (page/picture.h). */
enum code preset_pictures(struct store *store, struct arena *a, const char *folder, json_t *pictures,
                          struct err *err) MUST;

#endif
