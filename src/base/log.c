#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include "base/clock.h"

enum { LINE = 2048 };

/* One write per line, so that lines of several threads do not mix. */
static void PRINTF(2, 0) put(const char *level, const char *fmt, va_list ap)
{
	char text[LINE], line[LINE * 4 + 64];
	vsnprintf(text, sizeof(text), fmt, ap);
	time_t seconds = (time_t)(clock_now() / 1000);
	struct tm tm;
	gmtime_r(&seconds, &tm);
	size_t n = strftime(line, 32, "%Y-%m-%dT%H:%M:%SZ ", &tm);
	n += (size_t)snprintf(line + n, 16, "%s ", level);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c < ' ' || *c == 0x7F) n += (size_t)snprintf(line + n, 5, "\\x%02x", *c);
		else line[n++] = (char)*c;
	}
	line[n++] = '\n';
	fwrite(line, 1, n, stderr);
}

void log_info(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	put("info", fmt, ap);
	va_end(ap);
}

void log_error(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	put("error", fmt, ap);
	va_end(ap);
}
