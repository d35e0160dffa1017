/* The log: one line per event on standard error, control characters written as \xNN. Never secrets. */
#ifndef PARVIS_LOG_H
#define PARVIS_LOG_H

#include "base/macros.h"

void log_info(const char *fmt, ...) PRINTF(1, 2);
void log_error(const char *fmt, ...) PRINTF(1, 2);

#endif
