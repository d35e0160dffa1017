/* Addresses of questionnaires. */
#ifndef PARVIS_SURVEY_WEB_H
#define PARVIS_SURVEY_WEB_H

#include "core/response.h"
#include "web/route.h"

extern const struct feature survey_feature;

/* The questionnaire of the address: E_NOT_FOUND for one that is none, or in a space that the reader does not know. */
enum code survey_of_route(struct request *r, const struct form **ret, struct err *err) MUST;
/* The same for who looks after its responses. */
enum code survey_managed(struct request *r, enum action action, const struct form **ret, struct err *err) MUST;

/* Handlers of the other files. */
enum code survey_welcome(struct request *r, struct err *err);
enum code survey_start(struct request *r, struct err *err);
enum code survey_trial(struct request *r, struct err *err);
enum code survey_step_show(struct request *r, struct err *err);
enum code survey_step_post(struct request *r, struct err *err);
enum code survey_review(struct request *r, struct err *err);
enum code survey_send(struct request *r, struct err *err);
enum code survey_pause(struct request *r, struct err *err);
enum code survey_pause_post(struct request *r, struct err *err);
enum code survey_thanks(struct request *r, struct err *err);
enum code survey_resume(struct request *r, struct err *err);
enum code survey_resume_post(struct request *r, struct err *err);
enum code survey_kiosk(struct request *r, struct err *err);
enum code survey_kiosk_start(struct request *r, struct err *err);

enum code offline_show(struct request *r, struct err *err);
enum code offline_state(struct request *r, struct err *err);
enum code offline_questions(struct request *r, struct err *err);
enum code offline_send(struct request *r, struct err *err);
enum code offline_worker(struct request *r, struct err *err);

enum code survey_list(struct request *r, struct err *err);
enum code survey_manage(struct request *r, struct err *err);
enum code survey_state_post(struct request *r, struct err *err);
enum code survey_identities_post(struct request *r, struct err *err);
enum code survey_empty_post(struct request *r, struct err *err);
enum code survey_enter(struct request *r, struct err *err);
enum code survey_enter_post(struct request *r, struct err *err);

enum code survey_new(struct request *r, struct err *err);
enum code survey_new_post(struct request *r, struct err *err);
enum code survey_settings(struct request *r, struct err *err);
enum code survey_settings_post(struct request *r, struct err *err);
enum code survey_pages(struct request *r, struct err *err);
enum code survey_pages_post(struct request *r, struct err *err);
enum code survey_languages(struct request *r, struct err *err);
enum code survey_languages_post(struct request *r, struct err *err);

enum code campaign_show(struct request *r, struct err *err);
enum code campaign_add_post(struct request *r, struct err *err);
enum code campaign_letters(struct request *r, struct err *err);
enum code campaign_remind_post(struct request *r, struct err *err);
enum code survey_target_show(struct request *r, struct err *err);
enum code survey_target_note_post(struct request *r, struct err *err);
enum code survey_target_enter_post(struct request *r, struct err *err);
enum code survey_target_remove_post(struct request *r, struct err *err);

enum code responses_show(struct request *r, struct err *err);
enum code responses_export(struct request *r, struct err *err);
enum code response_show(struct request *r, struct err *err);
enum code response_edit(struct request *r, struct err *err);
enum code response_edit_post(struct request *r, struct err *err);
enum code response_delete_post(struct request *r, struct err *err);

#endif
