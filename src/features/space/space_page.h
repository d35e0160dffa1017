/* What the templates of spaces ask of C. */
#ifndef PARVIS_SPACE_PAGE_H
#define PARVIS_SPACE_PAGE_H

#include "core/person.h"
#include "features/contribute/contribute.h"
#include "features/space/space.h"
#include "net/form_data.h"
#include "page/icon.h"

struct space_front {
	struct space_row row;
	const struct form *only; /* its pages alone, or NULL */
	struct space_form *forms;
	int nforms;
	const char **names; /* of its facilitators */
	int nnames;
	const json_t *blocks;      /* of its own home page, NULL: it has none, or they are not for the reader */
	struct join_request asked; /* by the reader; created 0: she asks for nothing */
};

/* Does an introduction of its home page name it? */
bool space_is_named(const struct page *p, const struct space_front *front);
/* The blocks of its home page. */
void space_blocks(struct buf *out, const struct page *p, const json_t *blocks);
/* "Lou, Maël" */
const char *space_names(const struct page *p, const struct space_front *front);
/* Does it stand in that section of the list? */
bool spaces_in(const struct space_row *row, bool mine, enum space_state state);
bool spaces_any(const struct space_row *rows, int n, bool mine, enum space_state state);
/* Who reads it: "Read by everybody". */
const char *space_readers(const struct page *p, const struct space *space);
/* What the page Contribute offers, to be added to this space; 0 where the reader may not. */
int space_offers(const struct page *p, const struct space *space, struct offer **ret);
const char *request_url(const struct page *p, const struct request_row *row);

const char *person_id(const struct page *p, const struct person *person);
/* May one open an account alone? */
bool space_sign_up(const struct page *p);

/* A space in the making, or being shaped. */
struct space_edit {
	const struct space *space; /* NULL: a new one */
	json_t *typed;             /* its definition, as far as it was typed */
	const char *key;           /* the address typed, of a new one */
	bool own_colour;
};
/* One of several rules, as it is offered. */
struct space_option {
	const char *value, *words, *help; /* message ids; help may be NULL */
};
extern const struct space_option visibility_options[], publication_options[], comments_options[], guests_options[],
        admission_options[]; /* end with NULL */

/* What changing who reads it does. */
struct visibility_effect {
	const struct space *space;
	const char *to;
	bool wider;
	int64_t records; /* published or archived */
	int members;
	int authors; /* of pages there, who are no members and would not see their own */
};

/* "Everybody reads it now; only its members would." */
const char *visibility_change(const struct page *p, const struct visibility_effect *effect);
/* What follows, one sentence each; ends with NULL. */
const char *const *visibility_lines(const struct page *p, const struct visibility_effect *effect);
/* Is it an answer of the form, not one of the program's own fields? */
bool typed_is_own(const struct form_field *field);

/* The control of the space's logo: a field of pictures. */
const struct field *space_logo_control(const struct page *p);
#endif
