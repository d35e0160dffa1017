#include "features/survey/wave_job.h"

#include "core/letter.h"
#include "core/moment.h"
#include "features/news/news_job.h"
#include "features/survey/campaign.h"
#include "features/survey/wave_letter.h"

struct sending {
	struct site *site;
	struct page page;
	const struct survey_wave *wave;
	int room;
};

bool wave_may_leave(int hour)
{
	return hour >= WAVE_HOUR_FIRST && hour < WAVE_HOUR_LAST;
}

static enum code send_one(struct tx *tx, const struct sending *x, const struct survey_target *target, struct err *err)
{
	char code[CODE_TEXT + 1];
	bool first;
	enum lang lang = target_lang(&x->page, x->wave, target);
	target_code(x->site, target->id, code);
	TRY(survey_wave_sent(tx, x->wave, target, TARGET_BY_EMAIL, &first, err));
	if (!first) return OK;
	return letter_send(tx, target->email, letter_words(&x->page, target, code, lang, x->wave->subject[lang]),
	                   letter_words(&x->page, target, code, lang, x->wave->text[lang]), err);
}

static enum code send_lot(struct tx *tx, void *arg, struct err *err)
{
	struct sending *x = arg;
	struct survey_target *targets;
	int n, sent = 0;
	TRY(survey_wave_waiting(tx_db(tx), x->page.arena, x->wave, TARGET_BY_EMAIL, x->room + 1, &targets, &n, err));
	for (; sent < n && sent < x->room; sent++) TRY(send_one(tx, x, &targets[sent], err));
	x->room -= sent;
	return survey_wave_note(tx, x->wave, sent < n ? WAVE_SENDING : WAVE_DONE, err);
}

static enum code send_due(struct store *store, struct sending *x, struct err *err)
{
	struct survey_wave *waves;
	struct db *db;
	int n = 0;
	TRY(store_read_begin(store, &db, err));
	enum code code = survey_wave_due(db, x->page.arena, x->page.model, x->page.now, &waves, &n, err);
	store_read_end(store);
	TRY(code);
	for (int i = 0; i < n && x->room > 0; i++) {
		/* A closed door: the letter waits for the questionnaire to open, and never leaves after its last day. */
		if (survey_stands(&x->page, waves[i].form) != STAND_OPEN) continue;
		x->wave = &waves[i];
		TRY(store_write(store, send_lot, x, err));
	}
	return OK;
}

enum code wave_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	const struct model *model = site_model(context);
	struct sending x = { .site = context, .room = WAVE_LOT };
	enum code code = OK;
	(void)job;
	arena_init(&a);
	x.page = page_of_program(&a, NULL, model, news_links());
	int hour = zone_local(model_zone(model), x.page.now).hour;
	if (news_links() && wave_may_leave(hour)) code = send_due(store, &x, err);
	model_release(model);
	return code;
}
