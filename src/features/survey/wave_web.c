/* Letters planned for the targets of a questionnaire: when, in which words, for whom; seen before they leave, called off. */
#include <string.h>

#include "base/text.h"
#include "core/moment.h"
#include "features/moderation/moderation_web.h"
#include "features/people/people_web.h"
#include "features/survey/campaign_web.h"
#include "features/survey/survey_web.h"
#include "features/survey/wave.h"
#include "features/survey/wave.html.h"
#include "web/web.h"

const char *wave_url(const struct page *p, const struct survey_wave *wave, const char *rest)
{
	char id[ID_TEXT + 1];
	return arena_printf(p->arena, "/-/wave/%s%s", id_format(wave->id, id), rest);
}

const char *wave_id_text(const struct page *p, const struct survey_wave *wave)
{
	char id[ID_TEXT + 1];
	return arena_strdup(p->arena, id_format(wave->id, id));
}

const char *wave_text_name(const struct page *p, const char *what, enum lang lang)
{
	return arena_printf(p->arena, "%s-%s", what, lang_tag(lang));
}

static void prepare(struct request *r, const char *title, struct issues *issues)
{
	r->page.title = title;
	r->page.section = "/-/surveys";
	r->page.hidden = true;
	http_set(r->response, "Cache-Control", "no-store");
	if (issues == NULL || issues->count == 0) return;
	r->page.issues = issues;
	r->response->status = 422;
}

/* ---- All ---- */

static enum code show_list(struct request *r, struct wave_list *x, struct issues *issues, struct err *err)
{
	struct survey_wave *waves;
	TRY(survey_wave_list(r->db, r->arena, x->form, &waves, &x->n, err));
	x->waves = waves;
	if (issues == NULL) {
		bool reminder = false;
		for (int i = 0; i < x->n; i++) reminder |= waves[i].state != WAVE_CANCELLED;
		x->typed = (struct wave_typed){ .day = "", .time = tr(r->page.lang, N_("9:00")) };
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			x->typed.subject[lang] = letter_subject((enum lang)lang, reminder);
			x->typed.text[lang] = letter_text((enum lang)lang, reminder);
		}
	}
	prepare(r, page_printf(&r->page, tr(r->page.lang, N_("Planned letters of “%s”")), t(&r->page, &x->form->label)),
	        issues);
	wave_list_page(request_out(r), &r->page, x);
	return OK;
}

enum code wave_list_show(struct request *r, struct err *err)
{
	struct wave_list x = { 0 };
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	return show_list(r, &x, NULL, err);
}

/* ---- What is typed ---- */

static enum code read_words(struct request *r, struct wave_typed *typed, enum lang lang, struct issues *issues,
                            struct err *err)
{
	const char *subject = wave_text_name(&r->page, "subject", lang), *text = wave_text_name(&r->page, "text", lang);
	TRY(people_typed(r, subject, &typed->subject[lang], err));
	TRY(moderation_text(r, text, WAVE_TEXT_MAX, false, issues, &typed->text[lang], err));
	if (text_length(typed->subject[lang]) > WAVE_SUBJECT_MAX)
		issues_add(issues, subject, N_("This is too long: %d letters at most."), WAVE_SUBJECT_MAX);
	if (*typed->text[lang] && *typed->subject[lang] == '\0')
		issues_add(issues, subject, N_("Say what the letter is about."));
	if (*typed->text[lang] && !letter_has_link(typed->text[lang]))
		issues_add(issues, text, N_("Write {link} where the personal link is to stand."));
	return OK;
}

/* Its day is to come: a letter of yesterday would leave at once. */
static enum code read_typed(struct request *r, struct wave_typed *typed, struct survey_wave *wave,
                            struct issues *issues, struct err *err)
{
	struct datetime due = { .hour = 9 };
	struct err why;
	TRY(people_typed(r, "day", &typed->day, err));
	TRY(people_typed(r, "time", &typed->time, err));
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		TRY(read_words(r, typed, (enum lang)lang, issues, err));
		wave->subject[lang] = typed->subject[lang];
		wave->text[lang] = typed->text[lang];
	}
	if (*typed->text[LANG_FR] == '\0' && *typed->text[LANG_EN] == '\0')
		issues_add(issues, wave_text_name(&r->page, "text", LANG_FR),
		           N_("Write the letter in one language at least."));
	if (text_is_blank(typed->day)) issues_add(issues, "day", N_("Say on which day it leaves."));
	else if (date_parse(typed->day, r->page.lang, &due.date, NULL, &why) != OK) issues_add_err(issues, "day", &why);
	if (!text_is_blank(typed->time) && time_parse(typed->time, &due, NULL, &why) != OK)
		issues_add_err(issues, "time", &why);
	if (issues->count) return OK;
	wave->due = zone_utc(model_zone(r->page.model), &due);
	if (date_compare(due.date, survey_today(&r->page)) < 0)
		issues_add(issues, "day", N_("This day is over: choose today or a day to come."));
	return OK;
}

struct planning {
	struct request *r;
	struct survey_wave wave;
	const struct survey_target *targets;
	int n;
};

static enum code add(struct tx *tx, void *arg, struct err *err)
{
	const struct planning *x = arg;
	return survey_wave_add(tx, &x->wave, err);
}

enum code wave_add_post(struct request *r, struct err *err)
{
	struct wave_list x = { 0 };
	struct planning planning = { .r = r };
	struct issues issues;
	TRY(survey_managed(r, ACTION_MANAGE, &x.form, err));
	issues_init(&issues, r->arena);
	planning.wave = (struct survey_wave){ .id = id_random(), .form = x.form };
	TRY(read_typed(r, &x.typed, &planning.wave, &issues, err));
	if (issues.count) return show_list(r, &x, &issues, err);
	TRY(request_write(r, add, &planning, err));
	return request_redirect(r, wave_url(&r->page, &planning.wave, ""), "lettre-prevue");
}

/* ---- One ---- */

static enum code find(struct request *r, struct survey_wave *ret, struct err *err)
{
	struct id id;
	if (!id_parse(r->params[0], &id)) FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	TRY(survey_wave_find(r->db, r->arena, r->page.model, id, ret, err));
	if (responses_may(r->page.model, &r->actor, ACTION_MANAGE, ret->form, err) != OK)
		FAIL(err, E_NOT_FOUND, N_("There is no page at this address."));
	r->page.space = survey_space(r->page.model, ret->form);
	return OK;
}

static enum code load_waiting(struct request *r, struct wave_shown *x, struct err *err)
{
	struct survey_target *targets;
	int n;
	char code[CODE_TEXT + 1];
	TRY(survey_wave_waiting(r->db, r->arena, x->wave, TARGET_BY_ANY, TARGETS_MAX, &targets, &n, err));
	const char **names = arena_array(r->arena, const char *, WAVE_NAMES_SHOWN);
	for (int i = 0; i < n; i++) {
		x->by[target_reached_by(&targets[i])]++;
		if (x->nnames < WAVE_NAMES_SHOWN) names[x->nnames++] = targets[i].name;
		if (x->first == NULL && target_reached_by(&targets[i]) == TARGET_BY_EMAIL) x->first = &targets[i];
	}
	x->names = names;
	x->waiting = n;
	if (x->first == NULL && n) x->first = &targets[0];
	if (x->first == NULL) return OK;
	enum lang lang = target_lang(&r->page, x->wave, x->first);
	target_code(r->site, x->first->id, code);
	x->subject = letter_words(&r->page, x->first, code, lang, x->wave->subject[lang]);
	x->text = letter_words(&r->page, x->first, code, lang, x->wave->text[lang]);
	return OK;
}

static enum code show_one(struct request *r, struct wave_shown *x, struct issues *issues, struct err *err)
{
	const struct survey_wave *wave = x->wave;
	TRY(load_waiting(r, x, err));
	if (issues == NULL) {
		struct datetime due = zone_local(model_zone(r->page.model), wave->due);
		x->typed = (struct wave_typed){ .day = date_format(r->arena, due.date, DATE_NUMERIC, r->page.lang),
			                        .time = page_time(&r->page, wave->due),
			                        .subject = { wave->subject[0], wave->subject[1] },
			                        .text = { wave->text[0], wave->text[1] } };
	}
	prepare(r, page_printf(&r->page, tr(r->page.lang, N_("Letter of %s")), page_date(&r->page, wave->due)), issues);
	wave_page(request_out(r), &r->page, x);
	return OK;
}

enum code wave_show(struct request *r, struct err *err)
{
	struct survey_wave wave;
	struct wave_shown x = { .wave = &wave };
	TRY(find(r, &wave, err));
	return show_one(r, &x, NULL, err);
}

static enum code change(struct tx *tx, void *arg, struct err *err)
{
	const struct planning *x = arg;
	return survey_wave_change(tx, &x->wave, err);
}

enum code wave_change_post(struct request *r, struct err *err)
{
	struct survey_wave wave;
	struct planning planning = { .r = r };
	struct wave_shown x = { .wave = &wave };
	struct issues issues;
	TRY(find(r, &wave, err));
	issues_init(&issues, r->arena);
	planning.wave = wave;
	TRY(read_typed(r, &x.typed, &planning.wave, &issues, err));
	if (issues.count) return show_one(r, &x, &issues, err);
	TRY(request_write(r, change, &planning, err));
	return request_redirect(r, wave_url(&r->page, &wave, ""), "lettre-prevue");
}

static enum code cancel(struct tx *tx, void *arg, struct err *err)
{
	const struct planning *x = arg;
	return survey_wave_cancel(tx, &x->wave, err);
}

enum code wave_cancel_post(struct request *r, struct err *err)
{
	struct planning x = { .r = r };
	TRY(find(r, &x.wave, err));
	TRY(request_write(r, cancel, &x, err));
	return request_redirect(r, survey_url(&r->page, x.wave.form, "/waves"), "lettre-annulee");
}

/* ---- Printed ---- */

static enum code posted(struct tx *tx, void *arg, struct err *err)
{
	const struct planning *x = arg;
	bool first;
	for (int i = 0; i < x->n; i++)
		TRY(survey_wave_sent(tx, &x->wave, &x->targets[i], TARGET_BY_LETTER, &first, err));
	return OK;
}

enum code wave_posted_post(struct request *r, struct err *err)
{
	struct planning x = { .r = r };
	struct survey_target *targets;
	TRY(find(r, &x.wave, err));
	if (x.wave.state == WAVE_CANCELLED || x.wave.due > r->page.now)
		FAIL(err, E_INPUT, N_("Its day has not come, or it was called off."));
	TRY(survey_wave_waiting(r->db, r->arena, &x.wave, TARGET_BY_LETTER, TARGETS_MAX, &targets, &x.n, err));
	x.targets = targets;
	TRY(request_write(r, posted, &x, err));
	return request_redirect(r, wave_url(&r->page, &x.wave, ""), "lettres-postees");
}
