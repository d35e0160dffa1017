/* Compiler attributes and small macros used everywhere. */
#ifndef PARVIS_MACROS_H
#define PARVIS_MACROS_H

#include <stddef.h>

#define MUST __attribute__((warn_unused_result))
#define PRINTF(fmt, first) __attribute__((format(printf, fmt, first)))
#define AUTO(fn) __attribute__((cleanup(fn)))
#define UNUSED __attribute__((unused))
#define NORETURN __attribute__((noreturn))

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#ifndef MAX /* GLib has the same */
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#endif

#endif
