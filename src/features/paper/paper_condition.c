/* Conditions told to who reads paper: by the numbers of questions and the words of boxes. */
#include <string.h>

#include "core/form_part.h"
#include "features/paper/paper_ask.h"
#include "page/form.h"

enum { PARTS_MAX = 6, VALUES_MAX = 12 };

/* What stands beside the box, or NULL: the question has no boxes. */
static const char *box_words(const struct page *p, const struct field *field, const char *value)
{
	const struct choice *choice = field_choice(field, value);
	if (strcmp(field->type->name, "boolean") == 0) return *value == 't' || *value == '1' ? _("Yes") : _("No");
	return choice ? t(p, &choice->label) : NULL;
}

/* “Yes” or “No” */
static const char *boxes(const struct page *p, const struct field *field, const struct expression_simple *part)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < part->nvalues && i < VALUES_MAX; i++) {
		const char *words = box_words(p, field, part->values[i]);
		if (words == NULL) return NULL;
		buf_printf(&out, "%s%s", i ? _(" or ") : "", page_printf(p, _("“%s”"), words));
	}
	return out.len ? buf_str(&out) : NULL;
}

static const char *compared(const struct page *p, const char *op, const char *value, int number)
{
	if (strcmp(op, "=") == 0) return page_printf(p, _("you answered %1$s to question %2$d"), value, number);
	if (strcmp(op, ">") == 0)
		return page_printf(p, _("your answer to question %2$d is more than %1$s"), value, number);
	if (strcmp(op, ">=") == 0)
		return page_printf(p, _("your answer to question %2$d is at least %1$s"), value, number);
	if (strcmp(op, "<") == 0)
		return page_printf(p, _("your answer to question %2$d is less than %1$s"), value, number);
	if (strcmp(op, "<=") == 0)
		return page_printf(p, _("your answer to question %2$d is at most %1$s"), value, number);
	return NULL;
}

/* One comparison, to come after "if"; NULL: it cannot be told by a number and a box. */
static const char *part_words(const struct page *p, const struct paper_numbers *numbers,
                              const struct expression_simple *part)
{
	const struct field *field = form_field(numbers->form, part->name);
	int number = field ? numbers->of[field->position] : 0;
	if (number == 0) return NULL;
	if (strcmp(part->op, "notempty") == 0) return page_printf(p, _("you answered question %d"), number);
	if (strcmp(part->op, "empty") == 0) return page_printf(p, _("you did not answer question %d"), number);
	const char *words = boxes(p, field, part);
	bool is = strcmp(part->op, "=") == 0 || strcmp(part->op, "in") == 0;
	bool is_not = strcmp(part->op, "!=") == 0 || strcmp(part->op, "notin") == 0;
	if (words && is) return page_printf(p, _("you crossed %1$s at question %2$d"), words, number);
	if (words && is_not) return page_printf(p, _("you did not cross %1$s at question %2$d"), words, number);
	return part->nvalues == 1 && field->nchoices == 0 ? compared(p, part->op, part->values[0], number) : NULL;
}

static const char *condition_told(const struct page *p, const struct paper_numbers *numbers, const struct expression *e)
{
	struct expression_simple parts[PARTS_MAX];
	struct buf out;
	bool any = false;
	int n = expression_simple(p->arena, e, PARTS_MAX, parts, &any);
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < n; i++) {
		const char *words = part_words(p, numbers, &parts[i]);
		if (words == NULL) return condition_said(p, numbers->form, e);
		buf_printf(&out, "%s%s", i == 0 ? "" : any ? _(" or ") : _(" and "), words);
	}
	return n ? buf_str(&out) : condition_said(p, numbers->form, e);
}

const char *paper_condition(const struct page *p, const struct paper_numbers *numbers,
                            const struct expression *condition, int from, int until)
{
	if (condition == NULL) return "";
	const char *words = condition_told(p, numbers, condition);
	const char *whom = until > from ? page_printf(p, _("Answer questions %1$d to %2$d if %3$s"), from, until, words)
	                                : page_printf(p, _("Answer this question if %s"), words);
	if (until >= numbers->last) return page_printf(p, _("→ %s; otherwise you have finished."), whom);
	return page_printf(p, _("→ %1$s; otherwise go on with question %2$d."), whom, until + 1);
}

const char *paper_piped(const struct page *p, const struct paper_numbers *numbers, const char *text)
{
	struct buf out;
	if (strchr(text, '{') == NULL) return text;
	buf_init(&out, p->arena, 0);
	while (*text) {
		size_t n = *text == '{' ? strcspn(text + 1, "}") : 0;
		const struct field *field = n ? form_field(numbers->form, arena_strndup(p->arena, text + 1, n)) : NULL;
		if (field && text[n + 1] == '}') {
			int number = numbers->of[field->position];
			if (number) buf_puts(&out, page_printf(p, _("(your answer to question %d)"), number));
			else buf_lit(&out, "…");
			text += n + 2;
		} else buf_add(&out, text++, 1);
	}
	return buf_str(&out);
}
