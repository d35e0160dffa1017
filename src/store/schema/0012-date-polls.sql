-- What people say of the dates that a record proposes (core/date_poll.h); `slot`: the time itself.
CREATE TABLE slot_answer (
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	slot {text} NOT NULL,
	answer {int} NOT NULL,
	changed {int} NOT NULL,
	PRIMARY KEY (record, person, slot)
){keyed};
CREATE INDEX slot_answer_person ON slot_answer (person);
