/* Addresses of coding. */
#ifndef PARVIS_CODING_WEB_H
#define PARVIS_CODING_WEB_H

#include "features/coding/coding_page.h"
#include "web/route.h"

extern const struct feature coding_feature;

/* The work list of the address, opened: E_NOT_FOUND. The page is made ready. `action` is asked of its book's space. */
enum code coding_of_route(struct request *r, enum action action, struct coding *ret, struct err *err) MUST;
/* The book of the address, or that of the theme of the address. */
enum code book_of_route(struct request *r, enum action action, struct codebook *ret, struct err *err) MUST;
/* A line, a text typed, clean; mistakes under `name`. */
enum code coding_line(struct request *r, const char *name, int max, bool needed, struct issues *issues,
                      const char **ret, struct err *err) MUST;

/* Handlers of the other files. */
handler book_show, book_post, book_delete_post, book_add_post, book_import_post, book_file;
handler theme_show, theme_post, theme_act_post;
handler coding_text_show, coding_text_post;
handler differences_show, differences_post;
handler themes_show, quotations_show, coding_cite_post, coding_file;

#endif
