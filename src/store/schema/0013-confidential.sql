-- Confidential records (core/reader.h). Who reads one: 0 everybody whom its space and state say; over 0 the named
-- readers of that form; under 0 those of that one record alone.
ALTER TABLE record ADD COLUMN circle {int} NOT NULL DEFAULT 0;

-- Named readers: of a form (circle = form) or of one of its records (circle = - record); `until` 0: no end.
CREATE TABLE reader (
	circle {int} NOT NULL,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	form {int} NOT NULL REFERENCES definition (num),
	until {int} NOT NULL,
	named_by {int} REFERENCES person (num) ON DELETE SET NULL,
	created {int} NOT NULL,
	PRIMARY KEY (circle, person)
){keyed};
CREATE INDEX reader_person ON reader (person);
CREATE INDEX reader_form ON reader (form);
CREATE INDEX reader_named_by ON reader (named_by);

-- Who read which confidential record, when and in which way (core/reading.h). It outlives the record.
CREATE TABLE reading (
	num {pk},
	at {int} NOT NULL,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	form {int} NOT NULL REFERENCES definition (num),
	record {blob} NOT NULL,
	way {int} NOT NULL
){table};
CREATE INDEX reading_form ON reading (form, at);
CREATE INDEX reading_person ON reading (person);
CREATE INDEX reading_record ON reading (record);
