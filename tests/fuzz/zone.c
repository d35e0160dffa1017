/* Zone files (TZif, RFC 9636): whatever the bytes, an answer within a day, and local times that come back. */
#include "base/date.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zone *zone = zone_from_bytes(data, size);
	if (zone == NULL) return 0;
	struct dice dice = dice_of(data, size);
	for (int i = 0; i < 20; i++) {
		int64_t ms = (int64_t)dice_below(&dice, UINT32_MAX) * 2000 - 2000000000000;
		int offset = zone_offset(zone, ms);
		CHECK(offset > -100000 && offset < 100000);
		struct datetime local = zone_local(zone, ms);
		CHECK(datetime_valid(&local));
		(void)zone_utc(zone, &local);
	}
	free(zone);
	return 0;
}
