#include "features/survey/survey_page.h"

#include <string.h>

#include "base/text.h"
#include "core/moment.h"

enum { SECONDS_CHOICE = 12, SECONDS_LINE = 20, SECONDS_TEXT = 60 };

struct date survey_today(const struct page *p)
{
	return zone_local(model_zone(p->model), p->now).date;
}

enum survey_stand survey_stands(const struct page *p, const struct form *form)
{
	return survey_stand(form->survey, survey_today(p));
}

static const char *day(const struct page *p, struct date date)
{
	return date_format(p->arena, date, DATE_LONG, p->lang);
}

const char *survey_stand_line(const struct page *p, const struct form *form)
{
	const struct survey *survey = form->survey;
	switch (survey_stands(p, form)) {
	case STAND_DRAFT: return _("In preparation: nobody sees it yet.");
	case STAND_EARLY: return page_printf(p, _("Opens on %s."), day(p, survey->opens));
	case STAND_OVER:
		if (survey->state != SURVEY_CLOSED && survey->has_closes)
			return page_printf(p, _("Closed since the evening of %s: it takes no more answers."),
			                   day(p, survey->closes));
		return _("Closed: it takes no more answers.");
	case STAND_OPEN: break;
	}
	return survey->has_closes ? page_printf(p, _("Open until %s."), day(p, survey->closes)) : _("Open.");
}

const char *survey_url(const struct page *p, const struct form *form, const char *rest)
{
	return arena_printf(p->arena, "/-/survey/%s%s", form->key, rest);
}

bool survey_manages(const struct page *p, const struct form *form)
{
	struct err err;
	return responses_may(p->model, p->actor, ACTION_MANAGE, form, &err) == OK;
}

const char *survey_refusal(const struct page *p, const struct form *form, bool invited)
{
	const struct space *space = survey_space(p->model, form);
	struct thing thing = { .kind = KIND_RESPONSE, .space = space, .state = STATE_PUBLISHED };
	if (survey_stands(p, form) != STAND_OPEN) return survey_stand_line(p, form);
	if (space && space->state != SPACE_AWAKE) return _("Its space sleeps: it takes no answers for now.");
	if (form->survey->who == WHO_INVITED && !invited)
		return _("This questionnaire is answered with the link or the code of an invitation.");
	if (form->survey->who == WHO_ACCOUNTS && p->actor->site < LEVEL_CONTRIBUTOR && p->actor->nspaces == 0)
		return _("This questionnaire is for people with an account: sign in to answer it.");
	if (!invited && !allowed(p->actor, ACTION_CREATE, &thing))
		return _("This questionnaire is for the members of its space.");
	return NULL;
}

/* ---- How many, how long ---- */

bool survey_counts(const struct field *field)
{
	return field->type->role == ROLE_ASKED && !field->type->computes;
}

int survey_count(const struct form *form, const json_t *values)
{
	int n = 0;
	for (int i = 0; i < form->nfields; i++)
		n += survey_counts(&form->fields[i]) && survey_asks(form, &form->fields[i], values);
	return n;
}

static int seconds(const struct field *field)
{
	if (!survey_counts(field)) return 0;
	if (field->nrows) return field->nrows * SECONDS_LINE;
	if (field->type->long_text) return SECONDS_TEXT;
	return field->nchoices ? SECONDS_CHOICE : SECONDS_LINE;
}

int survey_minutes(const struct form *form, const json_t *values, int from_page)
{
	int left = 0, all = 0;
	for (int i = 0; i < form->nfields; i++) {
		if (!survey_asks(form, &form->fields[i], values)) continue;
		all += seconds(&form->fields[i]);
		if (form->survey->page_of[i] >= from_page) left += seconds(&form->fields[i]);
	}
	/* What was said of the whole is divided as the questions are. */
	if (form->survey->minutes && all) left = form->survey->minutes * 60 * left / all;
	return (left + 59) / 60;
}

const char *survey_minutes_words(const struct page *p, int minutes)
{
	return page_printf(p, _n("about %d minute", "about %d minutes", minutes), minutes);
}

/* ---- Answers in later words ---- */

static size_t key_at(const char *at, char key[static 33])
{
	size_t n = 0;
	while (n < 32 && ((at[n] >= 'a' && at[n] <= 'z') || (at[n] >= '0' && at[n] <= '9') || at[n] == '_')) n++;
	memcpy(key, at, n);
	key[n] = '\0';
	return at[n] == '}' ? n : 0;
}

const char *survey_piped(const struct page *p, const struct form *form, const json_t *values, const char *text)
{
	struct buf out;
	char key[33];
	if (strchr(text, '{') == NULL) return text;
	buf_init(&out, p->arena, 0);
	while (*text) {
		size_t n = *text == '{' ? key_at(text + 1, key) : 0;
		const struct field *field = n ? form_field_ever(form, key) : NULL;
		if (field == NULL) {
			buf_add(&out, text++, 1);
			continue;
		}
		const json_t *value = json_object_get(values, key);
		buf_puts(&out, value ? field_plain(p, field, value) : "…");
		text += n + 2;
	}
	return buf_str(&out);
}

const char *survey_receipt(const struct page *p, const struct response *response)
{
	char text[ID_TEXT + 1];
	id_format(response->id, text);
	return arena_printf(p->arena, "%.4s-%.4s", text, text + 4);
}

const char *survey_paragraph_next(const char *at)
{
	const char *end = strstr(at, "\n\n");
	if (end == NULL) return at + strlen(at);
	return end + strspn(end, "\n");
}

const char *survey_paragraph(const struct page *p, const char *at)
{
	const char *end = strstr(at, "\n\n");
	return end ? arena_strndup(p->arena, at, (size_t)(end - at)) : at;
}
