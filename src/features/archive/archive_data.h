/* The pages of a form as data, in an archive: the formats of exports, the questions, the saves. */
#ifndef PARVIS_ARCHIVE_DATA_H
#define PARVIS_ARCHIVE_DATA_H

#include "formats/format.h"

struct archive_data;

/* One of the files. To add one: a row of archive_sheets. */
struct archive_sheet {
	const char *name; /* "csv": the end of its name */
	bool rows;        /* one for each record */
	const struct format *format;
	void (*begin)(struct archive_data *data);
	enum code (*row)(struct archive_data *data, const struct record *record, struct err *err);
};
extern const struct archive_sheet archive_sheets[]; /* ends with a row without a name */

struct archive_data {
	const struct archive_sheet *sheet;
	const struct form *form;
	struct export x;
};

/* `page` must outlive it; written to `out`, which may be emptied between two records. */
enum code archive_data_begin(struct archive_data *data, struct page *page, struct arena *a, const struct form *form,
                             const struct archive_sheet *sheet, struct buf *out, struct err *err) MUST;
enum code archive_data_row(struct archive_data *data, const struct record *record, struct err *err) MUST;
enum code archive_data_end(struct archive_data *data, struct err *err) MUST;

#endif
