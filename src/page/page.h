/*
 * The page being made: what templates need to know. One per request, in its arena; every template's
 * first parameter is `const struct page *p`, which _() and _n() use for the language.
 */
#ifndef PARVIS_PAGE_H
#define PARVIS_PAGE_H

#include "base/html.h"
#include "base/i18n.h"
#include "base/issues.h"
#include "core/record.h"
#include "core/right.h"
#include "core/waiting.h"

/* A feed that says the same as a page. */
struct page_feed {
	const char *type, *url; /* media type without parameters; address on this site */
};

/* What other sites and programs show of a page that everybody may read (Open Graph, oEmbed). */
struct page_card {
	const char *url;            /* whole; for ever the same */
	const char *embed;          /* address on this site of what another one may show in its place, or NULL */
	const json_t *picture;      /* as page/picture.h, or NULL */
	const char *author;         /* or NULL */
	int64_t published, changed; /* ms UTC; 0: it is not an article */
};

struct figures; /* of a text: features/restitution/restitution_text.h */

enum notice_kind { NOTICE_INFO, NOTICE_SUCCESS, NOTICE_WARNING, NOTICE_ERROR };

struct page {
	struct arena *arena;
	enum lang lang;
	const struct model *model;
	const struct actor *actor;
	struct db *db;             /* the request's snapshot */
	const char *title;         /* of the page; the site's name is added */
	const char *description;   /* one line for search engines and shared links, or NULL */
	const char *path;          /* of this page, with its query */
	const char *form_token;    /* of the session's forms; "" for visitors */
	const json_t *accepted;    /* texts ticked in the form that is shown again (features/terms), or NULL */
	const struct space *space; /* of what is shown, where its links look first; NULL: the site's first */
	const char *base_url;      /* "https://parvis.example", no final slash */
	const char *notice;        /* sentence shown once above the page, or NULL */
	enum notice_kind notice_kind;
	const char *notice_undo; /* address of the form that takes it back, or NULL */
	const struct page_feed *feeds;
	int nfeeds;
	const struct page_card *card; /* or NULL */
	const char *section;          /* address of the menu entry that holds this page, or NULL */
	bool narrow;                  /* reading width */
	bool hidden;                  /* not for search engines */
	int64_t now;
	int *texts;     /* shown so far, so that their ids differ; may be NULL */
	int64_t *until; /* made earlier by what shows how long ago something was; may be NULL */
	uint64_t seed;  /* of the form being shown: what mixes choices that are asked at random; the same for one
	                              * answer each time it is shown; 0: they stand as written */
	const struct issues *issues; /* of the form being shown, or NULL */
	/* The questionnaire whose questions are shown as copies, with words of its own about when each is asked; NULL. */
	const struct form *asked;
	bool asked_whole; /* all its pages stand in one document */
	/* Draws what a text embeds ({{vue annuaire}}): name "vue", the rest as written. NULL: nothing
	 * (features/embed/embed.h). */
	void (*embed)(struct buf *out, const struct page *p, const char *name, const char *args);
	/* What a text becomes before it is shown: what it tells of results is counted and numbered, and then stands in
	 * `figures` (features/restitution/restitution_text.h). NULL: nothing. */
	const char *(*prepare)(struct page *p, const char *text);
	const struct figures *figures;
};

/* That of the program itself, whom a job is for, in the site's language; what it writes for others leads to `base_url`. */
struct page page_of_program(struct arena *a, struct db *db, const struct model *model, const char *base_url);

/* One sentence of an error, in the page's language. */
const char *page_error(const struct page *p, const struct err *err);

/* The first mistake of a field as a sentence, or NULL. */
const char *page_issue(const struct page *p, const struct issues *issues, const char *field);

/* A setting's label, or `fallback`. */
const char *page_setting(const struct page *p, const char *key, const char *fallback);
const char *page_site_name(const struct page *p);

/* Is the reader signed in? May she do this to the whole site, to that record? */
bool page_signed_in(const struct page *p);
bool page_may(const struct page *p, enum action action, const struct record *record);
/* How many things she has not seen yet of what she is told (core/news.h). */
int page_unread(const struct page *p);
/* Does she look after some space's records? */
bool page_organises(const struct page *p);
/* Does she shape the forms, which are the whole site's? Asked in its first space. */
bool page_shapes(const struct page *p);

/* Views by their key, by their address, by either or a former one: NULL where there is none that the reader sees.
 */
bool page_sees(const struct page *p, const struct view *view);
const struct view *page_view(const struct page *p, const char *key);
const struct view *page_view_by_slug(const struct page *p, const char *slug);
const struct view *page_view_named(const struct page *p, const char *name);
/* Does an address lead to a view that the reader does not see? */
bool page_hides(const struct page *p, const char *url);
/* How many things wait for her, in the spaces and the site that she looks after. */
int page_waiting(const struct page *p);

/* Addresses. Records: "/<slug>" in the site's first space, else "/e/<space>/<slug>". */
const char *record_url(const struct page *p, const struct record *record);
const char *record_short_url(const struct page *p, const struct record *record); /* /f/<id> */
const char *asset_href(const char *name);

/* Dates of the program (ms UTC) in the site's time zone. */
const char *page_date(const struct page *p, int64_t ms);      /* samedi 28 novembre 2026 */
const char *page_date_time(const struct page *p, int64_t ms); /* … à 14 h 30 */
const char *page_ago(const struct page *p, int64_t ms);       /* hier, aujourd’hui, 12 novembre */
const char *page_today(const struct page *p);                 /* as page_date; the page is made again tomorrow */
const char *page_time(const struct page *p, int64_t ms);      /* 14 h 30 */
const char *page_utc(const struct page *p, int64_t ms);       /* 2026-11-28T13:30:00Z */
const char *date_machine(const struct page *p, int64_t ms);   /* for <time datetime> */
/* "1 294" */
const char *page_number(const struct page *p, int64_t n);

/* sprintf into the page's arena, for translated formats with arguments. */
const char *page_printf(const struct page *p, const char *fmt, ...) PRINTF(2, 3);

/* Display text of a form's or field's label. */
const char *t(const struct page *p, const struct label *label);
/* Readable value of a record, or NULL. */
const json_t *record_value(const struct record *record, const struct field *field);
/* Plain text of a value, one line, or "". */
const char *field_plain(const struct page *p, const struct field *field, const json_t *value);
/* The choice of the record's category, or NULL. */
const struct choice *record_category(const struct record *record);
/* "3 comments", or NULL when there is none. */
const char *record_comments(const struct page *p, const struct record *record);
/* What stands before an answer on its card: a day on which a notice or a debate ends is no day on which it takes place. */
const char *record_lead(const struct page *p, const struct record *record, const struct field *field);
/* Is the field to be shown for these values (condition met)? */
bool field_applies(const struct form *form, const struct field *field, const json_t *values);

/* "class" for a tone, "tone-loire", or "". */
const char *tone_class(const struct page *p, const struct choice *choice);
const char *shape_class(const struct page *p, const struct choice *choice);

/* field_type calls, as templates need them (struct buf *out first). */
void field_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
void field_brief(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
void field_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value);

/* Attributes of a field's controls: its ids ("f-key" + suffix), what describes it (help and mistake)
 * or NULL, whether it is in error, whether its controls need a legend. */
const char *field_id(const struct page *p, const struct field *field, const char *suffix);
const char *field_name(const struct page *p, const struct field *field, const char *suffix);
const char *field_described(const struct page *p, const struct field *field);
bool field_invalid(const struct page *p, const struct field *field);
bool field_grouped(const struct field *field);

/* Menu entries from the settings. */
struct menu_entry {
	const char *label, *url, *icon;
	bool current;
};
int page_menu(const struct page *p, struct menu_entry **ret);
/* That of the space that the page is of, for who reads what is in it; 0: it has none. */
int page_space_menu(const struct page *p, struct menu_entry **ret);
/* The entries of any menu, in the format of the setting. */
int menu_entries(const struct page *p, const json_t *menu, struct menu_entry **ret);

#endif
