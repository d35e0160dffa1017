#include "features/terms/terms_page.h"

#include "base/json.h"
#include "fields/rich_text.h"

struct terms_asked terms_asked(const struct page *p, enum terms_whom whom)
{
	struct terms_asked asked = { 0 };
	struct err err;
	if (terms_for(p->db, p->arena, whom, &asked.list, &asked.n, &err) != OK) asked.n = 0;
	return asked;
}

struct terms_asked terms_all(const struct page *p)
{
	struct terms_asked all = { 0 };
	struct err err;
	if (terms_list(p->db, p->arena, &all.list, &all.n, &err) != OK) all.n = 0;
	return all;
}

struct terms_given terms_given(const struct page *p)
{
	struct terms_given given = { 0 };
	struct err err;
	if (terms_answers(p->db, p->arena, p->actor->person, &given.list, &given.n, &err) != OK) given.n = 0;
	return given;
}

const char *terms_box(const struct page *p, const struct terms *terms)
{
	return arena_printf(p->arena, "terms-%s", terms->key);
}

bool terms_ticked(const struct page *p, const struct terms *terms)
{
	return p->accepted && json_int(p->accepted, terms->key, 0) == terms->version;
}

const char *terms_url(const struct page *p, const struct terms *terms, bool version)
{
	return version ? arena_printf(p->arena, "/-/terms/%s/%d", terms->key, terms->version)
	               : arena_printf(p->arena, "/-/terms/%s", terms->key);
}

const char *terms_admin_url(const struct page *p, const char *key)
{
	return arena_printf(p->arena, "/-/admin/terms/%s", key);
}

struct html_safe terms_html(const struct page *p, const struct terms *terms)
{
	return rich_text_html(p, terms->text);
}

const char *terms_whom_words(const struct page *p, int whom)
{
	switch (whom) {
	case 0: return _("It is asked of nobody any more.");
	case TERMS_ACCOUNTS: return _("Everybody with an account");
	case TERMS_GUESTS: return _("Who adds something without an account");
	default: return _("Everybody with an account, and who adds something without one");
	}
}

/* Its words, a line for each block: without the marks of formatting. */
static const char *plain(const struct page *p, const char *text)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	rich_text_plain(&out, p->arena, text);
	return buf_str(&out);
}

struct html_safe terms_changes(const struct page *p, const struct terms *terms, int had)
{
	struct terms before = { .title = "", .text = "" };
	struct err err;
	if (terms_find(p->db, p->arena, terms->key, had, &before, &err) != OK) before = *terms;
	return page_changes(p, plain(p, before.text), plain(p, terms->text));
}
