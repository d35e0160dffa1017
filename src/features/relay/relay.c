#include "features/relay/relay.h"

#include <string.h>

#include "base/text.h"
#include "core/actor.h"
#include "core/field_type.h"
#include "fields/rich_text.h"
#include "net/uri.h"

enum { TAGS_SHOWN = 5, WORDS_MAX = 1200 /* characters of the first words */ };

/* Limits as each place says them: docs.joinmastodon.org (500, an address counts 23), docs.bsky.app (300),
 * Instagram's and LinkedIn's help (2200, 3000). */
const struct relay_place relay_places[] = {
	{ "facebook", "Facebook", 5000, 0, true, true,
	  N_("Facebook shows the title and the picture by itself. A question at the end brings answers.") },
	{ "instagram", "Instagram", 2200, 0, true, false,
	  N_("Take the picture first: a post needs one. Addresses cannot be followed there: put this one in your profile, or in a story.") },
	{ "mastodon", "Mastodon", 500, 23, true, true,
	  N_("Describe the picture for those who do not see it: its words are below. Key words make it found.") },
	{ "bluesky", "Bluesky", 300, 0, true, true, N_("Short. Describe the picture for those who do not see it.") },
	{ "linkedin", "LinkedIn", 3000, 0, true, true, N_("For partners and institutions: name those who took part.") },
	{ "whatsapp", N_("WhatsApp or Signal group"), 0, 0, false, true,
	  N_("In the groups of the neighbourhood: one message, not three.") },
	{ "letter", N_("Newsletter or mailing list"), 0, 0, false, true,
	  N_("One paragraph and the address are enough.") },
	{ "press", N_("Local press and radio"), 0, 0, false, true,
	  N_("Add a name and a telephone number to call back; a week before, not the day before.") },
	{ "other", N_("Elsewhere"), 0, 0, false, true,
	  N_("A shop window, a screen, another site: write where in the address.") },
	{ NULL, NULL, 0, 0, false, false, NULL },
};

const struct relay_place *relay_place(const char *key)
{
	for (const struct relay_place *place = relay_places; place->key; place++)
		if (strcmp(place->key, key) == 0) return place;
	return NULL;
}

const char *relay_place_words(const struct page *p, const char *key)
{
	const struct relay_place *place = relay_place(key);
	return place ? tr(p->lang, place->name) : key;
}

bool relay_offered(const struct page *p, const struct record *record)
{
	struct thing thing = record_thing(record);
	(void)p;
	return record->state == STATE_PUBLISHED && record->about == 0 && record->circle == 0 &&
	       allowed(&actor_visitor, ACTION_READ, &thing);
}

/* What its card shows: when, where, of what kind. What everybody reads only. */
static void put_facts(struct buf *out, const struct page *p, const struct record *record)
{
	for (int i = 0; i < record->form->nsummary; i++) {
		const struct field *field = record->form->summary[i];
		const json_t *value = record_value(record, field);
		struct buf words;
		if (value == NULL || field->audience != AUDIENCE_PUBLIC) continue;
		buf_init(&words, p->arena, 0);
		if (field->type->plain) field->type->plain(&words, p, field, value);
		else field->type->text(&words, p->lang, field, value);
		const char *line = text_trim(p->arena, buf_str(&words));
		if (*line) buf_printf(out, "\n%s", line);
	}
}

static const char *first_words(const struct page *p, const struct record *record)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = record_value(record, field);
		if (!field->type->long_text || field->audience != AUDIENCE_PUBLIC || !json_is_string(value)) continue;
		const char *summary = rich_text_summary(p->arena, json_string_value(value));
		if (*summary) return summary;
	}
	return "";
}

/* "#jardin #chantier": letters and digits alone, each word begun with a capital when there are several. */
static const char *hash_tags(const struct page *p, const struct record *record)
{
	struct buf out;
	int n = 0;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *words = record_value(record, field);
		if (strcmp(field->type->name, "tags") != 0 || field->audience != AUDIENCE_PUBLIC) continue;
		for (size_t k = 0; k < json_array_size(words) && n < TAGS_SHOWN; k++) {
			const char *word = json_string_value(json_array_get(words, k));
			size_t before = out.len;
			uint32_t c;
			buf_puts(&out, n ? " #" : "#");
			size_t start = out.len;
			for (size_t at = 0, len = word ? strlen(word) : 0, m; at < len; at += m) {
				m = text_decode(word + at, len - at, &c);
				if (m == 0) break;
				if (text_is_word(c)) buf_add(&out, word + at, m);
			}
			if (out.len == start) out.len = before;
			else n++;
		}
	}
	return buf_str(&out);
}

int relay_length(const char *text, const char *url, const struct relay_place *place)
{
	int n = (int)text_length(text);
	return place->address && strstr(text, url) ? n - (int)text_length(url) + place->address : n;
}

/* The end stays whatever the room: key words and the address. The first words are cut, then the facts go. */
const char *relay_text(const struct page *p, const struct relay_page *x, const struct relay_place *place)
{
	const char *tags = place->tags ? hash_tags(p, x->record) : "";
	const char *address = place->link ? x->shared.url : x->shared.words;
	const char *end = arena_printf(p->arena, "%s%s%s", tags, *tags ? "\n" : "", address);
	struct buf facts;
	buf_init(&facts, p->arena, 0);
	put_facts(&facts, p, x->record);
	const char *head = arena_printf(p->arena, "%s%s", x->record->title, buf_str(&facts));
	const char *words = text_cut(p->arena, first_words(p, x->record), WORDS_MAX);
	const char *text = arena_printf(p->arena, "%s\n\n%s%s%s", head, words, *words ? "\n\n" : "", end);
	int over = place->limit ? relay_length(text, x->shared.url, place) - place->limit : 0;
	if (over <= 0) return text;
	int room = (int)text_length(words) - over - 1;
	if (room >= 20)
		return arena_printf(p->arena, "%s\n\n%s\n\n%s", head, text_cut(p->arena, words, (size_t)room), end);
	text = arena_printf(p->arena, "%s\n\n%s", head, end);
	if (relay_length(text, x->shared.url, place) <= place->limit) return text;
	return arena_printf(p->arena, "%s\n\n%s", text_cut(p->arena, x->record->title, (size_t)place->limit / 2),
	                    address);
}

const char *relay_compose(const struct page *p, const struct relay_page *x, const struct relay_place *place)
{
	static const struct {
		const char *key, *before;
		bool text; /* the whole text; else the address alone */
	} ways[] = {
		{ "facebook", "https://www.facebook.com/sharer/sharer.php?u=", false },
		{ "mastodon", "https://share.joinmastodon.org/#text=", true },
		{ "bluesky", "https://bsky.app/intent/compose?text=", true },
		{ "linkedin", "https://www.linkedin.com/sharing/share-offsite/?url=", false },
		{ "whatsapp", "https://wa.me/?text=", true },
		{ "letter", "mailto:?body=", true },
		{ "press", "mailto:?body=", true },
	};
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct buf url;
		if (strcmp(ways[i].key, place->key) != 0) continue;
		buf_init(&url, p->arena, 0);
		buf_puts(&url, ways[i].before);
		uri_encode_part(&url, ways[i].text ? relay_text(p, x, place) : x->shared.url);
		return buf_str(&url);
	}
	return NULL;
}

const struct relay *relay_there(const struct relay_page *x, const struct relay_place *place)
{
	for (int i = 0; i < x->n; i++)
		if (strcmp(x->list[i].place, place->key) == 0) return &x->list[i];
	return NULL;
}
