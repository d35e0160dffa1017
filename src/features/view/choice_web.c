#include "features/view/choice_web.h"

#include <string.h>

#include "features/view/view.html.h"
#include "net/cookie.h"
#include "web/web.h"

enum { CHOICES_MAX = 1000 /* bytes */, CHOICES_LIFE = 365 * 24 * 3600 };

const char *choices_cookie(const struct page *p, const struct view *view)
{
	return arena_printf(p->arena, "choix-%s", view->slug);
}

/* What addresses are made of, which cookies may hold. */
static bool is_query(const char *text)
{
	size_t len = strlen(text);
	return len > 0 && len <= CHOICES_MAX &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~%&=+") == len;
}

/* As the list itself would write them; "" when there are none. */
static enum code read_choices(struct request *r, const struct view *view, const char *query, struct view_list *list,
                              const char **ret, struct err *err)
{
	struct form_data data;
	TRY(form_data_parse_urlencoded(r->arena, query, strlen(query), &data, err));
	view_list_read(&r->page, view, arena_printf(r->arena, "/%s", view->slug), query, &data, list);
	const char *at = list->query.nchosen ? strchr(view_list_address(&r->page, list), '?') : NULL;
	*ret = at && is_query(at + 1) ? at + 1 : "";
	return OK;
}

const char *choices_kept(struct request *r, const struct view *view)
{
	struct view_list list;
	struct err err;
	const char *kept, *choices;
	if (r->http->query && *r->http->query) return NULL;
	kept = cookie_get(r->http, choices_cookie(&r->page, view));
	if (kept == NULL || !is_query(kept) || read_choices(r, view, kept, &list, &choices, &err) != OK) return NULL;
	return *choices ? choices : NULL;
}

const char *choice_words(const struct page *p, const struct field *field, const char *key)
{
	const struct choice *choice = field_choice(field, key);
	json_t *value = json_keep(p->arena, field->many || field->target ? json_pack("[s]", key) : json_string(key));
	const char *words = choice ? t(p, &choice->label) : field_plain(p, field, value);
	return *words ? words : key;
}

static enum code find(struct request *r, const struct view **ret, struct err *err)
{
	*ret = page_view(&r->page, r->params[0]);
	if (*ret == NULL || (*ret)->slug == NULL) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	return OK;
}

enum code choices_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	const struct view *view;
	struct view_list list;
	const char *choices;
	TRY(find(r, &view, err));
	TRY(read_choices(r, view, r->http->query ? r->http->query : "", &list, &choices, err));
	if (*choices == '\0') return request_redirect(r, arena_printf(r->arena, "/%s", view->slug), NULL);
	p->title = _("Find these choices each time");
	p->hidden = true;
	choices_page(request_out(r), p, &list, choices, cookie_get(r->http, choices_cookie(p, view)) != NULL);
	return OK;
}

enum code choices_post(struct request *r, struct err *err)
{
	const struct view *view;
	struct view_list list;
	const char *choices, *cookie;
	TRY(find(r, &view, err));
	TRY(read_choices(r, view, request_form(r, "choices"), &list, &choices, err));
	cookie = choices_cookie(&r->page, view);
	const char *url = arena_printf(r->arena, "/%s%s%s", view->slug, *choices ? "?" : "", choices);
	if (strcmp(request_form(r, "keep[]"), "1") != 0) {
		cookie_clear(r->http, r->response, cookie);
		return request_redirect(r, url, "choix-oublies");
	}
	if (*choices == '\0') FAIL(err, E_INPUT, N_("Choose something in the list first."));
	cookie_set(r->http, r->response, cookie, choices, CHOICES_LIFE);
	return request_redirect(r, url, "choix-gardes");
}
