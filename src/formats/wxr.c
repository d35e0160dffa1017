#include "formats/wxr.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "formats/workbook_xml.h"

enum { TEXT_BYTES = 4 * 1024 * 1024 /* of one element */ };

/* An element whose text is kept: of an item, a comment, an author. To add one: a row. */
struct place {
	const char *prefix, *name;
	size_t at;
};

#define ITEM(prefix, name, member)                              \
	{                                                       \
		prefix, name, offsetof(struct wxr_item, member) \
	}
#define COMMENT(name, member)                                    \
	{                                                        \
		"wp", name, offsetof(struct wxr_comment, member) \
	}
#define AUTHOR(name, member)                                    \
	{                                                       \
		"wp", name, offsetof(struct wxr_author, member) \
	}

static const struct place item_places[] = {
	ITEM("", "title", title),
	ITEM("", "link", link),
	ITEM("dc", "creator", author),
	ITEM("content", "encoded", content),
	ITEM("excerpt", "encoded", excerpt),
	ITEM("wp", "post_id", id),
	ITEM("wp", "post_date", date),
	ITEM("wp", "post_name", slug),
	ITEM("wp", "status", status),
	ITEM("wp", "post_type", type),
	ITEM("wp", "post_password", password),
	ITEM("wp", "attachment_url", file),
};
static const struct place comment_places[] = {
	COMMENT("comment_id", id),
	COMMENT("comment_parent", parent),
	COMMENT("comment_author", author),
	COMMENT("comment_date", date),
	COMMENT("comment_date_gmt", date_gmt),
	COMMENT("comment_content", content),
	COMMENT("comment_approved", approved),
	COMMENT("comment_type", type),
};
static const struct place author_places[] = { AUTHOR("author_login", login), AUTHOR("author_display_name", name) };

struct reader {
	struct arena *a;
	struct workbook_xml xml;
	struct wxr *wxr;
	struct wxr_item *item, **last_item;
	struct wxr_comment *comment, **last_comment;
	struct wxr_author *author, **last_author;
	const char *meta_key, *meta_value;
	bool term; /* inside <category> of an item */
	int ncomments;
	struct buf text; /* of the element that is open */
};

static bool is_element(const struct reader *r, const char *prefix, const char *name)
{
	const char *own = (const char *)xmlTextReaderConstPrefix(r->xml.reader);
	const char *local = (const char *)xmlTextReaderConstLocalName(r->xml.reader);
	return local && strcmp(local, name) == 0 && strcmp(own ? own : "", prefix) == 0;
}

/* Of the element's beginning; far in a long file, about there. */
static int line_of(const struct reader *r)
{
	const xmlNode *node = xmlTextReaderCurrentNode(r->xml.reader);
	long line = node ? xmlGetLineNo(node) : 0;
	return line > 0 && line < 65535 ? (int)line : xmlTextReaderGetParserLineNumber(r->xml.reader);
}

/* Every text of a new struct is "". */
static void empty_texts(void *object, const struct place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) *(const char **)((char *)object + places[i].at) = "";
}

static bool keep_text(const struct reader *r, void *object, const struct place *places, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_element(r, places[i].prefix, places[i].name)) continue;
		*(const char **)((char *)object + places[i].at) = arena_strdup(r->a, buf_str(&r->text));
		return true;
	}
	return false;
}

static enum code begin_item(struct reader *r, struct err *err)
{
	if (r->wxr->n == WXR_ITEMS) FAIL(err, E_LIMIT, N_("there are more than %d entries"), WXR_ITEMS);
	r->item = arena_new(r->a, struct wxr_item);
	*r->item = (struct wxr_item){ .line = line_of(r), .picture = "" };
	empty_texts(r->item, item_places, COUNT(item_places));
	r->last_comment = &r->item->comments;
	*r->last_item = r->item;
	r->last_item = &r->item->next;
	r->wxr->n++;
	return OK;
}

static enum code begin_comment(struct reader *r, struct err *err)
{
	if (r->ncomments++ == WXR_COMMENTS) FAIL(err, E_LIMIT, N_("there are more than %d comments"), WXR_COMMENTS);
	r->comment = arena_new(r->a, struct wxr_comment);
	*r->comment = (struct wxr_comment){ .line = line_of(r) };
	empty_texts(r->comment, comment_places, COUNT(comment_places));
	*r->last_comment = r->comment;
	r->last_comment = &r->comment->next;
	return OK;
}

static void begin_author(struct reader *r)
{
	r->author = arena_new(r->a, struct wxr_author);
	*r->author = (struct wxr_author){ .login = "", .name = "" };
	*r->last_author = r->author;
	r->last_author = &r->author->next;
}

static enum code element_begins(struct reader *r, struct err *err)
{
	buf_reset(&r->text);
	if (r->item == NULL && is_element(r, "", "item")) return begin_item(r, err);
	if (r->item && r->comment == NULL && is_element(r, "wp", "comment")) return begin_comment(r, err);
	if (r->item == NULL && r->author == NULL && is_element(r, "wp", "author")) begin_author(r);
	if (r->item && is_element(r, "wp", "postmeta")) r->meta_key = r->meta_value = "";
	if (r->item && is_element(r, "", "category")) {
		const char *domain = workbook_xml_attribute(&r->xml, "domain");
		r->term = domain == NULL || strcmp(domain, "category") == 0 || strcmp(domain, "post_tag") == 0 ||
		          strcmp(domain, "tag") == 0;
	}
	return OK;
}

/* What everything is in by default says nothing. */
static void keep_term(struct reader *r)
{
	static const char *const nothing[] = { "Uncategorized", "Non classé", "Uncategorised" };
	const char *term = text_trim(r->a, buf_str(&r->text));
	r->term = false;
	if (*term == '\0' || r->item->nterms == WXR_TERMS) return;
	for (size_t i = 0; i < COUNT(nothing); i++)
		if (strcmp(nothing[i], term) == 0) return;
	for (int i = 0; i < r->item->nterms; i++)
		if (strcmp(r->item->terms[i], term) == 0) return;
	r->item->terms[r->item->nterms++] = term;
}

static void item_element_ends(struct reader *r)
{
	if (r->comment) {
		if (is_element(r, "wp", "comment")) r->comment = NULL;
		else (void)keep_text(r, r->comment, comment_places, COUNT(comment_places));
	} else if (is_element(r, "", "item")) {
		r->item = NULL;
	} else if (r->term && is_element(r, "", "category")) {
		keep_term(r);
	} else if (is_element(r, "wp", "meta_key")) {
		r->meta_key = arena_strdup(r->a, buf_str(&r->text));
	} else if (is_element(r, "wp", "meta_value")) {
		r->meta_value = arena_strdup(r->a, buf_str(&r->text));
	} else if (is_element(r, "wp", "postmeta")) {
		if (strcmp(r->meta_key, "_thumbnail_id") == 0) r->item->picture = r->meta_value;
	} else {
		(void)keep_text(r, r->item, item_places, COUNT(item_places));
	}
}

static void element_ends(struct reader *r)
{
	if (r->item) item_element_ends(r);
	else if (r->author && is_element(r, "wp", "author")) r->author = NULL;
	else if (r->author) (void)keep_text(r, r->author, author_places, COUNT(author_places));
	else if (is_element(r, "wp", "base_blog_url")) r->wxr->site = arena_strdup(r->a, buf_str(&r->text));
	buf_reset(&r->text);
}

static enum code read_node(struct reader *r, struct err *err)
{
	const char *text = workbook_xml_text(&r->xml);
	if (text) {
		size_t room = TEXT_BYTES - MIN(r->text.len, (size_t)TEXT_BYTES);
		buf_add(&r->text, text, MIN(strlen(text), room));
		return OK;
	}
	if (r->xml.type == XML_READER_TYPE_ELEMENT) TRY(element_begins(r, err));
	if (r->xml.type == XML_READER_TYPE_END_ELEMENT || r->xml.empty) element_ends(r);
	return OK;
}

static enum code read_all(struct reader *r, struct err *err)
{
	bool more = true, export = false;
	struct err why;
	while (more) {
		if (workbook_xml_next(&r->xml, &more, &why) != OK)
			FAIL(err, E_INPUT, N_("line %d: this is not the XML of a WordPress export, or it is cut"),
			     xmlTextReaderGetParserLineNumber(r->xml.reader));
		export |= r->xml.type == XML_READER_TYPE_ELEMENT && is_element(r, "wp", "wxr_version");
		TRY(read_node(r, err));
	}
	if (!export) FAIL(err, E_INPUT, N_("this is not a WordPress export: it does not say its version"));
	return OK;
}

enum code wxr_read(struct arena *a, const char *text, size_t len, struct wxr *ret, struct err *err)
{
	struct wxr wxr = { .site = "" };
	struct reader r = { .a = a, .wxr = &wxr, .meta_key = "", .meta_value = "" };
	r.last_item = &wxr.items;
	r.last_author = &wxr.authors;
	if (len > INT32_MAX) FAIL(err, E_LIMIT, N_("the file is too large"));
	buf_init(&r.text, NULL, 0);
	TRY(workbook_xml_open(a, (struct package_part){ .text = text, .len = len }, &r.xml, err));
	enum code code = read_all(&r, err);
	buf_release(&r.text);
	TRY(code);
	*ret = wxr;
	return OK;
}

const char *wxr_author_name(const struct wxr *wxr, const char *login)
{
	for (const struct wxr_author *author = wxr->authors; author; author = author->next)
		if (strcmp(author->login, login) == 0 && *author->name) return author->name;
	return login;
}
