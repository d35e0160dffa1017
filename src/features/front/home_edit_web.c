#include <string.h>

#include "core/definition.h"
#include "core/form_change.h"
#include "features/front/home_edit.h"
#include "features/front/home_edit.html.h"
#include "features/front/rows.h"
#include "features/home/home.html.h"

/* ---- The draft ---- */

static enum code begin(struct request *r, struct home_edit *h, struct err *err)
{
	*h = (struct home_edit){ 0 };
	TRY(front_find(r, &h->f, err));
	const json_t *draft = front_draft(&h->f), *published = front_setting(&h->f, "home");
	struct definition_version *last;
	int n;
	h->blocks = front_blocks(&h->f);
	h->mark = definition_mark(r->arena, h->blocks);
	h->draft = draft != NULL;
	if (!draft) return OK;
	h->overtaken = strcmp(json_str_or(draft, "from", ""), definition_mark(r->arena, published)) != 0;
	TRY(definition_versions(r->db, r->arena, DEFINITION_SETTING, setting_key(r->arena, h->f.space, "home_draft"), 1,
	                        &last, &n, err));
	if (n) h->who = last->who;
	if (n) h->at = last->at;
	return OK;
}

/* One change of the draft, made to it as it is at that moment. */
struct draft_change {
	struct front *f;
	json_t *block;     /* new text of the block, or NULL */
	const char *mark;  /* of the block that is changed, as the person saw it; NULL: a new one */
	int by;            /* moves it; 0 with `block` NULL: takes it away */
	int place;         /* where it was seen; then where it is */
	const json_t *now; /* E_CONFLICT: what stands there */
};

static enum code load_blocks(struct tx *tx, struct front *f, json_t **blocks, const char **from, struct err *err)
{
	struct arena *a = f->r->arena;
	json_t *draft, *published = NULL;
	enum code code = definition_load(tx_db(tx), a, DEFINITION_SETTING, setting_key(a, f->space, "home"), &published,
	                                 err);
	if (code != OK && code != E_NOT_FOUND) return code;
	code = definition_load(tx_db(tx), a, DEFINITION_SETTING, setting_key(a, f->space, "home_draft"), &draft, err);
	if (code != OK && code != E_NOT_FOUND) return code;
	const json_t *source = code == OK ? json_object_get(draft, "blocks") : published;
	*from = code == OK ? json_str_or(draft, "from", "") : definition_mark(a, published);
	*blocks = json_keep(a, source ? json_copy((json_t *)source) : json_array());
	return OK;
}

/* Where the block is by now: where it was seen, else wherever it went. */
static int find_block(const struct draft_change *c, const json_t *blocks)
{
	int n = (int)json_array_size(blocks);
	const struct page *p = &c->f->r->page;
	if (c->place >= 0 && c->place < n &&
	    strcmp(block_mark(p, json_array_get(blocks, (size_t)c->place)), c->mark) == 0)
		return c->place;
	for (int i = 0; i < n; i++)
		if (strcmp(block_mark(p, json_array_get(blocks, (size_t)i)), c->mark) == 0) return i;
	return -1;
}

static void move_block(json_t *blocks, size_t from, int by)
{
	size_t n = json_array_size(blocks), to = by < 0 ? (from ? from - 1 : 0) : MIN(from + 1, n - 1);
	json_t *block = json_incref(json_array_get(blocks, from));
	json_array_remove(blocks, from);
	json_array_insert_new(blocks, to, block);
}

static enum code apply(struct draft_change *c, json_t *blocks, struct err *err)
{
	if (c->mark == NULL) {
		if (json_array_size(blocks) >= HOME_MAX)
			FAIL(err, E_LIMIT, N_("A home page has %d blocks at most."), (int)HOME_MAX);
		json_array_append(blocks, c->block);
		return OK;
	}
	c->now = json_array_get(blocks, (size_t)MAX(c->place, 0));
	c->place = find_block(c, blocks);
	if (c->place < 0)
		FAIL(err, E_CONFLICT,
		     N_("Somebody has just changed or taken away this block: look at the page again."));
	if (c->block) json_array_set(blocks, (size_t)c->place, c->block);
	else if (c->by) move_block(blocks, (size_t)c->place, c->by);
	else json_array_remove(blocks, (size_t)c->place);
	return OK;
}

static enum code write_draft(struct tx *tx, void *arg, struct err *err)
{
	struct draft_change *c = arg;
	json_t *blocks;
	const char *from;
	TRY(load_blocks(tx, c->f, &blocks, &from, err));
	TRY(apply(c, blocks, err));
	return front_save(tx, c->f, "home_draft",
	                  json_keep(c->f->r->arena, json_pack("{s:O,s:s}", "blocks", blocks, "from", from)), err);
}

/* ---- The page of the blocks ---- */

static enum code show(struct request *r, const struct err *why, int status, struct err *err)
{
	struct home_edit h;
	struct page *p = &r->page;
	struct issues *issues = arena_new(r->arena, struct issues);
	TRY(begin(r, &h, err));
	issues_init(issues, r->arena);
	if (why) issues_add_err(issues, "", why);
	if (why) p->issues = issues;
	p->title = h.f.space ? page_printf(p, _("Home page of “%s”"), h.f.name) : _("Home page of the site");
	r->response->status = status;
	home_blocks_page(request_out(r), p, &h);
	return OK;
}

enum code front_home_show(struct request *r, struct err *err)
{
	return show(r, NULL, 200, err);
}

enum code front_home_preview(struct request *r, struct err *err)
{
	struct home_edit h;
	struct page *p = &r->page;
	struct buf *out = request_out(r);
	TRY(begin(r, &h, err));
	p->title = _("Preview of the home page");
	home_preview_top(out, p, &h);
	TRY(home_draw(out, p, h.blocks, err));
	home_bottom(out, p);
	return OK;
}

/* What a conflict or a limit refuses is said on the page of the blocks. */
static enum code write_then(struct request *r, store_fn *fn, void *arg, const char *url, const char *notice,
                            struct err *err)
{
	struct err why;
	enum code code = request_write_model(r, fn, arg, &why);
	if (code == E_CONFLICT || code == E_LIMIT) return show(r, &why, code == E_CONFLICT ? 409 : 422, err);
	if (code != OK) *err = why;
	TRY(code);
	return request_redirect(r, url, notice);
}

static enum code change(struct request *r, int by, struct err *err)
{
	struct front f;
	TRY(front_find(r, &f, err));
	TRY(front_limit(r, err));
	struct draft_change c = { .f = &f,
		                  .mark = request_form(r, "mark"),
		                  .by = by,
		                  .place = (int)strtol(request_form(r, "place"), NULL, 10) };
	return write_then(r, write_draft, &c, front_url(&f, "/home#blocks"), NULL, err);
}

enum code front_home_move(struct request *r, struct err *err)
{
	return change(r, strcmp(request_form(r, "to"), "up") == 0 ? -1 : 1, err);
}

enum code front_home_remove(struct request *r, struct err *err)
{
	return change(r, 0, err);
}

/* ---- Publishing ---- */

struct publishing {
	struct front *f;
	const char *mark;
};

static enum code write_published(struct tx *tx, void *arg, struct err *err)
{
	struct publishing *x = arg;
	json_t *blocks;
	const char *from;
	TRY(load_blocks(tx, x->f, &blocks, &from, err));
	if (strcmp(definition_mark(x->f->r->arena, blocks), x->mark) != 0)
		FAIL(err, E_CONFLICT,
		     N_("Somebody has just changed this draft: look at it again before it is published."));
	TRY(front_save(tx, x->f, "home", blocks, err));
	return front_save(tx, x->f, "home_draft", NULL, err);
}

enum code front_home_publish(struct request *r, struct err *err)
{
	struct front f;
	TRY(front_find(r, &f, err));
	TRY(front_limit(r, err));
	struct publishing x = { &f, request_form(r, "_mark") };
	return write_then(r, write_published, &x, f.space ? front_url(&f, "/home") : f.home, "accueil", err);
}

static enum code write_discarded(struct tx *tx, void *arg, struct err *err)
{
	return front_save(tx, arg, "home_draft", NULL, err);
}

enum code front_home_discard(struct request *r, struct err *err)
{
	struct front f;
	TRY(front_find(r, &f, err));
	TRY(front_limit(r, err));
	return write_then(r, write_discarded, &f, front_url(&f, "/home"), "accueil-repris", err);
}

/* ---- One block ---- */

static enum code show_block(struct block_edit *e, const struct issues *issues, int status)
{
	struct request *r = e->f.r;
	struct page *p = &r->page;
	p->title = e->place < 0 ? page_printf(p, _("New block: %s"), tr(p->lang, e->kind->label))
	                        : page_printf(p, _("Block: %s"), block_words(p, e->typed));
	if (issues && issues->count) p->issues = issues;
	r->response->status = status;
	block_page(request_out(r), p, e);
	return OK;
}

static enum code begin_new(struct request *r, struct block_edit *e, struct err *err)
{
	*e = (struct block_edit){ .place = -1, .mark = "" };
	TRY(front_find(r, &e->f, err));
	e->kind = block_kind_named(e->f.params[0]);
	if (e->kind == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such kind of block."));
	e->typed = json_keep(r->arena, json_pack("{s:s}", "block", e->kind->name));
	return OK;
}

/* The block that the person saw, wherever it is by now; else what stands in its place. */
static int place_of(struct block_edit *e, const json_t *blocks, const char *mark)
{
	char *end;
	long place = strtol(e->f.params[0], &end, 10);
	for (size_t i = 0; *mark && i < json_array_size(blocks); i++)
		if (strcmp(block_mark(&e->f.r->page, json_array_get(blocks, i)), mark) == 0) return (int)i;
	return *end || place < 0 || place > HOME_MAX ? HOME_MAX : (int)place;
}

static enum code begin_edit(struct request *r, struct block_edit *e, struct err *err)
{
	*e = (struct block_edit){ .mark = "" };
	TRY(front_find(r, &e->f, err));
	const json_t *blocks = front_blocks(&e->f);
	const char *mark = request_form(r, "_mark");
	e->place = place_of(e, blocks, mark);
	const json_t *block = json_array_get(blocks, (size_t)e->place);
	e->kind = *mark ? block_kind_named(request_form(r, "_kind")) : block_kind_of(block);
	if (e->kind == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such block on this page any more."));
	e->mark = *mark ? mark : block_mark(&r->page, block);
	bool same = block_kind_of(block) == e->kind;
	e->typed = json_keep(r->arena, same ? json_deep_copy(block) : json_pack("{s:s}", "block", e->kind->name));
	return OK;
}

/* A list that cannot be read now is shown by nothing. */
void block_preview(struct buf *out, const struct page *p, const struct block_edit *e)
{
	struct home_block block = { e->typed, MAX(e->place, 0), false };
	struct err ignored;
	if (e->kind->draw(out, p, &block, &ignored) != OK) return;
}

/* Saving again replaces the block as it is now; where it is gone, it makes a new one. */
static void take_present(struct block_edit *e, const json_t *now)
{
	bool same = now && block_kind_of(now) == e->kind;
	if (same) e->mark = block_mark(&e->f.r->page, now);
	else e->place = -1;
}

static enum code post(struct block_edit *e, struct err *err)
{
	struct request *r = e->f.r;
	struct issues issues;
	struct err why;
	TRY(front_limit(r, err));
	issues_init(&issues, r->arena);
	block_read(e, &issues);
	if (rows_asked(r)) return show_block(e, NULL, 200);
	if (issues.count) return show_block(e, &issues, 422);
	e->preview = *request_form(r, "_preview") != '\0';
	if (e->preview) return show_block(e, NULL, 200);
	struct draft_change c = {
		.f = &e->f, .block = e->typed, .mark = e->place < 0 ? NULL : e->mark, .place = e->place
	};
	enum code code = request_write_model(r, write_draft, &c, &why);
	if (code == E_CONFLICT) take_present(e, c.now);
	if (code == E_CONFLICT || code == E_LIMIT) {
		issues_add_err(&issues, "", &why);
		return show_block(e, &issues, code == E_CONFLICT ? 409 : 422);
	}
	if (code != OK) *err = why;
	TRY(code);
	return request_redirect(r, front_url(&e->f, "/home#blocks"), "bloc");
}

enum code front_home_kinds(struct request *r, struct err *err)
{
	struct front f;
	TRY(front_find(r, &f, err));
	r->page.title = tr(r->page.lang, N_("Add a block"));
	block_kinds_page(request_out(r), &r->page, &f);
	return OK;
}

enum code front_block_new(struct request *r, struct err *err)
{
	struct block_edit e;
	TRY(begin_new(r, &e, err));
	return show_block(&e, NULL, 200);
}

enum code front_block_new_post(struct request *r, struct err *err)
{
	struct block_edit e;
	TRY(begin_new(r, &e, err));
	return post(&e, err);
}

enum code front_block_edit(struct request *r, struct err *err)
{
	struct block_edit e;
	TRY(begin_edit(r, &e, err));
	return show_block(&e, NULL, 200);
}

enum code front_block_edit_post(struct request *r, struct err *err)
{
	struct block_edit e;
	TRY(begin_edit(r, &e, err));
	return post(&e, err);
}
