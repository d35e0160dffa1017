#include "features/preset/preset_template.h"

#include <string.h>

#include "base/text.h"
#include "core/field_type.h"
#include "store/disk.h"

enum { FILE_MAX = 1 << 20 };

/* A file being read. */
struct reading {
	struct arena *a;
	const struct form *forms;
	int nforms;
	const struct form *form;
	json_t *definition, *values;
	struct issues issues;
};

static void set_answer(struct reading *x, const struct field *field, const char *text)
{
	json_t *value = field->type->import(field, text, &x->issues);
	if (value) json_object_set(x->values, field->key, value);
}

/* "key: text" */
static void read_line(struct reading *x, const char *line)
{
	const char *colon = strchr(line, ':');
	if (colon == NULL) {
		issues_add(&x->issues, "", N_("“%s” is no line “key: text”"), line);
		return;
	}
	const char *key = text_trim(x->a, arena_strndup(x->a, line, (size_t)(colon - line)));
	const char *text = text_trim(x->a, colon + 1);
	const struct field *field = x->form ? form_field(x->form, key) : NULL;
	if (strcmp(key, "form") == 0) {
		for (int i = 0; i < x->nforms; i++)
			if (strcmp(x->forms[i].key, text) == 0) x->form = &x->forms[i];
		json_object_set_new(x->definition, "form", json_string(text));
	} else if (strcmp(key, "description") == 0) {
		json_object_set_new(x->definition, "description", json_string(text));
	} else if (field) {
		set_answer(x, field, text);
	} else {
		issues_add(&x->issues, key, N_("the form has no such field"));
	}
}

static const struct field *first_long_text(const struct form *form)
{
	for (int i = 0; form && i < form->nfields; i++)
		if (form->fields[i].type->long_text) return &form->fields[i];
	return NULL;
}

static const char *read_head(struct reading *x, const char *text)
{
	for (size_t len; *text && *text != '\n'; text += len + (text[len] == '\n')) {
		len = strcspn(text, "\n");
		const char *line = arena_strndup(x->a, text, len);
		if (strncmp(line, "# ", 2) == 0)
			json_object_set_new(x->definition, "title", json_string(text_trim(x->a, line + 2)));
		else read_line(x, line);
	}
	return text + strspn(text, "\n");
}

static const char *key_of(struct arena *a, const char *file)
{
	char *key = arena_strndup(a, file, strlen(file) - strlen(".md"));
	for (char *c = key; *c; c++)
		if (*c == '-') *c = '_';
	return key;
}

static enum code read_template(struct reading *x, const char *path, const char *file, struct err *err)
{
	char *text;
	size_t len;
	struct template template;
	TRY(disk_read(x->a, path, FILE_MAX, &text, &len, err));
	x->form = NULL;
	x->definition = json_keep(x->a, json_object());
	x->values = json_keep(x->a, json_object());
	issues_init(&x->issues, x->a);
	const char *rest = read_head(x, text);
	const struct field *field = first_long_text(x->form);
	if (*rest && field) set_answer(x, field, rest);
	json_object_set_new(x->definition, "key", json_string(key_of(x->a, file)));
	json_object_set(x->definition, "values", x->values);
	TRY(issues_code(&x->issues, err));
	return template_parse(x->a, x->definition, x->forms, x->nforms, &template, &x->issues, err);
}

enum code preset_templates(struct arena *a, const char *folder, const struct form *forms, int nforms, json_t **ret,
                           struct err *err)
{
	struct reading x = { .a = a, .forms = forms, .nforms = nforms };
	const char *path = arena_printf(a, "%s/templates", folder);
	json_t *array = json_keep(a, json_array());
	char **files, sentence[512];
	struct err why;
	int n;
	TRY(disk_list(a, path, ".md", &files, &n, err));
	for (int i = 0; i < n; i++) {
		const char *file = arena_printf(a, "%s/%s", path, files[i]);
		enum code code = read_template(&x, file, files[i], &why);
		if (code != OK) FAIL(err, code, "%s: %s", file, err_format(&why, why.msg, sentence, sizeof(sentence)));
		json_array_append(array, x.definition);
	}
	*ret = array;
	return OK;
}
