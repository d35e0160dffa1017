/* A file of LimeSurvey that somebody sent, as what it would become here: for limesurvey_web.c, its templates, and the
 * maker. */
#ifndef PARVIS_LIMESURVEY_SENT_H
#define PARVIS_LIMESURVEY_SENT_H

#include "core/form.h"
#include "core/survey.h"
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

struct sent {
	const char *name; /* of the kept file, in addresses */
	struct limesurvey survey;
	json_t *definition;                  /* sound (form_parse), in draft; its key is chosen when it is made */
	struct form form;                    /* as it says */
	struct issues lost;                  /* what is not taken over */
	struct limesurvey_response *answers; /* that were sent, sound */
	int nanswers, nunsent;               /* unsent: begun only, left out */
	int nrefused;
	struct sent_refusal refusals[LIMESURVEY_REFUSALS];
	int nrefusals;
	int nparticipants; /* who was invited: not taken over */
};

/* From the bytes of an .lss, .lsa or tab-separated file. E_INPUT, E_LIMIT with a sentence. */
enum code sent_read(struct request *r, const char *bytes, size_t len, struct sent *ret, struct err *err) MUST;

/* Makes the questionnaire, then its answers, in two writes. *key: of the form. *full: answers that a quota kept out. */
enum code sent_make(struct request *r, const struct sent *sent, bool answers, const char **key, int *full,
                    struct err *err) MUST;

#endif
