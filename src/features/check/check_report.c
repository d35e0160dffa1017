#include "features/check/check_report.h"

#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "features/setting/beside.h"
#include "store/disk.h"

enum { REPORT_MAX = 1 << 20 };

enum lang check_lang(const struct model *model)
{
	return lang_parse(json_string_value(model_setting(model, "locale")), LANG_FR);
}

static json_t *one(const struct check *check, struct checking *c)
{
	char text[1024];
	json_t *findings = json_array();
	for (int64_t i = 0; i < MIN(c->wrong, CHECK_FINDINGS); i++)
		json_array_append_new(findings, json_string(err_text(&c->findings[i], c->lang, text, sizeof(text))));
	return json_pack("{s:s, s:s, s:I, s:o}", "title", tr(c->lang, check->title), "note", c->note ? c->note : "",
	                 "wrong", (json_int_t)c->wrong, "findings", findings);
}

json_t *check_report(struct checking *c, bool writes)
{
	json_t *all = json_array();
	int64_t wrong = 0;
	for (const struct check *check = checks; check->name; check++) {
		if (check->writes && !writes) continue;
		wrong += check_run(check, c);
		json_array_append_new(all, one(check, c));
	}
	return json_keep(c->arena, json_pack("{s:I, s:I, s:o}", "at", (json_int_t)clock_now(), "wrong",
	                                     (json_int_t)wrong, "checks", all));
}

static const char *report_path(struct arena *a, const char *dir)
{
	return arena_printf(a, "%s/check.json", dir);
}

enum code check_job(struct store *store, const struct job *job, void *context, struct err *err)
{
	AUTO(arena_release) struct arena a = { 0 };
	struct store *beside;
	(void)job;
	TRY(beside_open(store, &beside, err));
	struct checking c = { .site = context, .store = beside, .model = site_model(context), .arena = &a };
	c.lang = check_lang(c.model);
	const char *text = json_text(&a, check_report(&c, false));
	model_release(c.model);
	store_close(beside);
	return disk_write(report_path(&a, store_dir(store)), text, err);
}

enum code check_last(struct arena *a, const char *dir, json_t **ret, struct err *err)
{
	char *text;
	size_t len;
	TRY(disk_read(a, report_path(a, dir), REPORT_MAX, &text, &len, err));
	return json_parse(a, text, len, ret, err);
}
