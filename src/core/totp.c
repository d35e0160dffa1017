#include "core/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void totp_secret_text(const uint8_t secret[static TOTP_SECRET], char out[static TOTP_SECRET_TEXT + 1])
{
	for (int i = 0; i < TOTP_SECRET_TEXT; i++) {
		int bit = i * 5, byte = bit / 8, shift = 11 - bit % 8;
		unsigned pair = (unsigned)secret[byte] << 8 | (byte + 1 < TOTP_SECRET ? secret[byte + 1] : 0);
		out[i] = alphabet[pair >> shift & 31];
	}
	out[TOTP_SECRET_TEXT] = '\0';
}

bool totp_secret_parse(const char *text, uint8_t secret[static TOTP_SECRET])
{
	uint8_t bytes[TOTP_SECRET] = { 0 };
	if (strlen(text) != TOTP_SECRET_TEXT) return false;
	for (int i = 0; i < TOTP_SECRET_TEXT; i++) {
		const char *at = strchr(alphabet, text[i]);
		if (at == NULL) return false;
		for (int b = 0; b < 5; b++) {
			int bit = i * 5 + b;
			if ((at - alphabet) >> (4 - b) & 1) bytes[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
		}
	}
	memcpy(secret, bytes, sizeof(bytes));
	return true;
}

void totp_code(const uint8_t secret[static TOTP_SECRET], int64_t step, char out[static TOTP_CODE + 1])
{
	uint8_t counter[8], mac[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	for (int i = 0; i < 8; i++) counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	(void)HMAC(EVP_sha1(), secret, TOTP_SECRET, counter, sizeof(counter), mac, &len);
	const uint8_t *at = mac + (mac[19] & 15);
	uint32_t number = (uint32_t)(at[0] & 0x7F) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	snprintf(out, TOTP_CODE + 1, "%06u", (unsigned)(number % 1000000));
}

int64_t totp_step(int64_t now)
{
	return now / TOTP_STEP_MS;
}
