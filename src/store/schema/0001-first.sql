-- The first schema (store/migrate.h says how to read the braces). Times are milliseconds UTC. `num`
-- is a local number that never leaves the database; `id` is 16 bytes. An audience is as in
-- core/audience.h: 0 everybody, 1 members, 2 facilitators. JSON is text; SQL never looks inside.

-- Facts about the database itself: `schema` is its version.
CREATE TABLE meta (
	key {text} NOT NULL PRIMARY KEY,
	value {text} NOT NULL
){keyed};
-- sqlite: PRAGMA application_id = 0x50525653; -- "PRVS", shown by file(1)

-- Spaces: body holds name, description and rules of publication. Objects name a space by the
-- compartment of their audience.
CREATE TABLE space (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	slug {text} NOT NULL UNIQUE,
	body {text} NOT NULL,
	visibility {int} NOT NULL,
	compartment_public {blob} NOT NULL UNIQUE,
	compartment_members {blob} NOT NULL UNIQUE,
	compartment_facilitators {blob} NOT NULL UNIQUE,
	state {int} NOT NULL DEFAULT 0,
	created {int} NOT NULL,
	changed {int} NOT NULL
){table};

-- People with an account. email_key is the address folded for comparison; level is the site's.
CREATE TABLE person (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	name {text} NOT NULL,
	email {text},
	email_key {text} UNIQUE,
	level {int} NOT NULL,
	locale {text},
	state {int} NOT NULL DEFAULT 0,
	created {int} NOT NULL
){table};

-- What proves who somebody is: a password's hash, a second factor, a passkey.
CREATE TABLE credential (
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	kind {text} NOT NULL,
	secret {text} NOT NULL,
	created {int} NOT NULL,
	PRIMARY KEY (person, kind)
){table};

-- A person's level in a space.
CREATE TABLE membership (
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	level {int} NOT NULL,
	created {int} NOT NULL,
	PRIMARY KEY (person, space)
){keyed};
CREATE INDEX membership_space ON membership (space);

-- Signed-in browsers, by the hash of their cookie.
CREATE TABLE session (
	hash {blob} NOT NULL PRIMARY KEY,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	created {int} NOT NULL,
	seen {int} NOT NULL,
	expires {int} NOT NULL,
	agent {text}
){keyed};
CREATE INDEX session_person ON session (person);
CREATE INDEX session_expires ON session (expires);

-- Forms, views, lists of choices and settings (core/definition.h says the kinds): the present text,
-- empty once taken away, and in definition_version all those it had. A form's number is its row's.
CREATE TABLE definition (
	num {pk},
	kind {int} NOT NULL,
	key {text} NOT NULL,
	version {int} NOT NULL,
	body {text} NOT NULL,
	changed {int} NOT NULL,
	UNIQUE (kind, key)
){table};
CREATE TABLE definition_version (
	definition {int} NOT NULL REFERENCES definition (num) ON DELETE CASCADE,
	version {int} NOT NULL,
	body {text} NOT NULL,
	actor {int},
	created {int} NOT NULL,
	PRIMARY KEY (definition, version)
){table};

-- Forms filled in. The values are in part.
CREATE TABLE record (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	form {int} NOT NULL REFERENCES definition (num),
	space {int} NOT NULL REFERENCES space (num),
	slug {text} NOT NULL,
	state {int} NOT NULL,
	author {int} REFERENCES person (num) ON DELETE SET NULL,
	created {int} NOT NULL,
	changed {int} NOT NULL,
	UNIQUE (space, slug)
){table};
CREATE INDEX record_form ON record (form, changed);
CREATE INDEX record_changed ON record (changed);
CREATE INDEX record_author ON record (author);

-- Former addresses, which redirect.
CREATE TABLE record_slug (
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	slug {text} NOT NULL,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	created {int} NOT NULL,
	PRIMARY KEY (space, slug)
){keyed};
CREATE INDEX record_slug_record ON record_slug (record);

-- Records that went on in another space, under another id: the former one leads to it.
CREATE TABLE record_moved (
	id {blob} NOT NULL PRIMARY KEY,
	target {blob} NOT NULL,
	created {int} NOT NULL
){keyed};
CREATE INDEX record_moved_target ON record_moved (target);

-- Further spaces whose views show the record.
CREATE TABLE record_also_in (
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	PRIMARY KEY (record, space)
){keyed};
CREATE INDEX record_also_in_space ON record_also_in (space, record);

-- The state of a record for one audience, computed from its objects: hashes of its heads one after
-- the other, values as JSON, and the values in conflict if any.
CREATE TABLE part (
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	audience {int} NOT NULL,
	heads {blob} NOT NULL,
	content {text} NOT NULL,
	conflict {text},
	PRIMARY KEY (record, audience)
){table};

-- Revisions: the hashed header (kept for ever). hlc is 48 bits of milliseconds and 16 of counter;
-- revisions of one save share `save`.
CREATE TABLE obj (
	id {blob} NOT NULL PRIMARY KEY,
	rec {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	compartment {blob} NOT NULL,
	depth {int} NOT NULL,
	hlc {int} NOT NULL,
	actor {blob},
	save {blob} NOT NULL,
	flags {int} NOT NULL,
	header {text} NOT NULL
){table};
CREATE INDEX obj_rec ON obj (rec, compartment);
CREATE INDEX obj_hlc ON obj (hlc);
CREATE INDEX obj_save ON obj (save);

-- What a revision wrote, which can be erased. No reference to obj: a body may come before its header.
CREATE TABLE body (
	id {blob} NOT NULL PRIMARY KEY,
	salt {blob},
	data {text},
	state {int} NOT NULL DEFAULT 0
){table};

CREATE TABLE parent (
	child {blob} NOT NULL,
	parent {blob} NOT NULL,
	PRIMARY KEY (child, parent)
){keyed};
CREATE INDEX parent_parent ON parent (parent);

-- Local numbers of fields, for the index.
CREATE TABLE field (
	num {pk},
	form {int} NOT NULL REFERENCES definition (num) ON DELETE CASCADE,
	key {text} NOT NULL,
	UNIQUE (form, key)
){table};

-- Index of values: sortable keys of at most 64 bytes, made in C.
CREATE TABLE field_value (
	num {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	field {int} NOT NULL REFERENCES field (num) ON DELETE CASCADE,
	audience {int} NOT NULL,
	key {text} NOT NULL,
	PRIMARY KEY (num, field, audience, key)
){keyed};
CREATE INDEX field_value_key ON field_value (field, key, num);

-- How many records have a key: for facets and for the planner.
CREATE TABLE value_count (
	field {int} NOT NULL REFERENCES field (num) ON DELETE CASCADE,
	audience {int} NOT NULL,
	space {int} NOT NULL,
	key {text} NOT NULL,
	n {int} NOT NULL,
	PRIMARY KEY (field, audience, space, key)
){keyed};

-- Places: a box in units of 1e-7 degree (a point has west = east, south = north). Written with
-- store/places.h only, which keeps the index: place_index, an R-tree on SQLite (where a trigger may
-- not: trusted_schema is off) and GiST on PostgreSQL. No cascade for that reason.
CREATE TABLE place (
	id {pk},
	num {int} NOT NULL REFERENCES record (num),
	field {int} NOT NULL REFERENCES field (num),
	audience {int} NOT NULL,
	west {int} NOT NULL,
	east {int} NOT NULL,
	south {int} NOT NULL,
	north {int} NOT NULL
){table};
CREATE INDEX place_num ON place (num);
CREATE INDEX place_field ON place (field);
-- sqlite: CREATE VIRTUAL TABLE place_index USING rtree_i32 (id, west, east, south, north);
-- postgres: CREATE INDEX place_index ON place USING gist (box(point(west, south), point(east, north)));

-- Links from a record to another, known by its id or, when it does not exist yet, by its slug. kind:
-- "wiki", or the key of a relation field.
CREATE TABLE link (
	source {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	audience {int} NOT NULL,
	kind {text} NOT NULL,
	target_id {blob},
	target_slug {text}
){table};
CREATE INDEX link_source ON link (source);
CREATE INDEX link_target_id ON link (target_id);
CREATE INDEX link_target_slug ON link (target_slug);

-- Words of a record as readers from one level to another see it: stems separated by spaces, folded in
-- C; names have a line each. vocabulary: the words themselves, in order, where everybody may read them.
-- Written with store/words.h only, which keeps the index: search_fts (FTS5) on SQLite, where a trigger
-- may not (trusted_schema is off), the column `words` on PostgreSQL, where a word of a title is there
-- a second time with a sign before it. No cascade for that reason. doc is greater where the record
-- changed later (words_key), so that the index itself gives the newest first.
CREATE TABLE search_doc (
	doc {int} NOT NULL PRIMARY KEY,
	num {int} NOT NULL REFERENCES record (num),
	from_level {int} NOT NULL,
	to_level {int} NOT NULL,
	title {text} NOT NULL,
	body {text} NOT NULL,
	vocabulary {text} NOT NULL
-- postgres: ,	words tsvector GENERATED ALWAYS AS ((title || ' ' || body || ' ' || regexp_replace(title, '(\S+)', '=\1', 'g'))::tsvector) STORED
){table};
CREATE INDEX search_doc_num ON search_doc (num);
-- postgres: CREATE INDEX search_doc_words ON search_doc USING gin (words) WITH (gin_pending_list_limit = 256);
-- sqlite: CREATE VIRTUAL TABLE search_fts USING fts5 (title, body, content = 'search_doc', content_rowid = 'doc', tokenize = 'ascii', detail = column, columnsize = 0);

-- The vocabulary of what everybody may read, for correcting words that are not found: how many
-- records hold each word, and its runs of three characters.
CREATE TABLE word (
	word {text} NOT NULL PRIMARY KEY,
	n {int} NOT NULL
){keyed};
CREATE TABLE trigram (
	tri {text} NOT NULL,
	word {text} NOT NULL,
	PRIMARY KEY (tri, word)
){keyed};

-- Files of the data folder (store/file.h): type is what was found in the content.
CREATE TABLE file (
	hash {blob} NOT NULL PRIMARY KEY,
	size {int} NOT NULL,
	type {text} NOT NULL,
	created {int} NOT NULL
){keyed};

-- The sizes of a picture (media/picture.h), each a file; that of the greatest side is the picture itself.
CREATE TABLE picture (
	file {blob} NOT NULL REFERENCES file (hash) ON DELETE CASCADE,
	side {int} NOT NULL,
	version {blob} NOT NULL REFERENCES file (hash),
	width {int} NOT NULL,
	height {int} NOT NULL,
	PRIMARY KEY (file, side)
){keyed};
CREATE INDEX picture_version ON picture (version);

-- Which parts of records hold a file, or held it in an earlier version: who may read it follows.
CREATE TABLE file_ref (
	file {blob} NOT NULL,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	audience {int} NOT NULL,
	PRIMARY KEY (file, record, audience)
){keyed};
CREATE INDEX file_ref_record ON file_ref (record);

-- Who sent a file, for the day in which it may be put into a record.
CREATE TABLE upload (
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	file {blob} NOT NULL REFERENCES file (hash) ON DELETE CASCADE,
	created {int} NOT NULL,
	PRIMARY KEY (person, file)
){keyed};
CREATE INDEX upload_file ON upload (file);

-- Work to do later (store/job.h, enum job_state).
CREATE TABLE job (
	id {pk},
	kind {text} NOT NULL,
	payload {text} NOT NULL,
	run_at {int} NOT NULL,
	attempts {int} NOT NULL DEFAULT 0,
	lease_until {int} NOT NULL DEFAULT 0,
	state {int} NOT NULL DEFAULT 0,
	error {text}
){table};
CREATE INDEX job_due ON job (run_at, id) WHERE state <= 1;

-- Who did what; each row's hash covers the one before. Rows are added only.
CREATE TABLE audit (
	num {pk},
	at {int} NOT NULL,
	actor {blob},
	action {text} NOT NULL,
	thing {text} NOT NULL,
	detail {text} NOT NULL,
	prev_hash {blob} NOT NULL,
	hash {blob} NOT NULL UNIQUE
){table};
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_thing ON audit (thing, num);

-- Rows already imported, and the values they brought (JSON): the same import twice changes nothing, a
-- changed row writes what it changed.
CREATE TABLE import_row (
	source {text} NOT NULL,
	key {text} NOT NULL,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	brought {text} NOT NULL,
	PRIMARY KEY (source, key)
){keyed};
CREATE INDEX import_row_record ON import_row (record);
