#include "core/spam.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

#define HOUR (3600LL * 1000)

/* Folded: no accent, small letters. Facilitators write their own on the page of the moderation. */
const char *const spam_usual_words[] = { "viagra",
	                                 "cialis",
	                                 "casino",
	                                 "poker en ligne",
	                                 "paris sportifs",
	                                 "bitcoin",
	                                 "cryptomonnaie",
	                                 "forex",
	                                 "gagnez de l'argent",
	                                 "argent facile",
	                                 "revenus passifs",
	                                 "pret entre particuliers",
	                                 "pret rapide",
	                                 "credit sans justificatif",
	                                 "voyance",
	                                 "marabout",
	                                 "retour affectif",
	                                 "desenvoutement",
	                                 "escort",
	                                 "porno",
	                                 "sexe gratuit",
	                                 "rencontre coquine",
	                                 "perdre du poids",
	                                 "maigrir vite",
	                                 "replica",
	                                 "backlink",
	                                 "referencement garanti",
	                                 "earn money",
	                                 "cheap",
	                                 "buy now",
	                                 "click here",
	                                 "limited offer",
	                                 "whatsapp +",
	                                 NULL };

/* ---- Looking at the text ---- */

static const char *next_link(const char *text)
{
	const char *http = strstr(text, "http://"), *https = strstr(text, "https://"), *www = strstr(text, "www.");
	const char *first = http;
	if (https && (first == NULL || https < first)) first = https;
	if (www && (first == NULL || www < first)) first = www;
	return first;
}

static const char *link_end(const char *link)
{
	return link + strcspn(link, " \t\n<>\"')]");
}

const char *spam_link(struct arena *a, const char *text, int n)
{
	for (const char *link = next_link(text); link; link = next_link(link_end(link))) {
		if (n-- > 0) continue;
		const char *host = strstr(link, "://");
		host = host && host < link_end(link) ? host + 3 : link;
		if (strncmp(host, "www.", 4) == 0) host += 4;
		return arena_strndup(a, host, strcspn(host, "/?#: \t\n<>\"')]"));
	}
	return NULL;
}

static int count_links(const char *text)
{
	int n = 0;
	for (const char *link = next_link(text); link; link = next_link(link_end(link))) n++;
	return n;
}

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_GREEK, SCRIPT_CYRILLIC, SCRIPT_OTHER };

static enum script script_of(uint32_t c)
{
	if ((c < 0x80 && isalpha((int)c)) || (c >= 0xC0 && c < 0x250)) return SCRIPT_LATIN;
	if (c >= 0x370 && c < 0x400) return SCRIPT_GREEK;
	if (c >= 0x400 && c < 0x530) return SCRIPT_CYRILLIC;
	return c >= 0x530 && c < 0x2000 ? SCRIPT_OTHER : SCRIPT_NONE;
}

/* ---- Signals: how strong each is ---- */

static int few(int n, int most)
{
	return n < 0 ? 0 : n < most ? n : most;
}

/* One or two are how people show what they mean. */
static int many_links(struct arena *a, const struct spam_facts *f)
{
	(void)a;
	return few(count_links(f->text) - 2, 4);
}

static int bare_link(struct arena *a, const struct spam_facts *f)
{
	const char *link = next_link(f->text);
	(void)a;
	return link && strlen(f->text) - (size_t)(link_end(link) - link) < 60;
}

static bool holds(const char *folded, const char *word)
{
	for (const char *at = strstr(folded, word); *word && at; at = strstr(at + 1, word)) {
		const char *end = at + strlen(word);
		if ((at == folded || !isalnum((unsigned char)at[-1])) && !isalnum((unsigned char)*end)) return true;
	}
	return false;
}

static int known_words(struct arena *a, const struct spam_facts *f)
{
	const char *folded = text_fold(a, f->text);
	int n = 0;
	for (size_t i = 0; i < json_array_size(f->words); i++) {
		const char *word = json_string_value(json_array_get(f->words, i));
		n += word && holds(folded, text_fold(a, word));
	}
	for (const char *const *word = spam_usual_words; f->words == NULL && *word; word++)
		n += holds(folded, text_fold(a, *word));
	return few(n, 4);
}

static int is_new(struct arena *a, const struct spam_facts *f)
{
	(void)a;
	if (f->guest || f->age < HOUR) return 2;
	return f->age < 24 * HOUR;
}

static int in_a_burst(struct arena *a, const struct spam_facts *f)
{
	(void)a;
	return few(f->lately - 2, 4);
}

static int repeated(struct arena *a, const struct spam_facts *f)
{
	(void)a;
	return few(f->same, 2);
}

static int repeated_links(struct arena *a, const struct spam_facts *f)
{
	(void)a;
	return few(f->same_links, 2);
}

/* Letters of two alphabets in one word: one dresses up as the other. */
static int mixed_scripts(struct arena *a, const struct spam_facts *f)
{
	const char *s = f->text;
	size_t left = strlen(s), step;
	uint32_t c;
	enum script word = SCRIPT_NONE;
	int n = 0;
	(void)a;
	for (; (step = text_decode(s, left, &c)) != 0; s += step, left -= step) {
		enum script here = script_of(c);
		if (here != SCRIPT_NONE && word != SCRIPT_NONE && here != word) n++;
		word = here;
	}
	return few(n, 2);
}

static int shouted(struct arena *a, const struct spam_facts *f)
{
	int small = 0, large = 0;
	(void)a;
	for (const char *c = f->text; *c; c++) {
		small += islower((unsigned char)*c) != 0;
		large += isupper((unsigned char)*c) != 0;
	}
	return small + large >= 40 && large * 10 > (small + large) * 6;
}

/* What a reader does not see, or sees otherwise than it is. */
static int hidden_links(struct arena *a, const struct spam_facts *f)
{
	static const char *const ways[] = { "[url=",   "<a href", "display:none", "[.](http", "[ ](http",
		                            "[](http", "\u200B",  "\u200C",       "\u2060",   "\uFEFF" };
	int n = 0;
	(void)a;
	for (size_t i = 0; i < COUNT(ways); i++) n += strstr(f->text, ways[i]) != NULL;
	return few(n, 2);
}

/* To add one: a function and a row. */
static const struct {
	int (*strength)(struct arena *a, const struct spam_facts *f);
	int weight;
	const char *words;
} signals[] = {
	{ many_links, 1, N_("many links") },
	{ bare_link, 2, N_("a link and little else") },
	{ known_words, 2, N_("words of advertisements") },
	{ is_new, 1, N_("a new account, or none") },
	{ in_a_burst, 1, N_("many contributions in ten minutes") },
	{ repeated, 3, N_("the same text as elsewhere") },
	{ repeated_links, 2, N_("the same links as elsewhere") },
	{ mixed_scripts, 2, N_("letters of two alphabets in one word") },
	{ shouted, 2, N_("nearly all in capitals") },
	{ hidden_links, 3, N_("links or letters that are hidden") },
};

void spam_judge(struct arena *a, const struct spam_facts *facts, struct spam_verdict *ret)
{
	const char **reasons = arena_array(a, const char *, COUNT(signals) + 1);
	int n = 0;
	*ret = (struct spam_verdict){ .score = 0, .reasons = reasons };
	for (size_t i = 0; i < COUNT(signals); i++) {
		int strength = signals[i].strength(a, facts);
		if (strength == 0) continue;
		ret->score += strength * signals[i].weight;
		reasons[n++] = signals[i].words;
	}
	reasons[n] = NULL;
}

/* ---- What was written ---- */

static void add_strings(struct buf *out, const json_t *value)
{
	const char *key;
	json_t *each;
	size_t i;
	if (json_is_string(value)) buf_printf(out, "%s\n", json_string_value(value));
	json_array_foreach (value, i, each) add_strings(out, each);
	json_object_foreach ((json_t *)value, key, each) add_strings(out, each);
}

const char *spam_text(struct arena *a, const json_t *values)
{
	struct buf out;
	buf_init(&out, a, 0);
	add_strings(&out, values);
	return buf_str(&out);
}

int spam_threshold(const struct model *model)
{
	const json_t *setting = model_setting(model, "spam_threshold");
	return json_is_integer(setting) ? (int)json_integer_value(setting) : SPAM_THRESHOLD;
}
