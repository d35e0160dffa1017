#include "features/print/print_entry.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "core/field_type.h"
#include "fields/rich_text.h"
#include "page/picture.h"
#include "store/file.h"

enum { PICTURE_BYTES_MAX = 8 * 1024 * 1024 };

/* Types that say when. */
static const char *const times[] = { "schedule", "date", "period", "dates", NULL };

static bool says_when(const struct field *field)
{
	for (int i = 0; times[i]; i++)
		if (strcmp(field->type->name, times[i]) == 0) return true;
	return false;
}

/* In one line. */
static const char *words_of(const struct page *p, const struct field *field, const json_t *value)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (const char *c = field_plain(p, field, value); *c; c++)
		if (*c == '\n') buf_puts(&out, ", ");
		else buf_putc(&out, *c);
	return buf_str(&out);
}

/* What takes place then says so by itself; another date says what it is. */
static const char *when_of(const struct page *p, const struct field *field, const char *words)
{
	if (strcmp(field->type->name, times[0]) == 0) return words;
	return page_printf(p, _("%s: %s"), t(p, &field->label), words);
}

static const char *first_text(const struct record *record)
{
	for (int i = 0; i < record->form->nfields; i++) {
		const struct field *field = &record->form->fields[i];
		const json_t *value = record_value(record, field);
		if (field->type->long_text && json_is_string(value)) return json_string_value(value);
	}
	return "";
}

struct paper_entry print_entry(const struct page *p, const struct record *record)
{
	const struct form *form = record->form;
	struct paper_entry entry = { .title = record->title, .when = "" };
	struct buf where;
	buf_init(&where, p->arena, 0);
	for (int i = 0; i < form->nsummary; i++) {
		const struct field *field = form->summary[i];
		const json_t *value = record_value(record, field);
		const char *words = value && !field->type->long_text ? words_of(p, field, value) : "";
		if (*words == '\0') continue;
		if (!says_when(field)) buf_printf(&where, "%s%s", where.len ? " – " : "", words);
		else if (*entry.when == '\0') entry.when = when_of(p, field, words);
	}
	entry.where = buf_str(&where);
	entry.text = rich_text_summary(p->arena, first_text(record));
	entry.url = arena_printf(p->arena, "%s%s", p->base_url, record_short_url(p, record));
	return entry;
}

static void put_value(json_t *all, const struct record *record, const struct field *field)
{
	const json_t *value = field && field->audience == AUDIENCE_PUBLIC ? record_value(record, field) : NULL;
	if (value) json_object_set(all, field->key, (json_t *)value);
}

struct hash print_shown(struct arena *a, const struct record *record, bool whole)
{
	const struct form *form = record->form;
	json_t *all = json_keep(a, json_object());
	bool text = false;
	json_object_set_new(all, "", json_integer(record->state == STATE_PUBLISHED));
	put_value(all, record, form->title);
	if (!whole) put_value(all, record, form->category);
	for (int i = 0; i < form->nsummary; i++) put_value(all, record, form->summary[i]);
	for (int i = 0; i < form->nfields; i++) {
		const struct field *field = &form->fields[i];
		const json_t *value = field->type->long_text ? record_value(record, field) : NULL;
		if (text || !json_is_string(value)) continue;
		put_value(all, record, field);
		text = true;
	}
	const json_t *picture = whole ? record_picture(record) : NULL;
	if (picture) json_object_set(all, " ", json_object_get(picture, "file"));
	const char *said = json_text(a, all);
	return hash_blake2b("prnt", NULL, said, strlen(said));
}

const char *print_text(const struct page *p, const struct record *record)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	rich_text_plain(&out, p->arena, first_text(record));
	return text_trim(p->arena, buf_str(&out));
}

/* ---- Picture ---- */

static enum code read_all(int fd, void *out, int64_t size, struct err *err)
{
	for (int64_t done = 0; done < size;) {
		ssize_t n = pread(fd, (char *)out + done, (size_t)(size - done), done);
		if (n <= 0) FAIL(err, E_IO, N_("the picture cannot be read"));
		done += n;
	}
	return OK;
}

static bool is_jpeg(const uint8_t *data, int64_t size)
{
	return size > 3 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff;
}

enum code print_kept(const struct page *p, struct store *store, const json_t *item, const struct paper_picture **ret,
                     struct err *err)
{
	struct hash hash;
	int64_t size;
	int fd;
	*ret = NULL;
	if (item == NULL || !hash_from_hex(json_str_or(item, "file", ""), &hash)) return OK;
	struct paper_picture *picture = arena_new(p->arena, struct paper_picture);
	*picture = (struct paper_picture){ .width = (int)json_int(item, "w", 0),
		                           .height = (int)json_int(item, "h", 0),
		                           .alt = json_str_or(item, "alt", "") };
	TRY(file_open(store, &hash, &fd, &size, err));
	if (size > PICTURE_BYTES_MAX || picture->width < 1 || picture->height < 1) {
		close(fd);
		return OK;
	}
	void *data = arena_alloc(p->arena, (size_t)size + 1);
	enum code code = read_all(fd, data, size, err);
	close(fd);
	TRY(code);
	picture->data = data;
	picture->size = (size_t)size;
	*ret = picture;
	return OK;
}

enum code print_picture(const struct page *p, struct store *store, const struct record *record,
                        const struct paper_picture **ret, struct err *err)
{
	const struct paper_picture *picture;
	TRY(print_kept(p, store, record_picture(record), &picture, err));
	*ret = picture && is_jpeg(picture->data, (int64_t)picture->size) ? picture : NULL;
	return OK;
}
