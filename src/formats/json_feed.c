#include "formats/json_feed.h"

#include <string.h>

#include "base/date.h"
#include "base/json.h"

static void set(json_t *object, const char *key, const char *text)
{
	if (text) json_object_set_new(object, key, json_string(text));
}

static json_t *named(const char *name)
{
	return json_pack("{s:s}", "name", name);
}

static void set_authors(json_t *object, const char *one, const char *const *names, int n)
{
	json_t *authors = json_array();
	for (int i = 0; i < n; i++) json_array_append_new(authors, named(names[i]));
	if (n == 0 && one) json_array_append_new(authors, named(one));
	if (json_array_size(authors)) json_object_set(object, "authors", authors);
	json_decref(authors);
}

void json_feed_begin(struct buf *out, struct arena *a, const struct feed_head *feed)
{
	json_t *head = json_keep(a, json_object());
	set(head, "version", "https://jsonfeed.org/version/1.1");
	set(head, "title", feed->title);
	set(head, "home_page_url", feed->page);
	set(head, "feed_url", feed->self);
	set(head, "language", lang_tag(feed->lang));
	set_authors(head, feed->author, NULL, 0);
	const char *text = json_text(a, head);
	buf_add(out, text, strlen(text) - 1); /* its brace is closed at the end */
	buf_lit(out, ",\"items\":[");
}

static void set_times(json_t *object, const struct feed_entry *entry)
{
	char time[TIME_UTC_SIZE];
	set(object, "date_published", time_utc(entry->published, time));
	set(object, "date_modified", time_utc(entry->updated, time));
}

static json_t *attachment(const struct feed_file *file)
{
	json_t *object = json_object();
	set(object, "url", file->url);
	set(object, "mime_type", file->type);
	set(object, "title", file->title);
	json_object_set_new(object, "size_in_bytes", json_integer(file->size));
	return object;
}

void json_feed_entry(struct buf *out, struct arena *a, const struct feed_entry *entry, bool first)
{
	json_t *item = json_keep(a, json_object());
	set(item, "id", entry->id);
	set(item, "url", entry->page);
	set(item, "title", entry->title);
	set(item, "summary", entry->summary);
	set(item, "image", entry->image);
	if (entry->content) set(item, "content_html", entry->content);
	else set(item, "content_text", entry->summary ? entry->summary : "");
	set_times(item, entry);
	set_authors(item, entry->author, entry->authors, entry->nauthors);
	for (int i = 0; i < entry->ntags; i++) {
		if (i == 0) json_object_set_new(item, "tags", json_array());
		json_array_append_new(json_object_get(item, "tags"), json_string(entry->tags[i]));
	}
	for (int i = 0; i < entry->nfiles; i++) {
		if (i == 0) json_object_set_new(item, "attachments", json_array());
		json_array_append_new(json_object_get(item, "attachments"), attachment(&entry->files[i]));
	}
	buf_puts(out, first ? "\n" : ",\n");
	buf_puts(out, json_text(a, item));
}

void json_feed_end(struct buf *out)
{
	buf_lit(out, "\n]}\n");
}
