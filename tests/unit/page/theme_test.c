/* The site's colours: contrasts computed here from the definition (WCAG 2.2, "relative luminance"),
 * against the bars written in src/web/front/tokens.css, for colours of every hue and lightness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "page/theme.h"

struct mode {
	const char *paper, *sheet, *ink;
};
static const struct mode modes[] = { { "#f4f3eb", "#fdfdf9", "#14221c" }, { "#111916", "#1a231f", "#eeede6" } };

static double channel(unsigned value)
{
	double c = value / 255.0;
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(const char *hex)
{
	unsigned r, g, b;
	assert_int_equal(sscanf(hex, "%2x%2x%2x", &r, &g, &b), 3);
	return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
}

static double contrast(const char *a, const char *b)
{
	double la = luminance(a), lb = luminance(b);
	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

/* The colour of a property, in one of the two rules. */
static void value_of(const struct theme *theme, int mode, const char *property, char out[static 7])
{
	char wanted[40];
	const char *rule = strstr(theme->css, ":root{");
	if (mode == 1) rule = strstr(rule + 1, ":root{");
	assert_non_null(rule);
	snprintf(wanted, sizeof(wanted), "--%s:#", property);
	const char *found = strstr(rule, wanted);
	assert_non_null(found);
	memcpy(out, found + strlen(wanted), 6);
	out[6] = '\0';
}

static void check_contrast(const struct theme *theme, int mode, const char *a, const char *b, double least)
{
	char va[7], vb[7];
	value_of(theme, mode, a, va);
	if (*b == '#') memcpy(vb, b + 1, 7);
	else value_of(theme, mode, b, vb);
	if (contrast(va, vb) < least)
		fail_msg("%s, mode %d: %s #%s on %s #%s: %.2f, under %.1f", theme->colour, mode, a, va, b, vb,
		         contrast(va, vb), least);
}

static void check_theme(const char *colour)
{
	const struct theme *theme = theme_of(colour);
	for (int mode = 0; mode < 2; mode++) {
		check_contrast(theme, mode, "accent", modes[mode].paper, 7);
		check_contrast(theme, mode, "accent", modes[mode].sheet, 7);
		check_contrast(theme, mode, "accent-soft", modes[mode].ink, 7);
		check_contrast(theme, mode, "accent-soft", "accent", 6);
		check_contrast(theme, mode, "on-accent", "accent", 7);
		check_contrast(theme, mode, "on-masthead", "masthead", 7);
		check_contrast(theme, mode, "masthead-soft", "masthead", 7);
	}
}

static void test_every_colour_can_be_read(void **state)
{
	(void)state;
	char colour[8];
	for (int r = 0; r < 256; r += 51)
		for (int g = 0; g < 256; g += 51)
			for (int b = 0; b < 256; b += 51) {
				snprintf(colour, sizeof(colour), "#%02x%02x%02x", r & 255, g & 255, b & 255);
				check_theme(colour);
			}
}

/* A colour that can be read as it is stays as it is. */
static void test_readable_colour_is_kept(void **state)
{
	(void)state;
	char accent[7], masthead[7];
	value_of(theme_of("#12523f"), 0, "accent", accent);
	value_of(theme_of("#12523f"), 0, "masthead", masthead);
	assert_string_equal(accent, "12523f");
	assert_string_equal(masthead, "12523f");
}

/* Red stays red, blue blue: of a pure colour, the strongest component stays the strongest. */
static void test_hue_is_kept(void **state)
{
	(void)state;
	static const char *const seeds[] = { "#ff0000", "#00ff00", "#0000ff" };
	for (int i = 0; i < 3; i++)
		for (int mode = 0; mode < 2; mode++) {
			char hex[7];
			unsigned c[3];
			value_of(theme_of(seeds[i]), mode, "accent", hex);
			assert_int_equal(sscanf(hex, "%2x%2x%2x", &c[0], &c[1], &c[2]), 3);
			for (int j = 0; j < 3; j++) assert_true(j == i || c[j] < c[i]);
		}
}

static void test_address_follows_the_content(void **state)
{
	(void)state;
	char red[48];
	snprintf(red, sizeof(red), "%s", theme_of("#aa0000")->path);
	assert_string_not_equal(red, theme_of("#0000aa")->path);
	assert_string_equal(red, theme_of("#aa0000")->path);
	assert_true(strncmp(red, THEME_ROOT, strlen(THEME_ROOT)) == 0);
}

/* What is not a colour never reaches the style sheet. */
static void test_what_is_no_colour_gives_the_usual_theme(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		NULL, "", "red", "#12345", "#12523g", "#12523f}*{display:none", "#+1-1 1"
	};
	const char *usual = theme_of("#12523f")->path;
	char kept[48];
	snprintf(kept, sizeof(kept), "%s", usual);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		(void)theme_of("#aa0000");
		assert_string_equal(theme_of(wrong[i])->path, kept);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_colour_can_be_read),
		cmocka_unit_test(test_readable_colour_is_kept),
		cmocka_unit_test(test_hue_is_kept),
		cmocka_unit_test(test_address_follows_the_content),
		cmocka_unit_test(test_what_is_no_colour_gives_the_usual_theme),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
