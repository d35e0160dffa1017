#include "features/embed/embed.h"

#include <string.h>

#include "features/embed/embed.html.h"
#include "features/legal/legal.h"
#include "features/restitution/restitution_text.h"
#include "features/view/view.html.h"
#include "features/view/view_list.h"
#include "fields/rich_text.h"

static void draw_record(struct buf *out, const struct page *p, const char *args)
{
	struct record *record;
	struct err err;
	enum code code = rich_text_find(p, args, &record, &err);
	if (code == E_NOT_FOUND || (code == OK && record->state != STATE_PUBLISHED && record->state != STATE_ARCHIVED))
		embedded_nothing(out, p);
	else if (code != OK) embed_problem(out, p, page_error(p, &err));
	else embedded_record(out, p, record);
}

/* To add one: a row here and a line above the feature (embed.h). */
static const struct {
	const char *word;
	void (*draw)(struct buf *out, const struct page *p, const char *args);
} words[] = {
	{ "vue", view_embed },
	{ "view", view_embed },
	{ "fiche", draw_record },
	{ "record", draw_record },
	{ "mentions", legal_embed },
	{ "legal", legal_embed },
	{ "tableau", restitution_embed },
};

static void draw(struct buf *out, const struct page *p, const char *name, const char *args)
{
	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcmp(words[i].word, name) != 0) continue;
		words[i].draw(out, p, args);
		return;
	}
	embed_problem(out, p, page_printf(p, _("There is nothing called “%s” to show here."), name));
}

const struct feature embed_feature = {
	.name = "embed",
	.embed = draw,
	.routes = (const struct route[]){ { 0 } },
};
