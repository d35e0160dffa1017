#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "features/import/import_wxr.h"

static bool is_named(const struct field *field, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(field->key, *names) == 0) return true;
	return false;
}

static void take(const struct field **place, const struct field *field, bool fits)
{
	if (*place == NULL && fits && !field->hidden && field->audience == AUDIENCE_PUBLIC) *place = field;
}

enum code wxr_target(const struct model *model, const char *key, bool story, struct wxr_target *ret, struct err *err)
{
	static const char *const leads[] = { "chapeau", "accroche", "resume", NULL };
	static const char *const authors[] = { "avec", "par", "auteur", "auteurs", "autrice", NULL };
	struct wxr_target target = { 0 };
	if (key == NULL) key = story && model_form(model, "recit") ? "recit" : "page";
	target.form = model_form(model, key);
	if (target.form == NULL) FAIL(err, E_INPUT, N_("there is no form “%s”"), key);
	for (int i = 0; i < target.form->nfields; i++) {
		const struct field *field = &target.form->fields[i];
		const char *type = field->type->name;
		bool text = strcmp(type, "text") == 0 && field != target.form->title;
		take(&target.body, field, strcmp(type, "longtext") == 0);
		take(&target.day, field, strcmp(type, "date") == 0);
		take(&target.tags, field, strcmp(type, "tags") == 0);
		take(&target.pictures, field, field->type->takes == FILES_PICTURES);
		take(&target.media, field, field->type->takes == FILES_MEDIA);
		take(&target.files, field, field->type->takes == FILES_DOCUMENTS);
		take(&target.lead, field, text && is_named(field, leads));
		take(&target.author, field, text && is_named(field, authors));
	}
	if (target.body == NULL) FAIL(err, E_INPUT, N_("the form “%s” has no long text for the words"), key);
	*ret = target;
	return OK;
}

static void set(json_t *values, const struct field *field, const char *text, struct issues *issues)
{
	json_t *value = field && *text ? field->type->import(field, text, issues) : NULL;
	if (value) json_object_set(values, field->key, value);
}

/* "2009-07-06 21:10:25", in the time of that site; "0000-00-00 …" says nothing. */
static const char *day_of(struct arena *a, const struct wxr_entry *entry)
{
	const char *date = entry->item->date;
	if (strlen(date) < 16 || strncmp(date, "0000", 4) == 0) return "";
	if (!entry->target->day || !json_bool(entry->target->day->definition, "time", false))
		return arena_strndup(a, date, 10);
	return arena_printf(a, "%.10sT%.5s", date, date + 11);
}

static const char *terms_of(struct arena *a, const struct wxr_item *item)
{
	struct buf words;
	buf_init(&words, a, 0);
	for (int i = 0; i < item->nterms && i < WXR_TERMS_KEPT; i++) {
		char *term = arena_strdup(a, item->terms[i]);
		for (char *c = term; *c; c++)
			if (strchr(",;\n", *c)) *c = ' ';
		buf_printf(&words, "%s%s", i ? ", " : "", term);
	}
	return buf_str(&words);
}

/* Where the form has no question for it, the name ends the text. */
static const char *body_of(struct arena *a, const struct wxr_entry *entry, const char *author)
{
	if (*author == '\0' || entry->target->author) return entry->words.text;
	return arena_printf(a, "%s%s— %s", entry->words.text, *entry->words.text ? "\n\n" : "", author);
}

const char *wxr_title(struct arena *a, const struct wxr_item *item)
{
	const char *title = text_trim(a, item->title);
	/* an aside, a picture without a name */
	return *title ? text_cut(a, title, 120) : arena_printf(a, "%.10s", item->date);
}

json_t *wxr_values(struct arena *a, const struct wxr *wxr, const struct wxr_entry *entry, struct issues *issues)
{
	const struct wxr_target *target = entry->target;
	json_t *values = json_keep(a, json_object());
	const char *author = text_trim(a, wxr_author_name(wxr, entry->item->author));
	struct html_markdown plain;
	html_markdown(a, entry->item->excerpt, strlen(entry->item->excerpt), false, &plain);
	set(values, target->form->title, wxr_title(a, entry->item), issues);
	set(values, target->body, body_of(a, entry, author), issues);
	if (target->lead) set(values, target->lead, text_cut(a, plain.text, 300), issues);
	set(values, target->day, day_of(a, entry), issues);
	set(values, target->tags, terms_of(a, entry->item), issues);
	set(values, target->author, author, issues);
	if (target->pictures && json_array_size(entry->pictures))
		json_object_set(values, target->pictures->key, entry->pictures);
	if (target->media && json_array_size(entry->media)) json_object_set(values, target->media->key, entry->media);
	if (target->files && json_array_size(entry->files)) json_object_set(values, target->files->key, entry->files);
	return values;
}
