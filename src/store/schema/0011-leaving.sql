-- What leaves the site, or a group. Archives of spaces that people asked for (features/archive): the file itself is in
-- the folder archives/. `scope` says as whom it is made, `made` when it was, NULL: not yet.
CREATE TABLE space_archive (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	scope {int} NOT NULL,
	created {int} NOT NULL,
	made {int},
	records {int} NOT NULL,
	files {int} NOT NULL,
	bytes {int} NOT NULL,
	error {text} NOT NULL
){table};
CREATE INDEX space_archive_space ON space_archive (space, created);
CREATE INDEX space_archive_person ON space_archive (person);

-- Shareable versions (core/shareable.h): what of `record` may leave its group, as `body` says it, for `space`; `copy`
-- is the record that it became. `person` prepares it.
CREATE TABLE shareable (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	record {int} NOT NULL UNIQUE REFERENCES record (num) ON DELETE CASCADE,
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

-- Who is concerned, and what each answered. Somebody without an account has a name; her answer was given by voice, and
-- noted by a facilitator.
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
