/* How people sign up to what takes place (core/signup.h says what the value is). */
#include "fields/signup.h"

#include <string.h>

#include "fields/fields.h"
#include "fields/signup.html.h"
#include "fields/value.h"

const char *signup_box_id(const struct page *p, const struct field *field, const char *box, int row)
{
	return arena_printf(p->arena, "f-%s%s-%d", field->key, box, row + 1);
}

/* ---- Read ---- */

static bool read_number(const char *typed, int max, int *ret)
{
	char *end;
	long n = strtol(typed, &end, 10);
	*ret = (int)n;
	return *end == '\0' && n >= 0 && n <= max;
}

/* False: it is none. */
static bool put_number(json_t *value, const char *name, const char *typed, int max)
{
	int n;
	if (!read_number(typed, max, &n)) return false;
	if (n > 0) json_object_set_new(value, name, json_integer(n));
	return true;
}

static void put_day(const struct field *field, json_t *value, const char *name, const char *typed, enum lang lang,
                    struct issues *issues)
{
	struct date day;
	struct err err;
	char iso[DATE_ISO_SIZE];
	if (*typed == '\0') return;
	if (date_parse(typed, lang, &day, NULL, &err) == OK)
		json_object_set_new(value, name, json_string(date_iso(day, iso)));
	else if (strcmp(name, "opens") == 0)
		issues_add(issues, field->key, N_("Opens on: “%s” is not a date. Example: 28/11/2026"), typed);
	else issues_add(issues, field->key, N_("Last day: “%s” is not a date. Example: 28/11/2026"), typed);
}

static void put_flag(json_t *value, const char *name, const char *typed)
{
	if (*typed) json_object_set_new(value, name, json_true());
}

static void put_questions(const struct signup_boxes *b, json_t *value)
{
	json_t *questions = json_array();
	for (int i = 0; i < SIGNUP_QUESTIONS; i++) {
		if (*b->questions[i] == '\0') continue;
		json_t *question = json_pack("{s:s}", "text", b->questions[i]);
		put_flag(question, "required", b->needed[i]);
		json_array_append_new(questions, question);
	}
	if (json_array_size(questions)) json_object_set_new(value, "questions", questions);
	else json_decref(questions);
}

static void check_days(const struct field *field, const json_t *value, struct issues *issues)
{
	const char *opens = json_str(value, "opens"), *closes = json_str(value, "closes");
	if (opens && closes && strcmp(opens, closes) > 0)
		issues_add(issues, field->key,
		           N_("The last day to sign up is before the first one: change one of them."));
}

static json_t *make_value(const struct field *field, const struct signup_boxes *b, enum lang lang,
                          struct issues *issues)
{
	json_t *value = json_keep(issues->arena, json_pack("{s:b}", "open", 1));
	if (!put_number(value, "places", b->places, SIGNUP_PLACES_MAX))
		issues_add(issues, field->key,
		           N_("Places: “%s” is not a number up to %d. Leave it empty when there is no limit."),
		           b->places, SIGNUP_PLACES_MAX);
	if (!put_number(value, "companions", b->companions, SIGNUP_COMPANIONS_MAX))
		issues_add(issues, field->key, N_("People whom one may bring: “%s” is not a number up to %d."),
		           b->companions, SIGNUP_COMPANIONS_MAX);
	if (!put_number(value, "before", b->before, SIGNUP_BEFORE_MAX))
		issues_add(issues, field->key, N_("Days before the date: “%s” is not a number up to %d."), b->before,
		           SIGNUP_BEFORE_MAX);
	put_day(field, value, "opens", b->opens, lang, issues);
	put_day(field, value, "closes", b->closes, lang, issues);
	put_flag(value, "waiting", b->waiting);
	put_flag(value, "children", b->children);
	put_flag(value, "guests", b->guests);
	for (int i = 0; i < SIGNUP_QUESTIONS; i++)
		if (text_length(b->questions[i]) > SIGNUP_QUESTION_CHARS)
			issues_add(issues, field->key, N_("Question %d is too long: %d letters at most."), i + 1,
			           SIGNUP_QUESTION_CHARS);
	put_questions(b, value);
	check_days(field, value, issues);
	return value;
}

static const char *box(const struct field *field, const struct field_post *post, const char *name, int i,
                       struct issues *issues)
{
	const char *text = post->get(post->context, arena_printf(issues->arena, "%s.%s", field->key, name), i);
	const char *clean = text ? value_clean(field, text, TEXT_LINE, issues) : NULL;
	return clean ? clean : "";
}

static struct signup_boxes read_boxes(const struct field *field, const struct field_post *post, struct issues *issues)
{
	struct signup_boxes b = { .on = box(field, post, "on", 0, issues),
		                  .places = box(field, post, "places", 0, issues),
		                  .waiting = box(field, post, "waiting", 0, issues),
		                  .companions = box(field, post, "companions", 0, issues),
		                  .children = box(field, post, "children", 0, issues),
		                  .guests = box(field, post, "guests", 0, issues),
		                  .opens = box(field, post, "opens", 0, issues),
		                  .closes = box(field, post, "closes", 0, issues),
		                  .before = box(field, post, "before", 0, issues) };
	bool typed = *b.places || *b.companions || *b.opens || *b.closes || *b.before;
	for (int i = 0; i < SIGNUP_QUESTIONS; i++) {
		b.questions[i] = box(field, post, "question[]", i, issues);
		b.needed[i] = box(field, post, "needed[]", i, issues);
		typed |= *b.questions[i] != '\0';
	}
	if (typed) b.on = "1"; /* filled in, and not ticked: it was meant */
	return b;
}

static json_t *as_typed(const struct signup_boxes *b, struct issues *issues)
{
	json_t *questions = json_array();
	for (int i = 0; i < SIGNUP_QUESTIONS; i++)
		json_array_append_new(questions, json_pack("[s,s]", b->questions[i], b->needed[i]));
	json_t *typed = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o}", "places", b->places, "waiting", b->waiting,
	                          "companions", b->companions, "children", b->children, "guests", b->guests, "opens",
	                          b->opens, "closes", b->closes, "before", b->before, "questions", questions);
	return json_keep(issues->arena, json_pack("{s:o}", "typed", typed));
}

static json_t *signup_import(const struct field *field, const char *text, struct issues *issues);

static json_t *read_posted(const struct field *field, const struct field_post *post, struct issues *issues)
{
	int before = issues->count;
	if (post->get(post->context, arena_printf(issues->arena, "%s.places", field->key), 0) == NULL)
		return signup_import(field, post->get(post->context, field->key, 0), issues);
	struct signup_boxes b = read_boxes(field, post, issues);
	if (*b.on == '\0') return NULL;
	json_t *value = make_value(field, &b, post->lang, issues);
	return issues->count > before ? as_typed(&b, issues) : value;
}

/* ---- In files: "open", "places 12", "waiting", "companions 3", "children", "guests", "opens 2026-12-01",
 * "closes 2026-12-10", "before 2", "question: …", "question!: …" (an answer is needed), a line each or between ";" ---- */

static bool import_line(const char *line, struct signup_boxes *b, int *questions)
{
	static const char *const flags[] = { "waiting", "children", "guests" };
	static const char *const numbers[] = { "places ", "companions ", "before ", "opens ", "closes " };
	const char **flag_boxes[] = { &b->waiting, &b->children, &b->guests };
	const char **number_boxes[] = { &b->places, &b->companions, &b->before, &b->opens, &b->closes };
	if (strcmp(line, "open") == 0) return true;
	for (size_t i = 0; i < COUNT(flags); i++)
		if (strcmp(line, flags[i]) == 0) {
			*flag_boxes[i] = "1";
			return true;
		}
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (strncmp(line, numbers[i], strlen(numbers[i])) == 0) {
			*number_boxes[i] = line + strlen(numbers[i]);
			return true;
		}
	bool needed = strncmp(line, "question!: ", strlen("question!: ")) == 0;
	if ((!needed && strncmp(line, "question: ", strlen("question: ")) != 0) || *questions == SIGNUP_QUESTIONS)
		return false;
	b->needed[*questions] = needed ? "1" : "";
	b->questions[(*questions)++] = line + (needed ? strlen("question!: ") : strlen("question: "));
	return true;
}

static json_t *signup_import(const struct field *field, const char *text, struct issues *issues)
{
	struct arena *a = issues->arena;
	const char *clean = value_clean(field, text ? text : "", TEXT_BLOCK, issues);
	struct signup_boxes b = { "1", "", "", "", "", "", "", "", "", { 0 }, { 0 } };
	int before = issues->count, questions = 0;
	if (clean == NULL) return NULL;
	for (int i = 0; i < SIGNUP_QUESTIONS; i++) b.questions[i] = b.needed[i] = "";
	for (const char *at = clean; *at;) {
		size_t len = strcspn(at, "\n;");
		const char *line = text_trim(a, arena_strndup(a, at, len));
		if (*line && !import_line(line, &b, &questions))
			issues_add(issues, field->key, N_("“%s” says nothing about signing up. Example: places 12"),
			           line);
		at += len + (at[len] != '\0');
	}
	json_t *value = make_value(field, &b, LANG_EN, issues);
	return issues->count > before ? value_string(issues, clean) : value;
}

static bool in_range(const json_t *value, const char *name, int max)
{
	const json_t *n = json_object_get(value, name);
	return n == NULL || (json_is_integer(n) && json_integer_value(n) > 0 && json_integer_value(n) <= max);
}

static bool is_day(const json_t *value, const char *name)
{
	struct date day;
	const char *text = json_str(value, name);
	return json_object_get(value, name) == NULL || (text && date_from_iso(text, &day));
}

static bool check_questions(const json_t *questions)
{
	const json_t *question;
	size_t i;
	if (questions == NULL) return true;
	if (json_array_size(questions) == 0 || json_array_size(questions) > SIGNUP_QUESTIONS) return false;
	json_array_foreach (questions, i, question) {
		const char *text = json_str_or(question, "text", "");
		if (text_is_blank(text) || text_length(text) > SIGNUP_QUESTION_CHARS) return false;
	}
	return true;
}

static void signup_check(const struct field *field, const json_t *value, struct issues *issues)
{
	int before = issues->count;
	bool right = json_is_true(json_object_get(value, "open")) && json_object_get(value, "typed") == NULL &&
	             in_range(value, "places", SIGNUP_PLACES_MAX) &&
	             in_range(value, "companions", SIGNUP_COMPANIONS_MAX) &&
	             in_range(value, "before", SIGNUP_BEFORE_MAX) && is_day(value, "opens") &&
	             is_day(value, "closes") && check_questions(json_object_get(value, "questions"));
	if (right) check_days(field, value, issues);
	if (!right && issues->count == before)
		issues_add(issues, field->key, N_("This does not say how people sign up."));
}

/* ---- Shown: in files and comparisons only, since a section of its own draws it ---- */

const char *signup_words(struct arena *a, const struct signup_offer *offer, enum lang lang)
{
	struct buf out;
	buf_init(&out, a, 0);
	if (offer->places) buf_printf(&out, tr(lang, N_("places: %d")), offer->places);
	else buf_puts(&out, tr(lang, N_("one signs up")));
	if (offer->waiting) buf_printf(&out, ", %s", tr(lang, N_("waiting list")));
	for (int i = 0; i < offer->nquestions; i++) buf_printf(&out, "\n%s", offer->questions[i].text);
	return buf_str(&out);
}

static void signup_show(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	(void)field;
	struct signup_offer offer = signup_offer_of(value);
	offer.nquestions = 0;
	html_text_str(out, signup_words(p->arena, &offer, p->lang));
}

static void signup_text(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)field;
	struct arena a;
	arena_init(&a);
	struct signup_offer offer = signup_offer_of(value);
	buf_puts(out, signup_words(&a, &offer, lang));
	arena_release(&a);
}

static void signup_export(struct buf *out, enum lang lang, const struct field *field, const json_t *value)
{
	(void)lang;
	(void)field;
	struct signup_offer offer = signup_offer_of(value);
	buf_puts(out, "open");
	if (offer.places) buf_printf(out, "\nplaces %d", offer.places);
	if (offer.waiting) buf_puts(out, "\nwaiting");
	if (offer.companions) buf_printf(out, "\ncompanions %d", offer.companions);
	if (offer.children) buf_puts(out, "\nchildren");
	if (offer.guests) buf_puts(out, "\nguests");
	if (offer.opens) buf_printf(out, "\nopens %s", offer.opens);
	if (offer.closes) buf_printf(out, "\ncloses %s", offer.closes);
	if (offer.before) buf_printf(out, "\nbefore %d", offer.before);
	for (int i = 0; i < offer.nquestions; i++)
		buf_printf(out, "\nquestion%s: %s", offer.questions[i].required ? "!" : "", offer.questions[i].text);
}

/* ---- Edited ---- */

static const char *number_box(const struct page *p, int n)
{
	return n ? arena_printf(p->arena, "%d", n) : "";
}

static struct signup_boxes boxes_of(const struct page *p, const json_t *value)
{
	struct signup_offer offer = signup_offer_of(value);
	struct signup_boxes b = { .on = json_is_object(value) ? "1" : "",
		                  .places = number_box(p, offer.places),
		                  .waiting = offer.waiting ? "1" : "",
		                  .companions = number_box(p, offer.companions),
		                  .children = offer.children ? "1" : "",
		                  .guests = offer.guests ? "1" : "",
		                  .opens = offer.opens ? offer.opens : "",
		                  .closes = offer.closes ? offer.closes : "",
		                  .before = number_box(p, offer.before) };
	for (int i = 0; i < SIGNUP_QUESTIONS; i++) {
		b.questions[i] = i < offer.nquestions ? offer.questions[i].text : "";
		b.needed[i] = i < offer.nquestions && offer.questions[i].required ? "1" : "";
	}
	return b;
}

static struct signup_boxes boxes_typed(const json_t *typed)
{
	const json_t *questions = json_object_get(typed, "questions");
	struct signup_boxes b = { .on = "1",
		                  .places = json_str_or(typed, "places", ""),
		                  .waiting = json_str_or(typed, "waiting", ""),
		                  .companions = json_str_or(typed, "companions", ""),
		                  .children = json_str_or(typed, "children", ""),
		                  .guests = json_str_or(typed, "guests", ""),
		                  .opens = json_str_or(typed, "opens", ""),
		                  .closes = json_str_or(typed, "closes", ""),
		                  .before = json_str_or(typed, "before", "") };
	for (int i = 0; i < SIGNUP_QUESTIONS; i++) {
		const json_t *question = json_array_get(questions, (size_t)i);
		b.questions[i] = value_str(json_array_get(question, 0));
		b.needed[i] = value_str(json_array_get(question, 1));
	}
	return b;
}

static void signup_edit(struct buf *out, const struct page *p, const struct field *field, const json_t *value)
{
	const json_t *typed = json_object_get(value, "typed");
	struct signup_boxes boxes = typed ? boxes_typed(typed) : boxes_of(p, value);
	signup_inputs(out, p, field, &boxes);
}

static bool signup_grouped(const struct field *field)
{
	(void)field;
	return true;
}

static const struct type_option signup_options[] = {
	{ "kept", OPTION_COUNT, N_("Names are kept so many days after the date"),
	  N_("Then they go, and the numbers stay. Nothing: 60 days."), 1, 3650, false },
	{ 0 },
};

const struct field_type field_signup = {
	.name = "signup",
	.label = N_("Sign-up"),
	.description = N_("People say that they come: places, waiting list, attendance"),
	.icon = "ticket",
	.options = signup_options,
	.read = read_posted,
	.import = signup_import,
	.check = signup_check,
	.show = signup_show,
	.edit = signup_edit,
	.grouped = signup_grouped,
	.text = signup_text,
	.export = signup_export,
	.answered = true,
};
