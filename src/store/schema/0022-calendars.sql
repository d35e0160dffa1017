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
