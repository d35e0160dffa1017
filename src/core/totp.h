/* One-time codes by the clock: TOTP (RFC 6238) with its defaults, which every telephone's program knows:
 * HMAC-SHA-1, steps of 30 seconds, six digits. */
#ifndef PARVIS_TOTP_H
#define PARVIS_TOTP_H

#include <stdbool.h>
#include <stdint.h>

enum { TOTP_SECRET = 20 /* bytes: RFC 4226 §4 R6 */, TOTP_SECRET_TEXT = 32, TOTP_CODE = 6, TOTP_STEP_MS = 30000 };

/* A secret as people type it: base 32 (RFC 4648 §6), 32 letters and digits without padding. */
void totp_secret_text(const uint8_t secret[static TOTP_SECRET], char out[static TOTP_SECRET_TEXT + 1]);
/* False when it is not what totp_secret_text writes. */
bool totp_secret_parse(const char *text, uint8_t secret[static TOTP_SECRET]);

/* The code of a step (RFC 4226 §5.3). */
void totp_code(const uint8_t secret[static TOTP_SECRET], int64_t step, char out[static TOTP_CODE + 1]);
/* The step at `now` (ms UTC). */
int64_t totp_step(int64_t now);

#endif
