-- Who thanked for what: a record or a comment (core/thanks.h).
CREATE TABLE thanks (
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	created {int} NOT NULL,
	PRIMARY KEY (record, person)
){keyed};
CREATE INDEX thanks_person ON thanks (person);
