/*
 * The language of conditions and computed values: `age >= 18 and not empty(mail)`.
 *
 * One table (expression_function.c) has every operator and function, with its words in both languages, what it takes
 * and gives, and its C. A text is checked against the questions it may name, becomes a tree, and is worked out here or,
 * from the same tree as JSON, in the browser (web/front/expression.ts); a test compares the two on thousands of both.
 *
 * Values
 *   number   a decimal with NUMBER_FRACTION digits after the point, under 10^NUMBER_INTEGER. Sums and differences are
 *            exact; products and quotients are rounded to the ninth digit, halves away from zero. What is too big, and
 *            what is divided by nothing, is missing.
 *   text     compared without case nor accents (expression/fold.h); only the first EXPRESSION_CHARACTERS are looked at.
 *   yes/no   and, or, not, comparisons give one of the two, never a missing value.
 *   date     a day; of a date with a time, the day. Date − date: days. Date ± number: the whole days of the number.
 *   choice   the key of an answer, a text otherwise; when checked, an answer's own words are taken for its key.
 *   several  keys chosen: `=` says that one is among them.
 *   numbers  of the rows of a table: for sum, mean, min, max, count.
 * What is missing (an unanswered question) makes what is computed with it missing, equals nothing, is neither less nor
 * more than anything (so `!=` is true of it: it is "not equal"), and is not true. sum, mean, min and max pass over it.
 *
 * Texts are read in either language, words of both at once; a comma between two digits is a decimal mark in French only,
 * where arguments are parted by semicolons or by commas followed by a space. Kept: the English form, as
 * expression_text writes it. A name stands in braces where it is also a word of the language: `{date} > date(2026, 1, 1)`.
 */
#ifndef PARVIS_EXPRESSION_H
#define PARVIS_EXPRESSION_H

#include "base/json.h"
#include "expression/decimal.h"

enum {
	EXPRESSION_BYTES = 2000,       /* of a text */
	EXPRESSION_NODES = 300,        /* operators, functions, names and values */
	EXPRESSION_DEPTH = 30,         /* inside one another */
	EXPRESSION_ARGS = 60,          /* of one function */
	EXPRESSION_CHARACTERS = 10000, /* of a text that is worked with, and of one that is made */
};

enum expression_type {
	EXPRESSION_MISSING, /* no value; of a question: only whether it is answered, and how often */
	EXPRESSION_NUMBER,
	EXPRESSION_TEXT,
	EXPRESSION_YES_NO,
	EXPRESSION_DATE,
	EXPRESSION_CHOICE, /* when checked; its values are texts */
	EXPRESSION_SEVERAL,
	EXPRESSION_NUMBERS,
	EXPRESSION_TYPES
};

struct expression_value {
	enum expression_type type;
	union {
		decimal number;
		const char *text; /* UTF-8 */
		bool yes;
		int64_t day; /* since 1970-01-01 */
		struct {
			const char *const *keys; /* several */
			const decimal *numbers;
			int n;
		};
	};
};

/* ---- Names ---- */

/* One answer among those offered. */
struct expression_choice {
	const char *key, *label;
};

/* A question that an expression may look at, or a row of one ("question.row"). */
struct expression_name {
	const char *name;
	const char *label; /* as people know it */
	enum expression_type type;
	const struct expression_choice *choices; /* choice, several; none: any text is accepted */
	int nchoices;
};

struct expression_names {
	/* False: there is none. What it fills lives as long as the expression. */
	bool (*find)(void *context, const char *name, struct expression_name *ret);
	void *context;
};

/* ---- Reading ---- */

struct expression;

/* Where a text is wrong, in bytes, and why: a sentence for who wrote it. */
struct expression_mistake {
	size_t at, len; /* len 0: at the end */
	struct err err;
};

/* Reads and checks a text (UTF-8, NUL-ended); `wanted`: the type it must have, EXPRESSION_MISSING: any that is one.
 * The tree lives in `a`. E_INPUT with `mistake` (which may be NULL) and `err` filled. */
enum code expression_read(struct arena *a, const char *text, enum lang lang, const struct expression_names *names,
                          enum expression_type wanted, const struct expression **ret,
                          struct expression_mistake *mistake, struct err *err) MUST;

enum expression_type expression_gives(const struct expression *e);
/* Names that it looks at, each once, in order. */
int expression_uses(struct arena *a, const struct expression *e, const char *const **ret);
/* Does it look at the present day? */
bool expression_uses_today(const struct expression *e);

/* ---- Working out ---- */

struct expression_answers {
	/* The value of a name; missing when there is none. Called once for each place where it stands. */
	struct expression_value (*value)(void *context, const char *name);
	void *context;
	int64_t today; /* days since 1970-01-01 */
};

/* Pure, total: costs at most nodes × characters. Texts it makes live in `a`. */
struct expression_value expression_work(struct arena *a, const struct expression *e,
                                        const struct expression_answers *answers);
/* Of a condition: is it yes? */
bool expression_holds(struct arena *a, const struct expression *e, const struct expression_answers *answers);
/* Canonical: "12.5", "2026-11-29", "true", keys and numbers one a line; NULL when missing. */
const char *expression_value_text(struct arena *a, const struct expression_value *value);

/* The day of "2026-11-29" or "2026-11-29T14:30"; false when it is none. */
bool expression_day(const char *text, int64_t *ret);

/* For the browser: its values are what these make of texts, too. */
json_t *expression_json(const struct expression *e);

/* ---- Writing ---- */

/* The text again, in a language's words; English is what is kept. */
const char *expression_text(struct arena *a, const struct expression *e, enum lang lang);
/* A condition for people, to come after "if": “Âge” is at least 18 and “Courriel” is filled in. */
const char *expression_words(struct arena *a, const struct expression *e, enum lang lang);

/* What a condition of the form ["field", "operator", value] stands for, or NULL when it has no such form: so that
 * menus can show what was typed. A name, an operator of core/operator.h, a text or several. */
struct expression_simple {
	const char *name, *op;
	const char *const *values; /* canonical texts */
	int nvalues;
};
/* The parts of a condition that are joined by `and` only, or by `or` only; 0 when it is not of that kind, or has more
 * than `max`. */
int expression_simple(struct arena *a, const struct expression *e, int max, struct expression_simple *ret, bool *any);
/* A literal as it is written in the kept form: quotes and backslashes are escaped. */
const char *expression_quoted(struct arena *a, const char *text);
/* A name, in braces where it must be. */
const char *expression_name_text(struct arena *a, const char *name);

/* ---- What can be ---- */

/* Could all of these be true at once, whatever the answers? False is certain; true is what cannot be told otherwise. */
bool expression_possible(struct arena *a, const struct expression *const *all, int n);

/* ---- For documentation and tests ---- */

struct expression_row {
	const char *name, *french; /* "round", "arrondi" */
	const char *help;          /* message id; NULL for operators */
	const char *example;
};
/* The i-th row of the table; false after the last. */
bool expression_row(int i, struct expression_row *ret);

#endif
