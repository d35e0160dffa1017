#include "web/keep.h"

#include <string.h>
#include <sys/mman.h>

#include "base/fd.h"
#include "core/file_ref.h"
#include "media/picture.h"
#include "store/file.h"

/* A size of a picture, noted with it. */
struct sized {
	const struct keeping *keeping;
	const struct picture_size *size;
	struct hash hash, picture;
};

static enum code note(struct tx *tx, void *arg, struct err *err)
{
	const struct sized *s = arg;
	const struct hash *picture = s->size->side == picture_sides[0] ? &s->hash : &s->picture;
	TRY(file_note_picture(tx, picture, s->size->side, &s->hash, s->size->width, s->size->height, err));
	return s->keeping->person ? file_note_upload(tx, s->keeping->person, &s->hash, err) : OK;
}

static enum code keep_size(struct sized *s, struct err *err)
{
	int64_t len;
	AUTO(close_fd) int fd = memfd_create("picture", MFD_CLOEXEC);
	if (fd < 0) FAIL(err, E_IO, N_("The file cannot be kept: the disk does not take it."));
	TRY(file_write(fd, s->size->data, s->size->size, err));
	TRY(file_keep(s->keeping->store, fd, (int64_t)s->size->size, s->size->type, note, s, &s->hash, &len, err));
	if (s->size->side == picture_sides[0]) s->picture = s->hash;
	return OK;
}

enum code keep_picture(const struct keeping *keeping, int fd, int64_t size, bool all, struct kept_picture *ret,
                       struct err *err)
{
	struct picture_sizes sizes;
	struct sized s = { .keeping = keeping };
	TRY(picture_make(keeping->arena, fd, size, &sizes, err));
	for (int i = 0; i < (all ? sizes.n : 1); i++) {
		s.size = &sizes.size[i];
		TRY(keep_size(&s, err));
	}
	*ret = (struct kept_picture){ .hash = s.picture,
		                      .width = sizes.size[0].width,
		                      .height = sizes.size[0].height,
		                      .extension = strcmp(sizes.size[0].type, "image/jpeg") == 0 ? "jpg" : "webp" };
	return OK;
}
