/* A large calendar's file as a long import (features/import/import_run.h). Choices: file (hash), form, space. */
#ifndef PARVIS_CALENDAR_RUN_H
#define PARVIS_CALENDAR_RUN_H

#include "features/import/import_run.h"

#define CALENDAR_TYPE "text/calendar"

extern const struct import_kind calendar_run_kind;

#endif
