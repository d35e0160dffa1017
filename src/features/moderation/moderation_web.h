/* Reports, what is decided about them, the public log, appeals, undoing what an account did. */
#ifndef PARVIS_MODERATION_WEB_H
#define PARVIS_MODERATION_WEB_H

#include "features/moderation/moderation_page.h"
#include "web/route.h"

extern const struct feature moderation_feature;

/* Handlers of the other files of this folder, for the table. */
handler report_form, report_post;
handler decide_show, decide_post, account_lately_show, account_lately_post;
handler log_show, appeal_show, appeal_post, answer_show, answer_post;

/* One line typed in a field, clean; a mistake when it is empty or over MEASURE_REASON_MAX. */
enum code moderation_reason(struct request *r, const char *name, struct issues *issues, const char **ret,
                            struct err *err) MUST;
/* Several lines; a mistake when it is over `max`, or empty and `needed`. */
enum code moderation_text(struct request *r, const char *name, size_t max, bool needed, struct issues *issues,
                          const char **ret, struct err *err) MUST;
/* What the reader may know of measures. */
enum code moderation_rows(struct request *r, const struct measure *measures, int n, struct measure_row **ret,
                          struct err *err) MUST;
/* Is it the reader's own page, and is there somebody else to decide about it? */
enum code moderation_is_own(struct request *r, const struct record *record, bool *ret, struct err *err) MUST;
/* The open reports, a page at a time: of one record, or of all (0). None about the reader's own pages, unless nobody
 * else could decide; then without the names of who reported them. */
enum code moderation_reported(struct request *r, int64_t record, struct reported **ret, int *n, struct err *err) MUST;

#endif
