-- Who looks after a form or a page (core/care.h), and what becomes of it: `kind` as in core/dormant.h. Spaces have members.
CREATE TABLE keeper (
	kind {int} NOT NULL,
	num {int} NOT NULL,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	created {int} NOT NULL,
	PRIMARY KEY (kind, num, person)
){keyed};
CREATE INDEX keeper_person ON keeper (person);

-- It looks for somebody; it sleeps, with its story; when somebody last said that it goes on.
CREATE TABLE care (
	kind {int} NOT NULL,
	num {int} NOT NULL,
	offered {int} NOT NULL,
	asleep {int} NOT NULL,
	touched {int} NOT NULL,
	story {text} NOT NULL,
	PRIMARY KEY (kind, num)
){table};
