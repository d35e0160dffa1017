#include "features/form_edit/choice_lines.h"

#include <string.h>

#include "base/text.h"
#include "core/form.h"
#include "core/form_change.h"

enum { CHOICE_LABEL = 200 /* characters */ };

json_t *choice_find_json(const json_t *choices, const char *key)
{
	for (size_t i = 0; i < json_array_size(choices); i++) {
		json_t *choice = json_array_get(choices, i);
		if (strcmp(json_str_or(choice, "key", ""), key) == 0) return choice;
		json_t *under = choice_find_json(json_object_get(choice, "choices"), key);
		if (under) return under;
	}
	return NULL;
}

static const char *french(struct arena *a, const json_t *choice)
{
	struct label label = label_from_json(a, json_object_get(choice, "label"));
	return label_text(&label, LANG_FR);
}

/* ---- To lines ---- */

static void put_lines(struct buf *out, struct arena *a, const json_t *choices, bool english, int depth)
{
	for (size_t i = 0; i < json_array_size(choices); i++) {
		const json_t *choice = json_array_get(choices, i);
		if (json_bool(choice, "retired", false)) continue;
		const char *other = json_str(json_object_get(choice, "label"), "en");
		for (int d = 0; d < depth; d++) buf_puts(out, "-");
		buf_printf(out, "%s%s", depth ? " " : "", french(a, choice));
		if (english && other && strcmp(other, french(a, choice)) != 0) buf_printf(out, " | %s", other);
		buf_puts(out, "\n");
		put_lines(out, a, json_object_get(choice, "choices"), english, depth + 1);
	}
}

const char *choice_lines_text(struct arena *a, const json_t *choices, bool english)
{
	struct buf out;
	buf_init(&out, a, 0);
	put_lines(&out, a, choices, english, 0);
	return buf_str(&out);
}

const char *choice_lines_retired(struct arena *a, const json_t *choices, enum lang lang)
{
	struct buf out;
	buf_init(&out, a, 0);
	for (size_t i = 0; i < json_array_size(choices); i++) {
		const json_t *choice = json_array_get(choices, i);
		if (!json_bool(choice, "retired", false)) continue;
		struct label label = label_from_json(a, json_object_get(choice, "label"));
		buf_printf(&out, "%s%s", out.len ? ", " : "", label_text(&label, lang));
	}
	return buf_str(&out);
}

/* ---- From lines ---- */

struct line {
	const char *label, *english; /* english NULL: not said */
	const char *path;            /* folded names from the first level to it */
	int depth;
	json_t *was; /* the choice that it names, or NULL */
	json_t *made;
};

/* A choice as it was. */
struct former {
	json_t *choice;
	const char *path;
	bool taken;
};

struct reading {
	struct arena *a;
	struct line *lines;
	int nlines;
	struct former *formers;
	int nformers;
};

static void collect(struct reading *r, const json_t *choices, const char *above)
{
	for (size_t i = 0; i < json_array_size(choices) && r->nformers < CHOICES_MAX; i++) {
		json_t *choice = json_array_get(choices, i);
		const char *path = arena_printf(r->a, "%s/%s", above, text_fold(r->a, french(r->a, choice)));
		r->formers[r->nformers++] = (struct former){ choice, path, false };
		collect(r, json_object_get(choice, "choices"), path);
	}
}

/* How deep a line stands: its hyphens, where the list may have levels. */
static const char *skip_hyphens(const char *text, int depth, int *ret)
{
	*ret = 0;
	if (depth == 1) return text;
	for (; *text == '-' || *text == ' '; text++) *ret += *text == '-';
	return text;
}

static void read_line(struct reading *r, const char *text, int depth, const char *path, struct issues *issues)
{
	struct line *line = &r->lines[r->nlines], *above = NULL;
	const char *name = skip_hyphens(text, depth, &line->depth), *bar = strchr(name, '|');
	line->label = bar ? text_trim(r->a, arena_strndup(r->a, name, (size_t)(bar - name))) : name;
	line->english = bar && !text_is_blank(bar + 1) ? text_trim(r->a, bar + 1) : NULL;
	for (int i = r->nlines - 1; i >= 0 && above == NULL; i--)
		if (r->lines[i].depth < line->depth) above = &r->lines[i];
	if (text_is_blank(line->label)) issues_add(issues, path, N_("The line “%s” has no name."), text);
	else if (text_length(line->label) > CHOICE_LABEL)
		issues_add(issues, path, N_("“%s…” is too long: %d characters at most."),
		           text_cut(r->a, line->label, 30), CHOICE_LABEL);
	if (line->depth >= depth || (line->depth && (above == NULL || above->depth != line->depth - 1)))
		issues_add(
		        issues, path,
		        N_("“%s” has too many hyphens: one more than the line it stands under, and %d levels at most."),
		        line->label, depth);
	line->depth = MIN(line->depth, depth - 1);
	line->path = arena_printf(r->a, "%s/%s", above ? above->path : "", text_fold(r->a, line->label));
	for (int i = 0; i < r->nlines; i++)
		if (strcmp(r->lines[i].path, line->path) == 0)
			issues_add(issues, path, N_("“%s” is there twice."), line->label);
	r->nlines++;
}

static void read_lines(struct reading *r, const char *text, int depth, const char *path, struct issues *issues)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		struct err why;
		char *clean = NULL;
		if (text_clean(r->a, text, len, TEXT_LINE, &clean, &why) != OK) issues_add_err(issues, path, &why);
		else if (*clean && r->nlines == CHOICES_MAX) {
			issues_add(issues, path, N_("A list has %d choices at most."), CHOICES_MAX);
			return;
		} else if (*clean) read_line(r, clean, depth, path, issues);
		text += len + (text[len] != '\0');
	}
	if (r->nlines == 0) issues_add(issues, path, N_("Write the choices, one a line."));
}

static const char *last_name(const char *path)
{
	return strrchr(path, '/') + 1;
}

/* The same place and name first; then the same name elsewhere in the tree. */
static void match(struct reading *r)
{
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < r->nlines; i++)
			for (int j = 0; j < r->nformers && r->lines[i].was == NULL; j++) {
				const char *line = r->lines[i].path, *former = r->formers[j].path;
				bool same = pass ? strcmp(last_name(line), last_name(former)) == 0
				                 : strcmp(line, former) == 0;
				if (!same || r->formers[j].taken) continue;
				r->lines[i].was = r->formers[j].choice;
				r->formers[j].taken = true;
			}
}

static json_t *line_label(const struct line *line)
{
	const json_t *before = json_object_get(line->was, "label");
	if (line->english) return json_pack("{s:s,s:s}", "fr", line->label, "en", line->english);
	if (line->was && json_is_string(before) && strcmp(json_string_value(before), line->label) == 0)
		return json_incref((json_t *)before);
	return json_string(line->label);
}

static void make_choice(struct reading *r, struct line *line, json_t *taken)
{
	static const char *const kept[] = { "colour", "shape", "unit", "required" };
	const char *key = json_str(line->was, "key");
	if (key == NULL) key = key_from_words(r->a, line->label, taken);
	line->made = json_keep(r->a, json_object());
	json_object_set_new(taken, key, json_true());
	json_object_set_new(line->made, "key", json_string(key));
	json_object_set_new(line->made, "label", line_label(line));
	for (size_t i = 0; i < COUNT(kept); i++) {
		json_t *value = json_object_get(line->was, kept[i]);
		if (value) json_object_set(line->made, kept[i], value);
	}
}

/* Each under the last line that is one level up. */
static json_t *assemble(struct reading *r)
{
	json_t *all = json_keep(r->a, json_array()), *taken = json_keep(r->a, json_object());
	json_t *levels[CHOICES_DEPTH + 1] = { all };
	for (int i = 0; i < r->nformers; i++)
		json_object_set_new(taken, json_str_or(r->formers[i].choice, "key", ""), json_true());
	for (int i = 0; i < r->nlines; i++) {
		struct line *line = &r->lines[i];
		make_choice(r, line, taken);
		json_t *level = levels[line->depth];
		if (line->depth && level == NULL) continue; /* a mistake, told already */
		json_array_append(level, line->made);
		for (int d = line->depth + 1; d <= CHOICES_DEPTH; d++) levels[d] = NULL;
		if (i + 1 < r->nlines && r->lines[i + 1].depth == line->depth + 1) {
			levels[line->depth + 1] = json_keep(r->a, json_array());
			json_object_set(line->made, "choices", levels[line->depth + 1]);
		}
	}
	return all;
}

/* The new line that stands after the same one, and has no former self. */
static const char *heir_of(const struct reading *r, int former)
{
	const json_t *above = former ? r->formers[former - 1].choice : NULL;
	for (int i = 0; i < r->nlines; i++) {
		const json_t *before = i ? r->lines[i - 1].was : NULL;
		if (r->lines[i].was || before != above) continue;
		return json_str(r->lines[i].made, "key");
	}
	return NULL;
}

/* As many new lines as gone ones: each is thought to be the new name of one. */
static void pair_rest(const struct reading *r, struct choice_lines *lines)
{
	int unknown = 0;
	for (int i = 0; i < r->nlines; i++) unknown += r->lines[i].was == NULL;
	for (int i = 0; i < lines->ngone; i++)
		if (lines->gone[i].heir) return;
	if (unknown != lines->ngone) return;
	for (int i = 0, at = 0; i < r->nlines; i++)
		if (r->lines[i].was == NULL) lines->gone[at++].heir = json_str(r->lines[i].made, "key");
}

void choice_lines_read(struct arena *a, const char *text, const json_t *before, int depth, const char *path,
                       struct choice_lines *ret, struct issues *issues)
{
	struct reading r = { .a = a,
		             .lines = arena_array(a, struct line, CHOICES_MAX + 1),
		             .formers = arena_array(a, struct former, CHOICES_MAX + 1) };
	collect(&r, before, "");
	read_lines(&r, text, MIN(depth, CHOICES_DEPTH), path, issues);
	*ret = (struct choice_lines){ .gone = arena_array(a, struct choice_gone, (size_t)r.nformers + 1) };
	match(&r);
	ret->choices = assemble(&r);
	for (int i = 0; i < r.nformers; i++) {
		json_t *choice = r.formers[i].choice;
		struct choice_gone gone = { json_str_or(choice, "key", ""), french(a, choice), choice, NULL };
		if (r.formers[i].taken) continue;
		if (json_bool(choice, "retired", false)) {
			choice_lines_keep(ret, &gone);
			continue;
		}
		gone.heir = heir_of(&r, i);
		ret->gone[ret->ngone++] = gone;
	}
	pair_rest(&r, ret);
}

void choice_lines_rename(struct choice_lines *lines, const struct choice_gone *gone, const char *heir)
{
	static const char *const kept[] = { "colour", "shape", "unit", "required" };
	json_t *choice = choice_find_json(lines->choices, heir);
	if (choice == NULL) return;
	json_object_set_new(choice, "key", json_string(gone->key));
	for (size_t i = 0; i < COUNT(kept); i++) {
		json_t *value = json_object_get(gone->definition, kept[i]);
		if (value) json_object_set(choice, kept[i], value);
	}
}

void choice_lines_keep(struct choice_lines *lines, const struct choice_gone *gone)
{
	json_t *kept = json_copy((json_t *)gone->definition);
	json_object_del(kept, "choices");
	json_object_set_new(kept, "retired", json_true());
	json_array_append_new(lines->choices, kept);
}
