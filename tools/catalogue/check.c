#include "check.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int faults;

static void report(const struct message *m, const char *form, const char *why)
{
	fprintf(stderr, "%s\n  msgid  \"%s\"\n  msgstr \"%s\"\n", why, m->id, form);
	faults++;
}

/* ---- Conversions ---- */

enum { CONVERSIONS_MAX = 10, CONVERSION_SIZE = 8 };

/* Length and kind of each argument, in the order of the arguments. */
struct conversions {
	char kind[CONVERSIONS_MAX][CONVERSION_SIZE];
};

/* False if the text is no format at all that we understand. */
static bool read_conversions(const char *s, struct conversions *c)
{
	int next = 0;
	*c = (struct conversions){ 0 };
	for (; (s = strchr(s, '%')) != NULL; s++) {
		if (s[1] == '%') {
			s++;
			continue;
		}
		int position = 0;
		const char *p = s + 1;
		while (isdigit((unsigned char)*p)) position = position * 10 + (*p++ - '0');
		if (*p == '$') p++;
		else position = 0;
		p += strspn(p, "+-#0123456789.'");
		size_t len = strspn(p, "hlzjt");
		if (strchr("sducxXfeg", p[len]) == NULL || p[len] == '\0') return false;
		int i = position ? position - 1 : next++;
		if (i < 0 || i >= CONVERSIONS_MAX || len + 2 > CONVERSION_SIZE) return false;
		memcpy(c->kind[i], p, len + 1);
		s = p + len;
	}
	return true;
}

static void check_conversions(const struct message *m, const char *form)
{
	struct conversions wanted, got;
	if (!read_conversions(m->plural ? m->plural : m->id, &wanted)) return; /* "100 %" */
	if (!read_conversions(form, &got) || memcmp(&wanted, &got, sizeof(got)) != 0)
		report(m, form, "Other conversions (%s, %d …) than the message:");
}

/* ---- Typography ---- */

#define NARROW "\xE2\x80\xAF" /* U+202F */
#define NO_BREAK "\xC2\xA0"   /* U+00A0 */
#define OPENING "\xC2\xAB"    /* « */
#define CLOSING "\xC2\xBB"    /* » */

static bool ends_with(const char *start, const char *end, const char *what)
{
	size_t len = strlen(what);
	return (size_t)(end - start) >= len && memcmp(end - len, what, len) == 0;
}

static bool starts_with(const char *s, const char *what)
{
	return strncmp(s, what, strlen(what)) == 0;
}

/* The word around `at` is an address or a placeholder, where signs are not punctuation. */
static bool in_address(const char *text, const char *at)
{
	const char *start = at;
	while (start > text && start[-1] != ' ') start--;
	size_t len = strcspn(start, " ");
	return *start == '/' || memmem(start, len, "://", 3) != NULL || memmem(start, len, "mailto:", 7) != NULL;
}

/* The fault of the sign at `s`, or NULL. */
static const char *sign_fault(const char *text, const char *s)
{
	if (*s == '\'') return "Straight apostrophe, ’ is wanted:";
	if (starts_with(s, "...")) return "Three dots, … is wanted:";
	if (starts_with(s, OPENING) && !starts_with(s + 2, NARROW)) return "No narrow no-break space after «:";
	if (s == text || in_address(text, s)) return NULL;
	if (strchr("!?", *s) && strchr("!?(", s[-1])) return NULL;
	if ((strchr(";!?", *s) || starts_with(s, CLOSING)) && !ends_with(text, s, NARROW))
		return "No narrow no-break space (U+202F) before ; ! ? or »:";
	bool time = isdigit((unsigned char)s[-1]) && isdigit((unsigned char)s[1]);
	bool path = s[1] == '/'; /* unix:/run/parvis.sock */
	if (*s == ':' && !time && !path && !ends_with(text, s, NO_BREAK))
		return "No no-break space (U+00A0) before a colon:";
	return NULL;
}

static void check_typography(const struct message *m, const char *form)
{
	for (const char *s = form; *s; s++) {
		const char *fault = sign_fault(form, s);
		if (fault == NULL) continue;
		report(m, form, fault);
		return;
	}
}

/* White space and the final sign around a message belong to it. */
static void check_ends(const struct message *m, const char *form)
{
	size_t id = strlen(m->id), len = strlen(form);
	if (id == 0 || len == 0) return;
	bool start = isspace((unsigned char)m->id[0]) == isspace((unsigned char)form[0]);
	bool end = isspace((unsigned char)m->id[id - 1]) == isspace((unsigned char)form[len - 1]);
	if (!start || !end) report(m, form, "Other white space at an end than the message:");
	if ((m->id[id - 1] == '.') != (form[len - 1] == '.')) report(m, form, "Other final stop than the message:");
}

int catalogue_check(const struct catalogue *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct message *m = &c->messages[i];
		for (int f = 0; f < 2 && m->form[f]; f++) {
			check_conversions(m, m->form[f]);
			check_typography(m, m->form[f]);
			check_ends(m, m->form[f]);
		}
	}
	return faults;
}
