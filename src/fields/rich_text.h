/*
 * Texts with formatting as pages show and find them: the Markdown of rich/markdown.h, whose links
 * lead to records, whose tags lead to search, whose embeds are drawn by the page.
 */
#ifndef PARVIS_RICH_TEXT_H
#define PARVIS_RICH_TEXT_H

#include "core/field_type.h"
#include "page/page.h"

/* HTML for inside <div class="prose">. [[links]] lead where the page's actor may go: an id, an address,
 * a title or another name of a record (in the page's space first), a list of the site; what nobody has
 * written yet leads to the form of a page. #tags lead to the search of their word. */
void rich_text_show(struct buf *out, const struct page *p, const char *text);
struct html_safe rich_text_html(const struct page *p, const char *text);

/* The record that a link of that target leads to, for the page's reader: E_NOT_FOUND where there is none for her. */
enum code rich_text_find(const struct page *p, const char *target, struct record **ret, struct err *err) MUST;
/* Is it the word of a record shown inside a text, {{fiche target}} or {{record target}}? Its target is one of a
 * link: the same record, found, indexed and renamed alike. */
bool rich_text_embeds_record(const char *word);

/* The first paragraph in plain words, for one line of a list. */
const char *rich_text_summary(struct arena *a, const char *text);
/* All its words, a line for each block. */
void rich_text_plain(struct buf *out, struct arena *a, const char *text);
/* Wiki links and embedded records to `sink->link` (kind "wiki"): the address that the target's name makes, or its id. */
void rich_text_links(struct arena *a, const char *text, struct index_sink *sink);

#endif
