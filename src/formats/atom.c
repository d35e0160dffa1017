#include "formats/atom.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/hash.h"
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

/* §4.2.7.2: its length is a hint, the type too. */
static void put_enclosure(struct buf *out, const struct feed_file *file)
{
	buf_lit(out, "<link rel=\"enclosure\" type=\"");
	xml_text(out, file->type, strlen(file->type));
	buf_printf(out, "\" length=\"%lld\" title=\"", (long long)file->size);
	xml_text(out, file->title, strlen(file->title));
	buf_lit(out, "\" href=\"");
	xml_text(out, file->url, strlen(file->url));
	buf_lit(out, "\"/>\n");
}

static void put_category(struct buf *out, const char *term)
{
	buf_lit(out, "<category term=\"");
	xml_text(out, term, strlen(term));
	buf_lit(out, "\"/>\n");
}

/* §4.1.3.3: HTML as an escaped text. */
static void put_content(struct buf *out, const char *html)
{
	if (html == NULL) return;
	buf_lit(out, "<content type=\"html\">");
	xml_text(out, html, strlen(html));
	buf_lit(out, "</content>\n");
}

void atom_begin(struct buf *out, const struct feed_head *feed)
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

void atom_entry(struct buf *out, const struct feed_entry *entry)
{
	buf_lit(out, "<entry>\n");
	put_element(out, "id", entry->id);
	put_element(out, "title", entry->title);
	put_time(out, "published", entry->published);
	put_time(out, "updated", entry->updated);
	if (entry->nauthors == 0) put_author(out, entry->author);
	for (int i = 0; i < entry->nauthors; i++) put_author(out, entry->authors[i]);
	put_link(out, "alternate", "text/html", entry->page);
	for (int i = 0; i < entry->nfiles; i++) put_enclosure(out, &entry->files[i]);
	for (int i = 0; i < entry->ntags; i++) put_category(out, entry->tags[i]);
	put_element(out, "summary", entry->summary);
	put_content(out, entry->content);
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

const char *feed_named(struct arena *a, const char *text)
{
	struct hash hash = hash_blake2b("feed", NULL, text, strlen(text));
	struct id id;
	memcpy(id.b, hash.b, sizeof(id.b));
	id.b[6] = (uint8_t)((id.b[6] & 0x0F) | 0x80);
	id.b[8] = (uint8_t)((id.b[8] & 0x3F) | 0x80);
	return atom_uuid(a, id);
}
