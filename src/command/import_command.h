/* Imports of the command line: one file for each kind. */
#ifndef PARVIS_IMPORT_COMMAND_H
#define PARVIS_IMPORT_COMMAND_H

#include "command/command.h"
#include "features/import/import.h"

int import_wxr_command(const struct command *command, int argc, char **argv);

/* What was refused, line by line, then the counts. */
void import_print(const struct import_report *report, const char *file);

#endif
