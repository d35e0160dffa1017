/* A file of targets as its page shows it, before anything is kept. */
#ifndef PARVIS_SURVEY_TARGET_SENT_H
#define PARVIS_SURVEY_TARGET_SENT_H

#include "features/survey/target_file.h"
#include "page/page.h"

enum { TARGET_SENT_BYTES = 4 * 1024 * 1024, TARGET_SENT_ROWS = 3000, TARGET_SENT_SAMPLES = 3 };

struct target_sent {
	const struct form *form;
	const char *url;
	struct grid grid;
	enum file_column *columns;
	const char *csv; /* the rows, carried along */
	struct target_file file;
};

const char *sent_column_name(const struct page *p, int i);

#endif
