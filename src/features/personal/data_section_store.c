#include "features/personal/data_section.h"

/* To add one: its file, and a row. Shown in this order. */
static const struct data_section *const groups[] = { data_account, data_written, data_trusted };

const struct data_section *data_section_at(int i)
{
	for (size_t g = 0; g < COUNT(groups); g++) {
		int n = 0;
		while (groups[g][n].key) n++;
		if (i < n) return &groups[g][i];
		i -= n;
	}
	return NULL;
}

/* ---- Rows ---- */

static struct value argument(const struct data_gathering *g, const struct data_section *section)
{
	const struct page *p = g->page;
	char id[ID_TEXT + 1];
	switch (section->by) {
	case DATA_BY_ID: return value_id(g->person.id);
	case DATA_BY_ID_TEXT: return value_text(arena_strdup(p->arena, id_format(g->person.id, id)));
	case DATA_BY_EMAIL: return value_text(*g->person.email ? email_key(p->arena, g->person.email) : "-");
	default: return value_int(g->person.num);
	}
}

static bool is_number(enum data_kind kind)
{
	return kind == DATA_NUMBER || kind == DATA_TIME || kind == DATA_WORDS || kind == DATA_SPACE ||
	       kind == DATA_RECORD;
}

static json_t *read_row(const struct data_section *section, const struct rows *rows)
{
	json_t *row = json_object();
	for (int i = 0; i < DATA_COLUMNS && section->columns[i].key; i++) {
		const struct data_column *column = &section->columns[i];
		json_t *cell = row_is_null(rows, i)      ? json_null()
		               : is_number(column->kind) ? json_integer(row_int(rows, i))
		                                         : json_string(row_text(rows, i));
		json_object_set_new(row, column->key, cell);
	}
	return row;
}

enum code data_gather(struct data_gathering *g, const struct data_section *section, json_t *ret, struct err *err)
{
	if (section->gather) return section->gather(g, ret, err);
	struct value value = argument(g, section);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query_values(g->db, &rows, err, section->sql, &value, 1));
	while (rows_next(&rows)) json_array_append_new(ret, read_row(section, &rows));
	return rows_end(&rows, err);
}
