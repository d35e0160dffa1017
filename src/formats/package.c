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

/* How large it says it is, and how large it is: both within the limits. */
enum code package_read(struct arena *a, struct package *package, const char *name, struct package_part *ret,
                       struct err *err)
{
	zip_t *zip = (zip_t *)package;
	zip_stat_t stat;
	*ret = (struct package_part){ 0 };
	if (zip_stat(zip, name, 0, &stat) != 0) return OK;
	bool sized = (stat.valid & (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)) == (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE);
	if (!sized || stat.size > PACKAGE_PART || (stat.size > (1 << 20) && stat.size / PACKAGE_RATIO > stat.comp_size))
		FAIL(err, E_LIMIT, N_("This file is too large once unpacked."));
	zip_file_t *file = zip_fopen(zip, name, 0);
	if (file == NULL) FAIL(err, E_INPUT, N_("This file cannot be opened: is it protected by a password?"));
	char *text = arena_alloc(a, (size_t)stat.size + 1);
	zip_int64_t n = zip_fread(file, text, stat.size);
	zip_fclose(file);
	if (n != (zip_int64_t)stat.size) FAIL(err, E_INPUT, N_("This file is damaged."));
	text[n] = '\0';
	*ret = (struct package_part){ text, (size_t)n };
	return OK;
}
