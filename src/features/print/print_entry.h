/* A record in the words of a sheet: what, when, where, why. */
#ifndef PARVIS_PRINT_ENTRY_H
#define PARVIS_PRINT_ENTRY_H

#include "page/page.h"
#include "paper/paper.h"
#include "store/store.h"

/* From its title, its summary (dates apart) and the beginning of its first long text. */
struct paper_entry print_entry(const struct page *p, const struct record *record);
/* What a sheet shows of it, in one hash: the values that everybody reads, not their words in one language. `whole`: on a poster. One that is not
 * published any more has another. */
struct hash print_shown(struct arena *a, const struct record *record, bool whole);
/* All of its first long text, a line for each paragraph; "" without one. */
const char *print_text(const struct page *p, const struct record *record);
/* A picture as kept, whatever it was written as; NULL where it cannot be on a sheet. */
enum code print_kept(const struct page *p, struct store *store, const json_t *item, const struct paper_picture **ret,
                     struct err *err) MUST;
/* Its first picture, where it is one that a sheet can hold; else NULL. */
enum code print_picture(const struct page *p, struct store *store, const struct record *record,
                        const struct paper_picture **ret, struct err *err) MUST;

#endif
