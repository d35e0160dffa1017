-- What people follow (core/follow.h): a record, a form, a view or a space by its number, a key word by itself, folded.
-- state 1: follows; 0: does not, though she would by default.
CREATE TABLE follow (
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	kind {int} NOT NULL,
	target {int} NOT NULL,
	word {text} NOT NULL,
	state {int} NOT NULL,
	created {int} NOT NULL,
	PRIMARY KEY (person, kind, target, word)
){keyed};
CREATE INDEX follow_target ON follow (kind, target, word, person);

-- How somebody wants to be told (core/news.h); without a row, as by default.
CREATE TABLE news_choice (
	person {int} NOT NULL PRIMARY KEY REFERENCES person (num) ON DELETE CASCADE,
	pace {int} NOT NULL,
	quiet_from {int} NOT NULL,
	quiet_to {int} NOT NULL,
	threads {int} NOT NULL
){keyed};

-- What somebody is told: about `record`, a page; by `item`, that page or a comment. `source` is the save that it
-- comes from, or stands for one person's thanks: nobody is told twice. `sent`: left by letter, or never will.
CREATE TABLE news (
	num {pk},
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	item {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	kind {int} NOT NULL,
	why {int} NOT NULL,
	source {blob} NOT NULL,
	actor {int} REFERENCES person (num) ON DELETE SET NULL,
	created {int} NOT NULL,
	seen {int},
	sent {int},
	UNIQUE (person, source)
){table};
CREATE INDEX news_unseen ON news (person, seen, num);
CREATE INDEX news_record ON news (record);
CREATE INDEX news_item ON news (item);
CREATE INDEX news_actor ON news (actor);
CREATE INDEX news_created ON news (created);

-- The address by which a letter's reader stops such letters (RFC 8058); forgotten with its text.
ALTER TABLE letter ADD COLUMN stop {text};
