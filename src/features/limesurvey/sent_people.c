/* Who was invited in LimeSurvey, as targets of the questionnaire. */
#include <string.h>

#include "base/text.h"
#include "features/limesurvey/sent.h"

enum { HEADING = 60 /* letters */ };

/* As LimeSurvey knows it; that an answer came is noted with the answer. */
static enum target_state state_of(const struct limesurvey_participant *said)
{
	if (*said->completed) return TARGET_ANSWERED;
	if (said->refused) return TARGET_REFUSED;
	if (said->lost) return TARGET_UNREACHABLE;
	if (*said->reminded) return TARGET_REMINDED;
	return *said->sent ? TARGET_CONTACTED : TARGET_NEW;
}

/* Her former code stands among what is known of her: codes are the site's own here. */
static const json_t *attributes_of(struct request *r, const struct limesurvey_participant *said)
{
	json_t *kept = json_keep(r->arena, json_object()), *text;
	const char *heading;
	if (*said->token)
		json_object_set_new(kept, tr(r->page.lang, N_("Code in LimeSurvey")),
		                    json_string(text_cut(r->arena, said->token, TARGET_TEXT_MAX)));
	json_object_foreach ((json_t *)said->attributes, heading, text)
		if (json_object_size(kept) < TARGET_ATTRIBUTES_MAX)
			json_object_set_new(kept, text_cut(r->arena, heading, HEADING),
			                    json_string(text_cut(r->arena, json_string_value(text), TARGET_TEXT_MAX)));
	return kept;
}

static struct survey_target target_of(struct request *r, const struct limesurvey_participant *said)
{
	struct arena *a = r->arena;
	const char *language = strncmp(said->language, "fr", 2) == 0   ? "fr"
	                       : strncmp(said->language, "en", 2) == 0 ? "en"
	                                                               : "";
	return (struct survey_target){ .id = id_random(),
		                       .name = text_cut(a, said->name, TARGET_TEXT_MAX),
		                       .email = strlen(said->email) <= TARGET_TEXT_MAX ? said->email : "",
		                       .phone = "",
		                       .place = "",
		                       .language = language,
		                       .state = state_of(said),
		                       .contacted = sent_moment(r, said->sent),
		                       .reminded = sent_moment(r, said->reminded),
		                       .reminders = said->reminders,
		                       .attributes = attributes_of(r, said) };
}

struct sent_person *sent_person_of(const struct sent *sent, const char *token)
{
	const json_t *at = *token ? json_object_get(sent->tokens, token) : NULL;
	return at ? &sent->people[json_integer_value(at)] : NULL;
}

/* The latest of her answers that were begun, unless she sent one. */
static void find_answers(struct sent *sent)
{
	bool anonymous = sent->form.survey->anonymity == ANONYMITY_ANONYMOUS;
	for (int i = 0; i < sent->nanswers && !anonymous; i++) {
		struct sent_person *person = sent_person_of(sent, sent->answers[i].token);
		if (person) person->has_answer = true;
	}
	for (int i = 0; i < sent->nbegun; i++) {
		struct sent_person *person = sent_person_of(sent, sent->begun[i].token);
		if (person && !person->has_answer && person->target.state != TARGET_ANSWERED)
			person->begun = &sent->begun[i];
	}
}

void sent_people_read(struct request *r, const struct limesurvey_table *table, struct sent *sent)
{
	int n, lost = 0;
	if (table->n > TARGETS_MAX) {
		issues_add(
		        &sent->lost, "",
		        N_("%d people were invited; a questionnaire is sent to at most %d here: none of them is taken over"),
		        table->n, TARGETS_MAX);
		return;
	}
	const struct limesurvey_participant *said = limesurvey_participants(r->arena, &sent->survey, table, &n);
	sent->tokens = json_keep(r->arena, json_object());
	sent->people = arena_array(r->arena, struct sent_person, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		if (*said[i].name == '\0') {
			lost++;
			continue;
		}
		if (*said[i].token) json_object_set_new(sent->tokens, said[i].token, json_integer(sent->npeople));
		sent->people[sent->npeople++] = (struct sent_person){ .said = &said[i],
			                                              .target = target_of(r, &said[i]) };
	}
	if (lost)
		issues_add(
		        &sent->lost, "",
		        N_("of %d people who were invited neither a name, nor an address, nor a code is known: they are left out"),
		        lost);
	find_answers(sent);
}
