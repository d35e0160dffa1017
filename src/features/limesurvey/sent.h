/* A file of LimeSurvey that somebody sent, as what it would become here: for limesurvey_web.c, its templates, and the
 * maker. */
#ifndef PARVIS_LIMESURVEY_SENT_H
#define PARVIS_LIMESURVEY_SENT_H

#include "core/form.h"
#include "core/survey.h"
#include "core/survey_target.h"
#include "formats/limesurvey_participant.h"
#include "formats/limesurvey_response.h"
#include "web/request.h"

enum {
	LIMESURVEY_BYTES = 16 * 1024 * 1024,
	LIMESURVEY_ANSWERS = 20000,
	LIMESURVEY_REFUSALS = 200, /* shown */
};

/* What is wrong in an answer: it is left out, or nothing is kept. */
struct sent_refusal {
	int line;
	const char *question, *why;
};

/* Somebody who was invited, as she becomes a target. */
struct sent_person {
	const struct limesurvey_participant *said;
	struct survey_target target;             /* how she stands, but what her answers make of it */
	const struct limesurvey_response *begun; /* her answers that were not sent; NULL */
	bool has_answer;                         /* one that was sent is known to be hers */
};

struct sent {
	const char *name; /* of the kept file, in addresses */
	struct limesurvey survey;
	json_t *definition;                  /* sound (form_parse), in draft; its key is chosen when it is made */
	struct form form;                    /* as it says */
	struct issues lost;                  /* what is not taken over */
	struct limesurvey_response *answers; /* that were sent, sound */
	struct limesurvey_response *begun;   /* that were not */
	int nanswers, nbegun;
	int nunsent; /* of those begun, without anybody who could go on: left out */
	int nrefused;
	struct sent_refusal refusals[LIMESURVEY_REFUSALS];
	int nrefusals;
	struct sent_person *people;
	json_t *tokens; /* code → place in people */
	int npeople;
};

/* From the bytes of an .lss, .lsa or tab-separated file. E_INPUT, E_LIMIT with a sentence. */
enum code sent_read(struct request *r, const char *bytes, size_t len, struct sent *ret, struct err *err) MUST;

/* Who was invited, once the answers are read. More than TARGETS_MAX are told, and none is taken. */
void sent_people_read(struct request *r, const struct limesurvey_table *table, struct sent *sent);
/* The person with this code; NULL: none. */
struct sent_person *sent_person_of(const struct sent *sent, const char *token);

/* Makes the questionnaire; then who was invited and the answers, where they are wanted, in one write. *key: of the form. *full:
 * answers that a quota kept out. */
struct sent_wanted {
	bool answers, people;
};
enum code sent_make(struct request *r, const struct sent *sent, const struct sent_wanted *wanted, const char **key,
                    int *full, struct err *err) MUST;
/* "2024-03-09 10:30", by the site's clocks, ms UTC; 0: it does not say, or in 1980, which is LimeSurvey's word for that. */
int64_t sent_moment(struct request *r, const char *text);

#endif
