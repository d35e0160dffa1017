-- Answers of a child that members alone read until who looks after the space says yes (core/kept.h). Who gave them is in
-- the history.
CREATE TABLE kept (
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	field {text} NOT NULL,
	created {int} NOT NULL,
	PRIMARY KEY (record, field)
){table};
