#include "paper/font.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>

#include "base/macros.h"
#include "paper/setup.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static FcConfig *config;

static const char *const files[] = {
	FONT_FOLDER "/lato/Lato-Regular.ttf", FONT_FOLDER "/lato/Lato-Medium.ttf",
	FONT_FOLDER "/lato/Lato-Bold.ttf",    FONT_FOLDER "/lato/Lato-Heavy.ttf",
	FONT_FOLDER "/dejavu/DejaVuSans.ttf", FONT_FOLDER "/dejavu/DejaVuSans-Bold.ttf",
};

/* Neither the machine's configuration nor its other fonts; file by file, for folders are kept in a cache that a
 * confined program cannot write. */
static void load(void)
{
	SETUP_BEGIN();
	FcConfig *own = FcConfigCreate();
	for (size_t i = 0; own && i < COUNT(files); i++) FcConfigAppFontAddFile(own, (const FcChar8 *)files[i]);
	const FcFontSet *set = own ? FcConfigGetFonts(own, FcSetApplication) : NULL;
	if (set && set->nfont > 0 && FcConfigSetCurrent(own)) config = own; /* nobody then reads the machine's */
	else if (own) FcConfigDestroy(own);
	SETUP_END();
}

PangoFontMap *font_map_new(void)
{
	pthread_once(&once, load);
	if (config == NULL) return NULL;
	PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
	return map;
}
