#include "base/err.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const code_names[CODE_COUNT] = {
	[OK] = "OK",
	[E_INPUT] = "E_INPUT",
	[E_METHOD] = "E_METHOD",
	[E_NOT_FOUND] = "E_NOT_FOUND",
	[E_FORBIDDEN] = "E_FORBIDDEN",
	[E_SIGN_IN] = "E_SIGN_IN",
	[E_CONFLICT] = "E_CONFLICT",
	[E_LIMIT] = "E_LIMIT",
	[E_BUSY] = "E_BUSY",
	[E_GONE] = "E_GONE",
	[E_FULL] = "E_FULL",
	[E_IO] = "E_IO",
	[E_INTERNAL] = "E_INTERNAL",
};

const char *code_name(enum code code)
{
	return code_names[code];
}

/* One printf conversion: where it starts and ends, its argument number (0: the next one). */
struct conversion {
	const char *start, *end;
	int position;
};

/* Finds the next conversion at or after `s`; "%%" is not one. */
static int next_conversion(const char *s, struct conversion *ret)
{
	for (; (s = strchr(s, '%')) != NULL; s += 2) {
		if (s[1] == '%') continue;
		if (s[1] == '\0') return 0;
		const char *p = s + 1;
		ret->start = s;
		ret->position = 0;
		while (isdigit((unsigned char)*p)) ret->position = ret->position * 10 + (*p++ - '0');
		if (*p == '$') p++;
		else ret->position = 0;
		while (*p && strchr(" +-#0123456789.hlz", *p)) p++;
		if (*p == '\0') return 0;
		ret->end = p + 1;
		return 1;
	}
	return 0;
}

/* Drops the UTF-8 sequence at the end of `s` if it was cut. */
static void drop_partial(char *s, size_t len)
{
	size_t end = len;
	while (end > 0 && ((unsigned char)s[end - 1] & 0xC0) == 0x80) end--;
	if (end == 0) return;
	unsigned char lead = (unsigned char)s[end - 1];
	size_t whole = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (len - (end - 1) < whole) s[end - 1] = '\0';
}

/* What people and files send is shown on terminals, where control characters (C0, DEL, C1: ECMA-48) act. */
static void mask_controls(char *s)
{
	for (unsigned char *c = (unsigned char *)s; *c; c++) {
		if (*c == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0) *c = c[1] = '?';
		if (*c < 0x20 || *c == 0x7F) *c = *c == '\n' || *c == '\t' ? ' ' : '?';
	}
}

static void set_arg(struct err *err, const struct conversion *c, va_list *ap)
{
	char *out = err->args[err->nargs++];
	size_t longs = 0;
	int sized = 0;
	for (const char *p = c->start; p < c->end; p++) {
		longs += *p == 'l';
		sized |= *p == 'z';
	}
	switch (c->end[-1]) {
	case 's': {
		const char *s = va_arg(*ap, const char *);
		size_t len = s ? strnlen(s, ERR_ARG_SIZE - 1) : 0;
		if (len) memcpy(out, s, len);
		out[len] = '\0';
		drop_partial(out, len);
		mask_controls(out);
		return;
	}
	case 'c': snprintf(out, ERR_ARG_SIZE, "%c", va_arg(*ap, int)); break;
	case 'd':
		if (sized) snprintf(out, ERR_ARG_SIZE, "%zd", va_arg(*ap, ssize_t));
		else if (longs == 2) snprintf(out, ERR_ARG_SIZE, "%lld", va_arg(*ap, long long));
		else if (longs == 1) snprintf(out, ERR_ARG_SIZE, "%ld", va_arg(*ap, long));
		else snprintf(out, ERR_ARG_SIZE, "%d", va_arg(*ap, int));
		break;
	case 'u':
		if (sized) snprintf(out, ERR_ARG_SIZE, "%zu", va_arg(*ap, size_t));
		else if (longs == 2) snprintf(out, ERR_ARG_SIZE, "%llu", va_arg(*ap, unsigned long long));
		else if (longs == 1) snprintf(out, ERR_ARG_SIZE, "%lu", va_arg(*ap, unsigned long));
		else snprintf(out, ERR_ARG_SIZE, "%u", va_arg(*ap, unsigned));
		break;
	default: die("err_set: conversion %%%c is not allowed in \"%s\"", c->end[-1], err->msg);
	}
}

enum code err_vset(struct err *err, enum code code, const char *msg, va_list ap)
{
	if (err == NULL) return code;
	err->code = code;
	err->msg = msg;
	err->nargs = 0;
	va_list args;
	va_copy(args, ap);
	struct conversion c;
	for (const char *s = msg; err->nargs < ERR_ARGS && next_conversion(s, &c); s = c.end) set_arg(err, &c, &args);
	va_end(args);
	return code;
}

enum code err_set(struct err *err, enum code code, const char *msg, ...)
{
	va_list ap;
	va_start(ap, msg);
	err_vset(err, code, msg, ap);
	va_end(ap);
	return code;
}

/* Appends the literal text [from, to), with "%%" written as "%". */
static size_t put_literal(char *out, size_t size, size_t at, const char *from, const char *to)
{
	for (; from < to && at + 1 < size; from++) {
		out[at++] = *from;
		if (from[0] == '%' && from + 1 < to && from[1] == '%') from++;
	}
	return at;
}

static size_t put_arg(char *out, size_t size, size_t at, const char *arg)
{
	while (*arg && at + 1 < size) out[at++] = *arg++;
	return at;
}

char *err_format(const struct err *err, const char *translated, char *out, size_t size)
{
	size_t at = 0;
	int next = 0;
	struct conversion c;
	const char *s = translated;
	for (; next_conversion(s, &c); s = c.end) {
		at = put_literal(out, size, at, s, c.start);
		int i = c.position > 0 ? c.position - 1 : next++;
		if (i < err->nargs) at = put_arg(out, size, at, err->args[i]);
	}
	at = put_literal(out, size, at, s, s + strlen(s));
	out[at] = '\0';
	drop_partial(out, at);
	return out;
}

void die(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fputs("parvis: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	abort();
}
