/*
 * The model: what the site is made of besides its records: spaces, forms, lists of choices, views,
 * settings. Small, read at every request and written rarely, so it is kept in memory as an immutable
 * tree that is replaced as a whole after a change. Take it once per request with model_get.
 */
#ifndef PARVIS_MODEL_H
#define PARVIS_MODEL_H

#include "base/i18n.h"
#include "base/json.h"
#include "core/audience.h"
#include "expression/expression.h"
#include "store/store.h"

/* A text in each language of the site; what lacks one language shows the other. */
struct label {
	const char *text[LANG_COUNT];
};

/* Never NULL. */
const char *label_text(const struct label *label, enum lang lang);
/* From "text" or {"fr": …, "en": …}. */
struct label label_from_json(struct arena *a, const json_t *json);

enum visibility {
	VISIBILITY_PUBLIC,  /* everybody reads what is public in it */
	VISIBILITY_LISTED,  /* its name is seen, its content is for members */
	VISIBILITY_MEMBERS, /* unknown to the others */
};

/* Who writes, of those who have signed in. */
enum publication {
	PUBLICATION_OPEN,     /* contributors publish and correct, history watches */
	PUBLICATION_OWN,      /* contributors publish, and correct their own only */
	PUBLICATION_APPROVED, /* the same, and what they add waits for a yes (core/proposal.h) */
	PUBLICATION_MEMBERS,  /* only members write */
	PUBLICATION_COUNT
};

/* May people without an account add something, in a public space where contributors may? */
enum guests {
	GUESTS_NONE,
	GUESTS_APPROVED, /* it waits for a yes */
	GUESTS_OPEN,
	GUESTS_COUNT
};

/* May people talk below its records (core/comment.h)? */
enum comments { COMMENTS_OPEN, COMMENTS_CLOSED, COMMENTS_COUNT };

/* How one becomes a member, of a space whose existence one knows. Invitations serve whatever it is. */
enum admission {
	ADMISSION_ASKED,   /* one asks, a facilitator answers */
	ADMISSION_OPEN,    /* one joins */
	ADMISSION_INVITED, /* by an invitation only */
	ADMISSION_COUNT
};

/* Kept in the table. */
enum space_state {
	SPACE_AWAKE,
	SPACE_ASLEEP,   /* read as before; nobody writes there until it is woken */
	SPACE_ARCHIVED, /* the same, for good: nobody is looked for to take it up */
};

/* As definitions of spaces name them. */
extern const char *const publication_names[PUBLICATION_COUNT];
extern const char *const guests_names[GUESTS_COUNT];
extern const char *const admission_names[ADMISSION_COUNT];
extern const char *const comments_names[COMMENTS_COUNT];

struct space {
	int64_t num;
	struct id id;
	const char *slug;
	struct label name, description; /* description: what it is about, in a few lines */
	enum visibility visibility;
	enum publication publication;
	enum guests guests;
	enum comments comments;
	enum admission admission;
	enum space_state state;
	const char *colour;       /* "#rrggbb", NULL: the site's */
	const json_t *definition; /* as space_save took it, but for key and visibility */
	int64_t created;
	struct id compartments[AUDIENCE_COUNT];
};

struct choice {
	const char *key;
	struct label label;
	const struct choice *parent; /* the choice that it stands under, or NULL; children follow their parent */
	const char *tone, *shape;    /* CSS names of its colour and shape, or NULL */
	struct label unit;           /* of a line of numbers: its own unit */
	bool retired;                /* no longer offered; what holds it keeps it */
	bool required;               /* of a line of a table: an answer is needed */
	bool other; /* "another one", with a text: added after those of the definition (CHOICE_OTHER) */
};

/* The key of the choice that a definition's "other" adds. */
#define CHOICE_OTHER "other"

struct list {
	const char *key;
	struct label label;
	const struct choice *choices;
	int nchoices;
};

/* A comparison, as in a view's `where`, and in the short form of a field's `show_if`. `value` is text, or an array for
 * in and notin. */
struct condition {
	const char *field;
	const struct operator* op;
	const json_t *value;
};

struct field {
	const char *key;
	const struct field_type *type;
	struct label label, help, group;
	bool required;
	bool hidden;   /* written by the program, neither asked nor shown */
	bool unfolded; /* all its choices are seen at once, however many (features/survey) */
	enum audience audience;
	const struct expression *show_if;    /* asked when it holds (core/form_answers.h); NULL: always */
	const struct expression *constraint; /* accepted when it holds; NULL: whenever its type takes it */
	struct label refusal;                /* what is said otherwise */
	const struct expression *computed;   /* of a type that computes: its value */
	const struct choice *choices;        /* of choice, choices, tree, ranking; the columns of matrix */
	int nchoices;
	const struct choice *rows; /* the lines of matrix and numbers */
	int nrows;
	const struct choice *second; /* the columns of matrix, of its second scale */
	int nsecond;
	const struct field *whole; /* NULL, or the field of which this is a part (core/form_part.h) */
	const char *path[2];       /* of a part: where it stands in the whole's value; the second may be NULL */
	const char *target;        /* relation: key of the other form */
	bool many;                 /* relation, tree: several */
	struct label inverse;      /* relation: how the other record names those that point to it */
	const json_t *definition;  /* the field as written: options of its type */
	int64_t num;               /* local integer of (form, key), for the index */
	int position;              /* in form->fields */
};

struct survey;

struct form {
	int64_t num;
	const char *key;
	int version;
	struct label label, plural, add;
	const char *icon;
	enum comments comments;
	bool asleep;      /* no record is added with it (core/care.h); that of a questionnaire always sleeps */
	int confidential; /* its records have named readers (core/reader.h), and each reading is kept so many months;
	                   * 0: it is not */
	const struct field *fields;
	int nfields;
	const struct field *retired; /* asked no more; what was answered stays in the records, unseen */
	int nretired;
	const struct field *parts; /* of fields whose values have several (core/form_part.h) */
	int nparts;
	const struct field *title;          /* always there, a short text */
	const struct field *category;       /* a choice, or NULL */
	const struct field *const *summary; /* shown on cards */
	int nsummary;
	const struct survey
	        *survey; /* a questionnaire (core/survey.h): it has responses and no records; NULL: it is none */
	const json_t *definition;
};

struct sort {
	const struct field *field; /* NULL: a built-in */
	enum { SORT_TITLE, SORT_CHANGED, SORT_CREATED } builtin;
	bool descending;
};

/* How a view is drawn on a map; `place` NULL: it is not. */
struct view_map {
	const struct field *place;
	const char *outlines; /* name of one of the site's pictures (page/picture.h), GeoJSON; or NULL */
	struct label source;  /* whose outlines they are, to be named beside them */
};

/* Dates are put together by month or by year: how much of their key (an ISO text) is common. */
enum date_step { STEP_YEAR = 4, STEP_MONTH = 7 };

/* … along time; `date` NULL: it is not. */
struct view_timeline {
	const struct field *date; /* date or period */
	enum date_step step;
	bool descending;
};

/* … as an agenda; `date` NULL: it is not. */
struct view_agenda {
	const struct field *date;          /* schedule, date or period */
	const json_t *with;                /* keys of other views whose dates stand in it; or NULL */
	const struct field *const *places; /* that say where, for calendars of elsewhere; none: those of type place */
	int nplaces;
};

enum chart_shape { CHART_BARS, CHART_COLUMNS, CHART_LINE };
enum chart_measure { CHART_COUNT, CHART_SUM, CHART_MEAN };

struct view_chart {
	struct label title;
	enum chart_shape shape;
	const struct field *by; /* what its bars stand for; dates by `step` */
	enum date_step step;
	enum chart_measure measure;
	const struct field *of; /* number that is summed or averaged; NULL when records are counted */
};

struct view {
	int64_t num;
	const char *key, *slug;
	struct label title, intro, empty;
	const struct form *form;
	const struct condition *where; /* and-ed */
	int nwhere;
	const struct sort *sorts;
	int nsorts;
	const struct field *const *facets;
	int nfacets;
	const struct field *const *columns;
	int ncolumns;
	const char *layout;         /* name of a view_type */
	const char *const *layouts; /* that the reader may switch to */
	int nlayouts;
	int size;                  /* records per page, 1 to 200 */
	const struct field *group; /* records stand under headings by it, or NULL */
	struct view_map map;
	struct view_timeline timeline;
	struct view_agenda agenda;
	const struct view_chart *charts;
	int ncharts;
	const char *search;     /* words that all its records hold, or NULL */
	enum audience audience; /* who sees it (core/right.h: view_seen) */
	const json_t *former;   /* addresses that it had before, which lead to it; or NULL */
	const char *template;   /* key of the one that a record added from it begins with, or NULL */
	/* Kept by a person from another view (features/saved): hers alone, or for a space. */
	bool saved;
	struct id saved_by;
	const char *saved_space; /* slug, or NULL */
	const json_t *definition;
};

/* What a new record begins with, for whoever takes it (core/template.h). */
struct template
{
	const char *key;
	struct label title, description;
	const struct form *form;
	const json_t *values; /* field key → value */
	const json_t *definition;
};

struct model {
	uint64_t version;
	const struct space *spaces;
	int nspaces;
	const struct list *lists;
	int nlists;
	const struct form *forms;
	int nforms;
	const struct form
	        *comment; /* the form of comments (core/comment.h), which is not one of them; NULL: none yet */
	const struct view *views;
	int nviews;
	const struct template *templates;
	int ntemplates;
	bool confidential;      /* one of the forms is */
	const json_t *settings; /* key → value: site name, colour, menu, home, contribute, licence… */
	                        /* the memory and the count of holders are the model's own */
};

/* Reads everything; checks as form_check and view_check do. */
enum code model_load(struct db *db, struct model **ret, struct err *err) MUST;
void model_release(const struct model *model);
const struct model *model_hold(const struct model *model);

const struct space *model_space(const struct model *model, int64_t num);
const struct space *model_space_by_slug(const struct model *model, const char *slug);
const struct form *model_form(const struct model *model, const char *key);
/* That of comments too. */
const struct form *model_form_by_num(const struct model *model, int64_t num);
const struct view *model_view(const struct model *model, const char *key);
const struct view *model_view_by_slug(const struct model *model, const char *slug);
/* That had this address before. */
const struct view *model_view_by_former(const struct model *model, const char *slug);
const struct template *model_template(const struct model *model, const char *key);
const struct list *model_list(const struct model *model, const char *key);
const json_t *model_setting(const struct model *model, const char *key);
/* What a space says for itself in the format of the site's settings ("menu", "home") is a setting too, under
 * "<key>.<slug of the space>"; NULL: the site's. */
const char *setting_key(struct arena *a, const struct space *space, const char *key);
const json_t *model_setting_of(const struct model *model, const struct space *space, const char *key);
const struct field *form_field(const struct form *form, const char *key);
/* The same among those asked no more, too. */
const struct field *form_field_ever(const struct form *form, const char *key);
const struct choice *field_choice(const struct field *field, const char *key);

/* `[a-z][a-z0-9_]{0,31}` */
bool key_is_valid(const char *key);

/* The last word of an address: small letters, digits, hyphens and underscores, but none of the words
 * that addresses of the program begin with (e, f, u, api, -). */
bool slug_is_valid(const char *slug);

#endif
