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

-- Texts that people accept (core/terms.h), each version kept; `whom`: bits of who is asked, 0: nobody any more.
CREATE TABLE terms_version (
	terms {text} NOT NULL,
	version {int} NOT NULL,
	title {text} NOT NULL,
	body {text} NOT NULL,
	whom {int} NOT NULL,
	needed {int} NOT NULL,
	again {int} NOT NULL,
	created {int} NOT NULL,
	actor {int} REFERENCES person (num) ON DELETE SET NULL,
	PRIMARY KEY (terms, version)
){keyed};
CREATE INDEX terms_version_actor ON terms_version (actor);

-- Who accepted which version, when and how; `ended`: not, or no longer.
CREATE TABLE acceptance (
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	terms {text} NOT NULL,
	version {int} NOT NULL,
	way {int} NOT NULL,
	at {int} NOT NULL,
	ended {int},
	PRIMARY KEY (person, terms, version)
){keyed};
CREATE INDEX acceptance_terms ON acceptance (terms, version);

-- What its person is to read and accept before she writes.
ALTER TABLE session ADD COLUMN asked {int} NOT NULL DEFAULT 0;

-- Who said that she is under the age at which one agrees alone (core/minor.h); `agreed`: when a parent did, and `way` how.
CREATE TABLE minor (
	person {int} NOT NULL PRIMARY KEY REFERENCES person (num) ON DELETE CASCADE,
	asked {int} NOT NULL,
	agreed {int},
	way {int} NOT NULL,
	noted_by {int} REFERENCES person (num) ON DELETE SET NULL
){table};
CREATE INDEX minor_noted_by ON minor (noted_by);

-- Calendars of elsewhere that the site follows (features/calendar/calendar_source.h): where, what its events become and in
-- which space, by whose rights; what the last try brought. Times are ms UTC, 0: never. `failed`: tries in a row; `said`: why
-- the last one did, an English message.
CREATE TABLE calendar_source (
	num {pk},
	url {text} NOT NULL,
	title {text} NOT NULL,
	form {int} NOT NULL,
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	paused {int} NOT NULL,
	created {int} NOT NULL,
	tried {int} NOT NULL,
	done {int} NOT NULL,
	failed {int} NOT NULL,
	said {text},
	result {text} NOT NULL,
	etag {text},
	modified {text}
){table};
CREATE INDEX calendar_source_person ON calendar_source (person);
CREATE UNIQUE INDEX calendar_source_url ON calendar_source (url, form, space);

-- Which calendars brought which event, and in which of their tries it was last there.
CREATE TABLE calendar_item (
	source {int} NOT NULL REFERENCES calendar_source (num) ON DELETE CASCADE,
	uid {text} NOT NULL,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	tried {int} NOT NULL,
	PRIMARY KEY (source, uid)
){keyed};
CREATE INDEX calendar_item_record ON calendar_item (record);

-- What was done and told (core/relay.h, core/recognition.h).

-- Where a page was made known outside the site (core/relay.h): in which place, by whom, when, the address of what was
-- posted. `remind`: when to go and see what was answered (ms UTC); 0: not any more.
CREATE TABLE relay (
	num {pk},
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	place {text} NOT NULL,
	url {text} NOT NULL,
	created {int} NOT NULL,
	remind {int} NOT NULL
){table};
CREATE INDEX relay_record ON relay (record);
CREATE INDEX relay_person ON relay (person);
CREATE INDEX relay_created ON relay (created);

-- Who does not want to be named on the page that thanks everybody (core/recognition.h).
CREATE TABLE unnamed (
	person {int} NOT NULL PRIMARY KEY REFERENCES person (num) ON DELETE CASCADE,
	since {int} NOT NULL
){table};

-- To whom the thanks of a year were sent, so that nobody gets them twice.
CREATE TABLE gratitude (
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	year {int} NOT NULL,
	sent {int} NOT NULL,
	PRIMARY KEY (person, year)
){keyed};

-- Comments are found by their words (core/search.h): where there are some, the index is made again.
INSERT INTO job (kind, payload, run_at) SELECT 'reindex', '{}', 0 WHERE EXISTS (SELECT 1 FROM record WHERE about IS NOT NULL);
