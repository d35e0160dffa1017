/* What a person answered to questionnaires, for the file that she takes with her. */
#include "core/index_key.h"
#include "core/response.h"
#include "features/personal/data_section.h"

enum { MOST = 1000 };

static json_t *shown(const struct page *p, const struct response *response)
{
	const char *key;
	json_t *value, *ret = json_object();
	json_object_foreach ((json_t *)response->values, key, value) {
		const struct field *field = form_field_ever(response->form, key);
		if (index_value_is_blank(value)) continue;
		json_object_set_new(ret, field ? t(p, &field->label) : key,
		                    json_string(field ? field_plain(p, field, value) : json_text(p->arena, value)));
	}
	return ret;
}

enum code data_answers(struct data_gathering *g, json_t *rows, struct err *err)
{
	const struct page *p = g->page;
	struct response *all;
	int n;
	TRY(response_list_person(g->db, p->arena, p->model, g->person.num, MOST, &all, &n, err));
	for (int i = 0; i < n; i++)
		json_array_append_new(rows,
		                      json_pack("{s:s, s:I, s:I, s:o, s:O}", "questionnaire", t(p, &all[i].form->label),
		                                "begun", (json_int_t)all[i].begun, "sent", (json_int_t)all[i].completed,
		                                "values", shown(p, &all[i]), "set", all[i].values));
	return OK;
}
