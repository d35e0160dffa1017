-- When the author of a record that has reached its time was told (core/retention.h).
CREATE TABLE retention_notice (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	created {int} NOT NULL
){table};
