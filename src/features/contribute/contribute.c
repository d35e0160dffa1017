#include "features/contribute/contribute.h"

#include "net/uri.h"

bool contribute_asks_account(const struct page *p)
{
	return may_somewhere(p->actor, ACTION_CREATE, KIND_RECORD, p->model, NULL) != OK;
}

const char *new_record_url(const struct page *p, const char *form)
{
	const char *url = arena_printf(p->arena, "/-/new/%s", form);
	if (!contribute_asks_account(p)) return url;
	struct buf out;
	buf_init(&out, p->arena, 0);
	buf_puts(&out, "/-/sign-in");
	uri_query_add(&out, "next", url);
	return buf_str(&out);
}

static struct offer offer_of(const struct page *p, const struct form *form, const json_t *item)
{
	struct label text = label_from_json(p->arena, json_object_get(item, "text"));
	return (struct offer){ .icon = json_str_or(item, "icon", form->icon),
		               .title = t(p, &form->add),
		               .text = t(p, &text),
		               .url = new_record_url(p, form->key) };
}

int contribute_offers(const struct page *p, struct offer **ret)
{
	const json_t *setting = model_setting(p->model, "contribute"), *item;
	size_t i, room = json_array_size(setting) + (size_t)p->model->nforms;
	struct offer *offers = arena_array(p->arena, struct offer, room + 1);
	int n = 0;
	json_array_foreach ((json_t *)setting, i, item) {
		const struct form *form = model_form(p->model, json_str_or(item, "form", ""));
		if (form && !form->asleep && actor_reads_form(p->actor, form)) offers[n++] = offer_of(p, form, item);
	}
	for (int f = 0; setting == NULL && f < p->model->nforms; f++)
		if (!p->model->forms[f].asleep && actor_reads_form(p->actor, &p->model->forms[f]))
			offers[n++] = offer_of(p, &p->model->forms[f], NULL);
	*ret = offers;
	return n;
}
