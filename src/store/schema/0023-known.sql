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
