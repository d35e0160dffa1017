-- What people report (core/report.h), and what facilitators decide about pages and people (core/measure.h).

CREATE TABLE report (
	num {pk},
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	reason {int} NOT NULL,
	body {text} NOT NULL,
	created {int} NOT NULL,
	closed {int}
){table};
CREATE INDEX report_record ON report (record);
CREATE INDEX report_person ON report (person);
CREATE INDEX report_open ON report (closed, created);

-- `person` is whom it is about, `decider` who decided, as what (`level`); `batch` the save that did it,
-- `appeal` what the person answered, `answer` what was said to that. The title is kept as it was.
CREATE TABLE measure (
	num {pk},
	kind {int} NOT NULL,
	record {int} REFERENCES record (num) ON DELETE SET NULL,
	title {text} NOT NULL,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	space {int} REFERENCES space (num) ON DELETE SET NULL,
	rule {text} NOT NULL,
	reason {text} NOT NULL,
	decider {int} REFERENCES person (num) ON DELETE SET NULL,
	level {int} NOT NULL,
	batch {blob},
	created {int} NOT NULL,
	ended {int},
	appeal {text},
	appealed {int},
	answer {text},
	answered {int}
){table};
CREATE INDEX measure_record ON measure (record);
CREATE INDEX measure_person ON measure (person);
CREATE INDEX measure_space ON measure (space);
CREATE INDEX measure_decider ON measure (decider);
CREATE INDEX measure_batch ON measure (batch);
CREATE INDEX measure_appealed ON measure (appealed);
