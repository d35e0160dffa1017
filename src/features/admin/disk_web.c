/* What takes room on the disk. */
#include "features/admin/admin_page.h"
#include "features/admin/admin_web.h"
#include "features/admin/disk.html.h"
#include "features/backup/shelf.h"
#include "features/metrics/metrics_store.h"
#include "store/disk.h"

#define MONTH_MS (30LL * 24 * 3600 * 1000)
enum { BIG_FILES = 10, FAR = 60 /* months: nobody can tell */ };

static enum code read_holders(struct request *r, struct disk_state *d, struct err *err)
{
	const struct record **holders = arena_array(r->arena, const struct record *, (size_t)d->nbig + 1);
	for (int i = 0; i < d->nbig; i++) {
		struct record *record = NULL;
		enum code code = d->big[i].record ? record_load_num(r->db, r->arena, r->page.model, &r->actor,
		                                                    d->big[i].record, &record, err)
		                                  : E_NOT_FOUND;
		if (code != OK && code != E_NOT_FOUND) return code;
		holders[i] = code == OK ? record : NULL;
	}
	d->holders = holders;
	return OK;
}

static enum code read_state(struct request *r, struct disk_state *d, struct err *err)
{
	const char *dir = store_dir(site_store(r->site));
	struct metrics_stored stored;
	struct big_file *big;
	struct form_room *forms;
	TRY(metrics_read(r->db, &stored, err));
	TRY(admin_big_files(r->db, r->arena, BIG_FILES, &big, &d->nbig, err));
	TRY(admin_form_room(r->db, r->arena, &forms, &d->nforms, err));
	TRY(admin_growth(r->db, r->page.now - MONTH_MS, &d->month, err));
	TRY(disk_room(dir, &d->available, &d->total, err));
	d->database = stored.bytes;
	d->files = stored.files;
	d->backups = shelf_size(r->arena, dir);
	d->big = big;
	d->forms = forms;
	int64_t months = d->month.bytes ? d->available / d->month.bytes : FAR;
	d->months = months < FAR ? (int)months : 0;
	return read_holders(r, d, err);
}

enum code disk_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct disk_state d = { 0 };
	TRY(read_state(r, &d, err));
	p->title = _("Disk");
	p->hidden = true;
	disk_page(request_out(r), p, &d);
	return OK;
}
