/* What the pages of a campaign share. */
#include "features/survey/campaign.h"

#include <string.h>

#include "base/text.h"
#include "core/site.h"

void target_code(const struct site *site, struct id target, char out[static CODE_TEXT + 1])
{
	struct id id;
	struct hash mac = hash_blake2b("targ", site_secret(site), target.b, sizeof(target.b));
	memcpy(id.b, mac.b, sizeof(id.b));
	code_format(id, out);
}

const char *target_url(const struct page *p, const struct survey_target *target, const char *rest)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/target/%s%s", id_format(target->id, id), rest);
}

const char *campaign_rate(const struct page *p, const struct campaign *c)
{
	int answered = (int)c->counts[TARGET_ANSWERED], share = c->reachable ? answered * 100 / (int)c->reachable : 0;
	return page_printf(p, _("%1$d of %2$d have answered (%3$d %%)."), answered, (int)c->reachable, share);
}

const char *campaign_forgets(const struct page *p, const struct form *form)
{
	struct date until;
	if (!survey_targets_until(form->survey, &until)) return NULL;
	return page_printf(p,
	                   _("Names, addresses and what was said in calls are kept until %s, then deleted for ever."),
	                   date_format(p->arena, until, DATE_LONG, p->lang));
}

/* Its place on the map of the directory: where the fields of a record say it by these names. */
static const char *place_of(const struct page *p, const struct record *record)
{
	static const char *const keys[] = { "quartier", "neighbourhood", "commune", "ville", "city" };
	for (size_t i = 0; i < COUNT(keys); i++) {
		const struct field *field = form_field(record->form, keys[i]);
		const json_t *value = field ? record_value(record, field) : NULL;
		const char *words = value ? field_plain(p, field, value) : "";
		if (*words) return text_cut(p->arena, words, TARGET_TEXT_MAX);
	}
	return record_category(record) ? t(p, &record_category(record)->label) : "";
}

static const char *first_of_type(const struct page *p, const struct record *record, const char *type)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = strcmp(field->type->name, type) == 0 ? record_value(record, field) : NULL;
		if (value) return text_cut(p->arena, field_plain(p, field, value), TARGET_TEXT_MAX);
	}
	return "";
}

/* What has one choice of a few can be compared: its kind, its commune. */
static const json_t *attributes_of(const struct page *p, const struct record *record)
{
	json_t *kept = json_keep(p->arena, json_object());
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = strcmp(field->type->name, "choice") == 0 ? record_value(record, field) : NULL;
		if (value == NULL || json_object_size(kept) == TARGET_ATTRIBUTES_MAX) continue;
		const char *words = text_cut(p->arena, field_plain(p, field, value), TARGET_TEXT_MAX);
		json_object_set_new(kept, text_cut(p->arena, t(p, &field->label), 60), json_string(words));
	}
	return kept;
}

struct survey_target target_of_record(const struct page *p, const struct form *form, const struct record *record)
{
	return (struct survey_target){ .id = id_random(),
		                       .form = form,
		                       .record = record->num,
		                       .name = text_cut(p->arena, record->title, TARGET_TEXT_MAX),
		                       .email = first_of_type(p, record, "email"),
		                       .phone = first_of_type(p, record, "phone"),
		                       .place = place_of(p, record),
		                       .attributes = attributes_of(p, record) };
}

enum code target_add_all(struct tx *tx, void *arg, struct err *err)
{
	struct target_adding *x = arg;
	x->added = 0;
	for (int i = 0; i < x->n; i++) {
		char code[CODE_TEXT + 1];
		bool added;
		target_code(x->r->site, x->targets[i].id, code);
		TRY(survey_target_add(tx, &x->targets[i], code, &added, err));
		x->added += added;
	}
	return OK;
}
