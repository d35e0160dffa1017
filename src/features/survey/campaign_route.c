#include "features/survey/campaign_web.h"
#include "features/survey/target_sent.h"

enum { FILE_BODY = TARGET_SENT_BYTES + (1 << 20) };

const struct feature campaign_feature = {
	.name = "campaign",
	.routes = ROUTES(
	        { HTTP_GET, "/-/survey/:form/campaign/file", campaign_file_show, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Send a file of those a questionnaire is for"), 0, false },
	        { HTTP_POST, "/-/survey/:form/campaign/file", campaign_file_post, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Read a file of those a questionnaire is for"), FILE_BODY, false },
	        { HTTP_GET, "/-/survey/:form/waves", wave_list_show, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Planned letters of a questionnaire"), 0, false },
	        { HTTP_POST, "/-/survey/:form/waves", wave_add_post, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Plan a letter of a questionnaire"), 0, false },
	        { HTTP_GET, "/-/wave/:id", wave_show, ACTION_MANAGE, KIND_RESPONSE,
	          N_("A planned letter, and who will have it"), 0, false },
	        { HTTP_POST, "/-/wave/:id", wave_change_post, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Change a planned letter"), 0, false },
	        { HTTP_POST, "/-/wave/:id/cancel", wave_cancel_post, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Call a planned letter off"), 0, false },
	        { HTTP_POST, "/-/wave/:id/posted", wave_posted_post, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Note that printed letters were posted"), 0, false },
	        { HTTP_GET, "/-/survey/:form/calls", calls_show, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Who is to be called for a questionnaire, and when"), 0, false },
	        { HTTP_POST, "/-/survey/:form/calls", calls_share_post, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Share out the calls of a questionnaire"), 0, false },
	        { HTTP_GET, "/-/calls", calls_mine_show, ACTION_MANAGE, KIND_RESPONSE, N_("My calls"), 0, false },
	        { HTTP_POST, "/-/survey/:form/until", survey_until_post, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Move the last day of a questionnaire"), 0, false },
	        { HTTP_POST, "/-/target/:id/take", survey_target_take_post, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Say who calls one of those a questionnaire is for"), 0, false },
	        { HTTP_GET, "/-/survey/:form/rates", rates_show, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Who has answered a questionnaire, by kind and place"), 0, false },
	        { HTTP_POST, "/-/survey/:form/population", population_post, ACTION_MANAGE, KIND_RESPONSE,
	          N_("Say whom a questionnaire is for, in numbers"), 0, false },
	        { HTTP_GET, "/-/survey/:form/library", library_show, ACTION_MANAGE, KIND_MODEL,
	          N_("Ready questions for a questionnaire"), 0, false },
	        { HTTP_POST, "/-/survey/:form/library", library_take_post, ACTION_MANAGE, KIND_MODEL,
	          N_("Copy ready questions into a questionnaire"), 0, false },
	        { HTTP_POST, "/-/survey/:form/library/keep", library_keep_post, ACTION_MANAGE, KIND_MODEL,
	          N_("Keep a question for other questionnaires"), 0, false }),
};
