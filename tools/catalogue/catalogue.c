/*
 * catalogue check FR.mo: reports faults of the translations.
 * catalogue compile FR.mo OUT.h: the messages as a hash table for base/i18n.c.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalogue.h"
#include "check.h"
#include "mo.h"

static struct catalogue catalogue;
static struct text out;

static void put_string(const char *s)
{
	if (s) text_c_string(&out, s, strlen(s));
	else text_puts(&out, "0");
}

static void put_slots(void)
{
	size_t size = 16;
	while (size < catalogue.count * 2) size *= 2;
	uint16_t *slots = calloc(size, sizeof(*slots));
	if (slots == NULL || catalogue.count >= UINT16_MAX) {
		fprintf(stderr, "catalogue: too many messages\n");
		exit(1);
	}
	for (size_t i = 0; i < catalogue.count; i++) {
		size_t at = catalogue_hash(catalogue.messages[i].id) & (size - 1);
		while (slots[at]) at = (at + 1) & (size - 1);
		slots[at] = (uint16_t)(i + 1);
	}
	text_printf(&out, "static const uint16_t catalogue_slots[%zu] = {", size);
	for (size_t i = 0; i < size; i++) text_printf(&out, "%s%d,", i % 16 ? " " : "\n\t", slots[i]);
	text_puts(&out, "\n};\n");
	free(slots);
}

static void put_rows(void)
{
	text_puts(&out, "static const struct catalogue_row catalogue_rows[] = {\n");
	for (size_t i = 0; i < catalogue.count; i++) {
		const struct message *m = &catalogue.messages[i];
		text_printf(&out, "\t{ 0x%08x, ", (unsigned)catalogue_hash(m->id));
		put_string(m->id);
		text_puts(&out, ", ");
		put_string(m->form[0]);
		text_puts(&out, ", ");
		put_string(m->form[1]);
		text_puts(&out, " },\n");
	}
	text_puts(&out, "\t{ 0 },\n};\n\n");
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "check") == 0) {
		catalogue_read(&catalogue, argv[2]);
		int faults = catalogue_check(&catalogue);
		if (faults) fprintf(stderr, "%d faults in %zu messages\n", faults, catalogue.count);
		return faults > 0;
	}
	if (argc == 4 && strcmp(argv[1], "compile") == 0) {
		catalogue_read(&catalogue, argv[2]);
		text_puts(&out, "/* Made from locale/fr.po by tools/catalogue. */\n");
		put_rows();
		put_slots();
		if (text_write(&out, argv[3])) return 0;
		fprintf(stderr, "%s: %s\n", argv[3], strerror(errno));
		return 1;
	}
	fprintf(stderr, "usage: catalogue check FR.mo | catalogue compile FR.mo OUT.h\n");
	return 2;
}
