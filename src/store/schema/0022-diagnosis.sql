-- From answers to a shared diagnosis: campaigns, paper, files, coding, results, reports.

-- How a target of a questionnaire is reached (core/survey_target.h): the channel that suits it, its language, where a letter goes,
-- and what is known of it, as JSON (a name of a column → what stands there), so that rates can be compared. `caller`: who looks
-- after it; `call_due`: when to call again, ms UTC, 0: not said; `held_by`: who is calling it now, until `held_until`.
ALTER TABLE survey_target ADD COLUMN channel {int} NOT NULL DEFAULT 0;
ALTER TABLE survey_target ADD COLUMN language {text} NOT NULL DEFAULT '';
ALTER TABLE survey_target ADD COLUMN address {text} NOT NULL DEFAULT '';
ALTER TABLE survey_target ADD COLUMN attributes {text} NOT NULL DEFAULT '';
ALTER TABLE survey_target ADD COLUMN caller {int} REFERENCES person (num) ON DELETE SET NULL;
ALTER TABLE survey_target ADD COLUMN call_due {int} NOT NULL DEFAULT 0;
ALTER TABLE survey_target ADD COLUMN held_by {int} REFERENCES person (num) ON DELETE SET NULL;
ALTER TABLE survey_target ADD COLUMN held_until {int} NOT NULL DEFAULT 0;
CREATE INDEX survey_target_caller ON survey_target (caller);
CREATE INDEX survey_target_held_by ON survey_target (held_by);

-- What came of a call (enum call_outcome); 0: not said.
ALTER TABLE survey_call ADD COLUMN outcome {int} NOT NULL DEFAULT 0;

-- A letter planned for a day (core/survey_wave.h), and which targets had it, when and how. Nothing here says who answered when.
CREATE TABLE survey_wave (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	form {int} NOT NULL,
	due {int} NOT NULL,
	state {int} NOT NULL,
	subject_fr {text} NOT NULL,
	text_fr {text} NOT NULL,
	subject_en {text} NOT NULL,
	text_en {text} NOT NULL
){table};
CREATE INDEX survey_wave_form ON survey_wave (form, due, num);

CREATE TABLE survey_sent (
	target {int} NOT NULL REFERENCES survey_target (num) ON DELETE CASCADE,
	wave {int} NOT NULL REFERENCES survey_wave (num) ON DELETE CASCADE,
	at {int} NOT NULL,
	channel {int} NOT NULL,
	PRIMARY KEY (target, wave)
){keyed};
CREATE INDEX survey_sent_wave ON survey_sent (wave);

-- How many there are of each class of an attribute in the whole population that a questionnaire is for.
CREATE TABLE survey_population (
	form {int} NOT NULL,
	attribute {text} NOT NULL,
	class {text} NOT NULL,
	n {int} NOT NULL,
	PRIMARY KEY (form, attribute, class)
){keyed};

-- Questionnaires on paper (core/paper.h).

-- What was printed of which version of a questionnaire, and where on its pages everything stands (docs/formats/papier.md).
-- `hash`: of what the body says but for the number, so that the same is printed under the same number.
CREATE TABLE paper_edition (
	form {int} NOT NULL,
	edition {int} NOT NULL,
	version {int} NOT NULL,
	language {text} NOT NULL,
	hash {blob} NOT NULL,
	body {text} NOT NULL,
	printed {int} NOT NULL,
	PRIMARY KEY (form, edition)
){keyed};

-- A copy that came back and is being entered. `code`: the hash of its code; `label`: the number written on it, or ''. `twice`: it
-- is entered by two people; `response`: what became of it; of an anonymous questionnaire the row is deleted then.
CREATE TABLE paper_sheet (
	num {pk},
	form {int} NOT NULL,
	edition {int} NOT NULL,
	code {blob} NOT NULL UNIQUE,
	label {text} NOT NULL,
	target {int} REFERENCES survey_target (num) ON DELETE SET NULL,
	twice {int} NOT NULL,
	response {int} REFERENCES response (num) ON DELETE CASCADE,
	notes {text} NOT NULL,
	changed {int} NOT NULL
){table};
CREATE INDEX paper_sheet_form ON paper_sheet (form, num);
CREATE INDEX paper_sheet_target ON paper_sheet (target);
CREATE INDEX paper_sheet_response ON paper_sheet (response);

-- What was typed of it, the first and the second time, until it becomes a response. `mark`: tells of who has the code whether she
-- typed it; `person`: not of anonymous questionnaires, whose `body` is sealed by the code.
CREATE TABLE paper_entry (
	sheet {int} NOT NULL REFERENCES paper_sheet (num) ON DELETE CASCADE,
	turn {int} NOT NULL,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	mark {blob} NOT NULL,
	done {int} NOT NULL,
	body {text} NOT NULL,
	sealed {blob},
	changed {int} NOT NULL,
	PRIMARY KEY (sheet, turn)
){keyed};
CREATE INDEX paper_entry_person ON paper_entry (person);

-- Of sheets that were entered twice: how many, how many answers were compared, how many were the same.
CREATE TABLE paper_tally (
	form {int} NOT NULL PRIMARY KEY,
	sheets {int} NOT NULL,
	answers {int} NOT NULL,
	agreed {int} NOT NULL
){table};

-- Files of answers that were taken into a questionnaire (core/response_import.h): which, when, how many of their lines are
-- done, kept, refused. Who sent it is in the log.
-- Each answer says which file brought it, so that all can be taken back; of an anonymous one nothing else is said.
CREATE TABLE answer_import (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	form {int} NOT NULL,
	name {text} NOT NULL,
	created {int} NOT NULL,
	total {int} NOT NULL,
	done {int} NOT NULL,
	kept {int} NOT NULL,
	refused {int} NOT NULL
){table};
CREATE INDEX answer_import_form ON answer_import (form, num);

ALTER TABLE response ADD COLUMN batch {int};
CREATE INDEX response_batch ON response (batch);
ALTER TABLE anonymous_answer ADD COLUMN batch {int};
CREATE INDEX anonymous_answer_batch ON anonymous_answer (batch);

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

-- Which answers of a questionnaire there are and when each changed is asked at every look at its results
-- (core/response_body.h): from the index alone, without the answers.
DROP INDEX response_form;
CREATE INDEX response_form ON response (form, state, num, changed, channel, id);

-- Reports of results (features/restitution/restitution.h). `form`: whose answers they tell of; `closes`: the last day for comments
-- ("2026-12-31"), or ''; `members`: those of the space may comment too; `synthesis`: the blocks of the page of synthesis, as JSON.
CREATE TABLE restitution (
	record {int} NOT NULL PRIMARY KEY REFERENCES record (num) ON DELETE CASCADE,
	form {int} NOT NULL,
	state {int} NOT NULL,
	closes {text} NOT NULL,
	members {int} NOT NULL,
	synthesis {text} NOT NULL,
	created {int} NOT NULL,
	opened {int} NOT NULL,
	finished {int} NOT NULL
){table};
CREATE INDEX restitution_form ON restitution (form, record);

-- Figures kept as they were on a day, small counts hidden before: whatever becomes of the answers, a report that names one
-- shows it.
CREATE TABLE restitution_figure (
	id {blob} NOT NULL PRIMARY KEY,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	at {int} NOT NULL,
	body {text} NOT NULL
){keyed};
CREATE INDEX restitution_figure_record ON restitution_figure (record, at);

-- What was said of a paragraph before a report was final. `who`: how its author is named; of a confidential or anonymous
-- questionnaire neither person nor target is kept, and `created` is the day alone. `anchor`, `quote`: the paragraph, as it was.
CREATE TABLE restitution_remark (
	num {pk},
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	who {int} NOT NULL,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	target {int} REFERENCES survey_target (num) ON DELETE SET NULL,
	name {text} NOT NULL,
	anchor {text} NOT NULL,
	quote {text} NOT NULL,
	body {text} NOT NULL,
	created {int} NOT NULL,
	state {int} NOT NULL,
	answer {text} NOT NULL,
	answered {int} NOT NULL,
	answered_by {int} REFERENCES person (num) ON DELETE SET NULL
){table};
CREATE INDEX restitution_remark_record ON restitution_remark (record, num);
CREATE INDEX restitution_remark_person ON restitution_remark (person);
CREATE INDEX restitution_remark_target ON restitution_remark (target);
CREATE INDEX restitution_remark_answered_by ON restitution_remark (answered_by);

-- What is brought in by a job, step by step (features/import/import_run.h): where it stands (`state`, `done` of `total`; since
-- `stopped`, nobody works at it), what was sent and chosen (`choices`), what came of it so far (`counts`), the save that all
-- it writes shares, and what it met (`error`). Then, for each thing of what was sent, what would come or why it stays out.
CREATE TABLE import_run (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	kind {text} NOT NULL,
	title {text} NOT NULL,
	choices {text} NOT NULL,
	batch {blob} NOT NULL,
	state {int} NOT NULL,
	stopped {int} NOT NULL,
	done {int} NOT NULL,
	total {int} NOT NULL,
	counts {text} NOT NULL,
	error {text} NOT NULL,
	created {int} NOT NULL,
	changed {int} NOT NULL
){table};
CREATE INDEX import_run_person ON import_run (person, created);

CREATE TABLE import_line (
	num {pk},
	run {int} NOT NULL REFERENCES import_run (num) ON DELETE CASCADE,
	comes {int} NOT NULL,
	line {int} NOT NULL,
	title {text} NOT NULL,
	said {text} NOT NULL
){table};
CREATE INDEX import_line_run ON import_line (run, comes, num);
