/* What the files of core/response.h share: how a row becomes a response. */
#ifndef PARVIS_RESPONSE_ROW_H
#define PARVIS_RESPONSE_ROW_H

#include "core/response.h"

/* After SELECT: columns and tables of a query that response_row reads; conditions follow. */
#define RESPONSE_COLUMNS                                                                                          \
	"r.num, r.id, r.form, r.version, r.language, r.state, r.channel, r.page, r.body, r.sealed, r.begun, "     \
	"r.changed, r.completed, w.person, w.target, w.name, p.name, t.name, e.name FROM response r LEFT JOIN "   \
	"respondent w ON w.response = r.num LEFT JOIN person p ON p.num = w.person LEFT JOIN survey_target t ON " \
	"t.num = w.target LEFT JOIN person e ON e.num = r.entered_by "

/* `code`: opens what is sealed; NULL: it stays shut, without values. `all`: who answered is told whatever the questionnaire
 * says: she asks for her own. */
enum code response_row(const struct rows *rows, struct arena *a, const struct model *model, const char *code, bool all,
                       struct response *ret, struct err *err) MUST;

/* response_complete, of the version of the definition that was answered. */
enum code response_complete_version(struct tx *tx, struct arena *a, const struct response *response,
                                    const json_t *values, int64_t person, int64_t version, bool *full,
                                    struct err *err) MUST;

struct hash response_code_hash(const char *code);
/* Counted for every choice that there may be a quota of, later too: one row a choice. */
enum code response_count_choices(struct db *db, const struct form *form, const json_t *values, int by,
                                 struct err *err) MUST;
/* Two lots behind: one of them is shown, chosen by chance. */
enum code response_show_lot(struct db *db, const struct form *form, struct err *err) MUST;
/* What a transaction leaves behind it goes soon (response_scrub). */
enum code response_ask_scrub(struct tx *tx, struct err *err) MUST;
/* Sealed by its code: crypto_secretbox (XSalsa20-Poly1305) behind its nonce. */
struct blob response_seal(struct arena *a, const char *code, const char *text);
/* NULL: it is not sealed by this code. */
const char *response_unseal(struct arena *a, const char *code, struct blob sealed);

#endif
