/* The fonts of sheets: Lato, and DejaVu Sans for what Lato lacks. */
#ifndef PARVIS_PAPER_FONT_H
#define PARVIS_PAPER_FONT_H

#include <pango/pangocairo.h>

#define FONT_FAMILY "Lato, DejaVu Sans"

/* Where Debian puts them, and the words that hyphenation knows: what the program must be able to read. */
#define FONT_FOLDER "/usr/share/fonts/truetype"
#define HYPHEN_FRENCH "/usr/share/hyphen/hyph_fr.dic"

/* A map of these fonts alone, the caller's to unref; NULL when they are not installed. */
PangoFontMap *font_map_new(void);

#endif
