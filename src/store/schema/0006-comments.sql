-- What stands below a record: comments (core/comment.h), which end with it.
ALTER TABLE record ADD COLUMN about {int} REFERENCES record (num) ON DELETE CASCADE;
CREATE INDEX record_about ON record (about, created);

-- Records below which no comment is taken any more.
CREATE TABLE thread_closed (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	created {int} NOT NULL
){table};
