/* What the templates of calls and of private answers ask of C. */
#ifndef PARVIS_CALL_PAGE_H
#define PARVIS_CALL_PAGE_H

#include "core/call.h"
#include "core/exchange.h"
#include "page/page.h"

/* A call as its page shows it to one reader. */
struct call_shown {
	const struct record *about;
	struct call call;
	const struct choice *state;
	bool open;       /* one may answer */
	bool soon;       /* … and its last day is near */
	bool past;       /* its last day is over */
	bool mine;       /* the reader says how it stands */
	bool answer;     /* she may answer it, signed in or perhaps as a guest */
	const char *end; /* its last day in words, or NULL */
	struct exchange *exchanges;
	int n; /* hers, about it */
};
/* NULL: the record is no call, or not one that is shown so. */
const struct call_shown *call_shown_of(const struct page *p, const struct record *about);

/* What the button to answer says. */
const char *call_answer_words(const struct page *p, const struct call_shown *d);
/* "Thank you" is what the end of a call says. */
const char *call_days_words(const struct page *p, const struct call *call);

/* An exchange of a list: the call it is about, as far as the reader may still read it. */
struct exchange_row {
	const struct exchange *exchange;
	const struct record *about; /* NULL: not for her any more */
	bool waits;                 /* the other one spoke last */
};
struct exchange_row exchange_row_of(const struct page *p, const struct exchange *exchange);
const char *exchange_url(const struct page *p, const struct exchange *exchange, const char *action);
const char *exchange_title(const struct page *p, const struct record *about);
bool message_is_mine(const struct page *p, const struct message *message);
struct html_safe message_html(const struct page *p, const struct message *message);

/* The page of one exchange. */
struct exchange_shown {
	struct exchange_row row;
	struct message *messages;
	int n;
	const char *typed;
	bool guest; /* the reader comes back with a code */
};

/* What was sent to answer a call. */
struct answer_typed {
	const char *text, *email;
	bool public_too;  /* may one answer below it? */
	bool private_too; /* is its author still there? */
};

#endif
