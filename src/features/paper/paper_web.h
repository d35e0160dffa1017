/* Addresses of questionnaires on paper. */
#ifndef PARVIS_FEATURES_PAPER_WEB_H
#define PARVIS_FEATURES_PAPER_WEB_H

#include "features/paper/paper_page.h"
#include "features/people/code.h"
#include "web/request.h"
#include "web/route.h"

extern const struct feature paper_feature;

enum code paper_show(struct request *r, struct err *err);
enum code paper_settings_post(struct request *r, struct err *err);
enum code paper_pdf(struct request *r, struct err *err);
enum code paper_json(struct request *r, struct err *err);
enum code paper_scanned(struct request *r, struct err *err);
enum code paper_desk_show(struct request *r, struct err *err);
enum code paper_desk_post(struct request *r, struct err *err);
enum code paper_typing_show(struct request *r, struct err *err);
enum code paper_typing_post(struct request *r, struct err *err);
enum code paper_check_show(struct request *r, struct err *err);
enum code paper_check_post(struct request *r, struct err *err);
enum code paper_compare_show(struct request *r, struct err *err);
enum code paper_compare_post(struct request *r, struct err *err);
enum code paper_drop_post(struct request *r, struct err *err);

/* ---- What the files share ---- */

/* The code of a copy by the number written on it: made from the site's secret, the same each time. */
void paper_number_code(const struct site *site, const struct form *form, const char *number,
                       char out[static CODE_TEXT + 1]);
/* The sheet of the address, for who looks after its questionnaire; and what was printed. */
enum code paper_of_route(struct request *r, struct paper_sheet *ret, struct paper_edition *edition,
                         struct err *err) MUST;
/* "Sheet 12", or whom it is for. Of a confidential questionnaire, no name. */
const char *paper_sheet_name(const struct page *p, const struct paper_sheet *sheet, bool names);
/* Which entry comes next: 1, 2; 3: they are to be compared. */
int paper_turn(const struct paper_sheet *sheet);
/* The entry is done: kept, compared, or made a response. Redirects. */
enum code paper_finish(struct request *r, const struct paper_sheet *sheet, const struct paper_edition *edition,
                       int turn, const struct paper_typed *entry, struct err *err) MUST;
/* Makes the response of these values, all as they are to be kept. Redirects. */
enum code paper_make_response(struct request *r, const struct paper_sheet *sheet, const json_t *values,
                              const json_t *notes, int compared, int agreed, struct err *err) MUST;

#endif
