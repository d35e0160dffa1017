-- What is brought in by a job, step by step (features/import/import_run.h): where it stands (`state`, `done` of `total`; since
-- `stopped`, nobody works at it), what was sent and chosen (`choices`), what came of it so far (`counts`), the save that all
-- it writes shares, and what it met (`error`). Then, for each thing of what was sent, what would come or why it stays out.
CREATE TABLE import_run (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	kind {text} NOT NULL,
	title {text} NOT NULL,
	choices {text} NOT NULL,
	batch {blob} NOT NULL,
	state {int} NOT NULL,
	stopped {int} NOT NULL,
	done {int} NOT NULL,
	total {int} NOT NULL,
	counts {text} NOT NULL,
	error {text} NOT NULL,
	created {int} NOT NULL,
	changed {int} NOT NULL
){table};
CREATE INDEX import_run_person ON import_run (person, created);

CREATE TABLE import_line (
	num {pk},
	run {int} NOT NULL REFERENCES import_run (num) ON DELETE CASCADE,
	comes {int} NOT NULL,
	line {int} NOT NULL,
	title {text} NOT NULL,
	said {text} NOT NULL
){table};
CREATE INDEX import_line_run ON import_line (run, comes, num);
