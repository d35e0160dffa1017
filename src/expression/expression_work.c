/* What each row of the table does. web/front/expression.ts does the same: change both. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "expression/fold.h"
#include "expression/node.h"

static const struct expression_value missing = { .type = EXPRESSION_MISSING };

static struct expression_value yes_no(bool yes)
{
	return (struct expression_value){ .type = EXPRESSION_YES_NO, .yes = yes };
}

static struct expression_value number(decimal n)
{
	return (struct expression_value){ .type = EXPRESSION_NUMBER, .number = n };
}

static struct expression_value whole_number(int64_t n)
{
	return number(decimal_from(n));
}

static struct expression_value text(const char *s)
{
	return (struct expression_value){ .type = EXPRESSION_TEXT, .text = s };
}

static struct expression_value day(int64_t days)
{
	return (struct expression_value){ .type = EXPRESSION_DATE, .day = days };
}

static bool is_missing(const struct expression_value *v)
{
	return v->type == EXPRESSION_MISSING;
}

static bool is_yes(const struct expression_value *v)
{
	return v->type == EXPRESSION_YES_NO && v->yes;
}

/* ---- Yes and no ---- */

#define WORK(name)                                                          \
	struct expression_value work_##name(UNUSED const struct working *w, \
	                                    UNUSED const struct expression_value *args, UNUSED int n)

WORK(or)
{
	return yes_no(is_yes(&args[0]) || is_yes(&args[1]));
}

WORK(and)
{
	return yes_no(is_yes(&args[0]) && is_yes(&args[1]));
}

WORK(not )
{
	return yes_no(!is_yes(&args[0]));
}

WORK(if)
{
	return is_yes(&args[0]) ? args[1] : args[2];
}

WORK(empty)
{
	return yes_no(is_missing(&args[0]));
}

/* ---- Comparing ---- */

/* Texts in the order of their characters' numbers, which is that of UTF-8's bytes. */
static int compare_texts(struct arena *a, const char *x, const char *y)
{
	return strcmp(fold_text(a, x, EXPRESSION_CHARACTERS), fold_text(a, y, EXPRESSION_CHARACTERS));
}

int expression_compare(struct arena *a, const struct expression_value *x, const struct expression_value *y)
{
	switch (x->type) {
	case EXPRESSION_NUMBER: return x->number < y->number ? -1 : x->number > y->number;
	case EXPRESSION_DATE: return x->day < y->day ? -1 : x->day > y->day;
	case EXPRESSION_YES_NO: return (int)x->yes - (int)y->yes;
	default: return compare_texts(a, x->text, y->text);
	}
}

static bool equal(struct arena *a, const struct expression_value *x, const struct expression_value *y)
{
	if (is_missing(x) || is_missing(y)) return false;
	if (x->type != EXPRESSION_SEVERAL && y->type == EXPRESSION_SEVERAL) return equal(a, y, x);
	if (x->type != EXPRESSION_SEVERAL) return x->type == y->type && expression_compare(a, x, y) == 0;
	if (y->type != EXPRESSION_TEXT) return false;
	for (int i = 0; i < x->n; i++)
		if (compare_texts(a, x->keys[i], y->text) == 0) return true;
	return false;
}

WORK(equal)
{
	return yes_no(equal(w->a, &args[0], &args[1]));
}

WORK(not_equal)
{
	return yes_no(!equal(w->a, &args[0], &args[1]));
}

WORK(in)
{
	bool found = false;
	for (int i = 1; i < n && !found; i++) found = equal(w->a, &args[0], &args[i]);
	return yes_no(found);
}

/* Both there, and of a kind that has an order. */
static bool ordered(const struct expression_value *args)
{
	return args[0].type == args[1].type && !is_missing(&args[0]) && args[0].type != EXPRESSION_SEVERAL &&
	       args[0].type != EXPRESSION_NUMBERS;
}

WORK(less)
{
	return yes_no(ordered(args) && expression_compare(w->a, &args[0], &args[1]) < 0);
}

WORK(at_most)
{
	return yes_no(ordered(args) && expression_compare(w->a, &args[0], &args[1]) <= 0);
}

WORK(more)
{
	return yes_no(ordered(args) && expression_compare(w->a, &args[0], &args[1]) > 0);
}

WORK(at_least)
{
	return yes_no(ordered(args) && expression_compare(w->a, &args[0], &args[1]) >= 0);
}

/* ---- Computing ---- */

static struct expression_value moved_day(int64_t from, int64_t by)
{
	static const struct date first = { 1, 1, 1 }, last = { 9999, 12, 31 };
	int64_t limit = date_to_days(last) - date_to_days(first);
	if (by < -limit || by > limit) return missing;
	int64_t days = from + by;
	return days < date_to_days(first) || days > date_to_days(last) ? missing : day(days);
}

static bool both_numbers(const struct expression_value *args)
{
	return args[0].type == EXPRESSION_NUMBER && args[1].type == EXPRESSION_NUMBER;
}

WORK(add)
{
	decimal sum;
	if (is_missing(&args[0]) || is_missing(&args[1])) return missing;
	if (args[0].type == EXPRESSION_DATE) return moved_day(args[0].day, decimal_whole(args[1].number));
	if (args[1].type == EXPRESSION_DATE) return moved_day(args[1].day, decimal_whole(args[0].number));
	return decimal_add(args[0].number, args[1].number, &sum) ? number(sum) : missing;
}

WORK(subtract)
{
	decimal left;
	if (is_missing(&args[0]) || is_missing(&args[1])) return missing;
	if (args[1].type == EXPRESSION_DATE) return whole_number(args[0].day - args[1].day);
	if (args[0].type == EXPRESSION_DATE) return moved_day(args[0].day, -decimal_whole(args[1].number));
	return decimal_subtract(args[0].number, args[1].number, &left) ? number(left) : missing;
}

WORK(multiply)
{
	decimal product;
	return both_numbers(args) && decimal_multiply(args[0].number, args[1].number, &product) ? number(product)
	                                                                                        : missing;
}

WORK(divide)
{
	decimal share;
	return both_numbers(args) && decimal_divide(args[0].number, args[1].number, &share) ? number(share) : missing;
}

WORK(minus)
{
	return is_missing(&args[0]) ? missing : number(-args[0].number);
}

WORK(round)
{
	decimal rounded;
	if (is_missing(&args[0]) || (n > 1 && is_missing(&args[1]))) return missing;
	int64_t digits = n > 1 ? decimal_whole(args[1].number) : 0;
	digits = digits < 0 ? 0 : MIN(digits, (int64_t)NUMBER_FRACTION);
	return decimal_round(args[0].number, (int)digits, &rounded) ? number(rounded) : missing;
}

WORK(whole)
{
	return is_missing(&args[0]) ? missing : whole_number(decimal_whole(args[0].number));
}

WORK(abs)
{
	if (is_missing(&args[0])) return missing;
	return number(args[0].number < 0 ? -args[0].number : args[0].number);
}

/* ---- Of several ---- */

WORK(count)
{
	int64_t found = 0;
	for (int i = 0; i < n; i++) {
		switch (args[i].type) {
		case EXPRESSION_MISSING: break;
		case EXPRESSION_YES_NO: found += args[i].yes; break;
		case EXPRESSION_SEVERAL:
		case EXPRESSION_NUMBERS: found += args[i].n; break;
		default: found++;
		}
	}
	return whole_number(found);
}

/* Of the numbers among the arguments, and of those in them; false when there is too much. */
static bool total(const struct expression_value *args, int n, decimal *ret, int *count)
{
	*ret = 0;
	*count = 0;
	for (int i = 0; i < n; i++) {
		const decimal *list = args[i].type == EXPRESSION_NUMBERS ? args[i].numbers : &args[i].number;
		int size = args[i].type == EXPRESSION_NUMBERS ? args[i].n : args[i].type == EXPRESSION_NUMBER;
		*count += size;
		for (int j = 0; j < size; j++)
			if (!decimal_add(*ret, list[j], ret)) return false;
	}
	return true;
}

WORK(sum)
{
	decimal sum;
	int count;
	return total(args, n, &sum, &count) && count ? number(sum) : missing;
}

WORK(mean)
{
	decimal sum, mean;
	int count;
	if (!total(args, n, &sum, &count) || count == 0) return missing;
	return decimal_divide(sum, decimal_from(count), &mean) ? number(mean) : missing;
}

static struct expression_value extreme(const struct working *w, const struct expression_value *args, int n, int sign)
{
	struct expression_value best = missing;
	for (int i = 0; i < n; i++) {
		bool several = args[i].type == EXPRESSION_NUMBERS;
		int size = several ? args[i].n : !is_missing(&args[i]);
		for (int j = 0; j < size; j++) {
			struct expression_value one = several ? number(args[i].numbers[j]) : args[i];
			if (is_missing(&best) || expression_compare(w->a, &one, &best) * sign > 0) best = one;
		}
	}
	return best;
}

WORK(min)
{
	return extreme(w, args, n, -1);
}

WORK(max)
{
	return extreme(w, args, n, 1);
}

/* ---- Texts ---- */

WORK(length)
{
	if (is_missing(&args[0])) return missing;
	return whole_number((int64_t)MIN(text_length(args[0].text), (size_t)EXPRESSION_CHARACTERS));
}

WORK(contains)
{
	if (args[0].type == EXPRESSION_SEVERAL) return yes_no(equal(w->a, &args[0], &args[1]));
	if (is_missing(&args[0]) || is_missing(&args[1])) return yes_no(false);
	return yes_no(strstr(fold_text(w->a, args[0].text, EXPRESSION_CHARACTERS),
	                     fold_text(w->a, args[1].text, EXPRESSION_CHARACTERS)) != NULL);
}

WORK(matches)
{
	if (is_missing(&args[0])) return yes_no(false);
	return yes_no(pattern_matches(w->a, w->node->pattern, fold_text(w->a, args[0].text, EXPRESSION_CHARACTERS)));
}

/* The first characters of a text. */
static const char *cut(struct arena *a, const char *s, size_t max)
{
	size_t len = strlen(s), at = 0;
	uint32_t c;
	for (size_t i = 0; i < max && at < len; i++) {
		size_t n = text_decode(s + at, len - at, &c);
		at += n ? n : 1;
	}
	return arena_strndup(a, s, at);
}

static void join_one(struct arena *a, struct buf *out, bool *any, const char *between,
                     const struct expression_value *value)
{
	if (value->type == EXPRESSION_SEVERAL || value->type == EXPRESSION_NUMBERS) {
		for (int i = 0; i < value->n; i++) {
			struct expression_value one = value->type == EXPRESSION_SEVERAL ? text(value->keys[i])
			                                                                : number(value->numbers[i]);
			join_one(a, out, any, between, &one);
		}
		return;
	}
	if (is_missing(value)) return;
	if (*any) buf_puts(out, between);
	*any = true;
	buf_puts(out, value->type == EXPRESSION_TEXT ? value->text : expression_value_text(a, value));
}

WORK(join)
{
	struct buf out;
	bool any = false;
	if (is_missing(&args[0])) return missing;
	buf_init(&out, w->a, 0);
	for (int i = 1; i < n; i++) {
		join_one(w->a, &out, &any, args[0].text, &args[i]);
		if (out.len > 4 * EXPRESSION_CHARACTERS) break; /* enough: it is cut below */
	}
	return any && out.len ? text(cut(w->a, buf_str(&out), EXPRESSION_CHARACTERS)) : missing;
}

/* ---- Days ---- */

bool expression_day(const char *s, int64_t *ret)
{
	struct date d;
	char iso[DATE_ISO_SIZE];
	if (strlen(s) < DATE_ISO_SIZE - 1 || (s[DATE_ISO_SIZE - 1] != '\0' && s[DATE_ISO_SIZE - 1] != 'T'))
		return false;
	memcpy(iso, s, DATE_ISO_SIZE - 1);
	iso[DATE_ISO_SIZE - 1] = '\0';
	if (!date_from_iso(iso, &d)) return false;
	*ret = date_to_days(d);
	return true;
}

WORK(date)
{
	int64_t days, parts[3];
	if (n == 1) return !is_missing(&args[0]) && expression_day(args[0].text, &days) ? day(days) : missing;
	for (int i = 0; i < 3; i++) {
		if (is_missing(&args[i])) return missing;
		parts[i] = decimal_whole(args[i].number);
		if (parts[i] < 1 || parts[i] > 9999) return missing;
	}
	struct date d = { (int)parts[0], (int)parts[1], (int)parts[2] };
	return date_valid(d) ? day(date_to_days(d)) : missing;
}

WORK(today)
{
	return day(w->answers->today);
}

WORK(year)
{
	return is_missing(&args[0]) ? missing : whole_number(date_from_days(args[0].day).year);
}

WORK(month)
{
	return is_missing(&args[0]) ? missing : whole_number(date_from_days(args[0].day).month);
}

WORK(day)
{
	return is_missing(&args[0]) ? missing : whole_number(date_from_days(args[0].day).day);
}

/* Somebody born on 29 February is a year older on 1 March of common years. */
static int64_t years_between(struct date from, struct date to)
{
	bool before = to.month < from.month || (to.month == from.month && to.day < from.day);
	return to.year - from.year - before;
}

WORK(years)
{
	if (is_missing(&args[0]) || is_missing(&args[1])) return missing;
	struct date from = date_from_days(args[0].day), to = date_from_days(args[1].day);
	if (args[0].day <= args[1].day) return whole_number(years_between(from, to));
	return whole_number(-years_between(to, from));
}

/* ---- The tree ---- */

static struct expression_value name_value(const struct expression *e, const struct expression_answers *answers)
{
	struct expression_value value = answers->value(answers->context, e->text);
	bool blank = (value.type == EXPRESSION_TEXT && *value.text == '\0') ||
	             ((value.type == EXPRESSION_SEVERAL || value.type == EXPRESSION_NUMBERS) && value.n == 0);
	enum expression_type as = e->type == EXPRESSION_CHOICE ? EXPRESSION_TEXT : e->type;
	if (e->type != EXPRESSION_MISSING && value.type != as) return missing; /* a value that is not of its type */
	return blank ? missing : value;
}

struct expression_value expression_work(struct arena *a, const struct expression *e,
                                        const struct expression_answers *answers)
{
	switch (e->kind) {
	case NODE_NUMBER: return number(e->number);
	case NODE_TEXT: return text(e->text);
	case NODE_YES_NO: return yes_no(e->yes);
	case NODE_NAME: return name_value(e, answers);
	default: break;
	}
	struct expression_value *args = arena_array(a, struct expression_value, (size_t)e->nargs + 1);
	for (int i = 0; i < e->nargs; i++) args[i] = expression_work(a, e->args[i], answers);
	struct working w = { a, e, answers };
	return e->function->work(&w, args, e->nargs);
}

bool expression_holds(struct arena *a, const struct expression *e, const struct expression_answers *answers)
{
	struct expression_value value = expression_work(a, e, answers);
	return is_yes(&value);
}

const char *expression_value_text(struct arena *a, const struct expression_value *value)
{
	char kept[NUMBER_SIZE];
	struct buf out;
	switch (value->type) {
	case EXPRESSION_NUMBER: return arena_strdup(a, decimal_text(value->number, kept));
	case EXPRESSION_DATE: return arena_strdup(a, date_iso(date_from_days(value->day), kept));
	case EXPRESSION_YES_NO: return value->yes ? "true" : "false";
	case EXPRESSION_TEXT:
	case EXPRESSION_CHOICE: return value->text;
	case EXPRESSION_SEVERAL:
	case EXPRESSION_NUMBERS:
		buf_init(&out, a, 0);
		for (int i = 0; i < value->n; i++)
			buf_printf(&out, "%s%s", i ? "\n" : "",
			           value->type == EXPRESSION_SEVERAL ? value->keys[i]
			                                             : decimal_text(value->numbers[i], kept));
		return buf_str(&out);
	default: return NULL;
	}
}
