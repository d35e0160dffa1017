#include "features/result/result_text.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/stem.h"

enum { LETTERS_MIN = 3 };

/* Folded. Words that search keeps, and that say nothing in a list. Sorted. */
static const char *const common_words[] = {
	"afin",  "ainsi",    "alors",  "apres",   "assez",   "aucun",  "aussi", "autre", "autres",  "avant",
	"avoir", "beaucoup", "bien",   "car",     "cela",    "chaque", "chez",  "comme", "comment", "deja",
	"donc",  "encore",   "entre",  "est",     "etaient", "etait",  "etc",   "ete",   "etre",    "eux",
	"faire", "fait",     "faut",   "font",    "ici",     "ils",    "leur",  "lors",  "lui",     "mais",
	"meme",  "mes",      "moins",  "mon",     "non",     "nos",    "notre", "ont",   "oui",     "parce",
	"pas",   "peu",      "peut",   "peuvent", "plus",    "quand",  "que",   "quel",  "quelle",  "quelques",
	"rien",  "sans",     "sera",   "ses",     "soit",    "son",    "sont",  "sous",  "souvent", "tous",
	"tout",  "toute",    "toutes", "tres",    "trop",    "une",    "vers",  "vos",   "votre",
};

struct counting {
	const struct page *p;
	void *tree;
	struct frequent_word **all;
	int n, room;
};

static int by_name(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

static int by_stem(const void *a, const void *b)
{
	return strcmp(((const struct frequent_word *)a)->stem, ((const struct frequent_word *)b)->stem);
}

static bool says_something(const struct stem_word *word)
{
	bool letters = false;
	for (const char *c = word->word; *c; c++) letters |= (*c & 0x80) || (*c >= 'a' && *c <= 'z');
	return letters && text_length(word->word) >= LETTERS_MIN &&
	       bsearch(word->word, common_words, COUNT(common_words), sizeof(*common_words), by_name) == NULL;
}

static void add(struct counting *c, struct frequent_word *word)
{
	if (c->n == c->room) {
		int room = c->room ? c->room * 2 : 256;
		struct frequent_word **bigger = arena_array(c->p->arena, struct frequent_word *, (size_t)room);
		if (c->n) memcpy(bigger, c->all, (size_t)c->n * sizeof(*bigger));
		c->all = bigger;
		c->room = room;
	}
	c->all[c->n++] = word;
}

/* Of the alphabet, or with an accent (U+00C0 to U+00DE): a word that begins a sentence is better written otherwise. */
static bool has_capital(const char *word)
{
	for (const unsigned char *c = (const unsigned char *)word; *c; c++)
		if ((*c >= 'A' && *c <= 'Z') || (*c == 0xC3 && c[1] >= 0x80 && c[1] <= 0x9E)) return true;
	return false;
}

static int by_stem_word(const void *a, const void *b)
{
	return strcmp(((const struct stem_word *)a)->stem, ((const struct stem_word *)b)->stem);
}

/* Each stem once for one answer. */
static void count_text(struct counting *c, const char *text)
{
	size_t n;
	struct stem_word *words = stem_words(c->p->arena, text, &n);
	if (n) qsort(words, n, sizeof(*words), by_stem_word);
	for (size_t i = 0; i < n; i++) {
		if ((i && strcmp(words[i].stem, words[i - 1].stem) == 0) || !says_something(&words[i])) continue;
		struct frequent_word wanted = { .stem = words[i].stem };
		struct frequent_word **found = tfind(&wanted, &c->tree, by_stem);
		const char *written = arena_strndup(c->p->arena, text + words[i].start, words[i].len);
		if (found) {
			(*found)->n++;
			if (has_capital((*found)->word)) (*found)->word = written;
			continue;
		}
		struct frequent_word *word = arena_new(c->p->arena, struct frequent_word);
		*word = (struct frequent_word){ words[i].stem, written, 1 };
		if (tsearch(word, &c->tree, by_stem) == NULL) abort(); /* out of memory */
		add(c, word);
	}
}

static int by_frequency(const void *a, const void *b)
{
	const struct frequent_word *x = *(struct frequent_word *const *)a, *y = *(struct frequent_word *const *)b;
	if (x->n != y->n) return x->n < y->n ? 1 : -1;
	return strcmp(x->word, y->word);
}

static void keep(void *word)
{
	(void)word; /* it is the arena's */
}

int result_words(const struct page *p, const struct result_question *question, int least, struct frequent_word **ret)
{
	struct counting c = { .p = p };
	int n = 0;
	for (int i = 0; i < question->ntexts; i++) count_text(&c, question->texts[i]);
	tdestroy(c.tree, keep);
	if (c.n) qsort(c.all, (size_t)c.n, sizeof(*c.all), by_frequency);
	*ret = arena_array(p->arena, struct frequent_word, TEXT_WORDS_MAX);
	while (n < MIN(c.n, TEXT_WORDS_MAX) && c.all[n]->n >= MAX(2, least)) {
		(*ret)[n] = *c.all[n];
		n++;
	}
	return n;
}

bool text_has_stem(struct arena *a, const char *text, const char *stem)
{
	size_t n;
	struct stem_word *words = stem_words(a, text, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i].stem, stem) == 0) return true;
	return false;
}
