/*
 * Languages. Message ids are English sentences; the French catalogue (locale/fr.po) is compiled
 * into C tables at build time. There is no process-wide locale: the language is an argument, held
 * by struct request and struct page.
 */
#ifndef PARVIS_I18N_H
#define PARVIS_I18N_H

#include "base/err.h"

enum lang { LANG_FR, LANG_EN, LANG_COUNT };

/* "fr", "en" (BCP 47). */
const char *lang_tag(enum lang lang);
/* From a tag ("fr-FR") or an Accept-Language header (RFC 9110 §12.5.4); `fallback` if none fits. */
enum lang lang_parse(const char *text, enum lang fallback);

/* The translation of `msgid`, or `msgid` itself. Never NULL, static memory. */
const char *tr(enum lang lang, const char *msgid) __attribute__((format_arg(2)));
/* The form for `n`: in French 0 and 1 are singular. The caller formats it with `n`. */
const char *trn(enum lang lang, const char *one, const char *many, unsigned long n)
        __attribute__((format_arg(2), format_arg(3)));

/* In templates and in functions with a `const struct page *p`. xgettext looks for these names. */
#define _(msg) tr(p->lang, (msg))
#define _n(one, many, n) trn(p->lang, (one), (many), (unsigned long)(n))

/* The error's sentence in `lang`. Returns `out`. */
char *err_text(const struct err *err, enum lang lang, char *out, size_t size);

#endif
