#include "features/archive/archive_make.h"

#include <stdlib.h>
#include <string.h>

#include "base/asset.h"
#include "core/field_type.h"
#include "core/moment.h"
#include "features/archive/archive_data.h"
#include "features/archive/archive_document.html.h"
#include "features/archive/archive_file.h"
#include "features/archive/archive_link.h"
#include "features/calendar/calendar.h"
#include "features/embed/embed.h"
#include "features/view/view_list.h"
#include "page/picture.h"
#include "page/theme.h"

#define ICONS "icons.svg"
enum { SOME = 100 /* records in memory at once */, PIECE = 256 * 1024 };

struct making {
	struct arena *arena; /* as long as it lasts */
	struct arena batch;  /* the page's */
	struct page page;
	struct archive_site site;
	struct archive_zip *zip;
	struct archive_files files;
	json_t *urls;  /* address on the site → path in the archive */
	json_t *icons; /* that the page being written uses */
	struct buf html, text;
	enum code failed; /* while links were changed */
	struct err err;
};

/* ---- What its pages ask ---- */

const char *archive_licence(const struct page *p)
{
	return page_setting(p, "licence", "CC BY-SA 4.0");
}

const char *archive_url(const struct page *p, const struct archive_site *s, const char *path)
{
	return arena_printf(p->arena, "%s%s", s->root, path);
}

const char *const *archive_lines(const struct page *p, const struct archive_site *s)
{
	const char **lines = arena_array(p->arena, const char *, 6);
	int n = 0;
	lines[n++] = page_printf(p, _("Made on %s from “%s”, %s."), page_date_time(p, p->now), page_site_name(p),
	                         p->base_url);
	lines[n++] = s->scope == ARCHIVE_PUBLIC
	                     ? _("It holds what everybody could read there: what is for members, and what is for "
	                         "facilitators, is not in it.")
	                     : page_printf(p,
	                                   _("It holds what %s could read there, answers for members among them: to be "
	                                     "kept among those who may read it."),
	                                   s->asker);
	lines[n++] = _("Not in it: drafts, the trash, earlier versions of the pages, thanks, accounts and addresses of "
	               "people, pages of other spaces (their links lead to the site).");
	if (s->left_out)
		lines[n++] = page_printf(p,
		                         _n("%s file is too large to be in it: its link leads to the site.",
		                            "%s files are too large to be in it: their links lead to the site.",
		                            s->left_out),
		                         page_number(p, s->left_out));
	lines[n++] = page_printf(p, _("Licence: %s."), archive_licence(p));
	lines[n] = NULL;
	return lines;
}

/* ---- Links ---- */

static bool is_file(const char *url)
{
	return strncmp(url, PICTURE_ROOT, strlen(PICTURE_ROOT)) == 0 ||
	       strncmp(url, ASSET_ROOT, strlen(ASSET_ROOT)) == 0;
}

/* Relative where it is in the archive, whole where it is not. */
static const char *target(void *context, struct arena *a, const char *url)
{
	struct making *m = context;
	const char *mark = strchr(url, '#'), *path;
	if (url[0] != '/' || url[1] == '/') return NULL;
	const char *address = mark ? arena_printf(a, "%.*s", (int)(mark - url), url) : url;
	if (mark && strcmp(address, asset_url(ICONS)) == 0) {
		json_object_set_new(m->icons, mark + 1, json_true());
		return mark;
	}
	path = json_string_value(json_object_get(m->urls, address));
	if (path == NULL && is_file(address) && m->failed == OK)
		m->failed = archive_file(&m->files, &m->page, address, &path, &m->err);
	if (path) return arena_printf(a, "%s%s%s", m->site.root, path, mark ? mark : "");
	return arena_printf(a, "%s%s", m->page.base_url, url);
}

/* What was written to m->html goes into the text under way. */
static enum code flush(struct making *m, struct err *err)
{
	const struct link_change change = { m, target };
	archive_links(&m->text, &m->batch, &change, buf_str(&m->html), m->html.len);
	buf_reset(&m->html);
	if (m->failed != OK) {
		*err = m->err;
		return m->failed;
	}
	return OK;
}

static enum code end(struct making *m, const char *name, struct err *err)
{
	TRY(archive_zip_write(m->zip, &m->text, err));
	return archive_zip_end(m->zip, name, err);
}

/* Browsers take no drawing out of another file of a disk: those that the page uses stand at its end. */
static void write_icons(struct making *m)
{
	const struct asset *sprite = asset_find(ICONS);
	const char *name, *drawings = sprite ? (const char *)sprite->data : "";
	json_t *used;
	buf_lit(&m->text, "<svg xmlns=\"http://www.w3.org/2000/svg\" hidden>");
	json_object_foreach (m->icons, name, used) {
		const char *at = strstr(drawings, arena_printf(&m->batch, "<symbol id=\"%s\"", name));
		const char *close = at ? strstr(at, "</symbol>") : NULL;
		if (close) buf_add(&m->text, at, (size_t)(close - at) + strlen("</symbol>"));
	}
	buf_lit(&m->text, "</svg>\n");
	json_object_clear(m->icons);
}

static enum code end_page(struct making *m, const char *name, struct err *err)
{
	TRY(flush(m, err));
	write_icons(m);
	archive_bottom(&m->html, &m->page, &m->site);
	TRY(flush(m, err));
	return end(m, name, err);
}

/* ---- Records ---- */

typedef enum code each(struct making *m, const struct record *record, void *arg, struct err *err);

static enum code each_of(struct making *m, const int64_t *nums, int n, each *fn, void *arg, struct err *err)
{
	struct record **records;
	int found;
	TRY(record_load_many(m->page.db, &m->batch, m->page.model, m->page.actor, nums, n, &records, &found, err));
	for (int i = 0; i < found; i++) TRY(fn(m, records[i], arg, err));
	arena_reset(&m->batch);
	return OK;
}

/* Those of a form that the reader may read. */
static enum code each_record(struct making *m, const struct form *form, each *fn, void *arg, struct err *err)
{
	int64_t nums[SOME], after = 0;
	int n = SOME;
	while (n == SOME) {
		TRY(archive_records(m->page.db, m->site.space, form, after, nums, SOME, &n, err));
		if (n) after = nums[n - 1];
		TRY(each_of(m, nums, n, fn, arg, err));
	}
	return OK;
}

/* Those of a query, in its order. */
static enum code each_result(struct making *m, struct query *query, each *fn, void *arg, struct err *err)
{
	bool more = true;
	query->size = SOME;
	while (more) {
		struct result result;
		TRY(query_run(m->page.db, &m->batch, m->page.model, m->page.actor, query, &result, err));
		more = result.next != NULL;
		if (more) query->after = arena_strdup(m->arena, result.next);
		TRY(each_of(m, result.nums, result.n, fn, arg, err));
	}
	return OK;
}

/* ---- What is where ---- */

static void keep_address(struct making *m, const char *url, const char *path)
{
	json_object_set_new(m->urls, url, json_string(path));
}

static enum code note_record(struct making *m, const struct record *record, void *arg, struct err *err)
{
	struct archive_section *section = arg;
	const char *path = arena_printf(&m->batch, "pages/%s.html", record->slug);
	(void)err;
	keep_address(m, record_url(&m->page, record), path);
	keep_address(m, record_short_url(&m->page, record), path);
	section->records++;
	m->site.records++;
	return OK;
}

static enum code note_forms(struct making *m, struct err *err)
{
	const struct model *model = m->page.model;
	struct archive_site *s = &m->site;
	s->forms = arena_array(m->arena, struct archive_section, (size_t)model->nforms + 1);
	s->kinds = arena_array(m->arena, const struct form *, (size_t)model->nforms + 1);
	for (int i = 0; i < model->nforms; i++) {
		const struct form *form = &model->forms[i];
		struct archive_section *section = &s->forms[s->nforms];
		*section = (struct archive_section){ arena_printf(m->arena, "listes/%s.html", form->key),
			                             t(&m->page, &form->plural), 0 };
		TRY(each_record(m, form, note_record, section, err));
		if (section->records == 0) continue;
		keep_address(m, arena_printf(m->arena, "/e/%s?form=%s", s->space->slug, form->key), section->url);
		s->kinds[s->nforms++] = form;
	}
	keep_address(m, arena_printf(m->arena, "/e/%s", s->space->slug), "index.html");
	return OK;
}

/* As the view shows it to the reader, in this space alone. */
static void view_query(struct making *m, const struct view *view, struct view_list *ret)
{
	struct form_data none = { 0 };
	struct page page = m->page;
	page.arena = m->arena;
	view_list_read(&page, view, arena_printf(m->arena, "/%s", view->slug), "", &none, ret);
	ret->query.space = m->site.space;
	ret->query.facets = NULL;
	ret->query.nfacets = 0;
	ret->query.after = NULL;
}

static bool has_view(const struct making *m, const struct view *view)
{
	if (!page_sees(&m->page, view)) return false;
	return !view->saved || (view->saved_space && strcmp(view->saved_space, m->site.space->slug) == 0);
}

static enum code note_views(struct making *m, struct err *err)
{
	const struct model *model = m->page.model;
	struct archive_site *s = &m->site;
	s->views = arena_array(m->arena, struct archive_section, (size_t)model->nviews + 1);
	for (int i = 0; i < model->nviews; i++) {
		const struct view *view = &model->views[i];
		struct view_list list;
		struct result result;
		if (!has_view(m, view)) continue;
		view_query(m, view, &list);
		list.query.size = 1;
		TRY(query_run(m->page.db, &m->batch, model, m->page.actor, &list.query, &result, err));
		if (result.n == 0) continue;
		s->views[s->nviews] = (struct archive_section){ arena_printf(m->arena, "vues/%s.html", view->slug),
			                                        t(&m->page, &view->title), result.total };
		keep_address(m, arena_printf(m->arena, "/%s", view->slug), s->views[s->nviews++].url);
	}
	return OK;
}

/* ---- Pages ---- */

static enum code write_row(struct making *m, const struct record *record, void *arg, struct err *err)
{
	(void)arg;
	archive_row(&m->html, &m->page, record);
	TRY(flush(m, err));
	return m->text.len > PIECE ? archive_zip_write(m->zip, &m->text, err) : OK;
}

static enum code write_archived(struct making *m, const struct record *record, void *arg, struct err *err)
{
	return record->state == STATE_ARCHIVED ? write_row(m, record, arg, err) : OK;
}

static enum code write_lists(struct making *m, struct err *err)
{
	static const struct sort by_title = { .builtin = SORT_TITLE };
	for (int i = 0; i < m->site.nforms; i++) {
		const struct form *form = m->site.kinds[i];
		struct query query = { .form = form, .space = m->site.space, .sorts = &by_title, .nsorts = 1 };
		archive_list_top(&m->html, &m->page, &m->site, t(&m->page, &form->plural), "");
		TRY(each_result(m, &query, write_row, NULL, err));
		TRY(each_record(m, form, write_archived, NULL, err));
		archive_list_end(&m->html);
		TRY(end_page(m, m->site.forms[i].url, err));
	}
	return OK;
}

static enum code write_views(struct making *m, struct err *err)
{
	for (int i = 0, v = 0; v < m->page.model->nviews && i < m->site.nviews; v++) {
		const struct view *view = &m->page.model->views[v];
		const char *url = arena_printf(m->arena, "vues/%s.html", view->slug);
		struct view_list list;
		if (!has_view(m, view) || strcmp(url, m->site.views[i].url) != 0) continue;
		view_query(m, view, &list);
		archive_list_top(&m->html, &m->page, &m->site, t(&m->page, &view->title), t(&m->page, &view->intro));
		TRY(each_result(m, &list.query, write_row, NULL, err));
		archive_list_end(&m->html);
		TRY(end_page(m, url, err));
		i++;
	}
	return OK;
}

/* All of them: an archive has no pages of comments. */
static enum code read_comments(struct making *m, const struct record *record, const struct comment **ret, int *n,
                               struct err *err)
{
	struct thread thread = { .pages = 1 };
	struct comment *all = NULL;
	int found = 0;
	for (int page = 1; page <= thread.pages; page++) {
		TRY(comment_list(m->page.db, &m->batch, m->page.model, m->page.actor, record, page, &thread, err));
		if (all == NULL) all = arena_array(&m->batch, struct comment, (size_t)thread.total + 1);
		for (int i = 0; i < thread.n && found < thread.total; i++)
			if (thread.comments[i].record->state == STATE_PUBLISHED) all[found++] = thread.comments[i];
	}
	*ret = all;
	*n = found;
	return OK;
}

static enum code write_page(struct making *m, const struct record *record, void *arg, struct err *err)
{
	const char *list = arg;
	const struct comment *comments;
	int n;
	TRY(read_comments(m, record, &comments, &n, err));
	archive_page(&m->html, &m->page, &m->site, record, archive_url(&m->page, &m->site, list), comments, n);
	return end_page(m, arena_printf(&m->batch, "pages/%s.html", record->slug), err);
}

/* ---- Data ---- */

static enum code write_data_row(struct making *m, const struct record *record, void *arg, struct err *err)
{
	struct archive_data *data = arg;
	TRY(archive_data_row(data, record, err));
	return m->text.len > PIECE ? archive_zip_write(m->zip, &m->text, err) : OK;
}

static enum code write_data(struct making *m, const struct form *form, struct err *err)
{
	for (const struct archive_sheet *sheet = archive_sheets; sheet->name; sheet++) {
		struct archive_data data;
		TRY(archive_data_begin(&data, &m->page, m->arena, form, sheet, &m->text, err));
		if (sheet->rows) TRY(each_record(m, form, write_data_row, &data, err));
		TRY(archive_data_end(&data, err));
		TRY(end(m, arena_printf(m->arena, "donnees/%s.%s", form->key, sheet->name), err));
	}
	return OK;
}

/* What has a date there, for a calendar program; nothing: no file. */
static enum code write_agenda(struct making *m, struct err *err)
{
	const struct page *p = &m->page;
	const struct space *space = m->site.space;
	char id[ID_TEXT + 1];
	struct calendar c;
	enum code code = OK;
	const struct ical_head head = {
		.uid = id_format(space->id, id),
		.name = arena_printf(m->arena, "%s – %s", t(p, &space->name), page_site_name(p)),
		.page = arena_printf(m->arena, "%s/e/%s", p->base_url, space->slug),
		.zone = model_zone(p->model),
	};
	ical_begin(&m->text, m->arena, &head);
	calendar_begin(&c, p, &m->text);
	for (int i = 0; i < p->model->nforms && code == OK; i++) {
		const struct form *form = &p->model->forms[i];
		const struct view_agenda *agenda = calendar_agenda(p, form);
		const struct query query = { .form = form, .space = space, .size = QUERY_SIZE_MAX };
		if (agenda) code = calendar_take(&c, &query, agenda, err);
	}
	m->site.dated = c.n;
	calendar_end(&c);
	TRY(code);
	ical_end(&m->text);
	if (m->site.dated) return end(m, "agenda.ics", err);
	buf_reset(&m->text);
	return OK;
}

/* ---- All of it ---- */

/* The site's own style, with the colours of the space. Its pictures stand beside it. */
static enum code write_style(struct making *m, struct err *err)
{
	const char *own = m->site.space->colour;
	const struct theme *theme = theme_of(own ? own : json_string_value(model_setting(m->page.model, "colour")));
	const struct asset *asset = asset_find("main.css");
	const char *css = asset ? (const char *)asset->data : "", *mark = "url(\"" ASSET_ROOT, *found;
	while ((found = strstr(css, mark)) != NULL) {
		const char *path, *address = found + strlen("url(\""), *close = strchr(address, '"');
		if (close == NULL) break;
		buf_add(&m->text, css, (size_t)(address - css)); /* with the mark's own quote */
		address = arena_printf(m->arena, "%.*s", (int)(close - address), address);
		TRY(archive_file(&m->files, &m->page, address, &path, err));
		buf_puts(&m->text, path ? path : "");
		css = close;
	}
	buf_puts(&m->text, css);
	buf_add(&m->text, theme->css, theme->len);
	/* No bar stands over the foot of these pages. */
	buf_lit(&m->text, "\n.footer{padding-bottom:var(--s5)}\n");
	return end(m, "style.css", err);
}

static enum code write_readme(struct making *m, struct err *err)
{
	const struct page *p = &m->page;
	buf_printf(&m->text, "%s\r\n\r\n", t(p, &m->site.space->name));
	for (const char *const *line = archive_lines(p, &m->site); *line; line++)
		buf_printf(&m->text, "%s\r\n\r\n", *line);
	buf_printf(
	        &m->text, "%s\r\n",
	        _("To read it: take the files out of the archive, then open index.html in any browser. No network is "
	          "needed. The folder “donnees” holds the same for spreadsheets and other programs."));
	return end(m, p->lang == LANG_FR ? "LISEZMOI.txt" : "README.txt", err);
}

static enum code fill(struct making *m, struct err *err)
{
	TRY(note_forms(m, err));
	TRY(note_views(m, err));
	TRY(write_style(m, err));
	m->site.root = "../";
	for (int i = 0; i < m->site.nforms; i++) {
		TRY(each_record(m, m->site.kinds[i], write_page, (void *)m->site.forms[i].url, err));
		TRY(write_data(m, m->site.kinds[i], err));
	}
	TRY(write_agenda(m, err));
	TRY(write_lists(m, err));
	TRY(write_views(m, err));
	m->site.root = "";
	m->site.left_out = m->files.left_out;
	archive_index(&m->html, &m->page, &m->site);
	TRY(end_page(m, "index.html", err));
	return write_readme(m, err);
}

static enum code make(struct making *m, struct store *store, struct archive *archive, const char *path, struct err *err)
{
	enum code code = archive_zip_open(store, m->arena, path, &m->zip, err);
	m->files.zip = m->zip;
	if (code == OK) code = fill(m, err);
	if (code == OK) code = archive_zip_close(m->zip, &archive->bytes, err);
	archive_zip_discard(m->zip);
	TRY(code);
	archive->records = m->site.records;
	archive->files = m->files.n;
	return OK;
}

enum code archive_make(struct store *store, const struct page *page, struct archive *archive, const char *asker,
                       const char *path, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct making m = { .arena = &a, .page = *page };
	const struct space *space = model_space(page->model, archive->space);
	if (space == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such space."));
	arena_init(&m.batch);
	m.page.arena = &m.batch;
	m.page.space = space;
	m.page.embed = embed_feature.embed;
	m.urls = json_keep(&a, json_object());
	m.icons = json_keep(&a, json_object());
	m.files = (struct archive_files){ .arena = &a, .known = json_keep(&a, json_object()) };
	m.site = (struct archive_site){ .space = space, .scope = archive->scope, .asker = asker, .root = "" };
	enum code code = make(&m, store, archive, path, err);
	buf_release(&m.html);
	buf_release(&m.text);
	arena_release(&m.batch);
	return code;
}
