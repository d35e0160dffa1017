/* Every icon of the folder is found by its name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "page/icon.h"

static void test_every_icon_is_found(void **state)
{
	(void)state;
	DIR *folder = opendir(SOURCE_DIR "/src/page/icons");
	assert_non_null(folder);
	int n = 0;
	for (struct dirent *file; (file = readdir(folder)) != NULL;) {
		char name[64], link[80];
		size_t len = strlen(file->d_name);
		if (len < 5 || len >= sizeof(name) || strcmp(file->d_name + len - 4, ".svg") != 0) continue;
		snprintf(name, sizeof(name), "%.*s", (int)len - 4, file->d_name);
		snprintf(link, sizeof(link), "#i-%s\"", name);
		if (!icon_exists(name) || strstr(icon(name).ptr, link) == NULL) fail_msg("%s is not found", name);
		n++;
	}
	closedir(folder);
	assert_true(n > 100);
}

static void test_other_names_show_nothing(void **state)
{
	(void)state;
	static const char *const names[] = { NULL, "", "no-such-icon", "map-", "../map", "LICENSE" };
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_false(icon_exists(names[i]));
		assert_int_equal(icon(names[i]).len, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_icon_is_found),
		cmocka_unit_test(test_other_names_show_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
