-- Who asks to belong to a space, or to look after it (core/join_request.h): `level` is what is asked, `word` what is
-- said to the facilitators. A yes ends it; what is refused keeps the reason for a while.
CREATE TABLE join_request (
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	level {int} NOT NULL,
	word {text} NOT NULL,
	created {int} NOT NULL,
	refused {int},
	reason {text} NOT NULL,
	PRIMARY KEY (person, space)
){keyed};
CREATE INDEX join_request_space ON join_request (space, created);

-- What nobody has touched for long (core/dormant.h): `kind` says what `num` is the number of, `touched` when somebody
-- last did. A job computes it again every day.
CREATE TABLE dormant (
	kind {int} NOT NULL,
	num {int} NOT NULL,
	touched {int} NOT NULL,
	flagged {int} NOT NULL,
	PRIMARY KEY (kind, num)
){table};
