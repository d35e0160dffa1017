#include "features/answers_in/answer_choice.h"

#include <string.h>

#include "base/text.h"
#include "fields/choice.h"
#include "fields/chosen.h"

/* LimeSurvey's codes as keys: "A1" → "a1", "3" → "a3", "-oth-" → "other". */
static const struct choice *by_code(struct arena *a, const struct field *field, const char *text)
{
	if (strcmp(text, "-oth-") == 0) return field_choice(field, CHOICE_OTHER);
	const char *key = text_fold(a, text);
	const struct choice *choice = field_choice(field, key);
	bool number = *key && key[strspn(key, "0123456789")] == '\0';
	return choice || !number ? choice : field_choice(field, arena_printf(a, "a%s", key));
}

static const struct choice *find(struct arena *a, const struct field *field, const char *text)
{
	const struct choice *choice = choice_find(field, text, a);
	return choice ? choice : by_code(a, field, text);
}

static void put_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\;|", *text)) buf_putc(out, '\\');
		buf_putc(out, *text);
	}
}

static const char *with_words(struct arena *a, const struct choice *choice, const char *mark, const char *words)
{
	struct buf out;
	buf_init(&out, a, 0);
	buf_printf(&out, "%s%s", choice->key, mark);
	put_escaped(&out, words);
	return buf_str(&out);
}

const char *answer_choice(struct arena *a, const struct field *field, const char *text)
{
	const char *trimmed = text_trim(a, text);
	const struct choice *choice = find(a, field, trimmed);
	if (choice) return choice->key;
	if (strchr(trimmed, '\\') || strchr(trimmed, '|')) return trimmed; /* as our own files write it */
	const char *colon = chosen_asks_other(field) ? strchr(trimmed, ':') : NULL;
	if (colon) choice = find(a, field, text_trim(a, arena_strndup(a, trimmed, (size_t)(colon - trimmed))));
	if (choice && choice->other) return with_words(a, choice, ": ", text_trim(a, colon + 1));
	/* The comment stands last, in brackets. */
	size_t len = strlen(trimmed);
	const char *bracket = chosen_asks_comment(field) && len && trimmed[len - 1] == ')' ? strstr(trimmed, " (")
	                                                                                   : NULL;
	for (; bracket; bracket = strstr(bracket + 1, " (")) {
		choice = find(a, field, arena_strndup(a, trimmed, (size_t)(bracket - trimmed)));
		if (choice)
			return with_words(a, choice, " | ",
			                  arena_strndup(a, bracket + 2, len - (size_t)(bracket + 2 - trimmed) - 1));
	}
	return trimmed;
}

static bool is_choice(struct arena *a, const struct field *field, const char *text)
{
	struct issues ignored;
	issues_init(&ignored, a);
	return chosen_import(field, answer_choice(a, field, text), &ignored) != NULL;
}

/* "Vélo, marche": commas divide where each piece between them, some of them together, is a choice. */
static bool by_commas(struct arena *a, const struct field *field, const char *text, struct buf *out)
{
	struct buf taken;
	buf_init(&taken, a, 0);
	while (*text) {
		size_t len = strlen(text), end = 0;
		for (size_t i = len; i > 0 && end == 0; i--)
			if ((i == len || text[i] == ',') && is_choice(a, field, arena_strndup(a, text, i))) end = i;
		if (end == 0) return false;
		buf_printf(&taken, "%s%s", taken.len ? ";" : "", answer_choice(a, field, arena_strndup(a, text, end)));
		text += end + (text[end] == ',');
	}
	buf_puts(out, buf_str(&taken));
	return true;
}

const char *answer_choices(struct arena *a, const struct field *field, const char *text)
{
	struct buf out;
	buf_init(&out, a, 0);
	while (*text) {
		size_t len = MIN(chosen_length(text), strcspn(text, "\n"));
		const char *piece = arena_strndup(a, text, len);
		text += len + (text[len] != '\0');
		if (text_is_blank(piece)) continue;
		if (out.len) buf_putc(&out, ';');
		if (strchr(piece, ',') && !is_choice(a, field, piece) && by_commas(a, field, piece, &out)) continue;
		buf_puts(&out, answer_choice(a, field, piece));
	}
	return buf_str(&out);
}

const char *answer_ranking(struct arena *a, const struct field *field, const char *text)
{
	struct buf out;
	buf_init(&out, a, 0);
	while (*text) {
		size_t len = strcspn(text, ";>\n");
		const char *piece = text_trim(a, arena_strndup(a, text, len));
		size_t digits = strspn(piece, "0123456789");
		bool placed = digits && piece[digits] == '.' && piece[digits + 1] == ' ';
		text += len + (text[len] != '\0');
		if (*piece == '\0') continue;
		buf_printf(&out, "%s%s", out.len ? ";" : "",
		           answer_choice(a, field, placed ? piece + digits + 2 : piece));
	}
	return buf_str(&out);
}

enum answer_tick answer_tick(struct arena *a, const struct field *field, const struct choice *choice, const char *text)
{
	static const char *const yes[] = { "1",     "y",  "yes",     "o",        "oui",    "x",      "true",  "vrai",
		                           "coche", "ok", "checked", "selected", "\u2713", "\u2714", "\u2611" };
	static const char *const no[] = { "0",    "n", "no",  "non",          "false",
		                          "faux", "-", "n/a", "not selected", "non coche" };
	const char *folded = text_fold(a, text_trim(a, text));
	if (*folded == '\0') return TICK_NO;
	for (size_t i = 0; i < COUNT(no); i++)
		if (strcmp(no[i], folded) == 0) return TICK_NO;
	for (size_t i = 0; i < COUNT(yes); i++)
		if (strcmp(yes[i], folded) == 0) return TICK_YES;
	return find(a, field, text_trim(a, text)) == choice ? TICK_YES : TICK_NEITHER;
}
