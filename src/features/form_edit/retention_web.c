/* What becomes of the personal data that a form gathers: why, on what ground, and for how long. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "core/form_change.h"
#include "core/reading.h"
#include "features/form_edit/form_settings.h"
#include "features/form_edit/retention.html.h"
#include "features/form_edit/retention_page.h"
#include "features/people/people_web.h"
#include "web/web.h"

enum { SHOWN = 50 };

const struct basis bases[] = {
	{ "consent", N_("the person agrees, and may change her mind") },
	{ "contract", N_("a contract with the person, as of members") },
	{ "obligation", N_("the law asks for it") },
	{ "mission", N_("a task in the public interest") },
	{ "interest", N_("a legitimate interest, weighed against the person’s") },
	{ 0 },
};

bool asks_date(const struct field *field)
{
	return strcmp(field->type->name, "date") == 0;
}

const char *personal_fields(const struct page *p, const struct form *form)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < form->nfields; i++)
		if (field_is_personal(&form->fields[i]))
			buf_printf(&out, "%s%s", out.len ? ", " : "", t(p, &form->fields[i].label));
	return buf_str(&out);
}

struct writing {
	struct request *r;
	struct form_privacy f;
	struct issues issues;
};

static const char *const ours[] = { "purpose", "basis", "retention", "confidential", NULL };

static json_t *part(struct arena *a, const json_t *definition)
{
	json_t *kept = json_keep(a, json_object());
	for (const char *const *name = ours; *name; name++) {
		json_t *value = json_object_get(definition, *name);
		if (value) json_object_set(kept, *name, value);
	}
	return kept;
}

/* ---- The page ---- */

static enum code weigh(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	struct issues none;
	int64_t *nums;
	struct form changed = *w->f.form;
	changed.definition = w->f.typed;
	issues_init(&none, r->arena);
	w->f.rule = retention_read(&changed, &none);
	if (none.count || !actor_reads_form(&r->actor, w->f.form)) return OK;
	w->f.previewed = true;
	int found;
	TRY(retention_due(r->db, r->arena, w->f.form, &w->f.rule, clock_now(), SHOWN, &nums, &found, &w->f.all, err));
	struct record **records;
	TRY(record_load_many(r->db, r->arena, r->page.model, &r->actor, nums, found, &records, &w->f.ntouched, err));
	w->f.touched = (const struct record **)records;
	return OK;
}

static enum code show(struct writing *w, int status, struct err *err)
{
	struct page *p = &w->r->page;
	TRY(weigh(w, err));
	p->title = page_printf(p, _("Personal data of “%s”"), t(p, &w->f.form->plural));
	p->hidden = true;
	if (w->issues.count) p->issues = &w->issues;
	w->r->response->status = status;
	privacy_page(request_out(w->r), p, &w->f);
	return OK;
}

static enum code begin(struct request *r, struct writing *w, struct err *err)
{
	const struct form *form;
	TRY(form_edit_find(r, &form, err));
	*w = (struct writing){ .r = r, .f = { .form = form, .typed = part(r->arena, form->definition) } };
	issues_init(&w->issues, r->arena);
	int64_t months = json_int(json_object_get(w->f.typed, "retention"), "months", 0);
	w->f.months = months ? arena_printf(r->arena, "%lld", (long long)months) : "";
	int64_t journal = json_int(json_object_get(w->f.typed, "confidential"), "journal", READING_MONTHS);
	w->f.journal = arena_printf(r->arena, "%lld", (long long)journal);
	w->f.mark = definition_mark(r->arena, form_settings_part(r->arena, form->definition));
	return OK;
}

enum code form_privacy_show(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin(r, &w, err));
	return show(&w, 200, err);
}

/* ---- Saving ---- */

static void put(struct writing *w, const char *key, const char *text)
{
	if (*text) json_object_set_new(w->f.typed, key, json_string(text));
	else json_object_del(w->f.typed, key);
}

static void read_confidential(struct writing *w)
{
	char *end;
	w->f.journal = request_form(w->r, "journal");
	json_object_del(w->f.typed, "confidential");
	if (*request_form(w->r, "confidential") == '\0') return;
	long months = *w->f.journal ? strtol(w->f.journal, &end, 10) : READING_MONTHS;
	if (months < 1 || months > READING_MONTHS_MAX || (*w->f.journal && *end))
		issues_add(&w->issues, "journal", N_("Give a number of months, from 1 to %d."), READING_MONTHS_MAX);
	json_object_set_new(w->f.typed, "confidential", json_pack("{s:i}", "journal", (int)months));
}

static enum code read(struct writing *w, struct err *err)
{
	struct request *r = w->r;
	const char *purpose, *basis = request_form(r, "basis");
	char *end;
	bool known = *basis == '\0';
	TRY(people_typed(r, "purpose", &purpose, err));
	if (text_length(purpose) > PURPOSE_MAX)
		issues_add(&w->issues, "purpose", N_("This is too long: %d letters at most."), PURPOSE_MAX);
	for (const struct basis *b = bases; b->key; b++) known |= strcmp(b->key, basis) == 0;
	if (!known) issues_add(&w->issues, "basis", N_("Choose one in the list."));
	put(w, "purpose", purpose);
	put(w, "basis", basis);
	read_confidential(w);
	w->f.months = request_form(r, "months");
	json_object_del(w->f.typed, "retention");
	if (*w->f.months == '\0') return OK;
	long months = strtol(w->f.months, &end, 10);
	json_object_set_new(w->f.typed, "retention",
	                    json_pack("{s:i, s:s, s:s}", "months",
	                              *end || months < 0 || months > RETENTION_MONTHS_MAX ? 0 : (int)months, "from",
	                              request_form(r, "from"), "then", request_form(r, "then")));
	struct form changed = *w->f.form;
	changed.definition = w->f.typed;
	(void)retention_read(&changed, &w->issues);
	return OK;
}

enum code form_privacy_post(struct request *r, struct err *err)
{
	struct writing w;
	TRY(begin(r, &w, err));
	TRY(form_edit_limit(r, err));
	TRY(read(&w, err));
	w.f.mark = request_form(r, "_mark");
	if (w.issues.count) return show(&w, 422, err);
	if (*request_form(r, "_preview")) return show(&w, 200, err);
	struct form_write write = { .r = r,
		                    .form = w.f.form->key,
		                    .mark = w.f.mark,
		                    .apply = form_apply_named,
		                    .names = ours,
		                    .field = w.f.typed };
	int status;
	TRY(form_write_settings(&write, &w.issues, &w.f.mark, &status, err));
	if (status) return show(&w, status, err);
	return request_redirect(r, form_edit_url(&r->page, w.f.form, ""), "formulaire");
}
