/* The HTML being written, shared by the files that write blocks and spans. */
#ifndef PARVIS_RICH_WRITER_H
#define PARVIS_RICH_WRITER_H

#include <md4c.h>

#include "base/text.h"
#include "rich/markdown.h"
#include "rich/notes.h"

enum { LEVELS = 6, SPANS_MAX = 64, STOP = -1 /* md4c stops for a negative answer only */ };

struct html {
	const struct rich_page *page;
	struct arena *a;
	struct buf *out;
	size_t start; /* bytes that were in `out` before */

	/* Open elements, by what closes them. Too deep inside, elements are only counted. */
	const char *closers[RICH_DEPTH_MAX];
	int depth, silent;

	struct typography typography;
	struct buf piece; /* what is about to be escaped */
	bool after_word;  /* the last character keeps a # from opening a tag */

	enum { NO_PARAGRAPH, PARAGRAPH_WAITING, PARAGRAPH_OPEN } paragraph; /* <p> is written with its first word */
	bool line_start;
	const char *embed; /* a whole chunk that is an embed if its line ends here */
	size_t embed_len;
	int embeds;

	unsigned levels[LEVELS]; /* of the headings above, as written */
	int nlevels;
	bool in_heading;
	struct buf heading; /* the last one's words: what the tables below are called */
	int tables;         /* since that heading */
	size_t heading_at;  /* of its id in `out`; 0: too deep for one */
	int heading_level;  /* 0: h2 */
	struct heading {
		const char *id, *wanted, *words; /* wanted: before others had it */
		int level;
	} * headings; /* those that have an id; NULL: none shall have one */
	int nheadings;
	size_t contents_at; /* where they are to stand in `out`, after `start`; 0: nowhere */

	struct notes *notes; /* of the whole text */

	bool list_waiting; /* <ul> is written with its first item, which says whether it is a list of tasks */
	const char *cell;  /* <th> likewise: an empty one is no heading */

	/* Open spans of the block. md4c 0.4.8 may leave one that it never entered, or another first. */
	struct span {
		MD_SPANTYPE type;
		bool element; /* open_element was called for it */
		bool mute;    /* inside a picture's words, or a link in a link */
		const char *url;
	} spans[SPANS_MAX];
	int nspans, more_spans;

	int links; /* open ones: 0 or 1 */
	bool link_said;
	struct buf link_words; /* as written */
	struct rich_link wiki;
	size_t wiki_start; /* of its words in `out` */
	const char *wiki_target;
	const char *wiki_words; /* shown where the author gave none; NULL: the target */

	bool in_image;
	struct buf alt;
};

/* After RICH_OUTPUT_MAX, every callback stops. */
bool writer_is_full(const struct html *h);

/* May an element open here that needs room for `room` levels, itself included? If so, the caller writes
 * its start. close_element comes once for each, whatever the answer. */
bool opens(struct html *h, int room, const char *closer);
void open_element(struct html *h, int room, const char *opener, const char *closer);
void close_element(struct html *h);

/* Text as the author wrote it: escaped, with French typography; it may be cut anywhere. */
void put_words(struct html *h, const char *s, size_t len);
/* What waits for the first word of a block: its start tag, a line that might have been an embed. */
void begin_words(struct html *h);
void settle(struct html *h, bool line_ends);

/* Memory: the page's arena. */
struct html *writer_new(const struct rich_page *page, struct buf *out, struct notes *notes);
/* Reads `source` and writes it, all elements closed. True: something was left out. */
bool writer_run(struct html *h, const char *source);

/* A heading is closed: it gets its id. */
void heading_done(struct html *h);
/* Puts the contents where they are wanted. */
void put_contents(struct html *h);
/* A reference in the text; all the notes that have one, below it. */
void put_note(struct html *h, struct note *note);
void put_notes(struct html *h);

/* md4c's callbacks for spans; and the end of all that are open, at the end of a block. */
int enter_span(MD_SPANTYPE type, void *detail, void *data);
int leave_span(MD_SPANTYPE type, void *detail, void *data);
void leave_spans(struct html *h);

#endif
