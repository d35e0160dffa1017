-- What a facilitator or its author said of a discussion (core/thread.h): pinned since, solved since (ms UTC, 0: not), by
-- which comment.
CREATE TABLE thread_mark (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	pinned {int} NOT NULL,
	solved {int} NOT NULL,
	answer {int} REFERENCES record (num) ON DELETE SET NULL
){table};
CREATE INDEX thread_mark_answer ON thread_mark (answer);
