#include "features/legal/legal_web.h"

#include <string.h>

#include "base/text.h"
#include "core/definition.h"
#include "core/person.h"
#include "features/legal/legal.html.h"
#include "web/web.h"

const char *legal_controller(const struct page *p)
{
	const char *named = legal_value(p, "controller");
	return *named ? named : legal_value(p, "publisher");
}

const char *legal_access(const struct page *p)
{
	const struct legal_field *field = legal_fields;
	while (field->part != LEGAL_ACCESS) field++;
	return legal_shown(p, field, legal_value(p, field->key));
}

/* What the program itself does, then what is asked in the forms that the reader may know of. */
static enum code legal_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	int n, lacking, own = 0, known = 0;
	(void)err;
	struct processing *all = register_list(p, &n, &lacking);
	for (int i = 0; i < n; i++) {
		if (all[i].form && !actor_reads_form(&r->actor, all[i].form)) continue;
		all[known++] = all[i];
		own += all[i].form == NULL;
	}
	request_share(r, NULL);
	p->title = _("Legal notice");
	legal_page(request_out(r), p, all, own, known);
	return OK;
}

/* ---- Writing it ---- */

struct legal_typing {
	struct request *r;
	const char *values[LEGAL_FIELDS];
	struct issues issues;
};

static void begin(struct request *r, struct legal_typing *t)
{
	*t = (struct legal_typing){ .r = r };
	issues_init(&t->issues, r->arena);
	legal_read(&r->page, t->values);
}

/* The values of the choices and their words, each ended by NULL. */
static const char *const *pieces(struct arena *a, const char *all)
{
	enum { MOST = 8 };
	const char **list = arena_array(a, const char *, MOST + 1);
	int n = 0;
	for (const char *c = all; c && n < MOST; c = strchr(c, '|') ? strchr(c, '|') + 1 : NULL)
		list[n++] = arena_strndup(a, c, strcspn(c, "|"));
	list[n] = NULL;
	return list;
}

static enum code show(struct legal_typing *t, struct err *err)
{
	struct request *r = t->r;
	struct page *p = &r->page;
	struct setting_control *list = arena_array(r->arena, struct setting_control, LEGAL_FIELDS + 1);
	(void)err;
	for (int i = 0; i < LEGAL_FIELDS; i++) {
		const struct legal_field *f = &legal_fields[i];
		list[i] = (struct setting_control){ .name = f->key,
			                            .label = tr(p->lang, f->label),
			                            .help = f->help ? tr(p->lang, f->help) : NULL,
			                            .type = f->choices ? NULL : "text",
			                            .value = t->values[i],
			                            .needed = f->need == LEGAL_REQUIRED };
		if (f->choices == NULL) continue;
		list[i].choices = pieces(r->arena, f->choices);
		list[i].words = pieces(r->arena, tr(p->lang, f->choice_words));
	}
	list[LEGAL_FIELDS] = (struct setting_control){ 0 };
	if (t->issues.count) {
		p->issues = &t->issues;
		r->response->status = 422;
	}
	p->title = _("Legal notice");
	p->hidden = true;
	legal_edit_page(request_out(r), p, list, legal_missing(p, LEGAL_REQUIRED));
	return OK;
}

static enum code legal_edit_show(struct request *r, struct err *err)
{
	struct legal_typing t;
	begin(r, &t);
	return show(&t, err);
}

static enum code read_one(struct legal_typing *t, int i, struct err *err)
{
	const struct legal_field *f = &legal_fields[i];
	const char *typed = form_data_get(&t->r->form, f->key);
	char *text;
	if (typed == NULL) return OK;
	TRY(text_clean(t->r->arena, typed, strlen(typed), TEXT_LINE, &text, err));
	t->values[i] = text;
	if (text_length(text) > LEGAL_MAX)
		issues_add(&t->issues, f->key, N_("This is too long: %d letters at most."), LEGAL_MAX);
	else if (f->choices && *text && *legal_shown(&t->r->page, f, text) == '\0')
		issues_add(&t->issues, f->key, N_("Choose one in the list."));
	else if (strcmp(f->key, "email") == 0 && *text) person_check("-", text, NULL, &t->issues);
	return OK;
}

static enum code save(struct tx *tx, void *arg, struct err *err)
{
	const struct legal_typing *t = arg;
	json_t *said = json_keep(t->r->arena, json_object());
	for (int i = 0; i < LEGAL_FIELDS; i++)
		if (*t->values[i]) json_object_set_new(said, legal_fields[i].key, json_string(t->values[i]));
	tx_public(tx);
	return definition_save(tx, t->r->arena, DEFINITION_SETTING, "legal", said, &t->r->actor, NULL, err);
}

static enum code legal_edit_post(struct request *r, struct err *err)
{
	struct legal_typing t;
	begin(r, &t);
	for (int i = 0; i < LEGAL_FIELDS; i++) TRY(read_one(&t, i, err));
	if (t.issues.count) return show(&t, err);
	TRY(request_write_model(r, save, &t, err));
	return request_redirect(r, "/-/legal", "reglages");
}

const struct feature legal_feature = {
	.name = "legal",
	.routes = ROUTES({ HTTP_GET, "/-/legal", legal_show, ACTION_READ, KIND_SITE,
	                   N_("Who publishes the site, who hosts it, what it keeps about people"), 0, false },
	                 { HTTP_GET, "/-/admin/legal", legal_edit_show, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Write the legal notice"), 0, false },
	                 { HTTP_POST, "/-/admin/legal", legal_edit_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Write the legal notice"), 0, false }),
};
