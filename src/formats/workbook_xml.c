#include "formats/workbook_xml.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static void begin_libxml(void)
{
	xmlInitParser();
}

static void free_reader(void *arg)
{
	xmlFreeTextReader(arg);
}

/* Mistakes come back as codes. */
static void say_nothing(void *arg, const char *msg, xmlParserSeverities severity, xmlTextReaderLocatorPtr locator)
{
	(void)arg;
	(void)msg;
	(void)severity;
	(void)locator;
}

static int read_stream(void *context, char *to, int room)
{
	return package_stream_read(context, to, room);
}

enum code workbook_xml_open(struct arena *a, struct package_part part, struct workbook_xml *ret, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, begin_libxml);
	*ret = (struct workbook_xml){ .a = a };
	const int options = XML_PARSE_NONET | XML_PARSE_COMPACT;
	ret->reader = part.stream ? xmlReaderForIO(read_stream, NULL, part.stream, NULL, NULL, options)
	                          : xmlReaderForMemory(part.text, (int)part.len, NULL, NULL, options);
	if (ret->reader == NULL) die("out of memory");
	arena_defer(a, free_reader, ret->reader);
	xmlTextReaderSetErrorHandler(ret->reader, say_nothing, NULL);
	(void)err;
	return OK;
}

enum code workbook_xml_next(struct workbook_xml *x, bool *more, struct err *err)
{
	int read = xmlTextReaderRead(x->reader);
	x->type = read == 1 ? xmlTextReaderNodeType(x->reader) : XML_READER_TYPE_NONE;
	x->empty = x->type == XML_READER_TYPE_ELEMENT && xmlTextReaderIsEmptyElement(x->reader) == 1;
	if (read < 0 || x->type == XML_READER_TYPE_DOCUMENT_TYPE || x->type == XML_READER_TYPE_ENTITY_REFERENCE)
		FAIL(err, E_INPUT,
		     N_("This file is damaged, or is not a spreadsheet. Open it in your spreadsheet, save it again, and send that."));
	*more = read == 1;
	return OK;
}

static bool is_named(const struct workbook_xml *x, const char *name)
{
	const xmlChar *local = xmlTextReaderConstLocalName(x->reader);
	return local && strcmp((const char *)local, name) == 0;
}

bool workbook_xml_begins(const struct workbook_xml *x, const char *name)
{
	return x->type == XML_READER_TYPE_ELEMENT && is_named(x, name);
}

bool workbook_xml_ends(const struct workbook_xml *x, const char *name)
{
	return (x->type == XML_READER_TYPE_END_ELEMENT || x->empty) && is_named(x, name);
}

const char *workbook_xml_text(const struct workbook_xml *x)
{
	if (x->type != XML_READER_TYPE_TEXT && x->type != XML_READER_TYPE_CDATA &&
	    x->type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE && x->type != XML_READER_TYPE_WHITESPACE)
		return NULL;
	const xmlChar *text = xmlTextReaderConstValue(x->reader);
	return text ? (const char *)text : "";
}

const char *workbook_xml_attribute(const struct workbook_xml *x, const char *name)
{
	const char *found = NULL;
	for (int more = xmlTextReaderMoveToFirstAttribute(x->reader); more == 1 && found == NULL;
	     more = xmlTextReaderMoveToNextAttribute(x->reader)) {
		const xmlChar *local = xmlTextReaderConstLocalName(x->reader),
		              *value = xmlTextReaderConstValue(x->reader);
		if (local && value && strcmp((const char *)local, name) == 0 &&
		    strlen((const char *)value) <= WORKBOOK_CELL)
			found = arena_strdup(x->a, (const char *)value);
	}
	xmlTextReaderMoveToElement(x->reader);
	return found;
}

int workbook_xml_count(const struct workbook_xml *x, const char *name, int fallback, int max)
{
	const char *text = workbook_xml_attribute(x, name);
	char *end;
	if (text == NULL) return fallback;
	long n = strtol(text, &end, 10);
	return *text == '\0' || *end || n < 0 ? fallback : (int)MIN(n, (long)max);
}

void workbook_row_set(struct workbook_row *row, int column, const char *text)
{
	if (column < 0 || column >= WORKBOOK_COLUMNS || *text == '\0') return;
	while (row->n <= column) row->cells[row->n++] = "";
	row->cells[column] = arena_strndup(row->a, text, MIN(strlen(text), (size_t)WORKBOOK_CELL));
}

enum code workbook_row_end(struct workbook_row *row, const struct workbook_rows *rows, struct err *err)
{
	enum code code = row->n ? rows->row(rows->arg, row->line, row->cells, row->n, err) : OK;
	row->n = 0;
	arena_reset(row->a);
	return code;
}
