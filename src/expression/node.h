/* Inside of the layer: the tree, and the table of what may stand in it. */
#ifndef PARVIS_EXPRESSION_NODE_H
#define PARVIS_EXPRESSION_NODE_H

#include "expression/expression.h"
#include "expression/pattern.h"

enum node_kind { NODE_NUMBER, NODE_TEXT, NODE_YES_NO, NODE_NAME, NODE_CALL };

struct expression {
	enum node_kind kind;
	enum expression_type type;
	size_t at, len;   /* in the text it was read from */
	const char *text; /* text, name; of a call, as it was typed */
	decimal number;
	bool yes;
	const struct expression_name *name;
	const struct expression_function *function;
	const struct expression **args;
	int nargs;
	const struct pattern *pattern; /* of matches */
};

/* How a row is written. */
enum shape {
	SHAPE_CALL,   /* round(x, 2) */
	SHAPE_INFIX,  /* x + y */
	SHAPE_PREFIX, /* not x */
	SHAPE_IN,     /* x in (1, 2) */
};

/* How tightly operators bind. */
enum { BIND_OR = 1, BIND_AND, BIND_NOT, BIND_COMPARE, BIND_ADD, BIND_MULTIPLY, BIND_MINUS, BIND_TIGHT };

/* What it takes and gives, where it is not the same for all. */
enum rule {
	RULE_PLAIN,
	RULE_COMPARE, /* two alike */
	RULE_IN,      /* the first against the others, which are written out */
	RULE_ADD,     /* numbers; a date and a number */
	RULE_LESS,    /* … two dates */
	RULE_IF,      /* the 2nd and 3rd alike; gives that */
	RULE_EXTREME, /* all numbers or all dates; gives that */
	RULE_CONTAINS,
	RULE_MATCHES, /* the 2nd is a pattern, written out */
	RULE_DATE,    /* a text, or year, month and day */
};

/* What works a node out: the values of its arguments are known. */
struct working {
	struct arena *a;
	const struct expression *node;
	const struct expression_answers *answers;
};
typedef struct expression_value expression_work_fn(const struct working *w, const struct expression_value *args, int n);

struct expression_function {
	const char *name, *french;
	enum shape shape;
	int bind;
	int least, most; /* arguments */
	const char
	        *takes; /* one letter for each, the last for all that follow: n number, N numbers too, t text, b yes/no,
	                    * d date, s several, a anything */
	enum expression_type gives;
	enum rule rule;
	expression_work_fn *work;
	const char *help, *example;
};

extern const struct expression_function expression_functions[];
extern const int expression_nfunctions;

/* Of a call: by its name or its French one, folded; NULL. */
const struct expression_function *expression_function_find(struct arena *a, const char *folded);
/* Of an operator, by its English name. */
const struct expression_function *expression_operator(const char *name, enum shape shape);
/* Is it a word of the language in one of its tongues? */
bool expression_word(const char *folded);

/* Sets the types of a call and its arguments; E_INPUT with `mistake`. */
enum code expression_check(struct arena *a, struct expression *call, struct expression_mistake *mistake) MUST;

/* Works of the table (expression_work.c). */
expression_work_fn work_or, work_and, work_not, work_equal, work_not_equal, work_in, work_less, work_at_most, work_more,
        work_at_least, work_add, work_subtract, work_multiply, work_divide, work_minus, work_if, work_empty, work_count,
        work_sum, work_mean, work_min, work_max, work_round, work_whole, work_abs, work_length, work_contains,
        work_matches, work_join, work_date, work_today, work_year, work_month, work_day, work_years;

/* As expression_text, with questions by what people see; in parentheses when it is an operator. */
const char *expression_labelled(struct arena *a, const struct expression *e, enum lang lang);
/* Its value when it looks at no question and not at the present day: the same whatever is answered. */
bool expression_constant(struct arena *a, const struct expression *e, struct expression_value *ret);

/* <0, 0, >0 of two present values alike; texts fold. */
int expression_compare(struct arena *a, const struct expression_value *x, const struct expression_value *y);

#endif
