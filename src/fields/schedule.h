/* When something takes place, as its field shows and asks it (base/schedule.h). */
#ifndef PARVIS_FIELD_SCHEDULE_H
#define PARVIS_FIELD_SCHEDULE_H

#include "base/schedule.h"
#include "core/field_type.h"

struct schedule_lines {
	const char *words;
	struct schedule_next_line {
		const char *iso, *words, *moved;
	} lines[6];
	int n;
};

/* How it comes back, offered without a word to type. */
struct schedule_choice {
	const char *key;
	const char *label; /* message id */
};
extern const struct schedule_choice schedule_choices[]; /* ends with a NULL key */

/* What stands in the controls. */
struct schedule_typed {
	const char *from, *to, *repeat, *words, *until, *except, *also, *moved;
};

/* Is the part about what comes back unfolded? */
bool schedule_open(const struct page *p, const struct field *field, const struct schedule_typed *typed);

/* Controls → what was typed; false when nothing was. */
bool schedule_typed_read(const struct field *field, const struct field_post *post, struct issues *issues,
                         struct schedule_typed *ret);
/* What was typed → a schedule; mistakes go to `issues`. */
bool schedule_typed_parse(const struct field *field, const struct schedule_typed *typed, enum lang lang,
                          struct issues *issues, struct schedule *ret);
/* The other way round. */
struct schedule_typed schedule_typed_of(struct arena *a, const struct schedule *schedule, enum lang lang);

#endif
