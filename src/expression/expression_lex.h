/* Inside of the layer: the words and signs of an expression. */
#ifndef PARVIS_EXPRESSION_LEX_H
#define PARVIS_EXPRESSION_LEX_H

#include "expression/node.h"

enum token_kind {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_TEXT,
	TOKEN_WORD,   /* a name, an operator or a function */
	TOKEN_BRACED, /* a name for sure */
	TOKEN_SIGN,   /* its English name: "<=", "(", "," */
};

struct token {
	enum token_kind kind;
	size_t at, len;
	const char *text; /* folded, for words; unescaped, for texts; canonical, for numbers */
	const char *as_written;
};

struct lexer {
	struct arena *a;
	const char *s;
	size_t at;
	enum lang lang;
};

enum code token_next(struct lexer *l, struct token *ret, struct expression_mistake *mistake) MUST;

/* Fills a mistake: E_INPUT. */
#define MISTAKE(mistake, from, size, ...)                              \
	do {                                                           \
		(mistake)->at = (from);                                \
		(mistake)->len = (size);                               \
		return err_set(&(mistake)->err, E_INPUT, __VA_ARGS__); \
	} while (0)

#endif
