/* Addresses of reports. */
#ifndef PARVIS_RESTITUTION_WEB_H
#define PARVIS_RESTITUTION_WEB_H

#include "web/route.h"

struct restitution_shown;
/* Remarks at paragraphs that were edited since stand at them as they are now: so they are not lost by small steps. */
enum code restitution_follow(struct tx *tx, const struct restitution_shown *x, struct arena *a, struct err *err) MUST;

extern const struct feature restitution_feature;

handler restitutions_show, restitution_show, restitution_begin_post, restitution_state_post, restitution_freeze_show,
        restitution_freeze_post, restitution_inserts_show, restitution_code_post, restitution_as_show,
        restitution_remark_post, restitution_answer_post, restitution_screen_show, restitution_pdf_show, synthesis_show,
        synthesis_post, synthesis_pdf_show, own_answers_show, comparison_show, comparison_post;

#endif
