-- Shareable versions and consents again, before anybody had one: what was agreed to outlives the page it came from, so
-- that it can still be taken back.
DROP TABLE consent;
DROP TABLE shareable;

CREATE TABLE shareable (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	record {int} UNIQUE REFERENCES record (num) ON DELETE SET NULL,
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	body {text} NOT NULL,
	state {int} NOT NULL,
	copy {int} REFERENCES record (num) ON DELETE SET NULL,
	created {int} NOT NULL,
	changed {int} NOT NULL
){table};
CREATE INDEX shareable_space ON shareable (space);
CREATE INDEX shareable_person ON shareable (person);
CREATE INDEX shareable_copy ON shareable (copy);

CREATE TABLE consent (
	num {pk},
	shareable {int} NOT NULL REFERENCES shareable (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE CASCADE,
	name {text} NOT NULL,
	why {int} NOT NULL,
	answer {int} NOT NULL,
	word {text} NOT NULL,
	noted_by {int} REFERENCES person (num) ON DELETE SET NULL,
	day {text} NOT NULL,
	answered {int}
){table};
CREATE INDEX consent_shareable ON consent (shareable);
CREATE INDEX consent_person ON consent (person);
CREATE INDEX consent_noted_by ON consent (noted_by);
