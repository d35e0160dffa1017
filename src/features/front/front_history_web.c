#include "features/front/front_history.h"

#include <string.h>

#include "features/front/front.html.h"
#include "features/home/home_block.h"

static const struct {
	const char *what, *title, *url; /* title: message id; url: after the base */
	const char *settings[FRONT_SETTINGS + 1], *labels[FRONT_SETTINGS];
	const char *notice;
} kinds[] = {
	{ "menu", N_("History of the menu"), "/menu", { "menu", NULL }, { N_("Menu") }, "menu" },
	{ "home", N_("History of the home page"), "/home", { "home", NULL }, { N_("Home page") }, "accueil" },
	{ "identity",
	  N_("History of the name and the colour"),
	  "/identity",
	  { "name", "tagline", "colour", NULL },
	  { N_("Name of the site"), N_("What it is, in one sentence"), N_("Colour") },
	  "identite" },
};

/* ---- What a version says ---- */

static const char *label_of(const struct page *p, const json_t *object, const char *name)
{
	struct label label = label_from_json(p->arena, json_object_get(object, name));
	return t(p, &label);
}

static const char *item_words(const struct page *p, const json_t *item)
{
	const struct block_kind *kind = block_kind_of(item);
	const char *title = label_of(p, item, "title");
	if (kind == NULL) return page_printf(p, "%s → %s", label_of(p, item, "label"), json_str_or(item, "to", ""));
	return *title ? page_printf(p, "%s – %s", tr(p->lang, kind->label), title) : tr(p->lang, kind->label);
}

const char *const *front_version_words(const struct page *p, const char *setting, const json_t *body)
{
	size_t n = json_array_size(body);
	const char **words = arena_array(p->arena, const char *, n + 2);
	(void)setting;
	for (size_t i = 0; i < n; i++) words[i] = item_words(p, json_array_get(body, i));
	if (json_is_array(body)) {
		if (n == 0) words[0] = _("nothing");
		return words;
	}
	struct label label = label_from_json(p->arena, body);
	words[0] = t(p, &label);
	return words;
}

const char *front_version_url(const struct page *p, const struct front_history *h,
                              const struct front_setting_history *s, const struct definition_version *version)
{
	return arena_printf(p->arena, "%s/history/%s/%s.%lld", h->f->base, h->what, s->name,
	                    (long long)version->version);
}

/* ---- Pages ---- */

static int kind_find(const struct front *f, struct err *err)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].what, f->params[0]) == 0 && !(f->space && kinds[i].settings[1])) return (int)i;
	(void)err_set(err, E_NOT_FOUND, N_("There is no page at this address."));
	return -1;
}

static enum code load(const struct front *f, int kind, struct front_history *h, struct err *err)
{
	struct request *r = f->r;
	*h = (struct front_history){ .f = f, .what = kinds[kind].what };
	for (; kinds[kind].settings[h->n]; h->n++) {
		struct front_setting_history *s = &h->settings[h->n];
		s->name = kinds[kind].settings[h->n];
		s->label = tr(r->page.lang, kinds[kind].labels[h->n]);
		TRY(definition_versions(r->db, r->arena, DEFINITION_SETTING, setting_key(r->arena, f->space, s->name),
		                        FRONT_VERSIONS, &s->versions, &s->n, err));
		const json_t *now = front_setting(f, s->name);
		s->present = s->n && now && json_equal(s->versions[0].body, now);
	}
	return OK;
}

enum code front_history_show(struct request *r, struct err *err)
{
	struct front f;
	struct front_history h;
	TRY(front_find(r, &f, err));
	int kind = kind_find(&f, err);
	if (kind < 0) return E_NOT_FOUND;
	TRY(load(&f, kind, &h, err));
	r->page.title = tr(r->page.lang, kinds[kind].title);
	front_history_page(request_out(r), &r->page, &f, &h);
	return OK;
}

struct going_back {
	const struct front *f;
	const char *setting;
	const json_t *body;
};

static enum code write_back(struct tx *tx, void *arg, struct err *err)
{
	const struct going_back *g = arg;
	return front_save(tx, g->f, g->setting, g->body, err);
}

enum code front_history_post(struct request *r, struct err *err)
{
	struct front f;
	struct front_history h;
	struct going_back back = { .f = &f };
	TRY(front_find(r, &f, err));
	TRY(front_limit(r, err));
	int kind = kind_find(&f, err);
	if (kind < 0) return E_NOT_FOUND;
	TRY(load(&f, kind, &h, err));
	for (int s = 0; s < h.n; s++)
		for (int i = 0; i < h.settings[s].n; i++) {
			const struct definition_version *v = &h.settings[s].versions[i];
			if (strcmp(arena_printf(r->arena, "%s.%lld", h.settings[s].name, (long long)v->version),
			           f.params[1]) != 0)
				continue;
			back.setting = h.settings[s].name;
			back.body = v->body;
		}
	if (back.setting == NULL) FAIL(err, E_NOT_FOUND, N_("There is no such version."));
	TRY(request_write_model(r, write_back, &back, err));
	return request_redirect(r, front_url(&f, kinds[kind].url), kinds[kind].notice);
}
