-- How people come in without a password (core/token.h), and letters to send (core/letter.h).

-- Secrets that were handed out: the hash of what the person holds. `uses`: how often it still serves.
CREATE TABLE token (
	num {pk},
	hash {blob} NOT NULL UNIQUE,
	kind {int} NOT NULL,
	person {int} REFERENCES person (num) ON DELETE CASCADE,
	space {int} REFERENCES space (num) ON DELETE CASCADE,
	level {int} NOT NULL,
	creator {int} REFERENCES person (num) ON DELETE SET NULL,
	body {text} NOT NULL,
	uses {int} NOT NULL,
	created {int} NOT NULL,
	expires {int} NOT NULL
){table};
CREATE INDEX token_person ON token (person);
CREATE INDEX token_space ON token (space);
CREATE INDEX token_expires ON token (expires);

-- Letters by e-mail. The text is forgotten once the letter has left: it may hold a secret.
CREATE TABLE letter (
	num {pk},
	recipient {text} NOT NULL,
	subject {text} NOT NULL,
	body {text} NOT NULL,
	state {int} NOT NULL DEFAULT 0,
	error {text},
	created {int} NOT NULL,
	sent {int}
){table};
CREATE INDEX letter_created ON letter (created);
