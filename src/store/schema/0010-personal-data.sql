-- Personal data: what people ask about theirs, what they agreed to.

-- The revisions of a person.
CREATE INDEX obj_actor ON obj (actor);

-- Erasures of much at once that wait for a second yes (core/erasure.h): mode as in its enum. Those refused keep why.
CREATE TABLE erasure (
	person {int} NOT NULL PRIMARY KEY REFERENCES person (num) ON DELETE CASCADE,
	mode {int} NOT NULL,
	asked_by {int} REFERENCES person (num) ON DELETE SET NULL,
	created {int} NOT NULL,
	refused {int},
	reason {text} NOT NULL
){table};
CREATE INDEX erasure_asked_by ON erasure (asked_by);

-- When the author of a record that has reached its time was told (core/retention.h).
CREATE TABLE retention_notice (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	created {int} NOT NULL
){table};
