-- Code books (core/codebook.h) and what was coded with them (core/coding.h).

CREATE TABLE codebook (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	name {text} NOT NULL,
	about {text} NOT NULL,
	blind {int} NOT NULL,
	created {int} NOT NULL
){table};
CREATE INDEX codebook_space ON codebook (space);

-- Its codes. `state`: 0 in use, 1 retired, 2 merged into `merged`, whose marks stay its own, so that a merge is undone whole.
CREATE TABLE book_code (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	book {int} NOT NULL REFERENCES codebook (num) ON DELETE CASCADE,
	parent {int} REFERENCES book_code (num) ON DELETE SET NULL,
	merged {int} REFERENCES book_code (num) ON DELETE SET NULL,
	name {text} NOT NULL,
	definition {text} NOT NULL,
	example {text} NOT NULL,
	colour {int} NOT NULL,
	position {int} NOT NULL,
	state {int} NOT NULL
){table};
CREATE INDEX book_code_book ON book_code (book, position, num);
CREATE INDEX book_code_parent ON book_code (parent);
CREATE INDEX book_code_merged ON book_code (merged);

-- What became of codes, when and by whom. `was`: the former name; `other`: the code it was merged into.
CREATE TABLE book_event (
	num {pk},
	book {int} NOT NULL REFERENCES codebook (num) ON DELETE CASCADE,
	code {int} NOT NULL REFERENCES book_code (num) ON DELETE CASCADE,
	other {int} REFERENCES book_code (num) ON DELETE SET NULL,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	kind {int} NOT NULL,
	was {text} NOT NULL,
	at {int} NOT NULL
){table};
CREATE INDEX book_event_book ON book_event (book, num);
CREATE INDEX book_event_code ON book_event (code);
CREATE INDEX book_event_other ON book_event (other);
CREATE INDEX book_event_person ON book_event (person);

-- Work lists: which texts are read with which book. `form`: number of its definition; `view`: key of a list of its records,
-- '' all; `fields`: keys divided by commas, _comments and _positions.
CREATE TABLE coding_list (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	book {int} NOT NULL REFERENCES codebook (num) ON DELETE CASCADE,
	form {int} NOT NULL,
	view {text} NOT NULL,
	fields {text} NOT NULL,
	name {text} NOT NULL,
	created {int} NOT NULL
){table};
CREATE INDEX coding_list_book ON coding_list (book);

-- A text that somebody coded or read: an answer, a question of a page, a comment, a position. It goes with what it is in, and
-- its codes with it. It holds no text.
CREATE TABLE coded_text (
	num {pk},
	form {int} NOT NULL,
	thing {blob} NOT NULL,
	field {text} NOT NULL,
	response {int} REFERENCES response (num) ON DELETE CASCADE,
	anonymous {blob} REFERENCES anonymous_answer (id) ON DELETE CASCADE,
	record {int} REFERENCES record (num) ON DELETE CASCADE,
	position {int} REFERENCES debate_position (num) ON DELETE CASCADE,
	UNIQUE (thing, field)
){table};
CREATE INDEX coded_text_form ON coded_text (form);
CREATE INDEX coded_text_response ON coded_text (response);
CREATE INDEX coded_text_anonymous ON coded_text (anonymous);
CREATE INDEX coded_text_record ON coded_text (record);
CREATE INDEX coded_text_position ON coded_text (position);

-- A code that somebody put on a text (`begin` -1) or on a passage of it: from … until before, in characters of the text whose
-- hash is `version`. `words`: the passage. `cited`: chosen to be quoted.
CREATE TABLE coding_mark (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	text {int} NOT NULL REFERENCES coded_text (num) ON DELETE CASCADE,
	code {int} NOT NULL REFERENCES book_code (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	begin {int} NOT NULL,
	until {int} NOT NULL,
	words {text} NOT NULL,
	version {blob} NOT NULL,
	cited {int} NOT NULL,
	created {int} NOT NULL
){table};
CREATE INDEX coding_mark_text ON coding_mark (text);
CREATE INDEX coding_mark_code ON coding_mark (code);
CREATE INDEX coding_mark_person ON coding_mark (person);

-- Who has read which text with which book, to the end.
CREATE TABLE coding_read (
	text {int} NOT NULL REFERENCES coded_text (num) ON DELETE CASCADE,
	book {int} NOT NULL REFERENCES codebook (num) ON DELETE CASCADE,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	at {int} NOT NULL,
	PRIMARY KEY (text, book, person)
){keyed};
CREATE INDEX coding_read_book ON coding_read (book);
CREATE INDEX coding_read_person ON coding_read (person);

-- What coders say to each other about a text on which they differ.
CREATE TABLE coding_talk (
	num {pk},
	text {int} NOT NULL REFERENCES coded_text (num) ON DELETE CASCADE,
	book {int} NOT NULL REFERENCES codebook (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	note {text} NOT NULL,
	at {int} NOT NULL
){table};
CREATE INDEX coding_talk_text ON coding_talk (text, book, num);
CREATE INDEX coding_talk_book ON coding_talk (book);
CREATE INDEX coding_talk_person ON coding_talk (person);

-- What was decided of a text then: its codes are these, whatever each put.
CREATE TABLE coding_decision (
	text {int} NOT NULL REFERENCES coded_text (num) ON DELETE CASCADE,
	book {int} NOT NULL REFERENCES codebook (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	at {int} NOT NULL,
	PRIMARY KEY (text, book)
){keyed};
CREATE INDEX coding_decision_book ON coding_decision (book);
CREATE INDEX coding_decision_person ON coding_decision (person);

CREATE TABLE coding_verdict (
	text {int} NOT NULL REFERENCES coded_text (num) ON DELETE CASCADE,
	code {int} NOT NULL REFERENCES book_code (num) ON DELETE CASCADE,
	PRIMARY KEY (text, code)
){keyed};
CREATE INDEX coding_verdict_code ON coding_verdict (code);
