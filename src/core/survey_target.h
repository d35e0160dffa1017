/* Whom a questionnaire is sent to, and how far each is. */
#ifndef PARVIS_SURVEY_TARGET_H
#define PARVIS_SURVEY_TARGET_H

#include "core/response.h"

/* Kept in the table: never renumbered. */
enum target_state {
	TARGET_NEW, /* to contact */
	TARGET_CONTACTED,
	TARGET_REMINDED,
	TARGET_STARTED,
	TARGET_ANSWERED,
	TARGET_REFUSED,
	TARGET_UNREACHABLE,
	TARGET_DUPLICATE,
	TARGET_STATES
};

#endif
