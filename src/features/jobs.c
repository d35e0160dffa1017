#include "features/jobs.h"

#include "core/reindex.h"
#include "features/answers_in/answers_in.h"
#include "features/archive/archive.h"
#include "features/audit/audit_keep.h"
#include "features/backup/backup_job.h"
#include "features/calendar/calendar_source.h"
#include "features/call/call_job.h"
#include "features/check/check_report.h"
#include "features/date_poll/date_poll_job.h"
#include "features/import/import_run.h"
#include "features/letter/letter_job.h"
#include "features/news/news_job.h"
#include "features/print/printed_job.h"
#include "features/relay/relay_job.h"
#include "features/result/answer_stored.h"
#include "features/scheduled/scheduled_job.h"
#include "features/signup/signup_job.h"
#include "features/survey/survey_job.h"
#include "features/survey/wave_job.h"
#include "features/upkeep/upkeep.h"

#define DAYS(n) ((n)*24LL * 3600 * 1000)

const struct job_kind job_kinds[] = {
	{ "reindex", reindex_run, 0 },
	{ "erasure", upkeep_erasure, 0 },
	{ "answers-in", answers_job, 0 },
	{ "answer-columns", answer_stored_job, DAYS(1) / 24 },
	{ "audit", audit_purge_job, DAYS(1) },
	{ "backup", backup_job, 0 },
	{ "backup-test", backup_test_job, 0 },
	{ "backups", backup_schedule, DAYS(1) / 24 },
	{ "calls", call_job, DAYS(1) / 24 },
	{ "calendar", calendar_job, 0 },
	{ "calendars", calendars_job, DAYS(1) / 96 },
	{ "check", check_job, 0 },
	{ "dates", dates_job, DAYS(1) / 8 },
	{ "dormant", upkeep_dormant, DAYS(1) },
	{ "files", upkeep_files, DAYS(1) / 4 },
	{ "guests", upkeep_guests, DAYS(1) },
	{ "horizon", upkeep_horizon, DAYS(1) },
	{ "import", import_job, 0 },
	{ "imports", imports_job, DAYS(1) },
	{ "letter", letter_job, 0 },
	{ "letters", upkeep_letters, DAYS(1) },
	{ "news", news_job, 0 },
	{ "news-letter", news_letter_job, 0 },
	{ "news-purge", news_purge_job, DAYS(1) },
	{ "printed", printed_job, 0 },
	{ "publish", scheduled_job, 0 },
	{ "relay", relay_job, 0 },
	{ "retention", upkeep_retention, DAYS(1) },
	{ "sessions", upkeep_sessions, DAYS(1) },
	{ "signups", signup_job, DAYS(1) / 96 },
	{ "space-archive", archive_job, 0 },
	{ "space-archives", archive_upkeep, DAYS(1) / 4 },
	{ "survey", survey_job, DAYS(1) / 24 },
	{ "survey_letters", wave_job, DAYS(1) / 96 },
	{ "survey_scrub", survey_scrub_job, 0 },
	{ "tokens", upkeep_tokens, DAYS(1) },
	{ "trash", upkeep_trash, DAYS(1) },
	{ 0 },
};
