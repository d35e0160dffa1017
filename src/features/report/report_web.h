/* Addresses of reports. */
#ifndef PARVIS_REPORT_WEB_H
#define PARVIS_REPORT_WEB_H

#include "web/route.h"

extern const struct feature report_feature;

handler reports_show, report_show, report_begin_post, report_state_post, report_freeze_show, report_freeze_post,
        report_inserts_show, report_code_post, report_as_show, report_remark_post, report_answer_post, report_screen_show,
        report_pdf_show, synthesis_show, synthesis_post, synthesis_pdf_show, own_answers_show, compare_show, compare_post;

#endif
