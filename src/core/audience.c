#include "core/audience.h"

#include <string.h>

static const char *const names[AUDIENCE_COUNT] = { "public", "members", "facilitators" };

const char *audience_name(enum audience audience)
{
	return names[audience];
}

int audience_parse(const char *name)
{
	for (int i = 0; i < AUDIENCE_COUNT; i++)
		if (strcmp(names[i], name) == 0) return i;
	return -1;
}
