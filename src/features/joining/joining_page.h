/* What the templates of coming in ask of C. */
#ifndef PARVIS_JOINING_PAGE_H
#define PARVIS_JOINING_PAGE_H

#include "features/joining/joining.h"
#include "features/minor/minor_page.h"
#include "features/people/people_page.h"
#include "page/form.h"

/* What the button of a link does, and what stands above it. */
struct joining_step {
	const char *title, *lead, *button; /* translated */
};

/* An invitation as its page shows it. */
struct joining_offer {
	const struct space *space;
	enum level level;
	const char *by;    /* who made it, or NULL */
	const char *email; /* the one it was sent to, or NULL */
};

/* What the forms of the members' page hold: at first nothing, then what was refused. */
struct members_typed {
	const char *email, *invited, *name;
	enum level level;
};

/* A link or a card to give to somebody. */
struct joining_gift {
	const char *url, *code;
	struct html_safe qr;
	const char *back, *back_words; /* where one goes on; words: translated */
};

#endif
