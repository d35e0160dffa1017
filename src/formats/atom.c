#include "formats/atom.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "formats/xml.h"

static void put_element(struct buf *out, const char *name, const char *text)
{
	if (text == NULL) return;
	buf_printf(out, "<%s>", name);
	xml_text(out, text, strlen(text));
	buf_printf(out, "</%s>\n", name);
}

static void put_time(struct buf *out, const char *name, int64_t ms)
{
	char text[TIME_UTC_SIZE];
	buf_printf(out, "<%s>%s</%s>\n", name, time_utc(ms, text), name);
}

static void put_link(struct buf *out, const char *relation, const char *type, const char *url)
{
	if (url == NULL) return;
	buf_printf(out, "<link rel=\"%s\" type=\"%s\" href=\"", relation, type);
	xml_text(out, url, strlen(url));
	buf_lit(out, "\"/>\n");
}

static void put_author(struct buf *out, const char *name)
{
	if (name == NULL) return;
	buf_lit(out, "<author>");
	put_element(out, "name", name);
	buf_lit(out, "</author>\n");
}

void atom_begin(struct buf *out, const struct atom_feed *feed)
{
	buf_printf(
	        out,
	        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n",
	        lang_tag(feed->lang));
	put_element(out, "id", feed->id);
	put_element(out, "title", feed->title);
	put_time(out, "updated", feed->updated);
	put_author(out, feed->author);
	put_element(out, "rights", feed->rights);
	put_link(out, "self", "application/atom+xml", feed->self);
	put_link(out, "alternate", "text/html", feed->page);
}

void atom_entry(struct buf *out, const struct atom_entry *entry)
{
	buf_lit(out, "<entry>\n");
	put_element(out, "id", entry->id);
	put_element(out, "title", entry->title);
	put_time(out, "published", entry->published);
	put_time(out, "updated", entry->updated);
	put_author(out, entry->author);
	put_link(out, "alternate", "text/html", entry->page);
	put_element(out, "summary", entry->summary);
	buf_lit(out, "</entry>\n");
}

void atom_end(struct buf *out)
{
	buf_lit(out, "</feed>\n");
}

const char *atom_uuid(struct arena *a, struct id id)
{
	char text[40] = "";
	size_t len = 0;
	for (size_t i = 0; i < sizeof(id.b); i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		                        i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", id.b[i]);
	return arena_printf(a, "urn:uuid:%s", text);
}
