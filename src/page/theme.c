#include "page/theme.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/macros.h"

#define USUAL_COLOUR "#12523f"

enum { KEPT = 8 /* themes, by each thread */ };

/* sRGB components, 0 to 255. */
struct colour {
	int r, g, b;
};

/* OKLab in polar form (B. Ottosson, https://bottosson.github.io/posts/oklab/): lightness 0 to 1,
 * chroma, hue in radians. Equal lightness looks equally light whatever the hue. */
struct tint {
	double lightness, chroma, hue;
};

enum { CONTRASTS = 2 };

/* How a property is made: from the lightness `from` (SEED: the colour's own) and a chroma of at most
 * `chroma`, lighter or darker by steps until every contrast is reached. */
enum direction { DARKER = -1, FIXED = 0, LIGHTER = 1 };
#define SEED (-1.0)

struct role {
	const char *property;
	enum direction direction;
	double from, vivid, chroma; /* chroma: the colour's times `vivid`, at most `chroma` */
	const char *value;          /* FIXED */
	struct {
		const char *against; /* a colour, or a property made before */
		double least;
	} contrasts[CONTRASTS];
};

/* The inks and papers are those of tokens.css, the bars those it asks for. The masthead leaves room
 * for its softer text. */
static const struct role light[] = {
	{ "accent", DARKER, SEED, 1, 1, NULL, { { "#f4f3eb", 7 }, { "#fdfdf9", 7 } } },
	{ "accent-soft", LIGHTER, 0.925, 1, 0.035, NULL, { { "#14221c", 7 }, { "accent", 6 } } },
	{ "on-accent", FIXED, 0, 0, 0, "#ffffff", { { "accent", 7 } } },
	{ "masthead", DARKER, SEED, 1, 1, NULL, { { "#ffffff", 8.5 } } },
	{ "on-masthead", FIXED, 0, 0, 0, "#ffffff", { { "masthead", 7 } } },
	{ "masthead-soft", LIGHTER, 0.89, 1, 0.04, NULL, { { "masthead", 7 } } },
};
static const struct role dark_roles[] = {
	{ "accent", LIGHTER, 0.83, 1.4, 0.12, NULL, { { "#111916", 7 }, { "#1a231f", 7 } } },
	{ "accent-soft", DARKER, 0.34, 1, 0.05, NULL, { { "#eeede6", 7 }, { "accent", 6 } } },
	{ "on-accent", FIXED, 0, 0, 0, "#0e1a15", { { "accent", 7 } } },
	{ "masthead", DARKER, 0.27, 1, 0.05, NULL, { { "#f4f3eb", 8.5 } } },
	{ "on-masthead", FIXED, 0, 0, 0, "#f4f3eb", { { "masthead", 7 } } },
	{ "masthead-soft", LIGHTER, 0.85, 1, 0.04, NULL, { { "masthead", 7 } } },
};
enum { ROLES = COUNT(light) };

static bool colour_parse(const char *text, struct colour *ret)
{
	unsigned r, g, b;
	if (text == NULL || strlen(text) != 7 || text[0] != '#' || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
		return false;
	if (sscanf(text, "#%2x%2x%2x", &r, &g, &b) != 3) return false;
	*ret = (struct colour){ (int)r, (int)g, (int)b };
	return true;
}

/* ---- Light (IEC 61966-2-1, WCAG 2.2) ---- */

static double to_linear(int component)
{
	double c = component / 255.0;
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double from_linear(double c)
{
	return c <= 0.0031308 ? c * 12.92 : 1.055 * pow(c, 1 / 2.4) - 0.055;
}

static double luminance(struct colour c)
{
	return 0.2126 * to_linear(c.r) + 0.7152 * to_linear(c.g) + 0.0722 * to_linear(c.b);
}

static double contrast(struct colour a, struct colour b)
{
	double la = luminance(a), lb = luminance(b);
	return (MAX(la, lb) + 0.05) / (MIN(la, lb) + 0.05);
}

static struct tint tint_of(struct colour c)
{
	double r = to_linear(c.r), g = to_linear(c.g), b = to_linear(c.b);
	double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	double a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
	double bb = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
	return (struct tint){ 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, hypot(a, bb), atan2(bb, a) };
}

/* False when no screen shows it. */
static bool tint_show(struct tint t, struct colour *ret)
{
	double a = t.chroma * cos(t.hue), b = t.chroma * sin(t.hue);
	double l = pow(t.lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
	double m = pow(t.lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
	double s = pow(t.lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
	double rgb[3] = { 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
		          -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
		          -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s };
	for (int i = 0; i < 3; i++)
		if (rgb[i] < -0.0005 || rgb[i] > 1.0005) return false;
	*ret = (struct colour){ (int)lround(from_linear(MAX(MIN(rgb[0], 1), 0)) * 255),
		                (int)lround(from_linear(MAX(MIN(rgb[1], 1), 0)) * 255),
		                (int)lround(from_linear(MAX(MIN(rgb[2], 1), 0)) * 255) };
	return true;
}

/* The nearest colour a screen shows: same lightness and hue, less vivid. */
static struct colour colour_of(struct tint t)
{
	struct colour c = { 0 };
	t.lightness = MAX(MIN(t.lightness, 1), 0);
	while (!tint_show(t, &c)) t.chroma = t.chroma > 0.001 ? t.chroma * 0.95 : 0;
	return c;
}

/* ---- Roles ---- */

/* `against` is a colour, or a property among the roles already made. */
static struct colour named(const struct role *roles, const struct colour *made, const char *against)
{
	struct colour c = { 0 };
	if (colour_parse(against, &c)) return c;
	for (int i = 0; i < ROLES; i++)
		if (strcmp(roles[i].property, against) == 0) return made[i];
	return c;
}

static bool is_readable(const struct role *roles, const struct colour *made, const struct role *role, struct colour c)
{
	for (int i = 0; i < CONTRASTS && role->contrasts[i].against; i++)
		if (contrast(c, named(roles, made, role->contrasts[i].against)) < role->contrasts[i].least)
			return false;
	return true;
}

static struct colour make(const struct role *roles, const struct colour *made, const struct role *role,
                          struct colour seed)
{
	struct tint t = tint_of(seed);
	struct colour c = seed;
	if (role->direction == FIXED) return named(roles, made, role->value);
	t.chroma = MIN(t.chroma * role->vivid, role->chroma);
	if (role->from != SEED) {
		t.lightness = role->from;
		c = colour_of(t);
	}
	for (int steps = 0; steps < 200 && !is_readable(roles, made, role, c); steps++) {
		t.lightness += role->direction * 0.005;
		c = colour_of(t);
	}
	return c;
}

static int write_roles(const struct role *roles, struct colour seed, char *out, size_t size)
{
	struct colour made[ROLES];
	int len = 0;
	for (int i = 0; i < ROLES; i++) {
		made[i] = make(roles, made, &roles[i], seed);
		len += snprintf(out + len, size - (size_t)len, "--%s:#%02x%02x%02x;", roles[i].property,
		                made[i].r & 255, made[i].g & 255, made[i].b & 255);
	}
	return len;
}

bool theme_colour_valid(const char *colour)
{
	struct colour ignored;
	return colour_parse(colour, &ignored);
}

void theme_tint(const char *colour, const char *property, bool dark, char ret[static THEME_COLOUR])
{
	char all[256], name[32];
	struct colour seed;
	if (!colour_parse(colour, &seed)) (void)colour_parse(USUAL_COLOUR, &seed);
	write_roles(dark ? dark_roles : light, seed, all, sizeof(all));
	snprintf(name, sizeof(name), "--%s:", property);
	const char *at = strstr(all, name);
	snprintf(ret, THEME_COLOUR, "%.7s", at ? at + strlen(name) : USUAL_COLOUR);
}

static void write_css(struct theme *theme, struct colour seed)
{
	char day[256], night[256], hex[HASH_HEX + 1];
	write_roles(light, seed, day, sizeof(day));
	write_roles(dark_roles, seed, night, sizeof(night));
	int len = snprintf(theme->css, sizeof(theme->css), ":root{%s}\n@media (prefers-color-scheme:dark){:root{%s}}\n",
	                   day, night);
	theme->len = (size_t)len;
	struct hash hash = hash_sha256(theme->css, theme->len);
	hash_hex(&hash, hex);
	snprintf(theme->path, sizeof(theme->path), THEME_ROOT "%.16s.css", hex);
}

bool theme_is_colour(const char *text)
{
	struct colour ignored;
	return colour_parse(text, &ignored);
}

const struct theme *theme_of(const char *colour)
{
	/* Every page names its theme, of which a site has a few: kept by each thread. */
	static _Thread_local struct theme themes[KEPT];
	static _Thread_local unsigned oldest;
	struct colour seed;
	if (!theme_is_colour(colour)) colour = USUAL_COLOUR;
	for (int i = 0; i < KEPT; i++)
		if (strcmp(themes[i].colour, colour) == 0) return &themes[i];
	struct theme *theme = &themes[oldest++ % KEPT];
	if (!colour_parse(colour, &seed)) return theme;
	memcpy(theme->colour, colour, sizeof(theme->colour));
	write_css(theme, seed);
	return theme;
}
