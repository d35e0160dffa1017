#include "features/result/result_weight.h"

#include <stdlib.h>

#include "statistics/weight.h"

static bool read_known(const struct page *p, const struct results *r, const char *key, const json_t *totals,
                       struct known_totals *ret)
{
	const struct result_question *question = results_question(r, key);
	if (question == NULL || question->kind != QUESTION_CHOICES || question->column.kind != COLUMN_CODES)
		return false;
	double *numbers = arena_array(p->arena, double, (size_t)question->column.ncodes + 1);
	for (int code = 0; code < question->column.ncodes; code++)
		numbers[code] = (double)MAX(0, json_int(totals, question->keys[code], 0));
	*ret = (struct known_totals){ &question->column, numbers };
	return true;
}

void results_weigh(const struct page *p, struct results *r)
{
	struct known_totals known[RULE_WEIGHED_MAX];
	const char *key;
	json_t *totals;
	int n = 0;
	json_object_foreach ((json_t *)r->rule.weigh, key, totals) {
		if (n == RULE_WEIGHED_MAX) break;
		if (read_known(p, r, key, totals, &known[n])) n++;
		else r->weights_failed = true;
	}
	if (n && r->n && !weights_rake(p->arena, known, n, &r->weights)) r->weights_failed = true;
}

enum code answer_weights_load(const struct page *p, const struct form *form, struct answer_weights *ret,
                              struct err *err)
{
	struct results r = { .form = form, .source = answer_source_of(form) };
	const struct answer_columns *columns;
	*ret = (struct answer_weights){ 0 };
	result_rule_read(p, form, &r.rule);
	if (json_object_size(r.rule.weigh) == 0 || r.source->keys == NULL) return OK;
	TRY(answer_columns_now(p, form, r.source, &columns, &r.beside, err));
	results_take_questions(p, &r, columns);
	results_weigh(p, &r);
	if (!r.weights_failed)
		*ret = (struct answer_weights){ .weights = r.weights, .slots = columns->slots, .n = columns->n };
	return OK;
}

static int by_key(const void *wanted, const void *slot)
{
	return response_key_compare(wanted, &((const struct answer_slot *)slot)->key);
}

double answer_weight(const struct answer_weights *weights, int64_t num, struct id id)
{
	const struct response_key key = { .num = num, .id = id };
	const struct answer_slot *slot =
	        weights->n ? bsearch(&key, weights->slots, (size_t)weights->n, sizeof(*weights->slots), by_key) : NULL;
	return slot ? weights->weights[slot->at] : -1;
}
