/* The system's zoneinfo files: TZif, RFC 9636, and the POSIX rule at their end. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#define ZONEINFO "/usr/share/zoneinfo/"

enum { FILE_MAX = 64 * 1024, TRANSITIONS_MAX = 4096, TYPES_MAX = 256, NAME_MAX_LEN = 64, HEADER = 44 };

/* When the clocks change, every year. */
struct change {
	char kind; /* 'M': week `week` of `month`, weekday `day`; 'J': day 1 to 365, no leap day;
	              'N': 0 to 365 */
	int month, week, day;
	int seconds; /* after local midnight */
};

struct rule {
	bool known, has_summer;
	int standard, summer; /* seconds east of UTC */
	struct change start, end;
};

struct zone {
	struct zone *next;
	char name[NAME_MAX_LEN];
	int count;
	int64_t *times;   /* transitions, UTC seconds, rising */
	int *offsets;     /* from that moment on */
	int first;        /* the offset before the first transition */
	struct rule rule; /* after the last one */
};

/* ---- POSIX rules: "CET-1CEST,M3.5.0,M10.5.0/3" ---- */

static bool read_number(const char **p, int max, int *ret)
{
	int n = 0, digits = 0;
	for (; **p >= '0' && **p <= '9'; (*p)++, digits++) {
		n = n * 10 + (**p - '0');
		if (n > max) return false;
	}
	*ret = n;
	return digits > 0;
}

/* [+-]hh[:mm[:ss]], as seconds. */
static bool read_time(const char **p, int *ret)
{
	int sign = 1, part[3] = { 0 };
	if (**p == '-' || **p == '+') sign = *(*p)++ == '-' ? -1 : 1;
	for (int i = 0; i < 3; i++) {
		if (i > 0 && *(*p)++ != ':') return false;
		if (!read_number(p, i ? 59 : 167, &part[i])) return false;
		if (**p != ':') break;
	}
	*ret = sign * ((part[0] * 60 + part[1]) * 60 + part[2]);
	return true;
}

static bool skip_name(const char **p)
{
	const char *start = *p;
	if (**p == '<') {
		const char *end = strchr(*p, '>');
		if (end == NULL) return false;
		*p = end + 1;
		return true;
	}
	while ((**p >= 'A' && **p <= 'Z') || (**p >= 'a' && **p <= 'z')) (*p)++;
	return *p - start >= 3;
}

static bool read_change(const char **p, struct change *c)
{
	*c = (struct change){ .kind = 'N', .seconds = 2 * 3600 };
	if (*(*p)++ != ',') return false;
	if (**p == 'M') {
		(*p)++;
		c->kind = 'M';
		if (!read_number(p, 12, &c->month) || c->month < 1 || *(*p)++ != '.') return false;
		if (!read_number(p, 5, &c->week) || c->week < 1 || *(*p)++ != '.') return false;
		if (!read_number(p, 6, &c->day)) return false;
	} else {
		if (**p == 'J') c->kind = *(*p)++;
		if (!read_number(p, 365, &c->day) || (c->kind == 'J' && c->day == 0)) return false;
	}
	if (**p != '/') return true;
	(*p)++;
	return read_time(p, &c->seconds);
}

/* RFC 9636 §3.2 and §3.3: offsets go a little over a day; only times of changes go over a week. */
static bool is_offset(int seconds)
{
	return seconds >= -26 * 3600 && seconds <= 26 * 3600;
}

static bool read_rule(const char *text, struct rule *ret)
{
	struct rule r = { .known = true };
	const char *p = text;
	int west;
	if (!skip_name(&p) || !read_time(&p, &west)) return false;
	r.standard = -west;
	if (*p) {
		r.has_summer = true;
		r.summer = r.standard + 3600;
		if (!skip_name(&p)) return false;
		if (*p != ',') {
			if (!read_time(&p, &west)) return false;
			r.summer = -west;
		}
		if (!read_change(&p, &r.start) || !read_change(&p, &r.end)) return false;
	}
	if (*p || !is_offset(r.standard) || !is_offset(r.summer)) return false;
	*ret = r;
	return true;
}

/* The local moment of a change, in seconds since 1970 as if it were UTC. */
static int64_t change_in(const struct change *c, int year)
{
	struct date day = { year, 1, 1 };
	int64_t days;
	if (c->kind == 'M') {
		day.month = c->month;
		int first = date_weekday(day) % 7; /* 0: Sunday */
		int n = 1 + (c->day - first + 7) % 7 + (c->week - 1) * 7;
		while (n > date_month_days(year, c->month)) n -= 7;
		day.day = n;
		days = date_to_days(day);
	} else {
		bool after_leap_day = c->kind == 'J' && date_month_days(year, 2) == 29 && c->day >= 60;
		days = date_to_days(day) + c->day - (c->kind == 'J') + after_leap_day;
	}
	return days * 86400 + c->seconds;
}

static int rule_offset(const struct rule *r, int64_t t)
{
	if (!r->has_summer) return r->standard;
	int64_t local = t + r->standard;
	int year = date_from_days(local >= 0 ? local / 86400 : (local - 86399) / 86400).year;
	int64_t start = change_in(&r->start, year) - r->standard;
	int64_t end = change_in(&r->end, year) - r->summer;
	bool summer = start < end ? t >= start && t < end : t >= start || t < end;
	return summer ? r->summer : r->standard;
}

/* ---- TZif ---- */

struct header {
	uint32_t isut, isstd, leap, times, types, chars;
};

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t be64(const unsigned char *p)
{
	return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

static bool read_header(const unsigned char *p, size_t len, struct header *h)
{
	if (len < HEADER || memcmp(p, "TZif", 4) != 0) return false;
	*h = (struct header){ be32(p + 20), be32(p + 24), be32(p + 28), be32(p + 32), be32(p + 36), be32(p + 40) };
	return h->times <= TRANSITIONS_MAX && h->types >= 1 && h->types <= TYPES_MAX && h->chars <= 1024 &&
	       h->leap <= 1024 && h->isut <= h->types && h->isstd <= h->types;
}

static size_t body_size(const struct header *h, size_t time_size)
{
	return h->times * (time_size + 1) + h->types * 6u + h->chars + h->leap * (time_size + 4) + h->isstd + h->isut;
}

static bool read_body(struct zone *z, const unsigned char *p, const struct header *h, size_t time_size)
{
	const unsigned char *indexes = p + h->times * time_size, *types = indexes + h->times;
	z->times = calloc(h->times + 1u, sizeof(*z->times));
	z->offsets = calloc(h->times + 1u, sizeof(*z->offsets));
	if (z->times == NULL || z->offsets == NULL) die("out of memory");
	int offsets[TYPES_MAX] = { 0 };
	for (uint32_t i = 0; i < h->types; i++) {
		offsets[i] = (int)(int32_t)be32(types + i * 6);
		if (!is_offset(offsets[i])) return false;
	}
	z->first = offsets[0];
	z->count = (int)h->times;
	for (int i = 0; i < z->count; i++) {
		const unsigned char *time = p + (size_t)i * time_size;
		z->times[i] = time_size == 8 ? be64(time) : (int32_t)be32(time);
		if (indexes[i] >= h->types || (i > 0 && z->times[i] <= z->times[i - 1])) return false;
		z->offsets[i] = offsets[indexes[i]];
	}
	return true;
}

static bool read_footer(struct zone *z, const unsigned char *p, size_t len)
{
	char text[80];
	if (len < 2 || p[0] != '\n') return false;
	const unsigned char *end = memchr(p + 1, '\n', len - 1);
	if (end == NULL || (size_t)(end - p) > sizeof(text)) return false;
	size_t size = (size_t)(end - p) - 1;
	memcpy(text, p + 1, size);
	text[size] = '\0';
	return size == 0 || (strlen(text) == size && read_rule(text, &z->rule));
}

static void zone_free(struct zone *z)
{
	free(z->times);
	free(z->offsets);
	free(z);
}

/* One block holds the zone and its tables, so that free() is enough. */
static struct zone *zone_pack(struct zone *z)
{
	size_t times = (size_t)z->count * sizeof(*z->times), offsets = (size_t)z->count * sizeof(*z->offsets);
	struct zone *packed = malloc(sizeof(*packed) + times + offsets);
	if (packed == NULL) die("out of memory");
	*packed = *z;
	packed->times = (int64_t *)(packed + 1);
	packed->offsets = (int *)((char *)packed->times + times);
	if (z->count) {
		memcpy(packed->times, z->times, times);
		memcpy(packed->offsets, z->offsets, offsets);
	}
	zone_free(z);
	return packed;
}

struct zone *zone_from_bytes(const void *data, size_t len)
{
	const unsigned char *p = data, *end = p + len;
	struct header h;
	if (!read_header(p, len, &h)) return NULL;
	size_t time_size = 4;
	bool modern = p[4] >= '2';
	if (modern) { /* the first part is for old programs */
		time_size = 8;
		size_t skip = HEADER + body_size(&h, 4);
		if (skip > len || !read_header(p + skip, len - skip, &h)) return NULL;
		p += skip;
	}
	p += HEADER;
	size_t size = body_size(&h, time_size);
	if (size > (size_t)(end - p)) return NULL;
	struct zone *z = calloc(1, sizeof(*z));
	if (z == NULL) die("out of memory");
	if (!read_body(z, p, &h, time_size) || (modern && !read_footer(z, p + size, (size_t)(end - p) - size))) {
		zone_free(z);
		return NULL;
	}
	return zone_pack(z);
}

/* ---- The zones that were asked for ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct zone *zones;

/* Names are paths: only what cannot leave the folder. */
static bool is_name(const char *name)
{
	size_t len = strlen(name);
	if (len == 0 || len >= NAME_MAX_LEN || name[0] < 'A' || name[0] > 'Z') return false;
	return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") == len &&
	       strstr(name, "//") == NULL;
}

static struct zone *read_file(const char *name)
{
	char path[sizeof(ZONEINFO) + NAME_MAX_LEN];
	snprintf(path, sizeof(path), ZONEINFO "%s", name);
	FILE *f = fopen(path, "rbe");
	if (f == NULL) return NULL;
	unsigned char *data = malloc(FILE_MAX);
	if (data == NULL) die("out of memory");
	size_t len = fread(data, 1, FILE_MAX, f);
	fclose(f);
	struct zone *z = zone_from_bytes(data, len);
	free(data);
	return z;
}

static struct zone *built_in(const char *name)
{
	static const char *const rules[][2] = {
		{ "UTC", "UTC0" },
		{ "Europe/Paris", "CET-1CEST,M3.5.0,M10.5.0/3" },
	};
	for (size_t i = 0; i < COUNT(rules); i++) {
		if (strcmp(rules[i][0], name) != 0) continue;
		struct zone *z = calloc(1, sizeof(*z));
		if (z == NULL) die("out of memory");
		if (!read_rule(rules[i][1], &z->rule)) die("rule of %s", name);
		return z;
	}
	return NULL;
}

enum code zone_find(const char *name, const struct zone **ret, struct err *err)
{
	if (!is_name(name)) FAIL(err, E_NOT_FOUND, N_("There is no time zone \"%s\""), name);
	pthread_mutex_lock(&lock);
	struct zone *z = zones;
	while (z && strcmp(z->name, name) != 0) z = z->next;
	if (z == NULL) {
		z = read_file(name);
		if (z == NULL) z = built_in(name);
		if (z) {
			snprintf(z->name, sizeof(z->name), "%s", name);
			z->next = zones;
			zones = z;
		}
	}
	pthread_mutex_unlock(&lock);
	if (z == NULL) FAIL(err, E_NOT_FOUND, N_("There is no time zone \"%s\""), name);
	*ret = z;
	return OK;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int offset_at(const struct zone *z, int64_t t)
{
	if (z->rule.known && (z->count == 0 || t >= z->times[z->count - 1])) return rule_offset(&z->rule, t);
	int low = 0, high = z->count; /* the first transition after t */
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (z->times[middle] <= t) low = middle + 1;
		else high = middle;
	}
	return low == 0 ? z->first : z->offsets[low - 1];
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

int zone_offset(const struct zone *zone, int64_t utc_ms)
{
	return offset_at(zone, floor_div(utc_ms, 1000));
}

struct datetime zone_local(const struct zone *zone, int64_t utc_ms)
{
	int64_t t = floor_div(utc_ms, 1000);
	t += offset_at(zone, t);
	int64_t days = floor_div(t, 86400);
	int rest = (int)(t - days * 86400);
	return (struct datetime){
		.date = date_from_days(days),
		.hour = rest / 3600,
		.minute = rest / 60 % 60,
		.second = rest % 60,
	};
}

int64_t zone_utc(const struct zone *zone, const struct datetime *local)
{
	int64_t t = date_to_days(local->date) * 86400 + (local->hour * 60 + local->minute) * 60 + local->second;
	int before = offset_at(zone, t - 86400), after = offset_at(zone, t + 86400);
	if (offset_at(zone, t - before) != before && offset_at(zone, t - after) == after) return (t - after) * 1000;
	return (t - before) * 1000;
}

int64_t zone_next(const struct zone *zone, int64_t ms, int64_t until)
{
	int offset = zone_offset(zone, ms);
	if (until <= ms || zone_offset(zone, until) == offset) return until;
	for (int64_t before = ms; until - before > 1;) {
		int64_t middle = before + (until - before) / 2;
		if (zone_offset(zone, middle) == offset) before = middle;
		else until = middle;
	}
	return until;
}
