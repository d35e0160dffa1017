#include "features/contribute/contribute.h"

#include <string.h>

#include "core/field_type.h"
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
		               .url = new_record_url(p, form->key),
		               .form = form->key };
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

/* ---- In a few words ---- */

static bool is_of(const struct field *field, const char *const *types)
{
	for (; *types; types++)
		if (strcmp(field->type->name, *types) == 0) return true;
	return false;
}

/* The first question of these types that nothing answers, and that a person may answer here; of texts, one of those shown
 * on cards. */
static const struct field *question_of(const struct form *form, const char *const *types, const json_t *values)
{
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		bool shown = strcmp(field->type->name, "text") != 0;
		for (int j = 0; j < form->nsummary; j++) shown |= form->summary[j] == field;
		if (field == form->title || field->hidden || !shown || !is_of(field, types)) continue;
		if (json_object_get(values, field->key) == NULL) return field;
	}
	return NULL;
}

/* False: the question does not take it. */
static bool answer(const struct page *p, const struct field *field, const char *text, json_t *values)
{
	struct issues issues;
	if (field == NULL || field->type->import == NULL) return false;
	issues_init(&issues, p->arena);
	json_t *value = field->type->import(field, text, &issues);
	if (value == NULL || issues.count) return false;
	json_object_set(values, field->key, value);
	return true;
}

void contribute_fill(const struct page *p, const struct form *form, const struct in_words *words, json_t *values)
{
	static const char *const places[] = { "text", "place", NULL }, *const times[] = { "schedule", "date", NULL },
	                         *const texts[] = { "longtext", NULL }, *const nothing[] = { NULL };
	const struct {
		const char *text, *const *types, *label;
	} asked[] = { { words->when, times, _("When") },
		      { words->where, places, _("Where") },
		      { words->who, nothing, _("Who") } };
	const struct field *rest = question_of(form, texts, values);
	struct buf left;
	buf_init(&left, p->arena, 0);
	for (size_t i = 0; i < COUNT(asked); i++) {
		if (*asked[i].text == '\0') continue;
		if (!answer(p, question_of(form, asked[i].types, values), asked[i].text, values))
			buf_printf(&left, "%s%s%s%s", left.len ? "\n\n" : "", asked[i].label, _(": "), asked[i].text);
	}
	if (rest && left.len) json_object_set_new(values, rest->key, json_string(buf_str(&left)));
}
