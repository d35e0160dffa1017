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
