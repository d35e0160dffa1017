/* Addresses of campaigns: lists from a file, planned letters, calls, rates. */
#ifndef PARVIS_SURVEY_CAMPAIGN_WEB_H
#define PARVIS_SURVEY_CAMPAIGN_WEB_H

#include "web/route.h"

extern const struct feature campaign_feature;

/* Handlers of the other files. */
handler campaign_file_show, campaign_file_post;
handler wave_list_show, wave_add_post, wave_show, wave_change_post, wave_cancel_post, wave_posted_post;
handler calls_show, calls_mine_show, calls_share_post, survey_target_take_post;
handler survey_until_post;
handler rates_show, population_post;
handler library_show, library_take_post, library_keep_post;

/* The list again, with what was typed and why it cannot be so. */
enum code campaign_show_mistakes(struct request *r, const struct form *form, struct issues *issues,
                                 struct err *err) MUST;

#endif
