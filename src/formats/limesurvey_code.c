/* Keys of ours → codes of LimeSurvey, and letters of types. */
#include <string.h>

#include "core/field_type.h"
#include "formats/limesurvey_write.h"

enum { QUESTION_CODE = 20, PART_CODE = 20, ANSWER_CODE = 5 };

static bool fits(const char *key, size_t max)
{
	size_t len = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789");
	return key[len] == '\0' && len <= max;
}

static bool is_among(const char **codes, int n, const char *code)
{
	for (int i = 0; i < n; i++)
		if (strcmp(codes[i], code) == 0) return true;
	return false;
}

/* The key itself where it is a code; without what is none, cut; else a letter and a number. */
static const char *code_of(struct arena *a, const char **codes, int n, const char *key, size_t max, char letter)
{
	struct buf out;
	if (fits(key, max) && !is_among(codes, n, key)) return key;
	buf_init(&out, a, 0);
	for (const char *c = key; *c && out.len < max - 1; c++)
		if (*c != '_') buf_putc(&out, *c);
	const char *shorter = buf_str(&out);
	if (max > ANSWER_CODE && fits(shorter, max) && !is_among(codes, n, shorter)) return shorter;
	for (int i = n + 1;; i++) {
		const char *made = arena_printf(a, "%c%d", letter, i);
		if (!is_among(codes, n, made)) return made;
	}
}

static const char **codes_of(struct arena *a, const struct choice *all, int n, size_t max, char letter)
{
	const char **codes = arena_array(a, const char *, (size_t)n + 1);
	for (int i = 0; i < n; i++) codes[i] = code_of(a, codes, i, all[i].key, max, letter);
	return codes;
}

static const char *option(const struct field *field, const char *name)
{
	return json_str_or(field->definition, name, "");
}

static char matrix_letter(const struct field *field)
{
	const char *answer = option(field, "answer");
	if (strcmp(answer, "two") == 0) return '1';
	if (strcmp(answer, "several") == 0) return ':';
	if (strcmp(answer, "number") == 0) return field->nchoices ? ':' : 'K';
	if (strcmp(answer, "text") == 0) return field->nchoices ? ';' : 'Q';
	return 'F';
}

static const struct {
	const char *type;
	char letter;
} letters[] = { { "text", 'S' },    { "longtext", 'T' }, { "number", 'N' },   { "date", 'D' },    { "boolean", 'Y' },
	        { "choices", 'M' }, { "ranking", 'R' },  { "numbers", 'K' },  { "display", 'X' }, { "computed", '*' },
	        { "hidden", 'S' },  { "email", 'S' },    { "phone", 'S' },    { "link", 'S' },    { "place", 'S' },
	        { "period", 'S' },  { "hours", 'T' },    { "schedule", 'T' }, { "contact", 'S' } };

static bool is_five(const struct field *field)
{
	return json_int(field->definition, "from", 1) == 1 && json_int(field->definition, "to", 5) == 5 &&
	       json_array_size(json_object_get(field->definition, "labels")) == 0 &&
	       !json_bool(field->definition, "unknown", false);
}

static char letter_of(const struct field *field)
{
	const char *type = field->type->name;
	bool comment = json_bool(field->definition, "comment", false);
	if (strcmp(type, "matrix") == 0) return matrix_letter(field);
	if (strcmp(type, "scale") == 0) return is_five(field) ? '5' : 'L';
	if (strcmp(type, "choice") == 0 && comment) return 'O';
	if (strcmp(type, "choice") == 0) return strcmp(option(field, "display"), "menu") == 0 ? '!' : 'L';
	if (strcmp(type, "choices") == 0 && comment) return 'P';
	for (size_t i = 0; i < COUNT(letters); i++)
		if (strcmp(letters[i].type, type) == 0) return letters[i].letter;
	return 0;
}

/* Of choices, those that are subquestions there may have longer codes. */
static void tell_renamed(const struct field *field, const struct choice *all, const char **codes, int n,
                         struct issues *lost)
{
	int renamed = 0, first = -1;
	for (int i = 0; i < n; i++) {
		if (strcmp(all[i].key, codes[i]) == 0 || all[i].other) continue;
		if (first < 0) first = i;
		renamed++;
	}
	if (renamed)
		issues_add(lost, field->key, N_("the codes of its answers or lines change (%d): “%s” becomes “%s”"),
		           renamed, all[first].key, codes[first]);
}

struct limesurvey_codes limesurvey_codes(struct arena *a, const struct form *form, struct issues *lost)
{
	struct limesurvey_codes codes = { .form = form,
		                          .all = arena_array(a, struct limesurvey_code, (size_t)form->nfields + 1) };
	const char **taken = arena_array(a, const char *, (size_t)form->nfields + 1);
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		char letter = letter_of(field);
		bool parts = letter && strchr("MP", letter), columns = letter && strchr(":;", letter);
		struct limesurvey_code *code = &codes.all[codes.n++];
		code->field = field;
		code->type = letter;
		code->code = taken[i] = code_of(a, taken, i, field->key, QUESTION_CODE, 'q');
		code->choices = codes_of(a, field->choices, field->nchoices, parts || columns ? PART_CODE : ANSWER_CODE,
		                         parts ? 's' : 'a');
		code->rows = codes_of(a, field->rows, field->nrows, PART_CODE, 's');
		code->second = codes_of(a, field->second, field->nsecond, ANSWER_CODE, 'a');
		if (letter == 0) {
			issues_add(lost, field->key, N_("LimeSurvey has no such question: it is left out"));
			continue;
		}
		if (strcmp(code->code, field->key) != 0)
			issues_add(lost, field->key, N_("its short name becomes “%s”"), code->code);
		tell_renamed(field, field->choices, code->choices, field->nchoices, lost);
		tell_renamed(field, field->rows, code->rows, field->nrows, lost);
		tell_renamed(field, field->second, code->second, field->nsecond, lost);
	}
	return codes;
}

const struct limesurvey_code *limesurvey_code(const struct limesurvey_codes *codes, const char *key)
{
	for (int i = 0; i < codes->n; i++)
		if (strcmp(codes->all[i].field->key, key) == 0 && codes->all[i].type) return &codes->all[i];
	return NULL;
}
