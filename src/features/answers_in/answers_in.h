/* Taking the answers of a looked-at file in: at once where they are few, else by a job, some hundreds in a write, that goes on
 * where it was cut short. */
#ifndef PARVIS_ANSWERS_IN_H
#define PARVIS_ANSWERS_IN_H

#include "features/answers_in/answer_sheet.h"
#include "store/job.h"

/* What was chosen on the page, as the job's payload keeps it. */
struct answers_asked {
	const char *file; /* hash of the file (features/sent_file) */
	const char *name; /* of the file, for people */
	int64_t person;   /* who asked */
	enum lang lang;
};

/* In one write with the row of the import and, where there are many, its job. `import`: as it stands then. */
enum code answers_take(struct tx *tx, struct arena *a, const struct model *model, struct answer_sheet *sheet,
                       const struct answers_asked *asked, struct answer_import *import, struct err *err) MUST;
/* Job "answers-in". */
enum code answers_job(struct store *store, const struct job *job, void *context, struct err *err);

#endif
