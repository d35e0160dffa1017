/* Codes of LimeSurvey → keys of ours. */
#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "formats/limesurvey_form.h"

enum { KEY_MAX = 28 /* and a number behind it */ };

/* "SQ001" → "sq001"; "1" → "a1". */
static const char *key_of(struct arena *a, const char *code, const char *prefix)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (const char *at = code; *at && out.len < KEY_MAX; at++) {
		char c = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
		bool letter = c >= 'a' && c <= 'z', other = (c >= '0' && c <= '9') || c == '_';
		if (out.len == 0 && !letter) buf_puts(&out, prefix);
		if (letter || other) buf_putc(&out, c);
		else if (c == '-') buf_putc(&out, '_');
	}
	return out.len ? buf_str(&out) : prefix;
}

static bool is_among(const char **keys, int n, const char *key)
{
	for (int i = 0; i < n; i++)
		if (strcmp(keys[i], key) == 0) return true;
	return false;
}

/* With a number behind it where another one has it; "other" is what a choice of one's own is called. */
static const char *own_key(struct arena *a, const char **keys, int n, const char *code, const char *prefix)
{
	const char *key = key_of(a, code, prefix), *own = key;
	for (int i = 2; is_among(keys, n, own) || strcmp(own, "other") == 0; i++)
		own = arena_printf(a, "%s_%d", key, i);
	return own;
}

static void name_question(struct arena *a, struct limesurvey_name *name)
{
	const struct limesurvey_question *question = name->question;
	name->answers = arena_array(a, const char *, (size_t)question->nanswers + 1);
	name->parts = arena_array(a, const char *, (size_t)question->nparts + 1);
	/* The answers of two scales have codes each. */
	for (int i = 0, first = 0; i < question->nanswers; i++) {
		if (i && question->answers[i].scale != question->answers[i - 1].scale) first = i;
		name->answers[i] = own_key(a, name->answers + first, i - first, question->answers[i].code, "a");
	}
	for (int i = 0; i < question->nparts; i++)
		name->parts[i] = own_key(a, name->parts, i, question->parts[i].code, "p");
}

struct limesurvey_names limesurvey_names(struct arena *a, const struct limesurvey *survey)
{
	struct limesurvey_names names = { .all = arena_array(a, struct limesurvey_name,
		                                             (size_t)survey->nquestions + 1) };
	const char **keys = arena_array(a, const char *, (size_t)survey->nquestions + 1);
	for (int g = 0; g < survey->ngroups; g++)
		for (int q = 0; q < survey->groups[g].nquestions; q++) {
			struct limesurvey_name *name = &names.all[names.n];
			name->group = &survey->groups[g];
			name->question = &survey->groups[g].questions[q];
			name->key = keys[names.n] = own_key(a, keys, names.n, name->question->code, "q");
			name->page = arena_printf(a, "page_%d", g + 1);
			name_question(a, name);
			names.n++;
		}
	return names;
}

const struct limesurvey_name *limesurvey_named(const struct limesurvey_names *names, const char *code, size_t len)
{
	for (int i = 0; i < names->n; i++)
		if (strlen(names->all[i].question->code) == len && memcmp(names->all[i].question->code, code, len) == 0)
			return &names->all[i];
	return NULL;
}

const char *limesurvey_key(struct arena *a, const struct limesurvey_name *name, const char *code)
{
	const struct limesurvey_question *question = name->question;
	for (int i = 0; i < question->nanswers; i++)
		if (strcmp(question->answers[i].code, code) == 0) return name->answers[i];
	if (strcmp(code, "-oth-") == 0) return "other";
	if (strchr("YGCE", question->type) && strlen(code) == 1)
		return arena_printf(a, "%c", tolower((unsigned char)*code));
	if (strchr("AB", question->type) && isdigit((unsigned char)*code)) return arena_printf(a, "a%s", code);
	return NULL;
}
