#include "features/result/answer_pack.h"

#include <string.h>

#define FORMAT "columns1" /* another whenever what follows is */

struct head {
	char format[sizeof(FORMAT) - 1];
	struct hash rest;    /* of all that follows it */
	uint32_t order;      /* of the bytes of a number */
	int most, n, nfills; /* as in columns */
	struct hash shape;
};
_Static_assert(sizeof(struct head) == ANSWER_PACK_HEAD, "it has no gaps");
enum { ORDER = 0x01020304, HASHED_FROM = sizeof(FORMAT) - 1 + HASH_SIZE };

/* One walk for both ways, so that what is read is what is written. */
struct walk {
	struct buf *to; /* NULL: it reads, from what is left */
	const char *from;
	size_t left;
	struct arena *a; /* of what is read */
	bool foreign;
};

static void pass(struct walk *w, void *bytes, size_t len)
{
	if (w->to) buf_add(w->to, bytes, len);
	else if (len > w->left) w->foreign = true;
	else if (len) {
		memcpy(bytes, w->from, len);
		w->from += len;
		w->left -= len;
	}
}

/* How many things of `size` bytes follow; none when there are not so many bytes. */
static void pass_count(struct walk *w, int *n, size_t size)
{
	pass(w, n, sizeof(*n));
	if (w->to) return;
	if (*n < 0 || (size_t)*n > w->left / size) w->foreign = true;
	if (w->foreign) *n = 0;
}

/* NULL is kept apart from "". */
static void pass_text(struct walk *w, const char **text)
{
	int len = *text ? (int)strlen(*text) + 1 : 0;
	pass_count(w, &len, 1);
	char *bytes = w->to ? (char *)*text : len ? arena_alloc(w->a, (size_t)len) : NULL;
	pass(w, bytes, (size_t)len);
	if (len && bytes[len - 1] != '\0') w->foreign = true;
	*text = w->foreign ? NULL : bytes;
}

static void pass_slots(struct walk *w, struct answer_columns *columns)
{
	pass(w, columns->slots, (size_t)columns->n * sizeof(*columns->slots));
	for (int i = 0; i < columns->n; i++)
		w->foreign |= columns->slots[i].at < 0 || columns->slots[i].at >= columns->n;
}

static void pass_column(struct walk *w, struct column *column, int most)
{
	size_t set = (size_t)column->words * sizeof(*column->said);
	pass(w, column->said, set);
	pass(w, column->bits, (size_t)column->ncodes * set);
	if (column->kind == COLUMN_NUMBERS) pass(w, column->numbers, (size_t)most * sizeof(*column->numbers));
}

static void pass_found(struct walk *w, struct result_fill *fill, int n)
{
	int typed = fill->typed;
	pass(w, &typed, sizeof(typed));
	fill->typed = typed != 0;
	pass_count(w, &fill->nfound, 1);
	if (fill->nfound > RESULT_DYNAMIC_MAX) w->foreign = true;
	for (int i = 0; i < fill->nfound && !w->foreign; i++) {
		pass_text(w, &fill->found[i].key);
		pass_text(w, &fill->found[i].label);
		pass(w, &fill->found[i].n, sizeof(fill->found[i].n));
		w->foreign |= fill->found[i].key == NULL;
	}
	pass_count(w, &fill->npairs, sizeof(*fill->pairs));
	if (w->to == NULL) fill->pairs = arena_array(w->a, struct fill_pair, (size_t)fill->npairs + 1);
	fill->room = fill->npairs;
	pass(w, fill->pairs, (size_t)fill->npairs * sizeof(*fill->pairs));
	for (int i = 0; i < fill->npairs; i++) {
		const struct fill_pair pair = fill->pairs[i];
		w->foreign |= pair.answer < 0 || pair.answer >= n || pair.found < 0 || pair.found >= fill->nfound;
	}
}

static void pass_fills(struct walk *w, struct answer_columns *columns)
{
	for (int i = 0; i < columns->fills.n && !w->foreign; i++) {
		struct result_fill *fill = columns->fills.all[i];
		if (fill->found) pass_found(w, fill, columns->n);
		else pass_column(w, &fill->column, columns->most);
	}
}

/* ---- Both ways ---- */

static bool is_told_apart(const struct answer_columns *columns)
{
	for (int i = 0; i < columns->fills.n; i++) {
		const struct fill_found *found = columns->fills.all[i]->found;
		if (found && found[RESULT_DYNAMIC_MAX].n) return false;
	}
	return true;
}

bool answer_pack(struct answer_columns *columns, struct buf *ret)
{
	struct head head = { .order = ORDER,
		             .most = columns->most,
		             .n = columns->n,
		             .nfills = columns->fills.n,
		             .shape = columns->shape };
	struct walk w = { .to = ret };
	size_t at = ret->len;
	if (!is_told_apart(columns)) return false;
	memcpy(head.format, FORMAT, sizeof(head.format));
	buf_add(ret, &head, sizeof(head));
	pass_slots(&w, columns);
	pass_fills(&w, columns);
	if (ret->over) return false;
	head.rest = hash_blake2b("cols", NULL, ret->data + at + HASHED_FROM, ret->len - at - HASHED_FROM);
	memcpy(ret->data + at, &head, sizeof(head));
	return true;
}

/* As far as the head tells. */
static bool is_of_form(const struct head *head, const struct hash *shape)
{
	return memcmp(head->format, FORMAT, sizeof(head->format)) == 0 && head->order == ORDER &&
	       hash_compare(&head->shape, shape) == 0 && head->n >= 0 && head->n <= head->most && head->most % 64 == 0;
}

bool answer_pack_told(const struct page *p, const struct form *form, struct blob bytes, int *n)
{
	struct walk w = { .from = bytes.ptr, .left = bytes.len };
	const struct hash shape = answer_shape(p, form);
	struct head head;
	pass(&w, &head, sizeof(head));
	if (w.foreign || !is_of_form(&head, &shape)) return false;
	*n = head.n;
	return true;
}

bool answer_unpack(const struct page *p, const struct form *form, const struct answer_source *source, struct blob bytes,
                   struct answer_columns *columns)
{
	struct walk w = { .from = bytes.ptr, .left = bytes.len, .a = &columns->arena };
	struct head head;
	columns->shape = answer_shape(p, form);
	pass(&w, &head, sizeof(head));
	if (w.foreign || !is_of_form(&head, &columns->shape) || (size_t)head.n > w.left) return false;
	const struct hash rest = hash_blake2b("cols", NULL, (const char *)bytes.ptr + HASHED_FROM,
	                                      bytes.len - HASHED_FROM);
	if (hash_compare(&rest, &head.rest) != 0) return false;
	answer_columns_begin(columns, p, form, source, head.most, head.n);
	w.foreign = columns->fills.n != head.nfills;
	if (!w.foreign) pass_slots(&w, columns);
	pass_fills(&w, columns);
	if (w.foreign || w.left) return false;
	answer_columns_end(columns);
	return true;
}
