-- Reports of results (features/restitution/restitution.h). `form`: whose answers they tell of; `closes`: the last day for comments
-- ("2026-12-31"), or ''; `members`: those of the space may comment too; `synthesis`: the blocks of the page of synthesis, as JSON.
CREATE TABLE restitution (
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
CREATE INDEX restitution_form ON restitution (form, record);

-- Figures kept as they were on a day, small counts hidden before: whatever becomes of the answers, a report that names one
-- shows it.
CREATE TABLE restitution_figure (
	id {blob} NOT NULL PRIMARY KEY,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	at {int} NOT NULL,
	body {text} NOT NULL
){keyed};
CREATE INDEX restitution_figure_record ON restitution_figure (record, at);

-- What was said of a paragraph before a report was final. `who`: how its author is named; of a confidential or anonymous
-- questionnaire neither person nor target is kept, and `created` is the day alone. `anchor`, `quote`: the paragraph, as it was.
CREATE TABLE restitution_remark (
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
CREATE INDEX restitution_remark_record ON restitution_remark (record, num);
CREATE INDEX restitution_remark_person ON restitution_remark (person);
CREATE INDEX restitution_remark_target ON restitution_remark (target);
CREATE INDEX restitution_remark_answered_by ON restitution_remark (answered_by);
