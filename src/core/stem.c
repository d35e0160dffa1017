#include "core/stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

/* Folded, sorted. Only words that mean nothing alone: "pas" (un petit pas), "son" and "est" stay.
 */
static const char *const small_words[] = {
	"a",    "au",    "aux",   "avec", "c",   "ce",  "ces",  "cet", "cette", "d",   "dans", "de",   "des",
	"du",   "elle",  "elles", "en",   "et",  "il",  "ils",  "j",   "je",    "l",   "la",   "le",   "les",
	"leur", "leurs", "m",     "me",   "n",   "ne",  "nous", "on",  "ou",    "par", "pour", "qu",   "que",
	"qui",  "s",     "sa",    "se",   "ses", "sur", "t",    "te",  "tu",    "un",  "une",  "vous", "y",
};

/* Words of common use that the stemmer parts from their kin. Sorted. */
static const struct kin {
	const char *word, *as;
} kins[] = {
	{ "adieux", "adieu" },   { "aveux", "aveu" },      { "baux", "bail" },       { "bijoux", "bijou" },
	{ "cheveux", "cheveu" }, { "choux", "chou" },      { "enjeux", "enjeu" },    { "feux", "feu" },
	{ "genoux", "genou" },   { "jeux", "jeu" },        { "lieux", "lieu" },      { "milieux", "milieu" },
	{ "neveux", "neveu" },   { "nouveau", "nouvel" },  { "nouveaux", "nouvel" }, { "petit", "petite" },
	{ "petits", "petite" },  { "travaux", "travail" }, { "vitraux", "vitrail" }, { "voeux", "voeu" },
};

/*
 * The stemmer wants accents and people leave them out, so all words are folded and get back those
 * of the endings it looks for: the same for everyone. "activites" is stemmed as "activités". It
 * also leaves the plural of vélos, emplois, élus, conflits, and parts actif from active.
 */
static const struct ending {
	const char *folded, *as;
} endings[] = {
	{ "ites", "ités" }, { "ite", "ité" },     { "ieres", "ières" }, { "iere", "ière" }, { "ees", "ées" },
	{ "ee", "ée" },     { "erent", "èrent" }, { "its", "it" },      { "as", "a" },      { "is", "i" },
	{ "os", "o" },      { "us", "u" },        { "ifs", "ive" },     { "if", "ive" },
};

static int by_name(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

static bool is_small(const char *word)
{
	return bsearch(word, small_words, COUNT(small_words), sizeof(*small_words), by_name) != NULL;
}

/* Writes what the stemmer is to see of a folded word; returns its length. */
static size_t prepare(const char *word, char out[static STEM_SIZE + 8])
{
	const struct kin *kin = bsearch(word, kins, COUNT(kins), sizeof(*kins), by_name);
	if (kin) word = kin->as;
	size_t len = strlen(word);
	memcpy(out, word, len + 1);
	for (size_t i = 0; i < COUNT(endings); i++) {
		size_t ending = strlen(endings[i].folded);
		if (len < ending + 2 || memcmp(word + len - ending, endings[i].folded, ending) != 0) continue;
		size_t as = strlen(endings[i].as);
		memcpy(out + len - ending, endings[i].as, as + 1);
		return len - ending + as;
	}
	return len;
}

static struct sb_stemmer *stemmer_new(void)
{
	struct sb_stemmer *stemmer = sb_stemmer_new("french", "UTF_8");
	if (stemmer == NULL) die("no French stemmer");
	return stemmer;
}

/* Folds one word of the text and cuts it at a character boundary. */
static char *fold_word(struct arena *a, struct buf *scratch, const char *s, size_t len)
{
	buf_reset(scratch);
	text_fold_into(scratch, s, len);
	size_t end = MIN(scratch->len, (size_t)STEM_SIZE - 1);
	while (end > 0 && end < scratch->len && ((unsigned char)scratch->data[end] & 0xC0) == 0x80) end--;
	return arena_strndup(a, buf_str(scratch), end);
}

static char *stem_of(struct arena *a, struct sb_stemmer *stemmer, struct buf *scratch, const char *word)
{
	char prepared[STEM_SIZE + 8];
	size_t len = prepare(word, prepared);
	const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)prepared, (int)len);
	if (stem == NULL) die("out of memory");
	char *folded = fold_word(a, scratch, (const char *)stem, (size_t)sb_stemmer_length(stemmer));
	return *folded ? folded : arena_strdup(a, word);
}

/* Room for one more; the words are moved to twice as much when there is none. */
static struct stem_word *add_word(struct arena *a, struct stem_word **words, size_t *count, size_t *room)
{
	if (*count == *room) {
		struct stem_word *more = arena_array(a, struct stem_word, *room * 2);
		memcpy(more, *words, *count * sizeof(*more));
		*words = more;
		*room *= 2;
	}
	return &(*words)[(*count)++];
}

struct stem_word *stem_words(struct arena *a, const char *text, size_t *ret_count)
{
	struct sb_stemmer *stemmer = stemmer_new();
	struct buf scratch = { 0 };
	size_t count = 0, room = 16;
	struct stem_word *words = arena_array(a, struct stem_word, room);
	struct text_words w = { text, strlen(text), 0 };
	for (struct text_word at; text_words_next(&w, &at);) {
		char *word = fold_word(a, &scratch, text + at.start, at.len);
		if (*word == '\0' || is_small(word)) continue;
		*add_word(a, &words, &count, &room) = (struct stem_word){
			.start = at.start,
			.len = at.len,
			.word = word,
			.stem = stem_of(a, stemmer, &scratch, word),
		};
	}
	buf_release(&scratch);
	sb_stemmer_delete(stemmer);
	*ret_count = count;
	return words;
}

char *stem_text(struct arena *a, const char *text)
{
	size_t count;
	struct stem_word *words = stem_words(a, text, &count);
	struct buf out;
	buf_init(&out, a, 0);
	for (size_t i = 0; i < count; i++) {
		if (i > 0) buf_putc(&out, ' ');
		buf_puts(&out, words[i].stem);
	}
	return out.data ? out.data : arena_strdup(a, "");
}

struct stem_word *stem_query(struct arena *a, const char *query, size_t *ret_count)
{
	size_t count, kept = 0;
	struct stem_word *words = stem_words(a, query, &count);
	for (size_t i = 0; i < count && kept < STEM_QUERY_MAX; i++) {
		size_t j = 0;
		while (j < kept && strcmp(words[j].stem, words[i].stem) != 0) j++;
		if (j == kept) words[kept++] = words[i];
	}
	*ret_count = kept;
	return words;
}
