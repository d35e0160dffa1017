/* What the templates of comments ask of C. */
#ifndef PARVIS_COMMENT_PAGE_H
#define PARVIS_COMMENT_PAGE_H

#include "core/comment.h"
#include "core/proposal.h"
#include "core/thread.h"
#include "page/page.h"

/* What is shown below a record. */
struct comment_thread {
	const struct record *about;
	struct thread thread;
	enum comment_door door;
	bool may;     /* the reader, who has signed in, may add one */
	bool visitor; /* … could perhaps, on a page of its own: this one is kept for all visitors */
	bool shown;   /* is there anything to show at all? */
	bool managed; /* she may close and open it, pin it, split off of it */
	bool solves;  /* she may say that it is solved */
	struct thread_mark mark;
	const char *answer;         /* where the comment that solves it stands, or NULL */
	const struct record *first; /* the comment that a facilitator shows above the others, or NULL */
	const char *first_author;
};
struct comment_thread comment_thread(const struct page *p, const struct record *about);

/* Where a page of the thread is, and one comment in it. */
const char *comment_thread_url(const struct page *p, const struct record *about, int page);
enum code comment_url(const struct page *p, const struct record *comment, const char **ret, struct err *err) MUST;
const char *comment_anchor(const struct page *p, struct id comment);

/* All that is talked about in its space. */
const char *comment_talks_url(const struct page *p, const struct record *about);

/* Its text, without what is embedded: anybody may write here. */
struct html_safe comment_html(const struct page *p, const struct record *comment);
bool comment_is_mine(const struct page *p, const struct record *comment);
bool comment_was_corrected(const struct record *comment);
const char *comment_door_words(const struct page *p, enum comment_door door);

#endif
