/* A home page being written: a draft, which nobody sees before it is published. */
#ifndef PARVIS_HOME_EDIT_H
#define PARVIS_HOME_EDIT_H

#include "features/front/front.h"
#include "features/home/home_block.h"

struct home_edit {
	struct front f;
	const json_t *blocks;
	const char *mark;      /* of the draft as the person sees it */
	bool draft, overtaken; /* something else was published since it was begun */
	const char *who;       /* wrote last in it, or NULL */
	int64_t at;
};

/* One block being written. */
struct block_edit {
	struct front f;
	const struct block_kind *kind;
	int place;        /* in the page; -1: a new one, for its end */
	json_t *typed;    /* the block, as far as it was typed */
	const char *mark; /* of the block as the person saw it */
	bool preview;
};

/* From the controls into e->typed; mistakes go under their names. What no control shows stays. */
void block_read(struct block_edit *e, struct issues *issues);
/* The control of a Markdown text in a language: a field that no form describes. */
const struct field *block_text_control(const struct page *p, const struct block_option *option, enum lang lang);
/* … and reading it, into[name]. */
void block_text_read(struct request *r, json_t *into, const struct block_option *option, struct issues *issues);
const json_t *block_text_value(const struct page *p, const json_t *block, const char *name, enum lang lang);
/* Draws it as it is typed. */
void block_preview(struct buf *out, const struct page *p, const struct block_edit *e);
/* "Introduction – Qui fait quoi" */
const char *block_words(const struct page *p, const json_t *block);
const char *block_mark(const struct page *p, const json_t *block);
/* The number typed for an option, as text. */
const char *block_count(const struct page *p, const struct block_edit *e, const char *name);
/* Names of the site's pictures, as members of an object. */
const json_t *block_pictures(const struct page *p);
/* Layouts that any view may have. */
bool block_layout_fits(const struct page *p, const struct block_edit *e, const char *layout);
/* The form whose number is asked: of the view that is chosen; NULL: none yet. */
const struct form *block_form(const struct page *p, const struct block_edit *e);

#endif
