#include "formats/limesurvey_participant.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct reading {
	struct arena *a;
	const struct limesurvey_table *table;
	const json_t *headings; /* "attribute_1" → "Quartier" */
};

/* JSON since version 2, {"attribute_1": {"description": "Quartier", …}}; before, a line "attribute_1=Quartier" each. */
static const json_t *read_headings(struct arena *a, const char *text)
{
	json_t *read, *headings = json_keep(a, json_object()), *one;
	const char *key;
	struct err err;
	if (json_parse(a, text, strlen(text), &read, &err) == OK) {
		json_object_foreach (read, key, one) {
			const char *words = json_is_object(one) ? json_str_or(one, "description", "")
			                                        : json_string_value(one);
			if (words && *words) json_object_set_new(headings, key, json_string(words));
		}
		return headings;
	}
	while (*text) {
		size_t len = strcspn(text, "\r\n"), name = strcspn(text, "=\r\n");
		if (name + 1 < len)
			json_object_set_new(headings, arena_strndup(a, text, name),
			                    json_stringn(text + name + 1, len - name - 1));
		text += len + strspn(text + len, "\r\n");
	}
	return headings;
}

static const char *value(const struct reading *r, const struct limesurvey_row *row, const char *column)
{
	const char *text = limesurvey_value(r->table, row, column);
	return text ? text_trim(r->a, text) : "";
}

/* "N" stands for "not yet". */
static const char *when(const struct reading *r, const struct limesurvey_row *row, const char *column)
{
	const char *text = value(r, row, column);
	return strcmp(text, "N") == 0 ? "" : text;
}

static const json_t *attributes_of(const struct reading *r, const struct limesurvey_row *row)
{
	json_t *attributes = json_keep(r->a, json_object());
	for (int i = 0; i < row->n && i < r->table->ncolumns; i++) {
		const char *column = r->table->columns[i], *text = row->values[i];
		if (strncmp(column, "attribute_", 10) != 0 || text == NULL || text_is_blank(text)) continue;
		const char *heading = json_str_or(r->headings, column, column);
		json_object_set_new(attributes, heading, json_string(text_trim(r->a, text)));
	}
	return attributes;
}

static struct limesurvey_participant participant(const struct reading *r, const struct limesurvey_row *row)
{
	const char *first = value(r, row, "firstname"), *last = value(r, row, "lastname"),
	           *email = value(r, row, "email"), *token = value(r, row, "token"),
	           *status = value(r, row, "emailstatus"), *count = value(r, row, "remindercount");
	const char *name = text_trim(r->a, arena_printf(r->a, "%s %s", first, last));
	bool out = strcmp(status, "OptOut") == 0;
	return (struct limesurvey_participant){
		.line = row->line,
		.name = *name    ? name
		        : *email ? email
		                 : token,
		.email = email,
		.token = token,
		.language = value(r, row, "language"),
		.sent = when(r, row, "sent"),
		.reminded = when(r, row, "remindersent"),
		.completed = when(r, row, "completed"),
		.reminders = (int)MAX(0L, MIN(1000L, strtol(count, NULL, 10))),
		.refused = out || strcmp(value(r, row, "blacklisted"), "Y") == 0,
		.lost = *status && strcmp(status, "OK") != 0 && !out,
		.attributes = attributes_of(r, row),
	};
}

struct limesurvey_participant *limesurvey_participants(struct arena *a, const struct limesurvey *survey,
                                                       const struct limesurvey_table *table, int *n)
{
	struct limesurvey_participant *all = arena_array(a, struct limesurvey_participant, (size_t)table->n + 1);
	const struct reading r = { a, table,
		                   read_headings(a, json_str_or(survey->settings, "attributedescriptions", "")) };
	*n = 0;
	for (const struct limesurvey_row *row = table->rows; row; row = row->next) all[(*n)++] = participant(&r, row);
	return all;
}
