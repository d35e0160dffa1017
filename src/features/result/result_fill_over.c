/* Columns that go on from others: what changed is taken anew, the rest comes over by whole words. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "features/result/result_fill.h"

/* ---- Taken as stored ---- */

static void take_key(struct result_fill *fill, int i, struct json_slice key)
{
	for (int code = 0; code < fill->column.ncodes; code++) {
		if (fill->lengths[code] != key.len || memcmp(fill->keys[code], key.text, key.len) != 0) continue;
		column_say(&fill->column, i, code);
		return;
	}
}

/* Strings alone: an object has more to say. */
static bool are_keys(struct json_slice value)
{
	struct json_slice item, key;
	size_t at = 0;
	while (json_scan_item(value, &at, &item))
		if (!json_scan_string(item, &key)) return false;
	return at == value.len;
}

static void take_items(struct result_fill *fill, int i, struct json_slice value)
{
	struct json_slice item, key;
	size_t at = 0;
	while (json_scan_item(value, &at, &item)) {
		if (json_scan_string(item, &key)) take_key(fill, i, key);
		if (!fill->several) return;
	}
}

static bool is_whole(struct json_slice text, bool *minus)
{
	enum { EXACT = 15 };
	*minus = text.len && *text.text == '-';
	if (text.len <= *minus || text.len > EXACT) return false;
	for (size_t k = *minus; k < text.len; k++)
		if (text.text[k] < '0' || text.text[k] > '9') return false;
	return true;
}

static void take_whole(struct result_fill *fill, int i, struct json_slice text)
{
	int64_t number = 0;
	bool minus;
	if (!is_whole(text, &minus)) return;
	for (size_t k = minus; k < text.len; k++) number = number * 10 + (text.text[k] - '0');
	column_say_number(&fill->column, i, (double)(minus ? -number : number));
}

bool fill_is_plain(const struct result_fill *fill, struct json_slice value)
{
	struct json_slice text;
	bool string = json_scan_string(value, &text), minus;
	if (fill->texts) return false;
	switch (fill->kind) {
	case FILL_CHOICES: return string || are_keys(value);
	case FILL_FIRST: return are_keys(value);
	case FILL_NUMBER: return is_whole(string ? text : value, &minus);
	case FILL_TEXT: return string && text.len && isalnum((unsigned char)*text.text); /* not blank */
	default: return false;
	}
}

void fill_take_plain(struct result_fill *fill, int i, struct json_slice value)
{
	struct json_slice text;
	bool string = json_scan_string(value, &text);
	if (fill->kind == FILL_NUMBER) take_whole(fill, i, string ? text : value);
	else if (fill->kind == FILL_TEXT) column_say_none(&fill->column, i);
	else if (string) take_key(fill, i, text);
	else take_items(fill, i, value);
}

/* ---- Taken over ---- */

/* Only those that go or move are looked at one by one. */
static void move_set(uint64_t *to, const uint64_t *from, const struct fill_moves *moves, int words)
{
	memcpy(to, from, (size_t)words * sizeof(*to));
	for (int k = 0; k < moves->nmoved; k++) {
		int i = moves->moved[k];
		to[i / 64] &= ~(UINT64_C(1) << i % 64);
	}
	for (int k = 0; k < moves->nmoved; k++) {
		int i = moves->moved[k], place = moves->place[i];
		if (place >= 0 && set_holds(from, i)) to[place / 64] |= UINT64_C(1) << place % 64;
	}
}

static void over_column(struct column *to, const struct column *from, int most, const struct fill_moves *moves)
{
	move_set(to->said, from->said, moves, from->words);
	for (int code = 0; code < to->ncodes; code++)
		move_set(to->bits + (size_t)code * (size_t)to->words, column_set(from, code), moves, from->words);
	if (to->kind != COLUMN_NUMBERS) return;
	memcpy(to->numbers, from->numbers, (size_t)most * sizeof(double));
	for (int k = 0; k < moves->nmoved; k++) to->numbers[moves->moved[k]] = NAN;
	for (int k = 0; k < moves->nmoved; k++) {
		int i = moves->moved[k], place = moves->place[i];
		if (place >= 0) to->numbers[place] = from->numbers[i];
	}
}

static bool over_found(struct result_fill *fill, const struct result_fill *from, const struct fill_moves *moves)
{
	int *now = arena_array(fill->a, int, RESULT_DYNAMIC_MAX + 1); /* one more than its place, 0: not there yet */
	if (from->found[RESULT_DYNAMIC_MAX].n) return false;
	for (int k = 0; k < from->npairs && from->typed; k++)
		if (moves->place[from->pairs[k].answer] < 0) return false;
	for (int k = 0; k < from->npairs; k++) {
		struct fill_pair pair = from->pairs[k];
		const struct fill_found *found = &from->found[pair.found];
		int place = moves->place[pair.answer];
		if (place < 0) continue;
		if (now[pair.found]) fill_take_found(fill, place, now[pair.found] - 1);
		else {
			fill_take_key(fill, place, found->key, found->label);
			now[pair.found] = fill->nfound;
		}
	}
	return true;
}

bool fill_take_over(struct result_fill *fill, const struct result_fill *from, const struct fill_moves *moves)
{
	if (fill->found) return over_found(fill, from, moves);
	if (fill->column.kind != from->column.kind || fill->column.ncodes != from->column.ncodes) return false;
	over_column(&fill->column, &from->column, from->most, moves);
	return true;
}
