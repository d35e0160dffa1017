/* What a column may stand for, and what it may be called. */
#include <string.h>

#include "base/text.h"
#include "core/survey.h"
#include "features/answers_in/answer_column.h"
#include "fields/chosen.h"

enum { TARGETS_MAX_OF_FORM = 20000, NAMES_OF_THING = 6 };

const char *answer_called(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text);
	struct buf out;
	buf_init(&out, a, 0);
	for (const char *c = folded; *c; c++) {
		/* LimeSurvey's two scales: #0 is the first. */
		if (*c == '#' && (c[1] == '0' || c[1] == '1') && c[2] == '\0') {
			buf_printf(&out, " %c", c[1] + 1);
			break;
		}
		bool word = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || (unsigned char)*c >= 0x80;
		if (word) buf_putc(&out, *c);
		else if (out.len && buf_str(&out)[out.len - 1] != ' ') buf_putc(&out, ' ');
	}
	return text_trim(a, buf_str(&out));
}

const char *answer_headed(struct arena *a, const char *text)
{
	return arena_printf(a, "= %s", text_fold(a, text_trim(a, text)));
}

struct making {
	struct arena *a;
	struct answer_targets targets;
	struct answer_target *all;
	json_t *names, *called;
};

static bool is_exact(const struct making *m, const char *name)
{
	return json_object_get(m->names, name) != NULL;
}

static void put_called(struct making *m, int at, const char *called)
{
	const json_t *other = json_object_get(m->called, called);
	if (*called == '\0') return;
	bool another = other && json_integer_value(other) != at;
	json_object_set_new(m->called, called, json_integer(another ? -1 : at));
}

static void call_it(struct making *m, int at, const char *words)
{
	put_called(m, at, answer_called(m->a, words));
}

/* Letter by letter, as our own files head their columns. */
static void head_it(struct making *m, int at, const struct label *label)
{
	for (int lang = 0; at > 0 && lang < LANG_COUNT; lang++)
		put_called(m, at, answer_headed(m->a, label_text(label, (enum lang)lang)));
}

static int add(struct making *m, enum answer_kind kind, const char *name, const struct field *field,
               const struct choice *choice)
{
	if (m->targets.n >= TARGETS_MAX_OF_FORM || is_exact(m, name)) return -1;
	m->all[m->targets.n] = (struct answer_target){ name, kind, field, choice };
	json_object_set_new(m->names, name, json_integer(m->targets.n));
	return m->targets.n++;
}

/* The key of what LimeSurvey numbers: "a1", "p1" were 1. */
static const char *number_of(const char *key)
{
	bool prefixed = strchr("apq", *key) && key[1] && key[1 + strspn(key + 1, "0123456789")] == '\0';
	return *key && prefixed ? key + 1 : NULL;
}

/* What it is called: `key` of its question, `words` of it in each language, and then the same of what is inside. */
struct called {
	const struct field *whole;
	const char *keys[NAMES_OF_THING]; /* inside the question; "" for the question itself */
	int nkeys;
	struct label inside; /* "" */
};

static void call_all(struct making *m, int at, const struct called *c)
{
	struct arena *a = m->a;
	if (at < 0) return;
	for (int k = 0; k < c->nkeys; k++) {
		const char *key = arena_printf(a, "%s %s", c->whole->key, c->keys[k]);
		call_it(m, at, key);
		for (int lang = 0; lang < LANG_COUNT; lang++)
			call_it(m, at,
			        arena_printf(a, "%s %s %s", key, label_text(&c->whole->label, (enum lang)lang),
			                     label_text(&c->inside, (enum lang)lang)));
	}
	for (int lang = 0; lang < LANG_COUNT; lang++)
		call_it(m, at,
		        arena_printf(a, "%s %s", label_text(&c->whole->label, (enum lang)lang),
		                     label_text(&c->inside, (enum lang)lang)));
}

static void add_key(struct called *c, const char *key)
{
	if (key && c->nkeys < NAMES_OF_THING) c->keys[c->nkeys++] = key;
}

static const struct choice *among(const struct choice *all, int n, const char *key)
{
	for (int i = 0; i < n; i++)
		if (strcmp(all[i].key, key) == 0) return &all[i];
	return NULL;
}

/* "ligne colonne", and as LimeSurvey calls it: scales and places by their numbers. */
static struct called called_part(struct making *m, const struct field *part)
{
	const struct field *whole = part->whole;
	const char *row = part->path[0], *column = part->path[1], *number = number_of(row);
	struct called c = { .whole = whole };
	const struct choice *line = among(whole->rows, whole->nrows, row);
	const struct choice *under = column ? among(whole->choices, whole->nchoices, column) : NULL;
	bool first = column && under == NULL && strcmp(column, "first") == 0, scale = column && under == NULL;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		c.inside.text[lang] = arena_printf(m->a, "%s %s",
		                                   line ? label_text(&line->label, (enum lang)lang) : row,
		                                   under ? label_text(&under->label, (enum lang)lang) : "");
	add_key(&c, arena_printf(m->a, "%s %s", row, column ? column : ""));
	if (scale) add_key(&c, arena_printf(m->a, "%s %d", row, first ? 1 : 2));
	if (scale) add_key(&c, arena_printf(m->a, "%s scale %d", row, first ? 1 : 2));
	if (number && column == NULL) add_key(&c, number);
	if (number && under)
		add_key(&c, arena_printf(m->a, "%s %s", number, number_of(column) ? number_of(column) : column));
	if (whole->type->listed) add_key(&c, arena_printf(m->a, "rank %s", row));
	return c;
}

static bool is_several(const struct field *field)
{
	return strcmp(field->type->name, "choices") == 0;
}

/* Boxes of a question, or of a line of one: one column each, as some programs write them. */
static void add_choice(struct making *m, const struct field *field, const struct choice *choice)
{
	const char *line = field->whole ? arena_printf(m->a, "%s ", field->path[0]) : "";
	const char *name = arena_printf(m->a, "%s=%s", field->key, choice->key), *number = number_of(choice->key);
	struct called c = { .whole = field->whole ? field->whole : field, .inside = choice->label };
	const struct choice *row = field->whole ? among(c.whole->rows, c.whole->nrows, field->path[0]) : NULL;
	for (int lang = 0; row && lang < LANG_COUNT; lang++)
		c.inside.text[lang] = arena_printf(m->a, "%s %s", label_text(&row->label, (enum lang)lang),
		                                   label_text(&choice->label, (enum lang)lang));
	add_key(&c, arena_printf(m->a, "%s%s", line, choice->key));
	if (number) add_key(&c, arena_printf(m->a, "%s%s", line, number));
	int at = add(m, ANSWER_CHOICE, name, field, choice);
	/* What is called "other" is its words. */
	if (!choice->other) call_all(m, at, &c);
	if (field->whole || !chosen_asks_comment(field)) return;
	at = add(m, ANSWER_COMMENT, arena_printf(m->a, "%s~comment", name), field, choice);
	c.nkeys = 0;
	add_key(&c, arena_printf(m->a, "%s comment", choice->key));
	add_key(&c, arena_printf(m->a, "%scomment", choice->key));
	for (int lang = 0; lang < LANG_COUNT; lang++)
		c.inside.text[lang] = arena_printf(m->a, "%s %s", label_text(&choice->label, (enum lang)lang),
		                                   lang == LANG_FR ? "commentaire" : "comment");
	call_all(m, at, &c);
}

static void add_words(struct making *m, const struct field *field)
{
	if (chosen_asks_other(field)) {
		struct called c = { .whole = field, .inside = field->choices[field->nchoices - 1].label };
		add_key(&c, "other");
		add_key(&c, "other text");
		call_all(m, add(m, ANSWER_OTHER, arena_printf(m->a, "%s~text", field->key), field, NULL), &c);
	}
	if (chosen_asks_comment(field) && !is_several(field)) {
		struct called c = { .whole = field, .inside = { .text = { "commentaire", "comment" } } };
		add_key(&c, "comment");
		call_all(m, add(m, ANSWER_COMMENT, arena_printf(m->a, "%s~comment", field->key), field, NULL), &c);
	}
}

static void add_field(struct making *m, const struct field *field)
{
	struct called c = { .whole = field };
	if (field->type->role == ROLE_TOLD || field->type->takes != FILES_NONE || field->type->computes) return;
	add_key(&c, "");
	int at = add(m, ANSWER_WHOLE, field->key, field, NULL);
	call_all(m, at, &c);
	head_it(m, at, &field->label);
	if (!is_several(field) && strcmp(field->type->name, "choice") != 0) return;
	for (int i = 0; i < field->nchoices && is_several(field); i++) add_choice(m, field, &field->choices[i]);
	add_words(m, field);
}

static void add_part(struct making *m, const struct field *part)
{
	struct called c = called_part(m, part);
	int at = add(m, ANSWER_WHOLE, part->key, part, NULL);
	call_all(m, at, &c);
	head_it(m, at, &part->label);
	for (int i = 0; is_several(part) && i < part->nchoices; i++) add_choice(m, part, &part->choices[i]);
}

static const struct {
	enum answer_kind kind;
	const char *name, *called[8];
} besides[] = {
	{ ANSWER_SENT, "_sent", { "sent", "envoye", "envoyee", "submitdate", "date submitted", "date de soumission" } },
	{ ANSWER_BEGUN, "_begun", { "startdate", "date started", "date de lancement", "date de debut" } },
	{ ANSWER_CHANNEL, "_channel", { "channel", "canal", "how it was answered", "comment on a repondu" } },
	{ ANSWER_NAME, "_name", { "name", "nom", "who answered", "qui a repondu" } },
	{ ANSWER_CODE,
	  "_code",
	  { "token", "code", "access code", "code d acces", "code d invitation", "invitation code" } },
	{ ANSWER_LANGUAGE,
	  "_language",
	  { "startlanguage", "start language", "language", "langue", "langue de depart" } },
};

/* After the questions: what one of them is called stays hers. */
static void add_besides(struct making *m)
{
	bool anonymous = m->targets.form->survey->anonymity == ANONYMITY_ANONYMOUS;
	for (size_t i = 0; i < COUNT(besides); i++) {
		bool kept = besides[i].kind == ANSWER_CODE || besides[i].kind == ANSWER_LANGUAGE;
		if (anonymous && !kept) continue;
		int at = add(m, besides[i].kind, besides[i].name, NULL, NULL);
		for (const char *const *called = besides[i].called; *called; called++)
			if (json_object_get(m->called, *called) == NULL)
				json_object_set_new(m->called, *called, json_integer(at));
	}
}

struct answer_targets answer_targets(struct arena *a, const struct form *form)
{
	struct making m = { .a = a, .targets = { .form = form } };
	m.all = arena_array(a, struct answer_target, TARGETS_MAX_OF_FORM);
	m.names = json_keep(a, json_object());
	m.called = json_keep(a, json_object());
	add(&m, ANSWER_NONE, "", NULL, NULL);
	for (int i = 0; i < form->nfields; i++) {
		add_field(&m, &form->fields[i]);
		for (int k = 0; k < form->nparts; k++)
			if (form->parts[k].whole == &form->fields[i]) add_part(&m, &form->parts[k]);
	}
	for (int i = 0; i < form->nretired; i++)
		if (form->retired[i].type) add_field(&m, &form->retired[i]);
	add_besides(&m);
	m.targets.all = m.all;
	m.targets.names = m.names;
	m.targets.called = m.called;
	return m.targets;
}

const struct answer_target *answer_target_find(const struct answer_targets *targets, const char *name)
{
	const json_t *at = json_object_get(targets->names, name);
	return at ? &targets->all[json_integer_value(at)] : NULL;
}
