/* The values of a record, by the type of each field. */
#include <string.h>

#include "base/date.h"
#include "core/field_type.h"
#include "core/form_answers.h"
#include "data.h"

enum { DAY = 86400000 /* ms */ };

typedef json_t *make_fn(struct maker *m, const struct field *field);

static json_t *keep_text(struct maker *m, const char *text)
{
	return json_keep(m->a, json_string(text));
}

static json_t *make_text(struct maker *m, const struct field *field)
{
	(void)field;
	return keep_text(m, arena_printf(m->a, "%s %s %s", words_one(&m->chance, m->a), words_one(&m->chance, m->a),
	                                 words_one(&m->chance, m->a)));
}

static json_t *make_long_text(struct maker *m, const struct field *field)
{
	(void)field;
	return keep_text(m, words_text(&m->chance, m->a, 20 + chance_zipf(&m->chance, 180)));
}

static const char *choose(struct maker *m, const struct field *field)
{
	return field->choices[chance_zipf(&m->chance, field->nchoices)].key;
}

static json_t *make_choice(struct maker *m, const struct field *field)
{
	return field->nchoices ? keep_text(m, choose(m, field)) : NULL;
}

static json_t *make_choices(struct maker *m, const struct field *field)
{
	json_t *array = json_keep(m->a, json_array());
	int wanted = 1 + chance_below(&m->chance, 3);
	if (strcmp(field->type->name, "tree") == 0 && !field->many) wanted = 1;
	for (int i = 0; i < field->nchoices && wanted > 0; i++)
		if (chance_below(&m->chance, field->nchoices - i) < wanted) {
			json_array_append_new(array, json_string(field->choices[i].key));
			wanted--;
		}
	return array;
}

static json_t *make_tags(struct maker *m, const struct field *field)
{
	json_t *array = json_keep(m->a, json_array());
	int n = 1 + chance_below(&m->chance, 4);
	(void)field;
	for (int i = 0; i < n; i++) {
		const char *tag = arena_printf(m->a, "%s %d", words_one(&m->chance, m->a), chance_zipf(&m->chance, 9));
		bool twice = false;
		for (size_t j = 0; j < json_array_size(array); j++)
			twice |= strcmp(json_string_value(json_array_get(array, j)), tag) == 0;
		if (!twice) json_array_append_new(array, json_string(tag));
	}
	return array;
}

static json_t *make_relation(struct maker *m, const struct field *field)
{
	json_t *array = json_keep(m->a, json_array());
	const struct form *target = model_form(m->model, field->target);
	const struct pool *pool = target ? &m->pools[target - m->model->forms] : NULL;
	int n = field->many ? 1 + chance_below(&m->chance, 3) : 1, last = -1;
	if (pool == NULL || pool->n == 0) return NULL;
	for (int i = 0; i < n; i++) {
		char text[ID_TEXT + 1];
		int at = chance_below(&m->chance, pool->n);
		if (at <= last) continue;
		last = at;
		json_array_append_new(array, json_string(id_format(pool->ids[at], text)));
	}
	return array;
}

static json_t *make_place(struct maker *m, const struct field *field)
{
	enum { AROUND = 300000 /* 3 km, about */ };
	const struct town *town = words_town(&m->chance);
	int64_t lat = town->lat + chance_below(&m->chance, AROUND) - AROUND / 2;
	int64_t lon = town->lon + chance_below(&m->chance, AROUND) - AROUND / 2;
	(void)field;
	return json_keep(m->a,
	                 json_pack("{s:o, s:I, s:I}", "address",
	                           json_string(arena_printf(m->a, "%d rue %s, %s", 1 + chance_below(&m->chance, 120),
	                                                    words_one(&m->chance, m->a), town->name)),
	                           "lat", (json_int_t)lat, "lon", (json_int_t)lon));
}

static const char *day_of(struct maker *m, int after)
{
	char iso[DATE_ISO_SIZE];
	return arena_strdup(m->a, date_iso(date_from_days(m->now / DAY + after), iso));
}

static json_t *make_date(struct maker *m, const struct field *field)
{
	(void)field;
	return keep_text(m, day_of(m, chance_below(&m->chance, 60) - 30));
}

static json_t *make_period(struct maker *m, const struct field *field)
{
	(void)field;
	return json_keep(m->a, json_pack("{s:s, s:s}", "from", day_of(m, 0), "to",
	                                 day_of(m, 1 + chance_below(&m->chance, 300))));
}

static json_t *make_number(struct maker *m, const struct field *field)
{
	int64_t min = json_int(field->definition, "min", 0), max = json_int(field->definition, "max", 1000);
	return keep_text(
	        m, arena_printf(m->a, "%d", (int)min + chance_zipf(&m->chance, (int)(MIN(max, 100000) - min + 1))));
}

static json_t *make_boolean(struct maker *m, const struct field *field)
{
	(void)field;
	return chance_of(&m->chance, 40) ? json_true() : json_false();
}

static json_t *make_hours(struct maker *m, const struct field *field)
{
	static const char *const texts[] = {
		"Mo-Fr 09:00-12:00,14:00-18:00",
		"Tu-Sa 10:00-18:00",
		"Mo,We,Fr 14:00-19:00",
		"Mo-Sa 08:30-19:30",
		"We 14:00-17:00; Sa 09:30-12:30",
		"Tu 18:00-21:00; Th 18:00-21:00",
		"Mo-Su 10:00-22:00",
	};
	struct issues issues;
	issues_init(&issues, m->a);
	return field->type->import(field, texts[chance_below(&m->chance, COUNT(texts))], &issues);
}

static json_t *make_phone(struct maker *m, const struct field *field)
{
	(void)field; /* numbers kept for fiction (Arcep): 02 61 91 xx xx */
	return keep_text(m, arena_printf(m->a, "02 61 91 %02d %02d", chance_below(&m->chance, 100),
	                                 chance_below(&m->chance, 100)));
}

static json_t *make_email(struct maker *m, const struct field *field)
{
	(void)field;
	return keep_text(m, arena_printf(m->a, "contact%d@demo.example", chance_below(&m->chance, 1000000)));
}

static json_t *make_link(struct maker *m, const struct field *field)
{
	(void)field;
	return keep_text(m, arena_printf(m->a, "https://demo.example/%d", chance_below(&m->chance, 1000000)));
}

/* Of the types that are not here, records have no values. */
static const struct {
	const char *type;
	make_fn *make;
	int percent; /* of records that have one, unless it is required */
} makers[] = {
	{ "text", make_text, 40 },         { "longtext", make_long_text, 60 }, { "choice", make_choice, 80 },
	{ "choices", make_choices, 50 },   { "tree", make_choices, 50 },       { "tags", make_tags, 60 },
	{ "relation", make_relation, 60 }, { "place", make_place, 80 },        { "date", make_date, 95 },
	{ "period", make_period, 70 },     { "number", make_number, 60 },      { "boolean", make_boolean, 50 },
	{ "hours", make_hours, 70 },       { "phone", make_phone, 50 },        { "email", make_email, 40 },
	{ "link", make_link, 30 },
};

static json_t *make(struct maker *m, const struct field *field, bool always)
{
	for (size_t i = 0; i < COUNT(makers); i++)
		if (strcmp(makers[i].type, field->type->name) == 0)
			return always || chance_of(&m->chance, makers[i].percent) ? makers[i].make(m, field) : NULL;
	return NULL;
}

json_t *values_make(struct maker *m, const struct form *form)
{
	json_t *values = json_keep(m->a, json_object());
	json_object_set(values, form->title->key, keep_text(m, words_title(&m->chance, m->a, form->key)));
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (field == form->title || !field_asked(field, form, values)) continue;
		json_t *value = make(m, field, field->required);
		if (value) json_object_set(values, field->key, value);
	}
	return values;
}

json_t *values_change(struct maker *m, const struct form *form)
{
	json_t *values = json_keep(m->a, json_object());
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		if (!field->type->long_text) continue;
		json_object_set(values, field->key, make_long_text(m, field));
		break;
	}
	return values;
}
