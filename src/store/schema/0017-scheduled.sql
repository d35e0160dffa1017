-- Drafts that are published by themselves (core/scheduled.h): when (ms UTC), who said so. `failed`: it could not be.
CREATE TABLE scheduled (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	at {int} NOT NULL,
	failed {int} NOT NULL
){table};
CREATE INDEX scheduled_person ON scheduled (person);
