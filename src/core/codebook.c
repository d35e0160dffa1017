/* The order, the headings and the keys of the codes of a book. */
#include "core/codebook.h"

#include <string.h>

#include "base/text.h"
#include "core/codebook_row.h"

struct thing codebook_thing(const struct space *space)
{
	return (struct thing){ .kind = KIND_RESPONSE, .space = space, .state = STATE_PUBLISHED };
}

int codebook_place(const struct codebook *book, int64_t num)
{
	for (int i = 0; i < book->n; i++)
		if (book->codes[i].num == num) return i;
	return -1;
}

int codebook_place_of_id(const struct codebook *book, struct id id)
{
	for (int i = 0; i < book->n; i++)
		if (id_equal(book->codes[i].id, id)) return i;
	return -1;
}

int codebook_heading(const struct codebook *book, int place)
{
	for (int i = 0; i < CODE_DEPTH && book->codes[place].parent >= 0; i++) place = book->codes[place].parent;
	return place;
}

bool codebook_is_under(const struct codebook *book, int place, int heading)
{
	for (int i = 0; i <= CODE_DEPTH && place >= 0; i++) {
		if (place == heading) return true;
		place = book->codes[place].parent;
	}
	return false;
}

int codebook_find(const struct codebook *book, int parent, const char *name)
{
	struct arena scratch;
	int found = -1;
	arena_init(&scratch);
	const char *folded = text_fold(&scratch, name);
	for (int i = 0; i < book->n && found < 0; i++) {
		const struct book_code *code = &book->codes[i];
		if (code->state == CODE_USED && code->parent == parent &&
		    strcmp(text_fold(&scratch, code->name), folded) == 0)
			found = i;
	}
	arena_release(&scratch);
	return found;
}

/* ---- Putting rows in order ---- */

/* What it counts as: where merges lead, at most as far as there are codes. */
static int64_t followed(const struct code_row *rows, int n, int64_t num)
{
	for (int step = 0; step < n; step++) {
		int at = 0;
		while (at < n && rows[at].code.num != num) at++;
		if (at == n || rows[at].code.state != CODE_MERGED || rows[at].merged == 0) return num;
		num = rows[at].merged;
	}
	return num;
}

static void put(const struct code_row *rows, int n, int64_t parent, int at, int depth, struct book_code *codes,
                int *ncodes)
{
	for (int i = 0; i < n; i++) {
		if (rows[i].code.state == CODE_MERGED || rows[i].parent != parent || *ncodes == n) continue;
		int place = (*ncodes)++;
		codes[place] = rows[i].code;
		codes[place].parent = at;
		codes[place].depth = depth;
		codes[place].counts = place;
		if (depth + 1 < CODE_DEPTH) put(rows, n, rows[i].code.num, place, depth + 1, codes, ncodes);
	}
}

static int placed(const struct book_code *codes, int n, int64_t num)
{
	for (int i = 0; i < n; i++)
		if (codes[i].num == num) return i;
	return -1;
}

/* Letters that the page does something else with are left out (features/coding/coding.ts): next, back, cite, new. */
#define TOP_KEYS "123456789"
#define UNDER_KEYS "abcdefghijklmnopqrstuvwxyz"

static char nth(const char *keys, int i)
{
	return i < (int)strlen(keys) ? keys[i] : '\0';
}

/* Where nothing stands under the ninth heading, the tenth has none. */
static void give_keys(struct codebook *book, struct book_code *codes)
{
	int top = 0;
	for (int i = 0; i < book->n; i++) {
		if (codes[i].state != CODE_USED || codes[i].parent >= 0) continue;
		char first = nth(TOP_KEYS, top++);
		int under = 0;
		codes[i].keys[0] = first;
		for (int k = i + 1; first && k < book->n; k++) {
			if (codes[k].state != CODE_USED || !codebook_is_under(book, k, i)) continue;
			char second = nth(UNDER_KEYS, under++);
			if (second == '\0') break;
			codes[k].keys[0] = first;
			codes[k].keys[1] = second;
		}
	}
}

void codebook_order(struct arena *a, const struct code_row *rows, int n, struct codebook *book)
{
	struct code_row *known = arena_array(a, struct code_row, (size_t)n + 1);
	struct book_code *codes = arena_array(a, struct book_code, (size_t)n + 1);
	for (int i = 0; i < n; i++) {
		known[i] = rows[i];
		if (known[i].parent) known[i].parent = followed(rows, n, known[i].parent);
	}
	book->codes = codes;
	put(known, n, 0, -1, 0, codes, &book->n);
	/* Whose heading is not there, or too deep: nothing is lost. */
	for (int i = 0; i < n; i++) {
		if (known[i].code.state == CODE_MERGED || placed(codes, book->n, known[i].code.num) >= 0) continue;
		codes[book->n] = known[i].code;
		codes[book->n].parent = -1;
		codes[book->n].counts = book->n;
		book->n++;
	}
	int standing = book->n;
	for (int i = 0; i < n; i++) {
		if (known[i].code.state != CODE_MERGED) continue;
		int counts = placed(codes, standing, followed(rows, n, known[i].code.num));
		codes[book->n] = known[i].code;
		codes[book->n].parent = -1;
		codes[book->n].counts = counts < 0 ? book->n : counts;
		book->n++;
	}
	for (int i = 0; i < standing; i++) {
		if (codes[i].state != CODE_USED) continue;
		book->used++;
		if (codes[i].parent >= 0) codes[codes[i].parent].children++;
	}
	give_keys(book, codes);
}
