-- Answers in private to a call (core/exchange.h): who answered, to whom; who of both wants no letters about it, and who
-- ended it. Then what they say; and the days about which the author of a call was asked whether it is true still
-- (core/call.h).
CREATE TABLE exchange (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	author {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	person_quiet {int} NOT NULL,
	author_quiet {int} NOT NULL,
	ended_by {int} REFERENCES person (num) ON DELETE SET NULL,
	created {int} NOT NULL,
	changed {int} NOT NULL,
	UNIQUE (record, person)
){table};
CREATE INDEX exchange_person ON exchange (person);
CREATE INDEX exchange_author ON exchange (author);
CREATE INDEX exchange_ended_by ON exchange (ended_by);
CREATE INDEX exchange_changed ON exchange (changed);

CREATE TABLE message (
	num {pk},
	exchange {int} NOT NULL REFERENCES exchange (num) ON DELETE CASCADE,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	kind {int} NOT NULL,
	body {text} NOT NULL,
	created {int} NOT NULL
){table};
CREATE INDEX message_exchange ON message (exchange, num);
CREATE INDEX message_person ON message (person);

CREATE TABLE call_asked (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	day {text} NOT NULL,
	created {int} NOT NULL
){table};

-- What a facilitator or its author said of a discussion (core/thread.h): pinned since, solved since (ms UTC, 0: not), by
-- which comment.
CREATE TABLE thread_mark (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	pinned {int} NOT NULL,
	solved {int} NOT NULL,
	answer {int} REFERENCES record (num) ON DELETE SET NULL
){table};
CREATE INDEX thread_mark_answer ON thread_mark (answer);

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
