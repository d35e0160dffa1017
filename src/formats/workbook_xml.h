/* What both kinds of workbooks are read with: a pull parser that knows no document type and no entity. */
#ifndef PARVIS_WORKBOOK_XML_H
#define PARVIS_WORKBOOK_XML_H

#include <libxml/xmlreader.h>

#include "formats/workbook.h"

struct workbook_xml {
	struct arena *a;
	xmlTextReaderPtr reader;
	int type;   /* of the present node: XML_READER_TYPE_… */
	bool empty; /* an element that has no end of its own */
};

enum code workbook_xml_open(struct arena *a, struct package_part part, struct workbook_xml *ret, struct err *err) MUST;
/* The next node; `*more` false at the end. E_INPUT: it is not XML, or it has a document type. */
enum code workbook_xml_next(struct workbook_xml *x, bool *more, struct err *err) MUST;
/* At the beginning, at the end (an empty element has both at once) of an element of this name? */
bool workbook_xml_begins(const struct workbook_xml *x, const char *name);
bool workbook_xml_ends(const struct workbook_xml *x, const char *name);
/* The text of a node of text; NULL: it is none. */
const char *workbook_xml_text(const struct workbook_xml *x);
/* An attribute, whatever its prefix; NULL: absent. In the arena. */
const char *workbook_xml_attribute(const struct workbook_xml *x, const char *name);
/* … as a whole number from 0 to `max`; `fallback` when absent or something else. */
int workbook_xml_count(const struct workbook_xml *x, const char *name, int fallback, int max);

/* A row under way. */
struct workbook_row {
	struct arena *a; /* emptied after each row */
	const char *cells[WORKBOOK_COLUMNS];
	int n, line; /* cells to the last one with something in it */
};

void workbook_row_set(struct workbook_row *row, int column, const char *text);
/* Gives it away, if there is something in it. */
enum code workbook_row_end(struct workbook_row *row, const struct workbook_rows *rows, struct err *err) MUST;

#endif
