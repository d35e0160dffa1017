#include "fields/rich_text.h"

#include <string.h>

#include "base/text.h"
#include "core/query.h"
#include "rich/markdown.h"

/* ---- Where links lead ---- */

/* Each target is looked up once for a text. */
struct known {
	const char *target;
	struct rich_link link;
};

enum { EMBEDS_MAX = 20 /* pages and lists of one text; further ones are left out */ };

struct links {
	const struct page *p;
	struct known *known;
	int n, room, embedded;
};

/* A list of the site, by its address or its title. */
static const struct view *find_view(const struct page *p, const char *target, const char *slug)
{
	const struct view *view = page_view_by_slug(p, slug);
	const char *folded = text_fold(p->arena, target);
	for (int i = 0; view == NULL && i < p->model->nviews; i++)
		if (!p->model->views[i].saved && page_sees(p, &p->model->views[i]) &&
		    strcmp(text_fold(p->arena, t(p, &p->model->views[i].title)), folded) == 0)
			view = &p->model->views[i];
	return view;
}

/* By id, by address, by title or another name: the first that the reader may see. */
static enum code find_record(const struct page *p, const struct space *space, const char *target, const char *slug,
                             struct record **ret, struct err *err)
{
	struct id id;
	int64_t num;
	if (id_parse(target, &id) && record_load(p->db, p->arena, p->model, p->actor, id, ret, err) == OK) return OK;
	if (*slug && record_load_slug(p->db, p->arena, p->model, p->actor, space, slug, ret, err) == OK) return OK;
	TRY(query_find_name(p->db, p->arena, p->model, p->actor, space, target, &num, err));
	return record_load_num(p->db, p->arena, p->model, p->actor, num, ret, err);
}

/* The form of a page, its title filled in. */
static const char *write_url(const struct page *p, const struct space *space, const char *target)
{
	struct buf url;
	buf_init(&url, p->arena, 0);
	if (model_form(p->model, "page") == NULL) return NULL;
	buf_lit(&url, "/-/new/page?titre=");
	html_url_part_str(&url, target);
	if (space != &p->model->spaces[0]) {
		buf_lit(&url, "&espace=");
		html_url_part_str(&url, space->slug);
	}
	return buf_str(&url);
}

/* Is the target, as it was written, a name of the record? Else it is an id, an address or a former title,
 * and the present title is shown: so renaming mends the words of all links. */
static bool is_name(const struct page *p, const struct space *space, const char *target, const struct record *record)
{
	int64_t num;
	struct err err;
	if (strchr(target, '-') && strcmp(target, text_slug(p->arena, target, RECORD_SLUG_MAX)) == 0) return false;
	if (strcmp(text_fold(p->arena, target), text_fold(p->arena, record->title)) == 0) return true;
	return query_find_name(p->db, p->arena, p->model, p->actor, space, target, &num, &err) == OK &&
	       num == record->num;
}

static struct rich_link find_link(const struct page *p, const char *target)
{
	const char *slug = text_slug(p->arena, target, RECORD_SLUG_MAX);
	struct record *record;
	struct err err;
	if (p->db == NULL || p->model->nspaces == 0) return (struct rich_link){ 0 };
	const struct space *space = p->space ? p->space : &p->model->spaces[0];
	enum code code = find_record(p, space, target, slug, &record, &err);
	if (code == OK) {
		return (struct rich_link){ .url = record_url(p, record),
			                   .title = is_name(p, space, target, record) ? NULL : record->title };
	}
	if (code != E_NOT_FOUND) return (struct rich_link){ 0 };
	const struct view *view = find_view(p, target, slug);
	if (view)
		return (struct rich_link){ .url = arena_printf(p->arena, "/%s", view->slug),
			                   .title = strcmp(target, view->slug) == 0 ? t(p, &view->title) : NULL };
	return (struct rich_link){ .url = write_url(p, space, target), .missing = true };
}

enum code rich_text_find(const struct page *p, const char *target, struct record **ret, struct err *err)
{
	if (p->db == NULL || p->model->nspaces == 0) FAIL(err, E_NOT_FOUND, N_("nothing here is named “%s”"), target);
	const struct space *space = p->space ? p->space : &p->model->spaces[0];
	return find_record(p, space, target, text_slug(p->arena, target, RECORD_SLUG_MAX), ret, err);
}

static struct rich_link wiki(void *context, const char *target)
{
	struct links *links = context;
	for (int i = 0; i < links->n; i++)
		if (strcmp(links->known[i].target, target) == 0) return links->known[i].link;
	if (links->n == links->room) {
		links->room = links->room ? links->room * 2 : 16;
		struct known *bigger = arena_array(links->p->arena, struct known, (size_t)links->room);
		if (links->n) memcpy(bigger, links->known, (size_t)links->n * sizeof(*bigger));
		links->known = bigger;
	}
	links->known[links->n++] = (struct known){ target, find_link(links->p, target) };
	return links->known[links->n - 1].link;
}

/* As the key words of a record: all that has the word, in its key words or in its text. */
static const char *tag(void *context, const char *word)
{
	struct links *links = context;
	struct buf url;
	buf_init(&url, links->p->arena, 0);
	buf_lit(&url, "/-/search?q=");
	html_url_part_str(&url, word);
	return buf_str(&url);
}

bool rich_text_embeds_record(const char *word)
{
	return strcmp(word, "fiche") == 0 || strcmp(word, "record") == 0;
}

/* What is drawn may hold texts: they embed nothing more, so that no two texts hold each other. */
static void embed(void *context, struct buf *out, const char *name, const char *arguments)
{
	struct links *links = context;
	struct page inner = *links->p;
	inner.embed = NULL;
	/* Figures of a report, which its text numbers, are many; pages and lists are not. */
	if (*arguments != '#' && links->embedded++ >= EMBEDS_MAX) return;
	if (links->p->embed) links->p->embed(out, &inner, name, arguments);
}

/* ---- Showing ---- */

void rich_text_show(struct buf *out, const struct page *p, const char *text)
{
	struct page own = *p;
	struct links links = { .p = &own };
	if (p->prepare && p->db && strstr(text, "{{")) text = p->prepare(&own, text);
	struct rich_page page = {
		.arena = p->arena, .lang = p->lang, .context = &links, .wiki = wiki, .tag = tag, .embed = embed
	};
	if (p->texts && ++*p->texts > 1) page.anchor = arena_printf(p->arena, "t%d-", *p->texts);
	rich_html(out, &page, text);
}

struct html_safe rich_text_html(const struct page *p, const char *text)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	rich_text_show(&out, p, text);
	return (struct html_safe){ buf_str(&out), out.len };
}

/* ---- Words and links, for lists, search and the index ---- */

const char *rich_text_summary(struct arena *a, const char *text)
{
	return rich_summary(a, text);
}

void rich_text_plain(struct buf *out, struct arena *a, const char *text)
{
	struct rich_found found = { .plain = out };
	rich_read(a, text, &found);
}

struct link_sink {
	struct arena *a;
	struct index_sink *sink;
};

static void add_link(void *context, const char *target)
{
	struct link_sink *links = context;
	struct id id;
	const char *slug = id_parse(target, &id) ? target : text_slug(links->a, target, RECORD_SLUG_MAX);
	if (*slug) links->sink->link(links->sink, slug, "wiki");
}

static void add_embed(void *context, const char *word, const char *arguments)
{
	if (rich_text_embeds_record(word)) add_link(context, arguments);
}

void rich_text_links(struct arena *a, const char *text, struct index_sink *sink)
{
	struct link_sink links = { a, sink };
	struct rich_found found = { .context = &links, .link = add_link, .embed = add_embed };
	rich_read(a, text, &found);
}
