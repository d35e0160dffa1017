#include "features/preset/preset.h"

#include <string.h>

#include "base/text.h"
#include "core/definition.h"
#include "core/form.h"
#include "core/space.h"
#include "features/preset/preset_answers.h"
#include "features/preset/preset_coding.h"
#include "features/preset/preset_picture.h"
#include "features/preset/preset_signup.h"
#include "features/preset/preset_template.h"
#include "store/disk.h"

enum { FILE_MAX = 4 << 20 };

/* A preset being applied. */
struct preset {
	struct arena *a;
	const char *folder;
	const struct model *model;
	json_t *main;                              /* preset.json */
	json_t *lists, *forms, *views, *templates; /* arrays of definitions */
};

static enum code read_json(struct arena *a, const char *path, json_t **ret, struct err *err)
{
	char *text;
	size_t len;
	struct err why;
	TRY(disk_read(a, path, FILE_MAX, &text, &len, err));
	if (json_parse(a, text, len, ret, &why) == OK) return OK;
	char sentence[512];
	FAIL(err, E_INPUT, "%s: %s", path, err_format(&why, why.msg, sentence, sizeof(sentence)));
}

/* All the JSON files of a subfolder, in the order of their names. */
static enum code read_folder(struct preset *preset, const char *name, json_t **ret, struct err *err)
{
	const char *path = arena_printf(preset->a, "%s/%s", preset->folder, name);
	json_t *array = json_keep(preset->a, json_array());
	char **files;
	int n;
	TRY(disk_list(preset->a, path, ".json", &files, &n, err));
	for (int i = 0; i < n; i++) {
		json_t *definition;
		TRY(read_json(preset->a, arena_printf(preset->a, "%s/%s", path, files[i]), &definition, err));
		json_array_append(array, definition);
	}
	*ret = array;
	return OK;
}

static enum code name_mistake(struct preset *preset, const char *what, const json_t *definition,
                              const struct issues *issues, struct err *err)
{
	const struct issue *first = issues->first;
	char text[512];
	(void)preset;
	FAIL(err, E_INPUT, N_("%s “%s”, %s: %s"), what, json_str_or(definition, "key", "?"), first ? first->field : "",
	     first ? err_format(&first->err, first->err.msg, text, sizeof(text)) : "");
}

/* Parses everything as the model will, before anything is written. */
static enum code check_definitions(struct preset *preset, struct err *err)
{
	struct arena *a = preset->a;
	size_t nlists = json_array_size(preset->lists), nforms = json_array_size(preset->forms), i;
	struct list *lists = arena_array(a, struct list, nlists + 1);
	struct form *forms = arena_array(a, struct form, nforms + 1);
	struct view view;
	struct issues issues;
	json_t *definition;
	issues_init(&issues, a);
	json_array_foreach (preset->lists, i, definition)
		if (list_parse(a, definition, &lists[i], &issues, err) != OK)
			return name_mistake(preset, "list", definition, &issues, err);
	json_array_foreach (preset->forms, i, definition)
		if (form_parse(a, definition, lists, (int)nlists, &forms[i], &issues, err) != OK)
			return name_mistake(preset, "form", definition, &issues, err);
	json_array_foreach (preset->views, i, definition)
		if (view_parse(a, definition, forms, (int)nforms, &view, &issues, err) != OK)
			return name_mistake(preset, "view", definition, &issues, err);
	return preset_templates(a, preset->folder, forms, (int)nforms, &preset->templates, err);
}

static enum code save_all(struct preset *preset, struct tx *tx, enum definition_kind kind, const json_t *array,
                          struct err *err)
{
	size_t i;
	json_t *definition;
	json_array_foreach ((json_t *)array, i, definition)
		TRY(definition_save(tx, preset->a, kind, json_str_or(definition, "key", ""), definition, &actor_program,
		                    NULL, err));
	return OK;
}

/* A questionnaire that was opened or closed here stays so. */
static json_t *with_state(struct arena *a, json_t *definition, const json_t *present)
{
	const json_t *survey = json_object_get(definition, "survey");
	const char *state = json_str(json_object_get(present, "survey"), "state");
	if (state == NULL || !json_is_object(survey)) return definition;
	json_t *whole = json_keep(a, json_copy(definition)), *copy = json_copy((json_t *)survey);
	json_object_set_new(copy, "state", json_string(state));
	json_object_set_new(whole, "survey", copy);
	return whole;
}

/* How a form's results are told is for who looks after it to say (features/result): what is said there stays. */
static enum code save_forms(struct preset *preset, struct tx *tx, struct err *err)
{
	size_t i;
	json_t *definition, *present;
	struct err none;
	json_array_foreach (preset->forms, i, definition) {
		const char *key = json_str_or(definition, "key", "");
		const json_t *results = NULL;
		if (definition_load(tx_db(tx), preset->a, DEFINITION_FORM, key, &present, &none) == OK) {
			results = json_object_get(present, "results");
			definition = with_state(preset->a, definition, present);
		}
		if (results && json_object_get(definition, "results") == NULL) {
			definition = json_keep(preset->a, json_copy(definition));
			json_object_set(definition, "results", (json_t *)results);
		}
		TRY(definition_save(tx, preset->a, DEFINITION_FORM, key, definition, &actor_program, NULL, err));
	}
	return OK;
}

/* preset.json: "site" members become settings of their own; so do menu, contribute, home, licence, pictures. */
static enum code save_settings(struct preset *preset, struct tx *tx, struct err *err)
{
	static const char *const kept[] = { "menu", "contribute", "home", "licence", "pictures" };
	const char *key;
	json_t *value;
	json_object_foreach (json_object_get(preset->main, "site"), key, value)
		TRY(definition_save(tx, preset->a, DEFINITION_SETTING, key, value, &actor_program, NULL, err));
	for (size_t i = 0; i < COUNT(kept); i++) {
		value = json_object_get(preset->main, kept[i]);
		if (value)
			TRY(definition_save(tx, preset->a, DEFINITION_SETTING, kept[i], value, &actor_program, NULL,
			                    err));
	}
	return OK;
}

/* What people made of a space stays where the preset says nothing of it. */
static enum code save_space(struct preset *preset, struct tx *tx, json_t *space, struct err *err)
{
	json_t *whole = space;
	struct id id;
	int64_t num;
	enum code code = space_find(tx_db(tx), json_str_or(space, "key", ""), &num, &id, err);
	if (code != OK && code != E_NOT_FOUND) return code;
	if (code == OK) {
		TRY(space_definition(tx_db(tx), preset->a, num, &whole, err));
		json_object_update(whole, space);
	}
	return space_save(tx, preset->a, whole, err);
}

static enum code write_definitions(struct tx *tx, void *arg, struct err *err)
{
	struct preset *preset = arg;
	size_t i;
	json_t *space;
	json_array_foreach (json_object_get(preset->main, "spaces"), i, space) TRY(save_space(preset, tx, space, err));
	TRY(save_all(preset, tx, DEFINITION_LIST, preset->lists, err));
	TRY(save_forms(preset, tx, err));
	TRY(save_all(preset, tx, DEFINITION_VIEW, preset->views, err));
	TRY(save_all(preset, tx, DEFINITION_TEMPLATE, preset->templates, err));
	return save_settings(preset, tx, err);
}

/* "# Title", perhaps "mots: a, b", then the text. */
static json_t *page_values(struct arena *a, const char *text)
{
	json_t *values = json_keep(a, json_object());
	if (strncmp(text, "# ", 2) != 0) return values;
	size_t len = strcspn(text, "\n");
	json_object_set_new(values, "titre", json_string(text_trim(a, arena_strndup(a, text + 2, len - 2))));
	text += len;
	while (*text == '\n') text++;
	if (strncmp(text, "mots:", 5) == 0) {
		json_t *words = json_array();
		len = strcspn(text, "\n");
		for (const char *at = text + 5; at < text + len;) {
			size_t piece = strcspn(at, ",\n");
			json_array_append_new(words, json_string(text_trim(a, arena_strndup(a, at, piece))));
			at += piece + 1;
		}
		json_object_set_new(values, "mots", words);
		text += len;
		while (*text == '\n') text++;
	}
	json_object_set_new(values, "texte", json_string(text));
	return values;
}

static enum code write_page(struct preset *preset, struct tx *tx, const char *file, struct err *err)
{
	char *text;
	size_t len;
	const char *path = arena_printf(preset->a, "%s/pages/%s", preset->folder, file);
	TRY(disk_read(preset->a, path, FILE_MAX, &text, &len, err));
	struct issues issues;
	issues_init(&issues, preset->a);
	struct import_item item = {
		.source = arena_printf(preset->a, "preset:%s:page", json_str_or(preset->main, "key", "")),
		.key = file,
		.form = model_form(preset->model, "page"),
		.space = &preset->model->spaces[0],
		.slug = arena_strndup(preset->a, file, strlen(file) - strlen(".md")),
		.values = page_values(preset->a, text),
	};
	enum import_outcome outcome;
	struct err why;
	enum code code = import_item(tx, preset->a, preset->model, &item, &issues, &outcome, &why);
	if (code == OK) return OK;
	char sentence[512];
	FAIL(err, code, "%s: %s", path, err_format(&why, why.msg, sentence, sizeof(sentence)));
}

static enum code write_pages(struct tx *tx, void *arg, struct err *err)
{
	struct preset *preset = arg;
	char **files;
	int n;
	TRY(disk_list(preset->a, arena_printf(preset->a, "%s/pages", preset->folder), ".md", &files, &n, err));
	if (n && (model_form(preset->model, "page") == NULL || preset->model->nspaces == 0))
		FAIL(err, E_INPUT, N_("a preset with pages needs a form “page” and a space"));
	for (int i = 0; i < n; i++) TRY(write_page(preset, tx, files[i], err));
	return OK;
}

enum code preset_apply(struct site *site, struct arena *a, const char *folder, struct err *err)
{
	struct preset preset = { .a = a, .folder = folder };
	TRY(read_json(a, arena_printf(a, "%s/preset.json", folder), &preset.main, err));
	TRY(read_folder(&preset, "lists", &preset.lists, err));
	TRY(read_folder(&preset, "forms", &preset.forms, err));
	TRY(read_folder(&preset, "views", &preset.views, err));
	TRY(check_definitions(&preset, err));
	TRY(preset_pictures(site_store(site), a, folder, json_object_get(preset.main, "pictures"), err));
	TRY(site_write(site, write_definitions, &preset, err));
	preset.model = site_model(site);
	enum code code = store_write(site_store(site), write_pages, &preset, err);
	model_release(preset.model);
	TRY(code);
	return preset_codebooks(site, a, folder, err);
}

/* What a row of import.json names. */
static const char *file_of(const json_t *item)
{
	return json_str_or(item, "answers", json_str_or(item, "file", ""));
}

/* Of records, by a table of columns; of who signed up to some; or answers to a questionnaire. */
static enum code load_file(struct site *site, struct arena *a, const char *folder, const json_t *item,
                           struct import_report *report, struct err *err)
{
	const char *file = file_of(item), *signups = json_str(item, "signups");
	const char *path = arena_printf(a, "%s/demo/%s", folder, file);
	struct import_csv import = { .name = file, .folder = arena_printf(a, "%s/demo", folder) };
	json_t *mapping;
	char *text;
	if (json_str(item, "answers")) {
		TRY(read_json(a, path, &mapping, err));
		TRY(preset_answers(site, a, path, mapping, &report->created, err));
		report->unchanged = (int)json_array_size(json_object_get(mapping, "answers")) - report->created;
		return OK;
	}
	TRY(disk_read(a, path, FILE_MAX, &text, &import.len, err));
	if (signups) return preset_signups(site, a, signups, text, import.len, report, err);
	TRY(read_json(a, arena_printf(a, "%s/demo/%s", folder, json_str_or(item, "mapping", "")), &mapping, err));
	import.text = text;
	import.mapping = mapping;
	return import_csv(site, a, &import, report, err);
}

enum code preset_demo(struct site *site, struct arena *a, const char *folder,
                      void (*each)(const char *file, const struct import_report *report), struct err *err)
{
	json_t *list;
	TRY(read_json(a, arena_printf(a, "%s/demo/import.json", folder), &list, err));
	size_t i;
	json_t *item;
	json_array_foreach (list, i, item) {
		struct import_report report = { 0 };
		enum code code = load_file(site, a, folder, item, &report, err);
		if (code == OK || report.refused) each(file_of(item), &report);
		if (code != OK) return code;
	}
	return OK;
}
