-- The comment that a facilitator shows first below its record (core/thread.h).
ALTER TABLE thread_mark ADD COLUMN shown {int} REFERENCES record (num) ON DELETE SET NULL;
CREATE INDEX thread_mark_shown ON thread_mark (shown);

-- Sheets that somebody printed and put up (core/printed.h): with which choices (the query of /-/print), where, how many;
-- then which records are on them: the hash of what the sheet shows of each, and since when it is another (ms UTC, 0: it is
-- not).
CREATE TABLE printed (
	num {pk},
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	choices {text} NOT NULL,
	title {text} NOT NULL,
	place {text} NOT NULL,
	copies {int} NOT NULL,
	created {int} NOT NULL
){table};
CREATE INDEX printed_person ON printed (person);
CREATE INDEX printed_space ON printed (space);

CREATE TABLE printed_record (
	printed {int} NOT NULL REFERENCES printed (num) ON DELETE CASCADE,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	shown {blob} NOT NULL,
	wrong {int} NOT NULL,
	PRIMARY KEY (printed, record)
){keyed};
CREATE INDEX printed_record_record ON printed_record (record);
