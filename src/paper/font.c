#include "paper/font.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>

#include "base/macros.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static FcConfig *config;

/* Neither the machine's configuration nor its other fonts. */
static void load(void)
{
	static const char *const folders[] = { FONT_FOLDER "/lato", FONT_FOLDER "/dejavu" };
	FcConfig *own = FcConfigCreate();
	for (size_t i = 0; own && i < COUNT(folders); i++) FcConfigAppFontAddDir(own, (const FcChar8 *)folders[i]);
	const FcFontSet *set = own ? FcConfigGetFonts(own, FcSetApplication) : NULL;
	if (set && set->nfont > 0 && FcConfigSetCurrent(own)) config = own; /* nobody then reads the machine's */
	else if (own) FcConfigDestroy(own);
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
