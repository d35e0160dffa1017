#include "features/backup/backup_web.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/audit.h"
#include "features/account/again.h"
#include "features/backup/backup.html.h"
#include "features/backup/backup_page.h"
#include "features/setting/config.h"
#include "features/setting/setting_words.h"
#include "store/job.h"
#include "web/web.h"

#define PAGE "/-/admin/backups"

static const char *folder(const struct request *r)
{
	return store_dir(site_store(r->site));
}

const char *backup_url(const struct page *p, const struct shelved *s, const char *more)
{
	return arena_printf(p->arena, PAGE "/%s%s", s->name, more);
}

/* What the last turn met, as long as it was not mended. */
static enum code read_trouble(struct request *r, const char **ret, struct err *err)
{
	struct job_row *rows;
	int n;
	TRY(job_list(r->db, r->arena, "backups", 1, &rows, &n, err));
	*ret = n ? rows[0].error : NULL;
	TRY(job_list(r->db, r->arena, "backup", 1, &rows, &n, err));
	if (n && rows[0].error) *ret = rows[0].error;
	return OK;
}

static enum code list_show(struct request *r, struct err *err)
{
	struct page *p = &r->page;
	struct shelf_page s = { 0 };
	struct shelved *list;
	struct config config;
	TRY(shelf_list(r->arena, folder(r), &list, &s.n, err));
	TRY(config_load(r->arena, folder(r), &config, err));
	TRY(job_is_due(r->db, "backup", &s.making, err));
	TRY(job_is_due(r->db, "backup-test", &s.trying, err));
	TRY(read_trouble(r, &s.trouble, err));
	s.list = list;
	s.rhythm = setting_value_words(p, SETTING_BACKUPS, config.values[SETTING_BACKUPS]);
	s.kept = config_number(&config, SETTING_BACKUPS_KEPT);
	p->title = _("Backups");
	p->hidden = true;
	backups_page(request_out(r), p, &s);
	return OK;
}

/* ---- Deeds ---- */

struct deed {
	struct request *r;
	struct shelved shelved; /* no name: of none */
	const char *job;        /* to add; NULL: none */
	const char *action;     /* for the audit */
};

static enum code do_deed(struct tx *tx, void *arg, struct err *err)
{
	const struct deed *d = arg;
	const char *name = d->shelved.name ? d->shelved.name : "";
	bool due = false;
	if (d->job) TRY(job_is_due(tx_db(tx), d->job, &due, err));
	if (due) return OK;
	if (d->job) TRY(job_add(tx, d->job, json_keep(d->r->arena, json_pack("{s:s}", "name", name)), 0, err));
	return audit_note(tx, &d->r->actor, d->action, ID_NONE, json_pack("{s:s}", "file", name), err);
}

static enum code make_post(struct request *r, struct err *err)
{
	struct deed d = { .r = r, .job = "backup", .action = "backup.ask" };
	TRY(request_write(r, do_deed, &d, err));
	return request_redirect(r, PAGE, "sauvegarde");
}

static enum code test_post(struct request *r, struct err *err)
{
	struct deed d = { .r = r, .job = "backup-test", .action = "backup.test" };
	TRY(shelf_find(r->arena, folder(r), r->params[0], &d.shelved, err));
	TRY(request_write(r, do_deed, &d, err));
	return request_redirect(r, PAGE, "essai");
}

static enum code delete_post(struct request *r, struct err *err)
{
	struct deed d = { .r = r, .action = "backup.delete" };
	bool shown;
	TRY(shelf_find(r->arena, folder(r), r->params[0], &d.shelved, err));
	TRY(again_pass(r, PAGE, &shown, err));
	if (!shown) return OK;
	TRY(request_write(r, do_deed, &d, err));
	TRY(shelf_delete(r->arena, folder(r), d.shelved.name, err));
	return request_redirect(r, PAGE, "sauvegarde-effacee");
}

/* All that people wrote: to who has just shown who she is, by a form, noted before the first byte leaves. */
static enum code download_post(struct request *r, struct err *err)
{
	struct deed d = { .r = r, .action = "backup.download" };
	struct http_response *rs = r->response;
	struct stat st;
	bool shown;
	TRY(shelf_find(r->arena, folder(r), r->params[0], &d.shelved, err));
	TRY(again_pass(r, PAGE, &shown, err));
	if (!shown) return OK;
	TRY(request_write(r, do_deed, &d, err));
	int fd = open(shelf_path(r->arena, folder(r), d.shelved.name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0) FAIL(err, E_NOT_FOUND, N_("There is no such backup."));
	rs->file_fd = fd;
	if (fstat(fd, &st) != 0) FAIL(err, E_IO, N_("the backup cannot be read: %s"), strerror(errno));
	rs->file_size = st.st_size;
	http_set(rs, "Content-Type", "application/zip");
	http_set(rs, "Content-Disposition", arena_printf(r->arena, "attachment; filename=\"%s\"", d.shelved.name));
	http_set(rs, "Cache-Control", "no-store");
	return OK;
}

const struct feature backup_feature = {
	.name = "backup",
	.routes = ROUTES({ HTTP_GET, PAGE, list_show, ACTION_ADMINISTER, KIND_SITE, N_("Backups kept here"), 0, false },
	                 { HTTP_POST, PAGE, make_post, ACTION_ADMINISTER, KIND_SITE, N_("Make a backup"), 0, false },
	                 { HTTP_POST, PAGE "/:name/test", test_post, ACTION_ADMINISTER, KIND_SITE, N_("Try a backup"),
	                   0, false },
	                 { HTTP_POST, PAGE "/:name/download", download_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Take a backup away"), 0, false },
	                 { HTTP_POST, PAGE "/:name/delete", delete_post, ACTION_ADMINISTER, KIND_SITE,
	                   N_("Delete a backup"), 0, false }),
};
