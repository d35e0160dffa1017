#include "expression/expression_lex.h"

#include <string.h>

#include "expression/fold.h"

static uint32_t character(const char *s, size_t *size)
{
	uint32_t c;
	*size = text_decode(s, strlen(s), &c);
	return *size ? c : 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- Texts ---- */

/* What closes a text that begins so; 0: it is none. */
static uint32_t closing(uint32_t c)
{
	switch (c) {
	case '"': return '"';
	case 0x201C: return 0x201D; /* “ ” */
	case 0xAB: return 0xBB;     /* « » */
	default: return 0;
	}
}

static enum code read_text(struct lexer *l, uint32_t close, size_t at, struct token *ret,
                           struct expression_mistake *mistake)
{
	struct buf out;
	size_t size;
	buf_init(&out, l->a, 0);
	for (;;) {
		uint32_t c = character(l->s + at, &size);
		if (c == 0)
			MISTAKE(mistake, l->at, at - l->at,
			        N_("This text is not closed: a “\"” is missing at its end"));
		if (c == close) break;
		if (c == '\\') {
			at += size;
			c = character(l->s + at, &size);
			if (c == 0) continue; /* told above */
		}
		buf_add(&out, l->s + at, size);
		at += size;
	}
	ret->kind = TOKEN_TEXT;
	ret->text = arena_strdup(l->a, buf_str(&out));
	/* French quotes have spaces inside that are not of the text. */
	if (close == 0xBB) ret->text = text_trim(l->a, ret->text);
	ret->len = at + size - l->at;
	return OK;
}

/* ---- Numbers ---- */

static enum code read_number(struct lexer *l, struct token *ret, struct expression_mistake *mistake)
{
	const char *s = l->s + l->at;
	size_t n = strspn(s, "0123456789");
	bool point = s[n] == '.' || (s[n] == ',' && l->lang == LANG_FR);
	if (point && is_digit(s[n + 1])) n += 1 + strspn(s + n + 1, "0123456789");
	char number[NUMBER_SIZE];
	if (n >= 60 || number_parse(arena_strndup(l->a, s, n), LANG_FR, number, NULL) != OK)
		MISTAKE(mistake, l->at, n, N_("This number has too many digits: at most %d, and %d decimals"),
		        NUMBER_INTEGER, NUMBER_FRACTION);
	ret->kind = TOKEN_NUMBER;
	ret->text = arena_strdup(l->a, number);
	ret->len = n;
	return OK;
}

/* ---- Words ---- */

static bool begins_word(uint32_t c)
{
	char kept[2];
	const char *folded = fold_character(c, kept);
	if (folded) return *folded >= 'a' && *folded <= 'z';
	return (c >= 'a' && c <= 'z') || c == '_';
}

/* Letters, digits and _; also a point with what follows, for rows. */
static size_t word_length(const char *s)
{
	size_t n = 0, size;
	for (;;) {
		uint32_t c = character(s + n, &size);
		bool row = c == '.' && n > 0 &&
		           (begins_word(character(s + n + 1, &(size_t){ 0 })) || is_digit(s[n + 1]));
		if (c == 0 || !(begins_word(c) || is_digit(s[n]) || row)) return n;
		n += size;
	}
}

static enum code read_braced(struct lexer *l, struct token *ret, struct expression_mistake *mistake)
{
	const char *s = l->s + l->at;
	size_t n = word_length(s + 1);
	if (n == 0 || s[n + 1] != '}')
		MISTAKE(mistake, l->at, n + 1,
		        N_("Between “{” and “}” stands the short name of a question, and nothing else"));
	ret->kind = TOKEN_BRACED;
	ret->as_written = arena_strndup(l->a, s + 1, n);
	ret->text = fold_text(l->a, ret->as_written, EXPRESSION_CHARACTERS);
	ret->len = n + 2;
	return OK;
}

/* ---- Signs ---- */

/* What is typed, what it is; the longer first. */
static const struct {
	const char *typed, *name;
} signs[] = {
	{ "<=", "<=" },     { ">=", ">=" },     { "!=", "!=" },    { "<>", "!=" },    { "==", "=" },
	{ "&&", "and" },    { "||", "or" },     { "=", "=" },      { "<", "<" },      { ">", ">" },
	{ "!", "not" },     { "+", "+" },       { "-", "-" },      { "*", "*" },      { "/", "/" },
	{ "(", "(" },       { ")", ")" },       { ",", "," },      { ";", "," },      { "\u2264", "<=" },
	{ "\u2265", ">=" }, { "\u2260", "!=" }, { "\u00D7", "*" }, { "\u00F7", "/" }, { "\u2212", "-" },
};

static bool read_sign(struct lexer *l, struct token *ret)
{
	const char *s = l->s + l->at;
	for (size_t i = 0; i < COUNT(signs); i++) {
		size_t n = strlen(signs[i].typed);
		if (strncmp(s, signs[i].typed, n) != 0) continue;
		/* Those that are words of the language are words. */
		ret->kind = signs[i].name[0] >= 'a' && signs[i].name[0] <= 'z' ? TOKEN_WORD : TOKEN_SIGN;
		ret->text = signs[i].name;
		ret->len = n;
		return true;
	}
	return false;
}

enum code token_next(struct lexer *l, struct token *ret, struct expression_mistake *mistake)
{
	size_t size;
	uint32_t c;
	while ((c = character(l->s + l->at, &size)) != 0 && text_is_space(c)) l->at += size;
	*ret = (struct token){ .at = l->at };
	if (l->s[l->at] == '\0') return OK;
	if (c == 0) MISTAKE(mistake, l->at, 1, N_("This is not text"));
	size_t word = begins_word(c) ? word_length(l->s + l->at) : 0;
	if (word) {
		ret->kind = TOKEN_WORD;
		ret->len = word;
		ret->as_written = arena_strndup(l->a, l->s + l->at, word);
		ret->text = fold_text(l->a, ret->as_written, EXPRESSION_CHARACTERS);
	} else if (is_digit((char)c) && c < 0x80) {
		TRY(read_number(l, ret, mistake));
	} else if (closing(c)) {
		TRY(read_text(l, closing(c), l->at + size, ret, mistake));
	} else if (c == '{') {
		TRY(read_braced(l, ret, mistake));
	} else if (!read_sign(l, ret)) {
		MISTAKE(mistake, l->at, size, N_("“%s” means nothing here"), arena_strndup(l->a, l->s + l->at, size));
	}
	l->at += ret->len;
	return OK;
}
