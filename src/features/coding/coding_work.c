#include "features/coding/coding_work.h"

#include <stdlib.h>
#include <string.h>

/* ---- Joining texts with what was put on them ---- */

static int compare_row(const struct coded_row *row, const struct coding_key *key)
{
	int order = id_compare(row->thing, key->thing);
	return order ? order : strcmp(row->field, key->field);
}

static int by_thing(const void *a, const void *b)
{
	const struct coded_row *x = a, *y = b;
	const struct coding_key key = { .thing = y->thing, .field = y->field };
	return compare_row(x, &key);
}

static const struct coded_row *find_row(const struct coded_row *rows, int n, const struct coding_key *key)
{
	int low = 0, high = n;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (compare_row(&rows[middle], key) < 0) low = middle + 1;
		else high = middle;
	}
	return low < n && compare_row(&rows[low], key) == 0 ? &rows[low] : NULL;
}

/* The rows of one text in an array that is in the order of texts. */
#define RANGE(rows, count, number, from, length)                                 \
	do {                                                                     \
		int low_ = 0, high_ = (count);                                   \
		while (low_ < high_) {                                           \
			int middle_ = low_ + (high_ - low_) / 2;                 \
			if ((rows)[middle_].text < (number)) low_ = middle_ + 1; \
			else high_ = middle_;                                    \
		}                                                                \
		(from) = low_;                                                   \
		while (low_ < (count) && (rows)[low_].text == (number)) low_++;  \
		(length) = low_ - (from);                                        \
	} while (0)

static void join(const struct page *p, struct coding *c, struct coding_text *texts)
{
	/* Engines order bytes and texts each in their own way. */
	struct coded_row *rows = arena_array(p->arena, struct coded_row, (size_t)c->all.ntexts + 1);
	if (c->all.ntexts) {
		memcpy(rows, c->all.texts, (size_t)c->all.ntexts * sizeof(*rows));
		qsort(rows, (size_t)c->all.ntexts, sizeof(*rows), by_thing);
	}
	for (int i = 0; i < c->n; i++) {
		struct coding_text *text = &texts[i];
		const struct coded_row *row = find_row(rows, c->all.ntexts, &text->key);
		if (row == NULL) continue;
		text->num = row->num;
		RANGE(c->all.marks, c->all.nmarks, row->num, text->mark, text->nmarks);
		RANGE(c->all.readers, c->all.nreaders, row->num, text->reader, text->nreaders);
		RANGE(c->all.verdicts, c->all.nverdicts, row->num, text->verdict, text->nverdicts);
	}
}

/* ---- Coders ---- */

static int coder_place(const struct coder *coders, int n, int64_t person)
{
	for (int i = 0; i < n; i++)
		if (coders[i].person == person) return i;
	return -1;
}

static void note_coder(struct coder *coders, int *n, int64_t person, bool read)
{
	int at = coder_place(coders, *n, person);
	if (at < 0 && *n == CODERS_MAX) return;
	if (at < 0) coders[at = (*n)++] = (struct coder){ .person = person };
	coders[at].read += read;
}

static int by_name(const void *a, const void *b)
{
	const struct coder *x = a, *y = b;
	int order = strcmp(x->name, y->name);
	return order ? order : (x->person > y->person) - (x->person < y->person);
}

static enum code find_coders(const struct page *p, struct coding *c, struct err *err)
{
	struct coder *coders = arena_array(p->arena, struct coder, CODERS_MAX + 1);
	int n = 0;
	for (int i = 0; i < c->n; i++) {
		const struct coding_text *text = &c->texts[i];
		for (int k = 0; k < text->nreaders; k++)
			note_coder(coders, &n, c->all.readers[text->reader + k].person, true);
		for (int k = 0; k < text->nmarks; k++)
			note_coder(coders, &n, c->all.marks[text->mark + k].person, false);
	}
	for (int i = 0; i < n; i++) {
		TRY(coding_coder_name(p->db, p->arena, coders[i].person, &coders[i].name, err));
		if (coders[i].name == NULL) coders[i].name = _("Somebody who is gone");
	}
	if (n) qsort(coders, (size_t)n, sizeof(*coders), by_name);
	c->coders = coders;
	c->ncoders = n;
	c->me = p->actor->person ? coder_place(coders, n, p->actor->person) : -1;
	return OK;
}

enum code coding_open(const struct page *p, const struct coding_list *list, const struct codebook *book,
                      struct coding *ret, struct err *err)
{
	struct coding c = { .list = *list, .book = *book };
	struct coding_found found;
	TRY(coding_gather(p, list, &found, err));
	TRY(coding_read_all(p->db, p->arena, book, list->form, &c.all, err));
	c.texts = found.texts;
	c.n = found.n;
	c.units = found.units;
	c.cut = found.cut;
	c.people_are_answers = list->form->survey != NULL || (!coding_list_takes(list, CODING_COMMENTS) &&
	                                                      !coding_list_takes(list, CODING_POSITIONS));
	join(p, &c, found.texts);
	TRY(find_coders(p, &c, err));
	*ret = c;
	return OK;
}

int coding_text_find(const struct coding *c, const char *id)
{
	for (int i = 0; i < c->n; i++)
		if (strcmp(c->texts[i].id, id) == 0) return i;
	return -1;
}

int coding_next_unread(const struct coding *c, int after)
{
	int64_t me = c->me < 0 ? -1 : c->coders[c->me].person;
	for (int step = 1; step <= c->n; step++) {
		int i = (after + step) % c->n;
		if (me < 0 || !coding_has_read(c, &c->texts[i], me)) return i;
	}
	return -1;
}

/* ---- What was put on one ---- */

bool coding_has_read(const struct coding *c, const struct coding_text *text, int64_t person)
{
	for (int i = 0; i < text->nreaders; i++)
		if (c->all.readers[text->reader + i].person == person) return true;
	return false;
}

bool coding_is_coded(const struct coding *c, const struct coding_text *text)
{
	(void)c;
	return text->nreaders > 0 || text->nmarks > 0 || text->nverdicts > 0;
}

int coding_mark_place(const struct coding *c, const struct coding_mark *mark)
{
	int place = codebook_place(&c->book, mark->code);
	return place < 0 ? -1 : c->book.codes[place].counts;
}

static void set_mark(const struct coding *c, const struct coding_mark *mark, bool *set)
{
	int place = coding_mark_place(c, mark);
	if (place >= 0) set[place] = true;
}

void coding_set_of(const struct coding *c, const struct coding_text *text, int64_t person, bool *set)
{
	memset(set, 0, (size_t)c->book.n * sizeof(*set));
	for (int i = 0; i < text->nmarks; i++)
		if (c->all.marks[text->mark + i].person == person) set_mark(c, &c->all.marks[text->mark + i], set);
}

bool coding_is_decided(const struct coding_text *text)
{
	return text->nverdicts > 0;
}

void coding_set(const struct coding *c, const struct coding_text *text, bool *set)
{
	memset(set, 0, (size_t)c->book.n * sizeof(*set));
	for (int i = 0; i < text->nverdicts; i++) {
		int place = codebook_place(&c->book, c->all.verdicts[text->verdict + i].code);
		if (place >= 0) set[c->book.codes[place].counts] = true;
	}
	for (int i = 0; i < text->nmarks && !coding_is_decided(text); i++)
		set_mark(c, &c->all.marks[text->mark + i], set);
}

bool coding_differs(const struct coding *c, const struct coding_text *text)
{
	bool first[CODES_MAX], other[CODES_MAX];
	if (text->nreaders < 2) return false;
	coding_set_of(c, text, c->all.readers[text->reader].person, first);
	for (int i = 1; i < text->nreaders; i++) {
		coding_set_of(c, text, c->all.readers[text->reader + i].person, other);
		if (memcmp(first, other, (size_t)c->book.n * sizeof(bool)) != 0) return true;
	}
	return false;
}

bool coding_mark_at(const struct coding_text *text, const struct coding_mark *mark, struct passage_at *at, bool *moved)
{
	*moved = hash_compare(&mark->version, &text->version) != 0;
	*at = (struct passage_at){ mark->begin, mark->until };
	return mark->begin < 0 || !*moved || coding_find(text->words, mark->words, mark->begin, at);
}
