#include "context.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

static bool one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0) return true;
	return false;
}

/* Their text has no tags; in the first two, character references work. */
static const char *const raw_elements[] = { "textarea", "title", "script", "style", "iframe", NULL };
static const char *const escaped_elements[] = { "textarea", "title", NULL };
static const char *const refused_elements[] = { "plaintext", "xmp", "noembed",  "noframes",
	                                        "animate",   "set", "frameset", NULL };
static const char *const url_attributes[] = { "href",     "src",        "action",     "formaction", "cite",
	                                      "poster",   "data",       "xlink:href", "ping",       "manifest",
	                                      "longdesc", "background", NULL };
static const char *const literal_attributes[] = { "srcset", "imagesrcset", NULL };
static const char *const refused_attributes[] = { "style", "srcdoc", "http-equiv", NULL };

static char message[256];

static const char *refuse(const char *fmt, const char *name)
{
	/* The formats are this file's literals, each with at most one %s. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(message, sizeof(message), fmt, name);
#pragma GCC diagnostic pop
	return message;
}

static bool raw_refused(const struct context *c)
{
	return c->raw[0] && !one_of(c->raw, escaped_elements);
}

static bool is_url(const struct context *c)
{
	return one_of(c->attr, url_attributes);
}

void context_init(struct context *c)
{
	*c = (struct context){ .state = STATE_TEXT, .space = true };
}

/* Adds a character to a name, in lower case. */
static const char *grow_name(char name[NAME_SIZE], char ch)
{
	size_t len = strlen(name);
	if (len + 1 == NAME_SIZE) return "name too long";
	name[len] = ch >= 'A' && ch <= 'Z' ? (char)(ch - 'A' + 'a') : ch;
	name[len + 1] = '\0';
	return NULL;
}

static const char *start_attribute(struct context *c, char ch)
{
	if (c->closing) return "a closing tag has no attributes";
	if (!is_letter(ch) && ch != '_' && ch != ':')
		return refuse("%s", ch == '=' ? "no white space around =" : "not an attribute name");
	c->attr[0] = '\0';
	c->state = STATE_ATTR_NAME;
	return grow_name(c->attr, ch);
}

static const char *end_attribute_name(struct context *c)
{
	if (strncmp(c->attr, "on", 2) == 0)
		return refuse("inline script is not allowed: %s= (use a .ts module)", c->attr);
	if (strcmp(c->tag, "base") == 0 && strcmp(c->attr, "target") != 0)
		return "<base> has target= only: addresses stay those of the page";
	if (one_of(c->attr, refused_attributes))
		return refuse("%s= is not allowed (use a class, a header or a module)", c->attr);
	c->url_started = false;
	return NULL;
}

static const char *end_tag(struct context *c, bool slash)
{
	c->state = STATE_TEXT;
	if (strcmp(c->tag, "pre") == 0) c->pre = !c->closing;
	if (c->closing || !one_of(c->tag, raw_elements)) return NULL;
	if (slash) return refuse("<%s/> does not close itself in HTML", c->tag);
	memcpy(c->raw, c->tag, NAME_SIZE);
	return NULL;
}

/* `s` is at < in text. Returns how many characters belong to what it opens. */
static const char *open_tag(struct context *c, const char *s, const char *end, size_t *taken)
{
	size_t left = (size_t)(end - s);
	*taken = 1;
	if (left >= 4 && memcmp(s, "<!--", 4) == 0) {
		c->state = STATE_COMMENT;
		*taken = 4;
		return NULL;
	}
	if (left >= 9 && strncasecmp(s, "<!doctype", 9) == 0) {
		c->state = STATE_DOCTYPE;
		return NULL;
	}
	c->closing = left >= 2 && s[1] == '/';
	*taken = c->closing ? 2 : 1;
	if (left > *taken && !is_letter(s[*taken])) return "write &lt; for a < that opens no tag";
	c->state = STATE_TAG_OPEN;
	c->tag[0] = '\0';
	return NULL;
}

/* Inside <textarea> and the like only the element's own end is a tag. */
static bool ends_raw(const struct context *c, const char *s, const char *end)
{
	size_t len = strlen(c->raw);
	if ((size_t)(end - s) < len + 2 || s[1] != '/' || strncasecmp(s + 2, c->raw, len) != 0) return false;
	return s + 2 + len == end || is_space(s[2 + len]) || s[2 + len] == '>' || s[2 + len] == '/';
}

static const char *read_text(struct context *c, const char *s, const char *end, size_t *taken)
{
	*taken = 1;
	if (c->raw[0]) {
		if (*s == '<' && ends_raw(c, s, end)) c->raw[0] = '\0';
		else if (raw_refused(c) && !is_space(*s)) return refuse("nothing may stand in <%s>", c->raw);
		else return NULL;
	}
	return *s == '<' ? open_tag(c, s, end, taken) : NULL;
}

/* White space, / or > inside a tag; or the start of an attribute. */
static const char *read_tag(struct context *c, const char *s)
{
	if (is_space(*s)) {
		c->state = STATE_TAG;
		return NULL;
	}
	if (*s == '>') return end_tag(c, s[-1] == '/');
	if (*s == '/') {
		if (c->closing) return "/ in a closing tag";
		c->state = STATE_TAG_CLOSED;
		return NULL;
	}
	if (c->state == STATE_TAG) return start_attribute(c, *s);
	return "white space is missing between attributes";
}

static const char *read_name(struct context *c, const char *s)
{
	bool tag = c->state != STATE_ATTR_NAME;
	if (tag && c->tag[0] == '\0' && !is_letter(*s)) return "write &lt; for a < that opens no tag";
	if (is_name(*s)) {
		if (tag) c->state = STATE_TAG_NAME;
		return grow_name(tag ? c->tag : c->attr, *s);
	}
	if (tag && one_of(c->tag, refused_elements)) return refuse("<%s> is not allowed", c->tag);
	const char *why = tag ? NULL : end_attribute_name(c);
	if (why) return why;
	if (!tag && *s == '=') {
		c->state = STATE_ATTR_EQUALS;
		return NULL;
	}
	c->state = STATE_TAG_CLOSED;
	return read_tag(c, s);
}

static const char *read_value_start(struct context *c, char ch)
{
	if (is_space(ch)) return "no white space around =";
	if (ch == '>' || ch == '<' || ch == '=' || ch == '`') return "the attribute's value is missing";
	c->state = ch == '"' ? STATE_VALUE_DOUBLE : ch == '\'' ? STATE_VALUE_SINGLE : STATE_VALUE_BARE;
	return NULL;
}

static const char *read_value(struct context *c, const char *s)
{
	if (c->state == STATE_VALUE_BARE) {
		if (*s == '>' || is_space(*s)) return read_tag(c, s);
		return strchr("\"'<=`", *s) ? "put the attribute's value in quotes" : NULL;
	}
	if (*s == (c->state == STATE_VALUE_DOUBLE ? '"' : '\'')) c->state = STATE_TAG_CLOSED;
	else c->url_started = true;
	return NULL;
}

/* Reads one character, or a few that belong together. */
static const char *read_one(struct context *c, const char *s, const char *end, size_t *taken)
{
	*taken = 1;
	switch (c->state) {
	case STATE_TEXT: return read_text(c, s, end, taken);
	case STATE_TAG_OPEN:
	case STATE_TAG_NAME:
	case STATE_ATTR_NAME: return read_name(c, s);
	case STATE_TAG:
	case STATE_TAG_CLOSED: return read_tag(c, s);
	case STATE_ATTR_EQUALS: return read_value_start(c, *s);
	case STATE_VALUE_DOUBLE:
	case STATE_VALUE_SINGLE:
	case STATE_VALUE_BARE: return read_value(c, s);
	case STATE_COMMENT:
		if (end - s >= 3 && memcmp(s, "-->", 3) == 0) {
			c->state = STATE_TEXT;
			*taken = 3;
		}
		return NULL;
	case STATE_DOCTYPE:
		if (*s == '>') c->state = STATE_TEXT;
		return NULL;
	}
	return NULL;
}

/* Where a run of white space means no more than one space. */
static bool collapses(const struct context *c)
{
	if (c->state == STATE_TEXT) return !c->pre && !c->raw[0];
	return c->state == STATE_TAG || c->state == STATE_TAG_CLOSED || c->state == STATE_TAG_NAME ||
	       c->state == STATE_ATTR_NAME || c->state == STATE_VALUE_BARE;
}

/* A run of white space: as it is within a line, else one line end (or space, in a tag). */
static size_t add_space(struct context *c, const char *s, const char *end, struct text *out)
{
	size_t len = 0;
	bool line = false;
	for (; s + len < end && is_space(s[len]); len++) line |= s[len] == '\n';
	if (!c->space) {
		if (!line) text_add(out, s, len);
		else text_puts(out, c->state == STATE_TEXT ? "\n" : " ");
	}
	c->space = true;
	return len;
}

const char *context_literal(struct context *c, const char *s, size_t len, struct text *out, const char **at)
{
	const char *end = s + len;
	while (s < end) {
		size_t taken;
		bool space = is_space(*s) && collapses(c);
		const char *why = read_one(c, s, end, &taken);
		if (why) {
			*at = s;
			return why;
		}
		if (space) {
			taken = add_space(c, s, end, out);
		} else {
			text_add(out, s, taken);
			c->space = false;
		}
		s += taken;
	}
	return NULL;
}

const char *context_directive(struct context *c)
{
	switch (c->state) {
	case STATE_TAG_OPEN: return "a tag's name must be literal";
	case STATE_COMMENT: return "nothing is done in a comment: use {# #}";
	case STATE_DOCTYPE: return "the doctype must be literal";
	case STATE_TAG_NAME:
	case STATE_VALUE_BARE: c->state = STATE_TAG_CLOSED; break;
	case STATE_ATTR_NAME: c->state = STATE_TAG_CLOSED; return end_attribute_name(c);
	default: break;
	}
	if (c->state == STATE_TAG_CLOSED && one_of(c->tag, refused_elements))
		return refuse("<%s> is not allowed", c->tag);
	return raw_refused(c) && c->state == STATE_TEXT ? refuse("nothing may stand in <%s>", c->raw) : NULL;
}

const char *context_value(struct context *c, enum value *ret)
{
	switch (c->state) {
	case STATE_TEXT:
		if (raw_refused(c)) return refuse("a value may not stand in <%s>", c->raw);
		*ret = c->raw[0] ? VALUE_ATTR : VALUE_TEXT;
		c->space = false;
		return NULL;
	case STATE_TAG_OPEN:
	case STATE_TAG_NAME: return "a tag's name may not hold a value";
	case STATE_TAG:
	case STATE_TAG_CLOSED:
	case STATE_ATTR_NAME: return "an attribute's name may not hold a value";
	case STATE_ATTR_EQUALS:
	case STATE_VALUE_BARE: return "put the attribute's value in quotes";
	case STATE_COMMENT: return "a comment may not hold a value: use {# #}";
	case STATE_DOCTYPE: return "the doctype may not hold a value";
	case STATE_VALUE_DOUBLE:
	case STATE_VALUE_SINGLE: break;
	}
	if (one_of(c->attr, literal_attributes)) return refuse("%s= may not hold a value", c->attr);
	*ret = VALUE_ATTR;
	if (is_url(c)) *ret = c->url_started ? VALUE_URL_PART : VALUE_URL;
	c->url_started = true;
	c->space = false;
	return NULL;
}

const char *context_call(struct context *c)
{
	if (c->state != STATE_TEXT || c->raw[0]) return "call only in text";
	c->space = false;
	return NULL;
}

static bool between_attributes(const struct context *c)
{
	return c->state == STATE_TAG || c->state == STATE_TAG_CLOSED;
}

static bool same_place(const struct context *a, const struct context *b)
{
	if (strcmp(a->raw, b->raw) != 0 || a->pre != b->pre) return false;
	if (a->state == STATE_TEXT) return true;
	if (strcmp(a->tag, b->tag) != 0 || a->closing != b->closing) return false;
	if (between_attributes(a)) return true;
	return strcmp(a->attr, b->attr) == 0 && (!is_url(a) || a->url_started == b->url_started);
}

const char *context_merge(struct context *into, const struct context *other)
{
	bool between = between_attributes(into) && between_attributes(other);
	if ((into->state != other->state && !between) || !same_place(into, other))
		return "the branches end in different places of the HTML";
	if (into->state != other->state) into->state = STATE_TAG_CLOSED;
	into->space = into->space && other->space;
	return NULL;
}

const char *context_loop(const struct context *start, const struct context *end)
{
	bool between = start->state == STATE_TAG_CLOSED && end->state == STATE_TAG;
	if ((start->state != end->state && !between) || !same_place(start, end))
		return "the loop ends in another place of the HTML than it starts";
	return NULL;
}

const char *context_end(const struct context *c)
{
	if (c->state != STATE_TEXT) return "the template ends inside a tag or a comment";
	if (c->raw[0]) return refuse("the template ends inside <%s>", c->raw);
	return c->pre ? "the template ends inside <pre>" : NULL;
}
