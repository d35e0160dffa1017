/*
 * Icons: Lucide (https://lucide.dev, ISC licence, src/page/icons/LICENSE) as one picture of
 * symbols. They always stand beside a text, so they are hidden from screen readers. To add one:
 * copy node_modules/lucide-static/icons/<name>.svg into src/page/icons/.
 */
#ifndef PARVIS_ICON_H
#define PARVIS_ICON_H

#include <stdbool.h>

#include "base/html.h"

/* <svg class="icon">… showing the icon; nothing for NULL, "" and unknown names. Static memory. */
struct html_safe icon(const char *name);
bool icon_exists(const char *name);

#endif
