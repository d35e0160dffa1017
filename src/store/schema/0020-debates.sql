-- Positions taken in a debate (core/debate.h): of a person, or of a first name that somebody entered; whether it waits for a
-- yes. Then what each thought before.
CREATE TABLE debate_position (
	num {pk},
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE CASCADE,
	name {text} NOT NULL,
	entered_by {int} REFERENCES person (num) ON DELETE SET NULL,
	stance {int} NOT NULL,
	reason {text} NOT NULL,
	waits {int} NOT NULL,
	created {int} NOT NULL,
	changed {int} NOT NULL,
	UNIQUE (record, person)
){table};
CREATE INDEX debate_position_person ON debate_position (person);
CREATE INDEX debate_position_entered_by ON debate_position (entered_by);

CREATE TABLE debate_move (
	num {pk},
	position {int} NOT NULL REFERENCES debate_position (num) ON DELETE CASCADE,
	stance {int} NOT NULL,
	created {int} NOT NULL
){table};
CREATE INDEX debate_move_position ON debate_move (position);
