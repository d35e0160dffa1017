#include "features/import/import_wxr.h"

#include <string.h>

#include "base/text.h"
#include "core/actor.h"
#include "features/import/import_row.h"

/* ---- What is brought ---- */

/* Why it is not, in `why`; what goes with others is left out without a word. */
bool wxr_is_brought(const struct wxr_item *item, struct err *why)
{
	bool known = strcmp(item->type, "post") == 0 || strcmp(item->type, "page") == 0;
	if (!known) err_set(why, E_INPUT, N_("entries of the kind “%s” have no like here"), item->type);
	bool gone = strcmp(item->status, "trash") == 0 || strcmp(item->status, "auto-draft") == 0;
	if (known && gone) err_set(why, E_INPUT, N_("its state is “%s”: it is left there"), item->status);
	return known && !gone;
}

/* Empty lines part paragraphs, unless it is made of blocks (WordPress’ wpautop). */
static bool counts_lines(const char *html)
{
	return strstr(html, "<!-- wp:") == NULL;
}

/* A picture that is not there is told; the entry comes without it. */
static enum code add_picture(struct wxr_import *job, struct wxr_entry *entry, const char *address, const char *alt,
                             struct err *err)
{
	struct err why;
	enum code code = import_picture(&job->pictures, entry->pictures, address, alt, &why);
	if (code == E_NOT_FOUND || code == E_INPUT || code == E_LIMIT) {
		import_refuse(&job->refusals, entry->item->line, entry->item->title, &why);
		return OK;
	}
	if (code != OK) *err = why;
	entry->told->pictures += code == OK;
	return code;
}

static void tell(struct wxr_import *job, const struct wxr_item *item, const struct err *why)
{
	import_refuse(&job->refusals, item->line, item->title, why);
}

/* Its own picture first, then those of the text. */
static enum code add_pictures(struct wxr_import *job, struct wxr_entry *entry, struct err *err)
{
	const struct wxr_item *item = entry->item;
	int n = entry->words.npictures + (*item->picture != '\0');
	struct err why;
	entry->pictures = json_keep(job->a, json_array());
	if (entry->target->pictures == NULL || (job->import->media == NULL && job->import->zip == NULL)) {
		err_set(&why, E_INPUT, N_("not carried over: pictures (%d)"), n);
		if (n) tell(job, item, &why);
		return OK;
	}
	for (const struct wxr_item *file = *item->picture ? job->wxr.items : NULL; file; file = file->next)
		if (*file->file && strcmp(file->id, item->picture) == 0)
			TRY(add_picture(job, entry, file->file, file->title, err));
	for (int i = 0; i < entry->words.npictures; i++)
		TRY(add_picture(job, entry, entry->words.pictures[i].src, entry->words.pictures[i].alt, err));
	return OK;
}

/* Sounds, videos and documents that its text names. */
static enum code add_files(struct wxr_import *job, struct wxr_entry *entry, struct err *err)
{
	enum { MOST = 50 };
	const char *names[MOST];
	int n = import_file_names(job->a, entry->item->content, names, MOST);
	entry->media = json_keep(job->a, json_array());
	entry->files = json_keep(job->a, json_array());
	for (int i = 0; i < n; i++) {
		struct err why;
		bool media = import_file_kind(names[i]) == IMPORT_FILE_MEDIA;
		const char *slash = strrchr(names[i], '/');
		enum code code = E_INPUT;
		if (media ? !entry->target->media : !entry->target->files)
			err_set(&why, E_INPUT,
			        N_("not carried over: the file “%s”, which this form has no question for"), slash + 1);
		else if (job->import->media == NULL && job->import->zip == NULL)
			err_set(&why, E_INPUT,
			        N_("not carried over: the file “%s”, which was not sent with the export"), slash + 1);
		else code = import_file(&job->files, media ? entry->media : entry->files, names[i], &why);
		if (code == OK) {
			entry->told->files++;
			continue;
		}
		if (code != E_NOT_FOUND && code != E_INPUT && code != E_LIMIT) {
			*err = why;
			return code;
		}
		tell(job, entry->item, &why);
	}
	return OK;
}

/* A player whose sound or video came along. */
static bool is_player(const struct wxr_entry *entry, const char *lost)
{
	static const char *const players[] = { "[audio", "[video", "[playlist", "<audio", "<video" };
	for (size_t i = 0; i < COUNT(players); i++)
		if (strncmp(lost, players[i], strlen(players[i])) == 0) return json_array_size(entry->media) > 0;
	return false;
}

/* What only some read there is a draft here: so nobody reads more than before. */
static bool is_draft(const struct wxr_item *item)
{
	return strcmp(item->status, "publish") != 0 || *item->password;
}

static struct import_entry *tell_entry(struct wxr_import *job, const struct wxr_entry *entry)
{
	struct import_entry *told = arena_new(job->a, struct import_entry);
	const struct wxr_item *item = entry->item;
	*told = (struct import_entry){ .rank = job->report->nentries,
		                       .form = entry->target->form,
		                       .title = wxr_title(job->a, item),
		                       .day = strncmp(item->date, "0000", 4) == 0
		                                      ? ""
		                                      : arena_printf(job->a, "%.10s", item->date),
		                       .line = item->line,
		                       .draft = is_draft(item),
		                       .comments = is_draft(item) ? 0 : wxr_comments_count(item) };
	*job->last_told = told;
	job->last_told = &told->next;
	job->report->nentries++;
	return told;
}

enum code wxr_import_entry(struct wxr_import *job, const struct wxr_item *item, struct wxr_entry **ret, struct err *err)
{
	struct wxr_entry *entry = arena_new(job->a, struct wxr_entry);
	struct err why;
	*entry = (struct wxr_entry){ .item = item,
		                     .target = strcmp(item->type, "post") == 0 ? &job->post : &job->page };
	entry->told = tell_entry(job, entry);
	html_markdown(job->a, item->content, strlen(item->content), counts_lines(item->content), &entry->words);
	TRY(add_files(job, entry, err));
	for (int i = 0; i < entry->words.nlost; i++) {
		if (is_player(entry, entry->words.lost[i])) continue;
		err_set(&why, E_INPUT, N_("not carried over: %s"), entry->words.lost[i]);
		tell(job, item, &why);
	}
	if (item->nterms > WXR_TERMS_KEPT) {
		err_set(&why, E_INPUT, N_("not carried over: its key words after the first %d"), WXR_TERMS_KEPT);
		tell(job, item, &why);
	}
	TRY(add_pictures(job, entry, err));
	*ret = entry;
	return OK;
}

/* All of them, to be written together. */
struct gathered {
	struct wxr_import job;
	struct wxr_entry *entries, **last;
};

static enum code gather(struct gathered *g, struct err *err)
{
	struct wxr_import *job = &g->job;
	struct wxr_entry *entry;
	for (const struct wxr_item *item = job->wxr.items; item; item = item->next) {
		struct err why;
		if (wxr_is_brought(item, &why)) {
			TRY(wxr_import_entry(job, item, &entry, err));
			*g->last = entry;
			g->last = &entry->next;
		} else if (strcmp(item->type, "attachment") != 0) {
			tell(job, item, &why);
			job->report->left++;
		}
	}
	job->report->pictures = job->pictures.n;
	return OK;
}

/* ---- Written ---- */

static void count(struct wxr_import *job, enum import_outcome outcome)
{
	job->report->created += outcome == IMPORT_CREATED;
	job->report->changed += outcome == IMPORT_CHANGED;
	job->report->unchanged += outcome == IMPORT_UNCHANGED;
}

enum code wxr_import_write(struct wxr_import *job, struct tx *tx, const struct wxr_entry *entry, struct err *err)
{
	struct issues issues;
	issues_init(&issues, job->a);
	struct import_item item = { .source = job->source,
		                    .key = entry->item->id,
		                    .form = entry->target->form,
		                    .space = job->space,
		                    .draft = is_draft(entry->item),
		                    .batch = job->import->batch,
		                    .without_files = job->pictures.dry_run };
	item.values = wxr_values(job->a, &job->wxr, entry, &issues);
	const char *slug = text_slug(job->a, entry->item->slug, RECORD_SLUG_MAX);
	if (*slug && slug_is_valid(slug)) item.slug = slug;
	enum import_outcome outcome = IMPORT_UNCHANGED;
	enum code code = issues.count ? E_INPUT : import_item(tx, job->a, job->model, &item, &issues, &outcome, err);
	if (code == E_INPUT) {
		job->report->refused++;
		entry->told->refused = true;
		for (const struct issue *i = issues.first; i; i = i->next)
			import_refuse(&job->refusals, entry->item->line, entry->item->title, &i->err);
		if (issues.first == NULL) import_refuse(&job->refusals, entry->item->line, entry->item->title, err);
		return OK;
	}
	TRY(code);
	count(job, outcome);
	if (outcome != IMPORT_CREATED || item.draft) return OK;
	return wxr_comments(tx, job->a, job->model, entry->item, item.saved, &job->refusals, err);
}

static enum code write_all(struct tx *tx, void *arg, struct err *err)
{
	struct gathered *g = arg;
	struct wxr_import *job = &g->job;
	for (const struct wxr_entry *entry = g->entries; entry; entry = entry->next)
		TRY(wxr_import_write(job, tx, entry, err));
	if (job->import->dry_run) FAIL(err, E_CONFLICT, N_("a rehearsal: nothing was kept"));
	if (job->report->refused && !job->import->keep_good)
		FAIL(err, E_INPUT, N_("%d entries were refused: nothing was kept"), job->report->refused);
	return OK;
}

/* ---- Both ways ---- */

static const char *source_of(struct arena *a, const struct wxr *wxr)
{
	return arena_printf(a, "wxr:%s", wxr->site);
}

enum code import_wxr_source(struct arena *a, const char *text, size_t len, const char **ret, struct err *err)
{
	struct wxr wxr;
	TRY(wxr_read(a, text, len, &wxr, err));
	*ret = source_of(a, &wxr);
	return OK;
}

static enum code open_targets(struct wxr_import *job, struct err *err)
{
	const struct import_wxr *import = job->import;
	job->space = import->space ? model_space_by_slug(job->model, import->space) : &job->model->spaces[0];
	if (job->space == NULL) FAIL(err, E_INPUT, N_("there is no space “%s” here"), import->space);
	TRY(wxr_target(job->model, import->post, true, &job->post, err));
	return wxr_target(job->model, import->page, false, &job->page, err);
}

void wxr_import_begin(struct wxr_import *job, struct site *site, const struct model *model, struct arena *a,
                      const struct import_wxr *import, struct import_report *report)
{
	*report = (struct import_report){ 0 };
	*job = (struct wxr_import){ .import = import, .report = report, .site = site, .model = model, .a = a };
	job->last_told = &report->entries;
	job->pictures = (struct import_pictures){ .site = site,
		                                  .arena = a,
		                                  .media = &job->media,
		                                  .dry_run = import->dry_run,
		                                  .known = json_keep(a, json_object()) };
	job->files = (struct import_files){ .site = site,
		                            .arena = a,
		                            .media = &job->media,
		                            .dry_run = import->dry_run,
		                            .known = json_keep(a, json_object()) };
	import_refusals_begin(&job->refusals, a, report);
}

enum code wxr_import_open(struct wxr_import *job, struct err *err)
{
	const struct import_wxr *import = job->import;
	TRY(wxr_read(job->a, import->text, import->len, &job->wxr, err));
	job->source = source_of(job->a, &job->wxr);
	TRY(open_targets(job, err));
	return import_media_open(job->a, import->media, import->zip ? *import->zip : -1, &job->media, err);
}

static enum code bring(struct gathered *g, struct err *err)
{
	struct wxr_import *job = &g->job;
	TRY(wxr_import_open(job, err));
	TRY(gather(g, err));
	return store_write(site_store(job->site), write_all, g, err);
}

enum code import_wxr(struct site *site, struct arena *a, const struct import_wxr *import, struct import_report *report,
                     struct err *err)
{
	struct gathered g = { .entries = NULL, .last = &g.entries };
	const struct model *model = site_model(site);
	wxr_import_begin(&g.job, site, model, a, import, report);
	enum code code = bring(&g, err);
	import_refusals_sort(&g.job.refusals);
	model_release(model);
	if (code == E_CONFLICT && import->dry_run) code = OK;
	return code;
}
