-- Which records have a key, as sets of numbers (core/posting.h). field: below 0, the spaces of a form, by its number.
CREATE TABLE posting (
	field {int} NOT NULL,
	key {text} NOT NULL,
	chunk {int} NOT NULL,
	nums {blob} NOT NULL,
	PRIMARY KEY (field, key, chunk)
){keyed};
CREATE INDEX posting_chunk ON posting (chunk);
