#include "features/home/home_web.h"

#include "features/home/home.html.h"
#include "features/home/home_block.h"

static const struct block_kind *kind_at(const json_t *blocks, size_t i)
{
	return block_kind_of(json_array_get(blocks, i));
}

static bool halves(const struct block_kind *kind)
{
	return kind && kind->halves;
}

/* Two blocks that are halves share a line. */
static enum code draw_blocks(struct buf *out, const struct page *p, const json_t *blocks, struct err *err)
{
	bool shared = false;
	for (size_t i = 0; i < json_array_size(blocks); i++) {
		const struct block_kind *kind = kind_at(blocks, i);
		if (kind == NULL) continue;
		bool opens = !shared && halves(kind) && halves(kind_at(blocks, i + 1));
		if (opens) home_front_open(out, p);
		TRY(kind->draw(out, p, json_array_get(blocks, i), err));
		if (shared) home_front_close(out, p);
		shared = opens;
	}
	return OK;
}

static enum code home_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	const json_t *blocks = model_setting(p->model, "home");
	const json_t *first = json_array_get(blocks, 0);
	p->title = first ? block_text(p, first, "title") : page_site_name(p);
	p->description = page_setting(p, "tagline", NULL);
	request_share(r, (const char *const[]){ "fait", NULL });
	struct buf *out = request_out(r);
	home_top(out, p);
	TRY(draw_blocks(out, p, blocks, err));
	home_bottom(out, p);
	return OK;
}

const struct feature home_feature = {
	.name = "home",
	.routes = ROUTES({ HTTP_GET, "/", home_show, ACTION_READ, KIND_SITE, N_("The home page"), 0, false }),
};
