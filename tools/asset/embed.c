/*
 * asset_embed OUT.c GZIP_FOLDER FOLDER…: every file of the folders as a row of asset_table
 * (base/asset.h), with its type, its address and a compressed copy. The bytes themselves are taken
 * by the assembler (.incbin), which takes no time whatever their size.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "asset_path.h"
#include "text.h"

/* To add a kind of file: its extension, its type, and whether it shrinks. */
static const struct type {
	const char *extension, *type;
	int shrinks;
} types[] = {
	{ ".css", "text/css; charset=utf-8", 1 },
	{ ".js", "text/javascript; charset=utf-8", 1 },
	{ ".json", "application/json", 1 },
	{ ".webmanifest", "application/manifest+json", 1 },
	{ ".svg", "image/svg+xml", 1 },
	{ ".txt", "text/plain; charset=utf-8", 1 },
	{ ".png", "image/png", 0 },
	{ ".jpg", "image/jpeg", 0 },
	{ ".webp", "image/webp", 0 },
	{ ".ico", "image/x-icon", 1 },
	{ ".woff2", "font/woff2", 0 },
};

struct file {
	char name[256], source[1024], path[ASSET_PATH_SIZE], gzip[1100];
	const struct type *type;
	size_t size, gzip_size; /* no compressed copy: 0 */
};

enum { FILES_MAX = 1000 };
static struct file files[FILES_MAX];
static size_t count;
static const char *gzip_folder;

__attribute__((noreturn)) static void fail(const char *what, const char *why)
{
	fprintf(stderr, "asset_embed: %s: %s\n", what, why);
	exit(1);
}

static const struct type *type_of(const char *name)
{
	const char *extension = strrchr(name, '.');
	for (size_t i = 0; extension && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(types[i].extension, extension) == 0) return &types[i];
	fail(name, "unknown kind of file: add it to the table in tools/asset/embed.c");
}

/* No time and no name in the header: equal bytes give equal bytes. */
static void compress_file(struct file *f, const char *name, const struct text *data)
{
	z_stream z = { 0 };
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) fail(name, "zlib");
	struct text packed = { 0 };
	packed.cap = deflateBound(&z, data->len) + 1;
	packed.data = malloc(packed.cap);
	if (packed.data == NULL) fail(name, "out of memory");
	z.next_in = (unsigned char *)data->data;
	z.avail_in = (unsigned)data->len;
	z.next_out = (unsigned char *)packed.data;
	z.avail_out = (unsigned)packed.cap;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END) fail(name, "zlib");
	packed.len = z.total_out;
	deflateEnd(&z);
	if (packed.len < data->len * 9 / 10) {
		snprintf(f->gzip, sizeof(f->gzip), "%s/%s.gz", gzip_folder, name);
		if (!text_write(&packed, f->gzip)) fail(f->gzip, strerror(errno));
		f->gzip_size = packed.len;
	}
	free(packed.data);
}

static void add_file(const char *folder, const char *name)
{
	if (count == FILES_MAX) fail(name, "too many files");
	struct file *f = &files[count++];
	if (strlen(name) >= sizeof(f->name)) fail(name, "name too long");
	snprintf(f->name, sizeof(f->name), "%s", name);
	snprintf(f->source, sizeof(f->source), "%s/%s", folder, name);
	f->type = type_of(name);
	struct text data = { 0 };
	if (!text_read(&data, f->source)) fail(f->source, strerror(errno));
	f->size = data.len;
	asset_path(name, data.data, data.len, f->path);
	if (f->type->shrinks) compress_file(f, name, &data);
	free(data.data);
}

static void add_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	if (dir == NULL) fail(folder, strerror(errno));
	for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
		if (entry->d_name[0] != '.') add_file(folder, entry->d_name);
	closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(files[*(const size_t *)a].path, files[*(const size_t *)b].path);
}

static void put_string(struct text *out, const char *s)
{
	text_c_string(out, s, strlen(s));
}

static void put_bytes(struct text *out, const char *kind, size_t i, const char *path)
{
	text_printf(out, "BYTES(%s%zu, ", kind, i);
	put_string(out, path);
	text_puts(out, ")\n");
}

static void put_table(struct text *out)
{
	text_puts(out, "\nconst struct asset asset_table[] = {\n");
	for (size_t i = 0; i < count; i++) {
		const struct file *f = &files[i];
		text_puts(out, "\t{ ");
		put_string(out, f->name);
		text_puts(out, ", ");
		put_string(out, f->path);
		text_puts(out, ", ");
		put_string(out, f->type->type);
		text_printf(out, ", asset_data%zu, %zu, ", i, f->size);
		if (f->gzip_size) text_printf(out, "asset_gzip%zu, %zu },\n", i, f->gzip_size);
		else text_puts(out, "0, 0 },\n");
	}
	text_puts(out, "\t{ 0 },\n};\n\nconst struct asset *const asset_paths[] = {\n");
	static size_t order[FILES_MAX];
	for (size_t i = 0; i < count; i++) order[i] = i;
	qsort(order, count, sizeof(order[0]), by_path);
	for (size_t i = 0; i < count; i++) text_printf(out, "\t&asset_table[%zu],\n", order[i]);
	text_printf(out, "\t0,\n};\n\nconst size_t asset_table_count = %zu;\n", count);
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: asset_embed OUT.c GZIP_FOLDER FOLDER...\n");
		return 2;
	}
	gzip_folder = argv[2];
	for (int i = 3; i < argc; i++) add_folder(argv[i]);
	qsort(files, count, sizeof(files[0]), by_name);
	for (size_t i = 1; i < count; i++)
		if (strcmp(files[i - 1].name, files[i].name) == 0) fail(files[i].name, "two files of this name");

	static struct text out;
	text_puts(&out, "/* Made by tools/asset/embed.c. */\n#include \"base/asset.h\"\n\n"
	                "#define BYTES(symbol, file) \\\n"
	                "\t__asm__(\".pushsection .rodata\\n.global asset_\" #symbol \"\\n\" \\\n"
	                "\t        \".hidden asset_\" #symbol \"\\n.balign 16\\nasset_\" #symbol "
	                "\":\\n\" \\\n"
	                "\t        \".incbin \\\"\" file \"\\\"\\n.byte 0\\n.popsection\\n\"); \\\n"
	                "\textern const unsigned char asset_##symbol[];\n\n");
	for (size_t i = 0; i < count; i++) {
		put_bytes(&out, "data", i, files[i].source);
		if (files[i].gzip_size) put_bytes(&out, "gzip", i, files[i].gzip);
	}
	put_table(&out);
	if (!text_write(&out, argv[1])) fail(argv[1], strerror(errno));
	return 0;
}
