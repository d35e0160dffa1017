/*
 * Field types: the heart of the code. One file of src/fields/ per type; each knows how its own value
 * is checked, shown, edited, printed, indexed, compared, merged, imported and exported. Values are
 * JSON (base/json.h); null and absent are the same: no value. Decimals travel as strings,
 * coordinates as integers of 1e-7 degree.
 *
 * To add one: 1. write src/fields/<name>.c with a `const struct field_type field_<name>`; 2. add it to
 * the table of src/fields/fields.c; 3. add its rows to tests/unit/fields/.
 */
#ifndef PARVIS_FIELD_TYPE_H
#define PARVIS_FIELD_TYPE_H

#include "base/buf.h"
#include "base/geometry.h"
#include "base/hours.h"
#include "base/issues.h"
#include "core/model.h"

struct actor;
struct page;       /* page/page.h: language, reader, addresses */
struct field_post; /* how a posted form is read: values by name, given by the web layer */

/* A file that came with a form, once it is in the site's store (web/taken.h). */
struct posted_file {
	const char *name;  /* of the control: `<field key><suffix>` */
	const char *hex;   /* SHA-256 */
	const char *title; /* its name as its sender says, cleaned, with the extension of its kind */
};

/* What of files a type's values name. */
/* Of recordings, `<field key>.new.poster` and `<field key>.<i>.poster` are pictures. */
enum file_use { FILES_NONE, FILES_PICTURES, FILES_DOCUMENTS, FILES_MEDIA };

/* Reads posted values: the i-th value named `<field key><suffix>`, or NULL. */
struct field_post {
	const char *(*get)(const void *context, const char *name, int i);
	const void *context;
	enum lang lang; /* that the form was shown in: how numbers are typed */
	/* For types that look other records up by name; NULL where there are none to look up. */
	struct db *db;
	const struct model *model;
	const struct actor *actor;
	const struct posted_file *files;
	int nfiles;
};

enum { INDEX_KEY = 64 };

/* What a spreadsheet makes of a type's exported text. */
enum cell_kind {
	CELL_TEXT,
	CELL_NUMBER, /* canonical (base/number.h) */
	CELL_DATE,   /* ISO: a day, or a day and a time */
};

/* Where a type puts what can be found by. All keys are sortable text made in C: folded French,
 * fixed-width numbers, ISO dates; cut at INDEX_KEY bytes. */
struct index_sink {
	void (*key)(struct index_sink *sink, const char *key);
	void (*place)(struct index_sink *sink, struct geo_box box);                  /* a point is a box without size */
	void (*link)(struct index_sink *sink, const char *target, const char *kind); /* id text or slug */
	void (*words)(struct index_sink *sink, const char *text);                    /* to be found by search */
	void (*time)(struct index_sink *sink,
	             const struct hours_time *time); /* when the value is true (core/moment.h) */
	const struct zone *zone;                     /* of the site’s clocks; NULL: UTC */
};

/* One of the choices that a type brings itself. */
struct own_choice {
	const char *key;
	const char *label; /* message id */
	const char *tone;  /* as in struct choice, or NULL */
};

/* A record is called otherwise: what a link to it, written `target`, becomes; NULL: it stays. */
struct renaming {
	void *context;
	const char *(*target)(void *context, const char *target);
};

/* How an option of a type is written in a form's definition, and asked for in the form editor. */
enum option_kind {
	OPTION_COUNT,      /* a whole number from `min` to `max` */
	OPTION_NUMBER,     /* any number, kept as text */
	OPTION_LABEL,      /* a text in each language */
	OPTION_FLAG,       /* true, or absent */
	OPTION_FORM,       /* the key of a form */
	OPTION_ORDER,      /* the key of a question of the same form, a number or a date; or absent */
	OPTION_CHOICES,    /* "choices" of the field's own, or a "list" shared by several */
	OPTION_TERMS,      /* the key of a text to accept (core/terms.h) */
	OPTION_EXPRESSION, /* of other questions of the form (expression/expression.h) */
	OPTION_OFFERED,    /* which of the type's own choices are offered; none named: all */
	OPTION_ROWS,       /* lines with a key and a name, as choices are */
	OPTION_STEPS,      /* names alone, one a line: an array of labels */
	OPTION_PICK,       /* the key of one of the field's choices, typed by its name; or absent */
	OPTION_WORD,       /* one of the words that the type's `words` say; the first is absent */
	OPTION_TEXT,       /* a long text in each language */
};

/* One of the words of an option. */
struct option_word {
	const char *word;  /* as in the definition; NULL after the last one */
	const char *label; /* message id */
};

/* The words of one option. */
struct option_words {
	const char *name; /* of the option; NULL after the last one */
	const struct option_word *words;
};

/* Whom a field is for, while a form is filled in. */
enum field_role {
	ROLE_ASKED, /* it is a question */
	ROLE_TOLD,  /* it says something between questions; it has no value */
	ROLE_GIVEN, /* its value comes with the address of the form, or is its default; nobody sees it while answering */
};

struct type_option {
	const char *name; /* member of the definition; NULL after the last one */
	enum option_kind kind;
	const char *label, *help; /* message ids; help may be NULL */
	int min, max;
	bool needed;
};

struct field_type {
	const char *name;                  /* as in a form's definition */
	const char *label;                 /* message id: what people call it */
	const char *description;           /* message id: what it is for, shown in the form editor */
	const char *icon;                  /* of the site (page/icon.h), beside them */
	const struct type_option *options; /* what the form editor asks about it; NULL: nothing */
	int first_options;                 /* how many are asked at once, the others folded away; 0: all */
	const struct option_words *words;  /* of its options of words; NULL: it has none */
	/* Ending with a NULL key; a definition's "choices" may name those that its field offers. NULL: the
	 * definition's "list" or "choices" says them. */
	const struct own_choice *choices;

	/* Checks the type's own options in field->definition when a form is loaded; NULL: none. */
	void (*check_definition)(const struct field *field, struct issues *issues);

	/* Posted form → value (json_keep'd in the issues' arena), NULL when nothing was given. Mistakes
	 * go to `issues` under the field's key; the raw text is then kept in the value as posted, when
	 * the type can, so that the person finds it again. */
	json_t *(*read)(const struct field *field, const struct field_post *post, struct issues *issues);
	/* One text of a file (CSV cell) → value; as read. */
	json_t *(*import)(const struct field *field, const char *text, struct issues *issues);
	/* Is this a value of the type, within its limits? For imports, the API and what comes by
	 * synchronisation. Mistakes go to `issues`. */
	void (*check)(const struct field *field, const json_t *value, struct issues *issues);

	/* Output, for a value that passed check. */
	void (*show)(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
	/* In a card, a list or a table cell: one line. NULL: as show. */
	void (*brief)(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
	/* The controls only; label, help and mistakes are drawn around them. `value` may be what read
	 * kept of a mistake. */
	void (*edit)(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
	/* Does edit draw several controls, to be named together by a legend? NULL: one control, a label. */
	bool (*grouped)(const struct field *field);
	/* Plain text: print, search extracts, CSV, comparison. One value per line where there are several. */
	void (*text)(struct buf *out, enum lang lang, const struct field *field, const json_t *value);
	/* The same as one reader knows it (titles in place of ids). NULL: as text. */
	void (*plain)(struct buf *out, const struct page *p, const struct field *field, const json_t *value);
	/* For files: the text that import reads back as the same value. NULL: as text. */
	void (*export)(struct buf *out, enum lang lang, const struct field *field, const json_t *value);
	enum cell_kind cell;

	/* Rows for the index; NULL: not indexed. */
	void (*index)(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink);
	/* A condition's or facet's value (a text of a view or address) → index key; NULL: the folded text. */
	const char *(*key)(const struct field *field, const char *text, struct arena *a);
	/* The last index key of those that a condition's key stands for (a day: all its hours); NULL: only itself. */
	const char *(*key_end)(const char *key, struct arena *a);
	/* An index key → words for the reader, in a facet; NULL: the key itself. */
	const char *(*key_label)(const struct field *field, const char *key, const struct page *p);
	/* The value with its links renamed; NULL: none was. NULL: the type has no links by name. */
	json_t *(*rename)(struct arena *a, const json_t *value, const struct renaming *renaming);
	/* Message id of the facet's choice “now” (KEY_NOW), for a type whose values are true at times that come back
	 * (index_sink's time); NULL: they are not. In conditions too: ["ouverture", "=", "now"], but in show_if. */
	const char *now;
	bool answered; /* people answer it (core/date_poll.h): shown apart, below all others */
	/* Does a value come back again and again, so that its keys are those of some time around the present one
	 * (core/horizon.h)? NULL: none does. */
	bool (*spreads)(const json_t *value);
	/* ---- In expressions (expression/expression.h) ---- */
	/* Texts, choices and days are strings, numbers decimal texts or integers, several an array, numbers an object.
	 * EXPRESSION_MISSING: only whether it is answered, and its index keys. */
	enum expression_type means;
	bool computes; /* never typed: worked out from other answers, by field->computed */

	bool facet;     /* may be a facet: few distinct keys */
	bool long_text; /* takes the whole width; diff by lines and words */
	bool wide;      /* takes the whole width, and is no text */
	bool listed;    /* its values are lists, whose parts are counted from 1 */
	enum field_role role;
	enum file_use takes; /* files sent as `<field key>.new` are taken into the store before read */

	/* The parts of its values (core/form_part.h): at most `max` into `ret`, and how many. NULL: it has none. */
	int (*parts)(const struct field *field, struct arena *a, struct field *ret, int max);
	/* The keys of choices and of lines that a value holds, each counted once more in these objects (key → number).
	 * NULL: a value is the key of a choice, or a list of such keys. */
	void (*mentions)(const struct field *field, const json_t *value, json_t *choices, json_t *rows);
	/* The value with choices replaced (key → key); NULL: it has none of them. NULL: as above. */
	json_t *(*replace)(struct arena *a, const struct field *field, const json_t *value, const json_t *instead);

	/* Both sides changed since `base` (which may be NULL): one value for both, or NULL for a
	 * conflict. Pure and symmetric. NULL: every difference is a conflict. */
	json_t *(*merge)(struct arena *a, const json_t *base, const json_t *mine, const json_t *theirs);
};

/* main() hands the table over before anything else; it ends with NULL. */
void field_types_use(const struct field_type *const *types);
const struct field_type *field_type_find(const char *name);
const struct field_type *const *field_types(void);

/* Keeps a folded, 64-byte-at-most key; for types whose key is their text. */
const char *index_key_text(struct arena *a, const char *text);

/* Does `values` (key → value) meet the condition? NULL condition: yes. The same rule as the index. */
bool condition_holds(const struct condition *condition, const struct form *form, const json_t *values);

#endif
