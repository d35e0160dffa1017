-- Records that wait for a yes before everybody sees them (core/proposal.h): drafts whose author has finished.
-- Those refused keep what was said to their author.
CREATE TABLE proposal (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	created {int} NOT NULL,
	refused {int},
	reason {text} NOT NULL
){table};
CREATE INDEX proposal_created ON proposal (created);
