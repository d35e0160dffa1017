-- Reports of results (features/report/report.h). `form`: whose answers they tell of; `closes`: the last day for comments
-- ("2026-12-31"), or ''; `members`: those of the space may comment too; `synthesis`: the blocks of the page of synthesis, as JSON.
CREATE TABLE report (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	form {int} NOT NULL,
	state {int} NOT NULL,
	closes {text} NOT NULL,
	members {int} NOT NULL,
	synthesis {text} NOT NULL,
	created {int} NOT NULL,
	opened {int} NOT NULL,
	finished {int} NOT NULL
){table};
CREATE INDEX report_form ON report (form, record);

-- Figures kept as they were on a day, small counts hidden before: whatever becomes of the answers, a report that names one
-- shows it.
CREATE TABLE report_figure (
	id {blob} NOT NULL PRIMARY KEY,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	at {int} NOT NULL,
	body {text} NOT NULL
){keyed};
CREATE INDEX report_figure_record ON report_figure (record, at);

-- What was said of a paragraph before a report was final. `who`: how its author is named; of a confidential or anonymous
-- questionnaire neither person nor target is kept, and `created` is the day alone. `anchor`, `quote`: the paragraph, as it was.
CREATE TABLE report_comment (
	num {pk},
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	who {int} NOT NULL,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	target {int} REFERENCES survey_target (num) ON DELETE SET NULL,
	name {text} NOT NULL,
	anchor {text} NOT NULL,
	quote {text} NOT NULL,
	body {text} NOT NULL,
	created {int} NOT NULL,
	state {int} NOT NULL,
	answer {text} NOT NULL,
	answered {int} NOT NULL,
	answered_by {int} REFERENCES person (num) ON DELETE SET NULL
){table};
CREATE INDEX report_comment_record ON report_comment (record, num);
CREATE INDEX report_comment_person ON report_comment (person);
CREATE INDEX report_comment_target ON report_comment (target);
CREATE INDEX report_comment_answered_by ON report_comment (answered_by);
