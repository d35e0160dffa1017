/* Letters to the targets of a questionnaire: at once by e-mail, or printed. */
#include <string.h>

#include "core/letter.h"
#include "features/survey/campaign.h"
#include "features/survey/campaign.html.h"
#include "features/survey/campaign_web.h"
#include "features/survey/survey_web.h"
#include "features/survey/wave_letter.h"
#include "page/qr.h"
#include "web/web.h"

enum { LETTERS_AT_ONCE = 500 };

enum code target_sheet(struct request *r, const struct survey_target *target, struct target_sheet *ret, struct err *err)
{
	char code[CODE_TEXT + 1];
	target_code(r->site, target->id, code);
	*ret = (struct target_sheet){ .target = target, .code = arena_strdup(r->arena, code) };
	ret->url = arena_printf(r->arena, "%s/-/s/%s", r->page.base_url, code);
	return qr_svg(r->arena, ret->url, tr(r->page.lang, N_("QR code of the questionnaire")), &ret->qr, err);
}

/* Those who wait for a planned letter by post, with its words. */
static enum code wave_sheets(struct request *r, const struct form *form, struct id id, struct target_sheet **ret,
                             int *n, struct err *err)
{
	struct survey_wave wave;
	struct survey_target *targets;
	int all;
	TRY(survey_wave_find(r->db, r->arena, r->page.model, id, &wave, err));
	if (wave.form != form) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(survey_wave_waiting(r->db, r->arena, &wave, TARGET_BY_LETTER, LETTERS_AT_ONCE, &targets, &all, err));
	*ret = arena_array(r->arena, struct target_sheet, (size_t)all + 1);
	for (int i = 0; i < all; i++) {
		struct target_sheet *sheet = &(*ret)[i];
		enum lang lang = target_lang(&r->page, &wave, &targets[i]);
		TRY(target_sheet(r, &targets[i], sheet, err));
		sheet->subject = letter_words(&r->page, &targets[i], sheet->code, lang, wave.subject[lang]);
		sheet->text = letter_words(&r->page, &targets[i], sheet->code, lang, wave.text[lang]);
	}
	*n = all;
	return OK;
}

static enum code all_sheets(struct request *r, const struct form *form, struct target_sheet **ret, int *n,
                            struct err *err)
{
	struct survey_target *targets;
	int all, kept = 0;
	TRY(survey_target_list(r->db, r->arena, form, TARGET_STATES, TARGETS_MAX, &targets, &all, err));
	*ret = arena_array(r->arena, struct target_sheet, (size_t)all + 1);
	for (int i = 0; i < all && kept < LETTERS_AT_ONCE; i++)
		if (target_is_waited_for(&targets[i])) TRY(target_sheet(r, &targets[i], &(*ret)[kept++], err));
	*n = kept;
	return OK;
}

enum code campaign_letters(struct request *r, struct err *err)
{
	const struct form *form;
	struct target_sheet *sheets;
	struct id id;
	int n;
	TRY(survey_managed(r, ACTION_MANAGE, &form, err));
	if (id_parse(request_query(r, "lettre"), &id)) TRY(wave_sheets(r, form, id, &sheets, &n, err));
	else TRY(all_sheets(r, form, &sheets, &n, err));
	r->page.title = tr(r->page.lang, N_("Letters to print"));
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	survey_letters_page(request_out(r), &r->page, form, sheets, n);
	return OK;
}

static enum code write_all(struct tx *tx, void *arg, struct err *err)
{
	const struct target_adding *x = arg;
	const struct page *p = &x->r->page;
	const char *subject = page_printf(p, _("Your answer is awaited: %s"), t(p, &x->form->label));
	for (int i = 0; i < x->n; i++) {
		char code[CODE_TEXT + 1];
		target_code(x->r->site, x->targets[i].id, code);
		const char *body = arena_printf(
		        p->arena, "%s\n\n%s\n\n%s\n%s/-/s/%s\n\n%s\n",
		        page_printf(p, _("Hello %s,"), x->targets[i].name), t(p, &x->form->survey->welcome),
		        _("This link is yours alone; it also brings you back to where you stopped:"), p->base_url, code,
		        survey_stand_line(p, x->form));
		TRY(letter_send(tx, x->targets[i].email, subject, body, err));
		TRY(survey_target_written(tx, &x->targets[i], err));
	}
	return OK;
}

enum code campaign_remind_post(struct request *r, struct err *err)
{
	struct target_adding x = { .r = r };
	struct survey_target *all;
	int n;
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	const char *url = survey_url(&r->page, x.form, "/campaign");
	if (survey_stands(&r->page, x.form) != STAND_OPEN)
		FAIL(err, E_INPUT, N_("Open the questionnaire first: the link would lead to a closed door."));
	TRY(web_limit(r, LIMIT_LETTER, NULL, err));
	TRY(survey_target_list(r->db, r->arena, x.form, TARGET_STATES, TARGETS_MAX, &all, &n, err));
	x.targets = arena_array(r->arena, struct survey_target, (size_t)n + 1);
	for (int i = 0; i < n && x.n < LETTERS_AT_ONCE; i++)
		if (target_is_waited_for(&all[i]) && *all[i].email) x.targets[x.n++] = all[i];
	TRY(request_write(r, write_all, &x, err));
	return request_redirect(r, url, "relances");
}
