/*
 * icon_sprite OUT.svg OUT.h ICON.svg…: Lucide's files as the symbols of one picture, and the table
 * of their names with the HTML that shows each (page/icon.c).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asset_path.h"
#include "text.h"

__attribute__((noreturn)) static void fail(const char *file, const char *why)
{
	fprintf(stderr, "icon_sprite: %s: %s\n", file, why);
	exit(1);
}

/* "…/map-pin.svg" as "map-pin". */
static void icon_name(const char *file, char out[64])
{
	const char *base = strrchr(file, '/');
	base = base ? base + 1 : file;
	size_t len = strlen(base);
	if (len < 5 || len >= 64 || strcmp(base + len - 4, ".svg") != 0) fail(file, "not an icon's name");
	memcpy(out, base, len - 4);
	out[len - 4] = '\0';
	if (strspn(out, "abcdefghijklmnopqrstuvwxyz0123456789-") != len - 4) fail(file, "not an icon's name");
}

/* By the names, as page/icon.c looks for them: "map" before "map-pin", which their files are not. */
static int by_name(const void *a, const void *b)
{
	char x[64], y[64];
	icon_name(*(char *const *)a, x);
	icon_name(*(char *const *)b, y);
	return strcmp(x, y);
}

/* What stands inside <svg …> and </svg>, white space between elements left out. */
static void add_symbol(struct text *sprite, const char *file)
{
	struct text svg = { 0 };
	if (!text_read(&svg, file)) fail(file, strerror(errno));
	const char *open = strstr(svg.data, "<svg");
	const char *start = open ? strchr(open, '>') : NULL;
	const char *end = start ? strstr(start, "</svg>") : NULL;
	if (end == NULL || strstr(open, "viewBox=\"0 0 24 24\"") == NULL) fail(file, "not an icon of 24 by 24");
	char name[64];
	icon_name(file, name);
	text_printf(sprite,
	            "<symbol id=\"i-%s\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" "
	            "stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">",
	            name);
	for (const char *s = start + 1; s < end; s++) {
		if (*s == '\n') continue;
		if (*s == ' ' && (s[1] == ' ' || s[1] == '<' || s[1] == '\n')) continue;
		text_add(sprite, s, 1);
	}
	text_puts(sprite, "</symbol>\n");
	free(svg.data);
}

static void add_row(struct text *table, const char *file, const char *path)
{
	char name[64], html[512];
	icon_name(file, name);
	int len = snprintf(html, sizeof(html),
	                   "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"%s#i-%s\"></use></svg>", path, name);
	text_printf(table, "\t{ \"%s\", { ", name);
	text_c_string(table, html, (size_t)len);
	text_printf(table, ", %d } },\n", len);
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: icon_sprite OUT.svg OUT.h ICON.svg...\n");
		return 2;
	}
	static struct text sprite, table;
	qsort(argv + 3, (size_t)argc - 3, sizeof(argv[0]), by_name);
	text_puts(&sprite, "<!-- Icons of Lucide (https://lucide.dev), ISC licence -->\n"
	                   "<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
	for (int i = 3; i < argc; i++) add_symbol(&sprite, argv[i]);
	text_puts(&sprite, "</svg>\n");

	char path[ASSET_PATH_SIZE];
	asset_path("icons.svg", sprite.data, sprite.len, path);
	text_puts(&table, "/* Made by tools/asset/sprite.c. */\n"
	                  "static const struct icon_row {\n\tconst char *name;\n\tstruct html_safe html;\n"
	                  "} icon_rows[] = {\n");
	for (int i = 3; i < argc; i++) add_row(&table, argv[i], path);
	text_puts(&table, "};\n");
	if (!text_write(&sprite, argv[1])) fail(argv[1], strerror(errno));
	if (!text_write(&table, argv[2])) fail(argv[2], strerror(errno));
	return 0;
}
