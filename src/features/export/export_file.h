/* A file written in one of the formats of formats/format.h while its records come one by one: in memory while it is short,
 * then in a temporary file; the answer to a request in the end. */
#ifndef PARVIS_EXPORT_FILE_H
#define PARVIS_EXPORT_FILE_H

#include "formats/format.h"
#include "web/request.h"

struct export_file {
	struct request *r;
	const struct format *format;
	struct export x; /* filled by the caller, but for where it is written */
	int fd;          /* -1: in memory */
};

enum code export_file_begin(struct export_file *file, struct err *err) MUST;
/* After each record. */
enum code export_file_record(struct export_file *file, const struct record *record, struct err *err) MUST;
/* What was written besides, to x.out; does nothing while it is short. */
enum code export_file_spill(struct export_file *file, struct err *err) MUST;
enum code export_file_end(struct export_file *file, struct err *err) MUST;
/* `name` of the file, without its extension; NULL: it is read in place. */
enum code export_file_answer(struct export_file *file, const char *name, struct err *err) MUST;
/* Nothing is answered. */
void export_file_release(struct export_file *file);

#endif
