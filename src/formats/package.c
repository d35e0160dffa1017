#include "formats/package.h"

#include <string.h>

#include <zip.h>

bool package_is(const void *bytes, size_t len)
{
	return len > 4 && memcmp(bytes, "PK\3\4", 4) == 0;
}

static void discard(void *arg)
{
	zip_discard(arg);
}

enum code package_open(struct arena *a, const void *bytes, size_t len, struct package **ret, struct err *err)
{
	zip_error_t why;
	zip_error_init(&why);
	zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &why);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why) : NULL;
	zip_error_fini(&why);
	if (zip == NULL) {
		if (source) zip_source_free(source);
		FAIL(err, E_INPUT, N_("This file is damaged."));
	}
	arena_defer(a, discard, zip);
	*ret = (struct package *)zip;
	return OK;
}

bool package_has(const struct package *package, const char *name)
{
	return zip_name_locate((zip_t *)package, name, 0) >= 0;
}

const char *package_ending(const struct package *package, const char *end)
{
	zip_int64_t n = zip_get_num_entries((zip_t *)package, 0);
	for (zip_int64_t i = 0; i < n; i++) {
		const char *name = zip_get_name((zip_t *)package, (zip_uint64_t)i, 0);
		size_t len = name ? strlen(name) : 0, size = strlen(end);
		if (len >= size && strcmp(name + len - size, end) == 0) return name;
	}
	return NULL;
}

/* What the part says of itself is within the limits? NULL: it is absent. */
static enum code open_part(zip_t *zip, const char *name, zip_uint64_t most, zip_file_t **ret, zip_uint64_t *size,
                           struct err *err)
{
	zip_stat_t stat;
	*ret = NULL;
	if (zip_stat(zip, name, 0, &stat) != 0) return OK;
	bool sized = (stat.valid & (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)) == (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE);
	if (!sized || stat.size > most || (stat.size > (1 << 20) && stat.size / PACKAGE_RATIO > stat.comp_size))
		FAIL(err, E_LIMIT, N_("This file is too large once unpacked."));
	*size = stat.size;
	*ret = zip_fopen(zip, name, 0);
	if (*ret == NULL) FAIL(err, E_INPUT, N_("This file cannot be opened: is it protected by a password?"));
	return OK;
}

/* How large it says it is, and how large it is: both within the limits. */
enum code package_read(struct arena *a, struct package *package, const char *name, struct package_part *ret,
                       struct err *err)
{
	zip_file_t *file;
	zip_uint64_t size;
	*ret = (struct package_part){ 0 };
	TRY(open_part((zip_t *)package, name, PACKAGE_PART, &file, &size, err));
	if (file == NULL) return OK;
	char *text = arena_alloc(a, (size_t)size + 1);
	zip_int64_t n = zip_fread(file, text, size);
	zip_fclose(file);
	if (n != (zip_int64_t)size) FAIL(err, E_INPUT, N_("This file is damaged."));
	text[n] = '\0';
	*ret = (struct package_part){ .text = text, .len = (size_t)n };
	return OK;
}

/* ---- As it is inflated ---- */

struct package_stream {
	zip_file_t *file;
	zip_uint64_t left; /* of what it says */
};

static void close_stream(void *arg)
{
	zip_fclose(((struct package_stream *)arg)->file);
}

enum code package_stream_open(struct arena *a, struct package *package, const char *name, struct package_part *ret,
                              struct err *err)
{
	struct package_stream *stream = arena_new(a, struct package_stream);
	*ret = (struct package_part){ 0 };
	TRY(open_part((zip_t *)package, name, PACKAGE_STREAM, &stream->file, &stream->left, err));
	if (stream->file == NULL) return OK;
	arena_defer(a, close_stream, stream);
	ret->stream = stream;
	return OK;
}

int package_stream_read(struct package_stream *stream, char *to, int room)
{
	zip_int64_t n = room > 0 ? zip_fread(stream->file, to, (zip_uint64_t)room) : 0;
	if (n < 0 || (zip_uint64_t)n > stream->left || (n == 0 && room > 0 && stream->left)) return -1;
	stream->left -= (zip_uint64_t)n;
	return (int)n;
}
