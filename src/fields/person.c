/* A person of the site: her id, shown by her name to those who may read it (ACTION_READ of KIND_PERSON), chosen by
 * typing her name. Names are neither indexed nor exported with the value: they would be known to others. */
#include "core/person.h"

#include <string.h>

#include "fields/fields.h"
#include "fields/person.html.h"
#include "fields/value.h"

enum { LISTED = 500, MARK = 4 };

static bool may_read(const struct actor *actor)
{
	struct thing thing = { .kind = KIND_PERSON };
	return actor && allowed(actor, ACTION_READ, &thing);
}

/* Those that may be chosen, in the order of names. */
static int list_people(struct db *db, struct arena *a, const struct actor *actor, struct person **ret)
{
	struct err err;
	int all = 0, n = 0;
	if (db == NULL || !may_read(actor) || person_list(db, a, ret, &all, &err) != OK) return 0;
	for (int i = 0; i < all; i++)
		if ((*ret)[i].state == PERSON_ACTIVE) (*ret)[n++] = (*ret)[i];
	return n;
}

/* "Jo Martin"; with the end of her id where others have the same name: "Jo Martin (k3f9)". They are
 * neighbours, since people stand in the order of names. */
static const char *name_among(struct arena *a, const struct person *people, int n, int i)
{
	char id[ID_TEXT + 1];
	const char *folded = text_fold(a, people[i].name);
	for (int j = MAX(i - 1, 0); j <= i + 1 && j < n; j++)
		if (j != i && strcmp(text_fold(a, people[j].name), folded) == 0)
			return arena_printf(a, "%s (%s)", people[i].name, id_format(people[i].id, id) + ID_TEXT - MARK);
	return people[i].name;
}

/* The person that a name means, or NULL with a mistake. */
static const struct person *find_named(const struct field *field, const struct field_post *post, const char *name,
                                       struct issues *issues)
{
	struct arena *a = issues->arena;
	struct person *people = NULL;
	const char *folded = text_fold(a, name), *examples = NULL;
	int n = list_people(post->db, a, post->actor, &people);
	for (int i = 0; i < n; i++) {
		const char *listed = name_among(a, people, n, i);
		if (strcmp(text_fold(a, listed), folded) == 0) return &people[i];
		if (strcmp(text_fold(a, people[i].name), folded) == 0 && examples == NULL) examples = listed;
	}
	if (examples)
		issues_add(issues, field->key,
		           N_("Several people are named “%s”. Choose one in the list, such as “%s”."), name, examples);
	else issues_add(issues, field->key, N_("There is nobody named “%s” on this site."), name);
	return NULL;
}

/* Her name as this reader knows it; NULL for an id that is none. */
static const char *known_name(struct db *db, struct arena *a, const struct actor *actor, enum lang lang,
                              const char *text)
{
	struct id id;
	struct person person;
	struct err err;
	if (!id_parse(text, &id)) return NULL;
	if (db == NULL || !may_read(actor)) return tr(lang, N_("(not available)"));
	if (person_by_id(db, a, id, &person, &err) != OK || person.state == PERSON_ERASED)
		return tr(lang, N_("(somebody who left)"));
	return person.name;
}

static const char *name_of(const struct page *p, const char *text)
{
	const char *name = known_name(p->db, p->arena, p->actor, p->lang, text);
	return name ? name : text;
}

/* The name that stood in the box, unchanged, is the person that it was for. */
static const char *unchanged(const struct field *field, const struct field_post *post, const char *name,
                             struct issues *issues)
{
	const char *before = value_posted(field, post, ".id", TEXT_LINE, issues);
	const char *known = before ? known_name(post->db, issues->arena, post->actor, post->lang, before) : NULL;
	return known && strcmp(known, name) == 0 ? before : NULL;
}

static json_t *person_read(const struct field *field, const struct field_post *post, struct issues *issues)
{
	char id[ID_TEXT + 1];
	struct id given;
	const char *name = value_posted(field, post, "", TEXT_LINE, issues);
	if (name == NULL) return NULL;
	if (id_parse(name, &given)) return value_string(issues, id_format(given, id));
	const char *same = unchanged(field, post, name, issues);
	if (same) return value_string(issues, same);
	const struct person *person = find_named(field, post, name, issues);
	return value_string(issues, person ? id_format(person->id, id) : name);
}

static json_t *person_import(const struct field *field, const char *text, struct issues *issues)
{
	struct id id;
	char canonical[ID_TEXT + 1];
	const char *clean = value_clean(field, text, TEXT_LINE, issues);
	if (clean == NULL) return NULL;
	if (id_parse(clean, &id)) return value_string(issues, id_format(id, canonical));
	issues_add(issues, field->key, N_("“%s” is not the number of a person."), clean);
	return value_string(issues, clean);
}

static void person_value_check(const struct field *field, const json_t *value, struct issues *issues)
{
	struct id id;
	char canonical[ID_TEXT + 1];
	if (!id_parse(value_str(value), &id) || strcmp(id_format(id, canonical), value_str(value)) != 0)
		issues_add(issues, field->key, N_("“%s” is not the number of a person."), value_str(value));
}

static void person_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	html_text_str(out, name_of(p, value_str(value)));
}

static void person_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	struct id id;
	struct person *people = NULL;
	int n = list_people(p->db, p->arena, p->actor, &people);
	const char **names = arena_array(p->arena, const char *, (size_t)n + 1), *name = name_of(p, value_str(value));
	for (int i = 0; i < n; i++) names[i] = name_among(p->arena, people, n, i);
	person_input(out, p, field, name, id_parse(value_str(value), &id) ? value_str(value) : NULL, names,
	             MIN(n, (int)LISTED));
}

static void person_plain(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	buf_puts(out, name_of(p, value_str(value)));
}

static void person_index(const struct field *field, const json_t *value, struct arena *a, struct index_sink *sink)
{
	(void)field;
	(void)a;
	sink->key(sink, value_str(value));
}

static const char *person_key(const struct field *field, const char *text, struct arena *a)
{
	(void)field;
	struct id id;
	return id_parse(text, &id) ? id_format(id, arena_alloc(a, ID_TEXT + 1)) : text;
}

static const char *person_key_label(const struct field *field, const char *key, const struct page *p)
{
	(void)field;
	return name_of(p, key);
}

const struct field_type field_person = {
	.name = "person",
	.label = N_("A person"),
	.description = N_("A person of this site"),
	.icon = "user",
	.read = person_read,
	.import = person_import,
	.check = person_value_check,
	.show = person_show,
	.edit = person_edit,
	.text = value_text_string,
	.plain = person_plain,
	.index = person_index,
	.key = person_key,
	.key_label = person_key_label,
	.facet = true,
};
