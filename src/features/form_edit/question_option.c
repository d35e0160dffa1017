/* The options of a type, read from the form editor. */
#include "features/form_edit/question_option.h"

#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "core/definition.h"
#include "core/terms.h"
#include "web/web.h"

struct reading {
	struct request *r;
	struct question *q;
	struct issues *issues;
};

static void read_count(struct reading *x, const struct type_option *option)
{
	const char *text = question_line(x->r, option->name, 20, x->issues);
	char *end;
	long n = strtol(text, &end, 10);
	if (*text == '\0') {
		json_object_del(x->q->typed, option->name);
	} else if (*end || n < option->min || n > option->max) {
		issues_add(x->issues, option->name, N_("Write a number from %d to %d, or nothing."), option->min,
		           option->max);
		json_object_set_new(x->q->typed, option->name, json_string(text));
	} else {
		json_object_set_new(x->q->typed, option->name, json_integer(n));
	}
}

static void read_number(struct reading *x, const struct type_option *option)
{
	char number[NUMBER_SIZE];
	struct err why;
	const char *text = question_line(x->r, option->name, 40, x->issues);
	if (*text == '\0') {
		json_object_del(x->q->typed, option->name);
		return;
	}
	if (number_parse(text, x->r->page.lang, number, &why) == OK) text = number;
	else issues_add(x->issues, option->name, N_("“%s” is not a number. Example: 12,5"), text);
	json_object_set_new(x->q->typed, option->name, json_string(text));
}

static void read_text(struct reading *x, const struct type_option *option)
{
	question_read_label(x->r, x->q->typed, option->name, (size_t)option->max, option->needed, x->issues);
}

static void read_flag(struct reading *x, const struct type_option *option)
{
	if (*request_form(x->r, option->name)) json_object_set_new(x->q->typed, option->name, json_true());
	else json_object_del(x->q->typed, option->name);
}

static void read_form(struct reading *x, const struct type_option *option)
{
	const char *key = request_form(x->r, option->name);
	if (model_form(x->r->page.model, key)) json_object_set_new(x->q->typed, option->name, json_string(key));
	else issues_add(x->issues, option->name, N_("Choose one in the list."));
}

static void read_terms(struct reading *x, const struct type_option *option)
{
	struct terms terms;
	struct err err;
	const char *key = request_form(x->r, option->name);
	if (terms_find(x->r->db, x->r->arena, key, 0, &terms, &err) == OK)
		json_object_set_new(x->q->typed, option->name, json_string(key));
	else issues_add(x->issues, option->name, N_("Choose one in the list."));
}

static void read_order(struct reading *x, const struct type_option *option)
{
	const char *key = request_form(x->r, option->name);
	json_object_del(x->q->typed, option->name);
	if (*key == '\0') return;
	if (question_may_order(x->q, form_field(x->q->form, key)))
		json_object_set_new(x->q->typed, option->name, json_string(key));
	else issues_add(x->issues, option->name, N_("Choose one in the list."));
}

/* Those that it has now: its own, or those of its list. */
static const json_t *present_choices(struct reading *x, const char *name)
{
	json_t *list;
	struct err ignored;
	if (x->q->field == NULL) return NULL;
	const char *key = json_str(x->q->field->definition, "list");
	if (key == NULL) return json_object_get(x->q->field->definition, name);
	if (definition_load(x->r->db, x->r->arena, DEFINITION_LIST, key, &list, &ignored) != OK) return NULL;
	return json_object_get(list, "choices");
}

/* A list shared by several questions, or choices of its own. */
static void read_choices(struct reading *x, const struct type_option *option)
{
	struct question *q = x->q;
	const char *list = request_form(x->r, "list");
	q->lines = request_form(x->r, option->name);
	if (*list) {
		if (model_list(x->r->page.model, list) == NULL)
			issues_add(x->issues, "list", N_("Choose one in the list."));
		json_object_set_new(q->typed, "list", json_string(list));
		json_object_del(q->typed, option->name);
		return;
	}
	if (!option->needed && text_is_blank(q->lines) && json_array_size(present_choices(x, option->name)) == 0) {
		json_object_del(q->typed, "list");
		json_object_del(q->typed, option->name);
		return;
	}
	choice_lines_read(x->r->arena, q->lines, present_choices(x, option->name), option->max, option->name,
	                  &q->choices, x->issues);
	q->has_lines = true;
	json_object_del(q->typed, "list");
	json_object_set(q->typed, option->name, q->choices.choices);
}

static void read_offered(struct reading *x, const struct type_option *option)
{
	json_t *offered = json_keep(x->r->arena, json_array());
	for (const struct own_choice *own = x->q->type->choices; own->key; own++)
		for (int i = 0; i < FORM_FIELDS; i++) {
			const char *key = form_data_nth(&x->r->form, option->name, i);
			if (key == NULL) break;
			if (strcmp(key, own->key) == 0) json_array_append_new(offered, json_string(key));
		}
	if (json_array_size(offered)) json_object_set(x->q->typed, option->name, offered);
	else json_object_del(x->q->typed, option->name);
}

/* Lines of a table, with keys and names as choices have. */
static void read_rows(struct reading *x, const struct type_option *option)
{
	struct question *q = x->q;
	struct question_rows *rows = question_rows_of(q, option->name);
	const json_t *before = q->field ? json_object_get(q->field->definition, option->name) : NULL;
	rows->lines = request_form(x->r, option->name);
	if (!option->needed && text_is_blank(rows->lines) && json_array_size(before) == 0) {
		json_object_del(q->typed, option->name);
		return;
	}
	choice_lines_read(x->r->arena, rows->lines, before, option->max, option->name, &rows->read, x->issues);
	rows->sent = true;
	json_object_set(q->typed, option->name, rows->read.choices);
}

/* Names alone: "Never | Jamais" where the site is in two languages. */
static void read_steps(struct reading *x, const struct type_option *option)
{
	json_t *steps = json_keep(x->r->arena, json_array());
	const char *text = request_form(x->r, option->name);
	while (*text) {
		size_t len = strcspn(text, "\n");
		struct err why;
		char *clean = NULL;
		if (text_clean(x->r->arena, text, len, TEXT_LINE, &clean, &why) != OK)
			issues_add_err(x->issues, option->name, &why);
		else if (*clean) {
			const char *bar = strchr(clean, '|');
			const char *first = bar ? text_trim(x->r->arena,
			                                    arena_strndup(x->r->arena, clean, (size_t)(bar - clean)))
			                        : clean;
			const char *other = bar ? text_trim(x->r->arena, bar + 1) : "";
			json_array_append_new(steps, *other ? json_pack("{s:s,s:s}", "fr", first, "en", other)
			                                    : json_string(first));
		}
		text += len + (text[len] != '\0');
	}
	size_t n = json_array_size(steps);
	if (n && (n < (size_t)option->min || n > (size_t)option->max))
		issues_add(x->issues, option->name, N_("Write from %d to %d lines, or none."), option->min,
		           option->max);
	if (n) json_object_set(x->q->typed, option->name, steps);
	else json_object_del(x->q->typed, option->name);
}

/* The choices as they are being typed, or those of the list that was chosen. */
static const char *picked(struct reading *x, const char *name)
{
	const struct list *list = model_list(x->r->page.model, json_str_or(x->q->typed, "list", ""));
	const char *folded = text_fold(x->r->arena, name);
	const json_t *choices = json_object_get(x->q->typed, "choices");
	for (int i = 0; list && i < list->nchoices; i++)
		if (strcmp(text_fold(x->r->arena, label_text(&list->choices[i].label, LANG_FR)), folded) == 0)
			return list->choices[i].key;
	for (size_t i = 0; i < json_array_size(choices); i++) {
		const json_t *choice = json_array_get(choices, i);
		struct label label = label_from_json(x->r->arena, json_object_get(choice, "label"));
		if (strcmp(text_fold(x->r->arena, label_text(&label, LANG_FR)), folded) == 0 ||
		    strcmp(json_str_or(choice, "key", ""), name) == 0)
			return json_str(choice, "key");
	}
	return NULL;
}

static void read_pick(struct reading *x, const struct type_option *option)
{
	const char *name = question_line(x->r, option->name, (size_t)option->max, x->issues);
	const char *key = *name ? picked(x, name) : NULL;
	if (*name == '\0') json_object_del(x->q->typed, option->name);
	else json_object_set_new(x->q->typed, option->name, json_string(key ? key : name));
	if (*name && key == NULL) issues_add(x->issues, option->name, N_("“%s” is not in the list of choices."), name);
}

static void read_word(struct reading *x, const struct type_option *option)
{
	const char *word = request_form(x->r, option->name);
	json_object_del(x->q->typed, option->name);
	for (const struct option_word *w = question_words(x->q, option); w && w->word; w++)
		if (*word && strcmp(w->word, word) == 0)
			json_object_set_new(x->q->typed, option->name, json_string(word));
}

/* A long text in each language: the same controls as a short one, in several lines. */
static void read_block(struct reading *x, const struct type_option *option)
{
	const char *names[] = { option->name, arena_printf(x->r->arena, "%s-en", option->name) };
	const char *texts[2] = { "", "" };
	for (size_t i = 0; i < 1 + (size_t)question_english(&x->r->page); i++) {
		struct err why;
		const char *text = request_form(x->r, names[i]);
		char *clean;
		if (text_clean(x->r->arena, text, strlen(text), TEXT_BLOCK, &clean, &why) == OK) texts[i] = clean;
		else issues_add_err(x->issues, names[i], &why);
		if (text_length(texts[i]) > (size_t)option->max)
			issues_add(x->issues, names[i], N_("%d characters at most."), option->max);
	}
	if (*texts[0] == '\0' && *texts[1] == '\0') json_object_del(x->q->typed, option->name);
	else if (*texts[0] && *texts[1])
		json_object_set_new(x->q->typed, option->name, json_pack("{s:s,s:s}", "fr", texts[0], "en", texts[1]));
	else json_object_set_new(x->q->typed, option->name, json_string(*texts[0] ? texts[0] : texts[1]));
}

static void read_expression(struct reading *x, const struct type_option *option)
{
	question_expression_read(x->r, x->q, option->name, option->name, EXPRESSION_MISSING, x->issues);
}

/* To add a kind of option: core/field_type.h, a row here, its control in question.html. */
static void (*const option_readers[])(struct reading *x, const struct type_option *option) = {
	[OPTION_COUNT] = read_count,     [OPTION_NUMBER] = read_number, [OPTION_LABEL] = read_text,
	[OPTION_FLAG] = read_flag,       [OPTION_FORM] = read_form,     [OPTION_CHOICES] = read_choices,
	[OPTION_OFFERED] = read_offered, [OPTION_ORDER] = read_order,   [OPTION_TERMS] = read_terms,
	[OPTION_ROWS] = read_rows,       [OPTION_STEPS] = read_steps,   [OPTION_PICK] = read_pick,
	[OPTION_WORD] = read_word,       [OPTION_TEXT] = read_block,    [OPTION_EXPRESSION] = read_expression,
};

void question_options_read(struct request *r, struct question *q, struct issues *issues)
{
	struct reading x = { r, q, issues };
	for (const struct type_option *o = q->type->options; o && o->name; o++) option_readers[o->kind](&x, o);
}

/* ---- Lines ---- */

void question_rows_begin(const struct page *p, struct question *q)
{
	int n = 0;
	for (const struct type_option *o = q->type->options; o && o->name; o++) {
		if (o->kind != OPTION_ROWS || n == QUESTION_TABLES) continue;
		q->rows[n++] = (struct question_rows){
			.name = o->name,
			.lines = choice_lines_text(p->arena, json_object_get(q->typed, o->name), question_english(p)),
		};
	}
}

struct question_rows *question_rows_of(const struct question *q, const char *name)
{
	for (int i = 0; i < QUESTION_TABLES; i++)
		if (q->rows[i].name && strcmp(q->rows[i].name, name) == 0) return (struct question_rows *)&q->rows[i];
	return NULL;
}

const char *question_rows_prefix(const struct question_rows *rows)
{
	return strcmp(rows->name, "rows") == 0 ? "" : "second.";
}

/* ---- For templates ---- */

bool option_folded(const struct question *q, const struct type_option *option)
{
	return q->type->first_options > 0 && option - q->type->options >= q->type->first_options;
}

bool options_unfold(const struct page *p, const struct question *q)
{
	for (const struct type_option *o = q->type->options; o && o->name; o++)
		if (option_folded(q, o) &&
		    (json_object_get(q->typed, o->name) || (p->issues && issues_of(p->issues, o->name))))
			return true;
	return false;
}

const char *question_steps(const struct page *p, const struct question *q, const struct type_option *option)
{
	const json_t *steps = json_object_get(q->typed, option->name);
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (size_t i = 0; i < json_array_size(steps); i++) {
		struct label label = label_from_json(p->arena, json_array_get(steps, i));
		const char *other = json_str(json_array_get(steps, i), "en");
		buf_puts(&out, label_text(&label, LANG_FR));
		if (other && question_english(p)) buf_printf(&out, " | %s", other);
		buf_lit(&out, "\n");
	}
	return buf_str(&out);
}

const char *question_picked(const struct page *p, const struct question *q, const struct type_option *option)
{
	const char *key = json_str_or(q->typed, option->name, "");
	const struct list *list = model_list(p->model, json_str_or(q->typed, "list", ""));
	for (int i = 0; list && i < list->nchoices; i++)
		if (strcmp(list->choices[i].key, key) == 0) return label_text(&list->choices[i].label, LANG_FR);
	return *key ? choice_name(p, json_object_get(q->typed, "choices"), key) : "";
}

const struct option_word *question_words(const struct question *q, const struct type_option *option)
{
	for (const struct option_words *o = q->type->words; o && o->name; o++)
		if (strcmp(o->name, option->name) == 0) return o->words;
	return NULL;
}
