#include "core/index_write.h"

#include <string.h>

#include "core/vocabulary.h"
#include "store/words.h"

/* The readers that can differ in what they see of a record. */
static const struct band {
	enum level from, to;
} bands[AUDIENCE_COUNT] = {
	[AUDIENCE_PUBLIC] = { LEVEL_VISITOR, LEVEL_CONTRIBUTOR },
	[AUDIENCE_MEMBERS] = { LEVEL_MEMBER, LEVEL_MEMBER },
	[AUDIENCE_FACILITATORS] = { LEVEL_FACILITATOR, LEVEL_ADMINISTRATOR },
};

struct documents {
	struct words docs[AUDIENCE_COUNT];
	int n;
};

/* What is stored */

static enum code read_documents(const struct indexing *x, struct documents *ret, struct err *err)
{
	struct documents found = { .n = 0 };
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(x->db, &rows, err,
	             "SELECT doc, from_level, to_level, title, body, vocabulary FROM search_doc WHERE num = $1 "
	             "ORDER BY from_level",
	             x->record->num));
	while (found.n < AUDIENCE_COUNT && rows_next(&rows))
		found.docs[found.n++] = (struct words){
			row_int(&rows, 0),
			x->record->form->num,
			(int)row_int(&rows, 1),
			(int)row_int(&rows, 2),
			arena_strdup(x->a, row_text(&rows, 3)),
			arena_strdup(x->a, row_text(&rows, 4)),
			arena_strdup(x->a, row_text(&rows, 5)),
		};
	TRY(rows_end(&rows, err));
	*ret = found;
	return OK;
}

static bool documents_equal(const struct documents *x, const struct documents *y)
{
	if (x->n != y->n) return false;
	for (int i = 0; i < x->n; i++) {
		const struct words *a = &x->docs[i], *b = &y->docs[i];
		if (a->key != b->key || a->from_level != b->from_level || a->to_level != b->to_level) return false;
		if (strcmp(a->title, b->title) != 0 || strcmp(a->body, b->body) != 0) return false;
		if (strcmp(a->vocabulary, b->vocabulary) != 0) return false;
	}
	return true;
}

static const struct words *seen_at(const struct documents *documents, int level)
{
	for (int i = 0; i < documents->n; i++) {
		const struct words *doc = &documents->docs[i];
		if (doc->from_level <= level && level <= doc->to_level) return doc;
	}
	return NULL;
}

/* Is the record named the same for all its readers? */
static bool names_equal(const struct documents *x, const struct documents *y)
{
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		const struct words *a = seen_at(x, (int)bands[i].from), *b = seen_at(y, (int)bands[i].from);
		if (strcmp(a ? a->title : "", b ? b->title : "") != 0) return false;
	}
	return true;
}

static const char *public_vocabulary(const struct documents *documents)
{
	const struct words *doc = seen_at(documents, LEVEL_VISITOR);
	return doc ? doc->vocabulary : "";
}

/* What there should be */

/* A document being made: texts only grow from one band to the next. */
struct draft {
	struct buf title, body, vocabulary;
};

static void add_separated(struct buf *out, char separator, const char *text)
{
	size_t len = strlen(text), room = WORDS_MAX - out->len;
	if (len == 0) return;
	if (len + 1 > room) { /* cut between two words */
		len = room ? room - 1 : 0;
		while (len > 0 && text[len] != ' ') len--;
		if (len == 0) return;
	}
	if (out->len) buf_putc(out, separator);
	buf_add(out, text, len);
}

static void add_names(struct arena *a, struct draft *draft, const char *lines)
{
	for (const char *line = lines; *line;) {
		size_t len = strcspn(line, "\n");
		add_separated(&draft->title, '\n', stem_text(a, arena_strndup(a, line, len)));
		line += len + (line[len] == '\n');
	}
}

/* Appends the names of a related record to the bodies of the bands that may read both it and the
 * relation: readers of the same space, or everybody. */
static enum code add_related(const struct indexing *x, const struct index_value *v, const char *target,
                             struct draft *drafts, struct err *err)
{
	struct id id;
	if (!id_parse(target, &id) || id_equal(id, x->record->id)) return OK; /* its own names are its title */
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(x->db, &rows, err,
	             "SELECT r.space, d.from_level, d.to_level, d.title, r.circle FROM record r "
	             "JOIN search_doc d ON d.num = r.num WHERE r.id = $1 ORDER BY d.from_level",
	             id));
	while (rows_next(&rows)) {
		const struct space *space = model_space(x->model, row_int(&rows, 0));
		bool same = space == x->record->space;
		int64_t circle = row_int(&rows, 4); /* named readers: nobody else finds anything by its names */
		if (circle && circle != x->record->circle) continue;
		int from = (int)row_int(&rows, 1), to = (int)row_int(&rows, 2);
		if (!same && (space == NULL || space->visibility != VISIBILITY_PUBLIC || from > LEVEL_VISITOR))
			continue;
		char *names = arena_strdup(x->a, row_text(&rows, 3));
		for (char *c = names; *c; c++)
			if (*c == '\n') *c = ' ';
		for (int i = (int)v->audience; i < AUDIENCE_COUNT; i++) {
			int level = (int)bands[i].from;
			if (!same || (from <= level && level <= to)) add_separated(&drafts[i].body, ' ', names);
		}
	}
	return rows_end(&rows, err);
}

static enum code add_value(const struct indexing *x, const struct index_value *v, struct draft *drafts, struct err *err)
{
	const char *text = buf_str(&v->entries.words);
	bool below = x->record->about != 0; /* a comment: its text alone, and no words for who may not read the rest */
	if (below && v->field->hidden) return OK;
	bool names = index_names_record(x->record->form, v->field);
	const char *stems = names ? "" : stem_text(x->a, text);
	for (int i = (int)v->audience; i < AUDIENCE_COUNT; i++) {
		if (names) add_names(x->a, &drafts[i], text);
		else add_separated(&drafts[i].body, ' ', stems);
	}
	if (v->audience == AUDIENCE_PUBLIC && !below && x->record->space->visibility == VISIBILITY_PUBLIC &&
	    x->record->circle == 0)
		add_separated(&drafts[AUDIENCE_PUBLIC].vocabulary, '\n', text);
	/* An archived record is in no list, nor in the table of links that a new name is followed by. */
	for (int k = 0; k < v->entries.nlinks && x->record->state == STATE_PUBLISHED; k++)
		if (strcmp(v->entries.links[k].kind, "wiki") != 0)
			TRY(add_related(x, v, v->entries.links[k].target, drafts, err));
	return OK;
}

static bool reads_same(const struct words *x, const struct draft *y)
{
	return strcmp(x->title, buf_str(&y->title)) == 0 && strcmp(x->body, buf_str(&y->body)) == 0;
}

static enum code make_documents(const struct indexing *x, struct documents *ret, struct err *err)
{
	struct draft drafts[AUDIENCE_COUNT];
	struct documents made = { .n = 0 };
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		buf_init(&drafts[i].title, x->a, 0);
		buf_init(&drafts[i].body, x->a, 0);
		buf_init(&drafts[i].vocabulary, x->a, 0);
	}
	for (int i = 0; i < x->nvalues; i++) TRY(add_value(x, &x->values[i], drafts, err));
	for (int i = 0; i < AUDIENCE_COUNT; i++) {
		const struct draft *draft = &drafts[i];
		if (draft->title.len + draft->body.len == 0) continue;
		if (made.n && reads_same(&made.docs[made.n - 1], draft))
			made.docs[made.n - 1].to_level = (int)bands[i].to;
		else
			made.docs[made.n++] = (struct words){
				words_key(x->record->changed, x->record->num, (int)bands[i].from),
				x->record->form->num,
				(int)bands[i].from,
				(int)bands[i].to,
				buf_str(&draft->title),
				buf_str(&draft->body),
				vocabulary_of(x->a, buf_str(&draft->vocabulary)),
			};
	}
	*ret = made;
	return OK;
}

/* Writing */

static enum code write_documents(const struct indexing *x, bool *renamed, struct err *err)
{
	struct documents present, wanted;
	*renamed = false;
	TRY(read_documents(x, &present, err));
	TRY(make_documents(x, &wanted, err));
	if (documents_equal(&present, &wanted)) return OK;
	if (present.n) TRY(words_remove(x->db, x->record->num, err));
	for (int i = 0; i < wanted.n; i++) TRY(words_add(x->db, x->record->num, &wanted.docs[i], err));
	*renamed = !names_equal(&present, &wanted);
	return vocabulary_change(x->db, x->a, public_vocabulary(&present), public_vocabulary(&wanted), err);
}

static enum code rewrite_source(const struct indexing *x, int64_t num, struct arena *a, struct err *err)
{
	struct record *record;
	struct index_value *values;
	struct indexing source = { .db = x->db, .a = a, .model = x->model };
	bool renamed;
	TRY(record_load_num(x->db, a, x->model, &actor_program, num, &record, err));
	index_values_read(a, NULL, record, &values, &source.nvalues);
	source.record = record;
	source.values = values;
	return write_documents(&source, &renamed, err);
}

/* One after the other, by number, so that no list of them is kept: there may be many. */
static enum code rewrite_sources(const struct indexing *x, struct err *err)
{
	int64_t num = 0;
	while (true) {
		TRY(db_int(x->db, &num, 0, err,
		           "SELECT MIN(source) FROM link WHERE target_id = $1 AND kind <> 'wiki' AND source > $2",
		           x->record->id, num));
		if (num == 0) return OK;
		if (num == x->record->num) continue;
		struct arena a;
		arena_init(&a);
		enum code code = rewrite_source(x, num, &a, err);
		arena_release(&a);
		TRY(code);
	}
}

enum code index_search_write(const struct indexing *x, struct err *err)
{
	bool renamed;
	TRY(write_documents(x, &renamed, err));
	return renamed ? rewrite_sources(x, err) : OK;
}
