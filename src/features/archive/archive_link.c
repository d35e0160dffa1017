#include "features/archive/archive_link.h"

#include <string.h>

#include "base/html_change.h"
#include "base/macros.h"

/* Nothing runs in an archive. */
static enum html_keep element(void *context, const char *name)
{
	(void)context;
	return strcmp(name, "script") == 0 ? HTML_DROP : HTML_KEEP;
}

static const char *attribute(void *context, struct arena *a, const char *name, const char *value)
{
	static const char *const addresses[] = { "href", "src", "poster" }, *const dropped[] = { "srcset", "sizes",
		                                                                                 "loading" };
	const struct link_change *change = context;
	for (size_t i = 0; i < COUNT(dropped); i++)
		if (strcmp(dropped[i], name) == 0) return NULL;
	for (size_t i = 0; i < COUNT(addresses); i++) {
		if (strcmp(addresses[i], name) != 0) continue;
		const char *target = change->target(change->context, a, value);
		return target ? target : value;
	}
	return value;
}

void archive_links(struct buf *out, struct arena *a, const struct link_change *change, const char *html, size_t len)
{
	const struct html_change all = { (void *)change, element, attribute };
	html_change(out, a, &all, html, len);
}
