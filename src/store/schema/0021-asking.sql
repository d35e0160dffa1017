-- Questionnaires (core/survey.h) and their answers (core/response.h).

-- Whom a questionnaire is sent to: a structure of the directory or a line of a list, one personal code each (its hash). How
-- far it is (core/survey_target.h). Nothing here says when it was answered.
CREATE TABLE survey_target (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	form {int} NOT NULL,
	record {int} REFERENCES record (num) ON DELETE SET NULL,
	name {text} NOT NULL,
	email {text} NOT NULL,
	phone {text} NOT NULL,
	place {text} NOT NULL,
	code {blob} NOT NULL UNIQUE,
	state {int} NOT NULL,
	contacted {int} NOT NULL,
	reminded {int} NOT NULL,
	reminders {int} NOT NULL,
	call_at {text} NOT NULL
){table};
CREATE INDEX survey_target_form ON survey_target (form, state, num);
CREATE INDEX survey_target_record ON survey_target (record);

-- What was said when somebody called or visited a target, and by whom.
CREATE TABLE survey_call (
	num {pk},
	target {int} NOT NULL REFERENCES survey_target (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	at {int} NOT NULL,
	state {int} NOT NULL,
	note {text} NOT NULL
){table};
CREATE INDEX survey_call_target ON survey_call (target, num);
CREATE INDEX survey_call_person ON survey_call (person);

-- Answers, begun or complete; of an anonymous questionnaire, only those begun. `version`: of the form's definition; `code`: the
-- hash of the code that comes back to it; `body`: the values, as JSON by key; `sealed`: the same in the place of `body`, for
-- whoever has the code. Times are ms UTC, 0: not yet. `entered_by`: who entered it for somebody else.
CREATE TABLE response (
	num {pk},
	id {blob} NOT NULL UNIQUE,
	form {int} NOT NULL,
	version {int} NOT NULL,
	language {text} NOT NULL,
	state {int} NOT NULL,
	channel {int} NOT NULL,
	page {text} NOT NULL,
	code {blob} UNIQUE,
	body {text} NOT NULL,
	sealed {blob},
	begun {int} NOT NULL,
	changed {int} NOT NULL,
	completed {int} NOT NULL,
	entered_by {int} REFERENCES person (num) ON DELETE SET NULL
){table};
CREATE INDEX response_form ON response (form, state, num);
CREATE INDEX response_state ON response (state, changed);
CREATE INDEX response_entered_by ON response (entered_by);

-- Whose answers they are, apart from the answers; taken away when they are made nobody's.
CREATE TABLE respondent (
	response {int} NOT NULL PRIMARY KEY REFERENCES response (num) ON DELETE CASCADE,
	form {int} NOT NULL,
	person {int} REFERENCES person (num) ON DELETE CASCADE,
	target {int} REFERENCES survey_target (num) ON DELETE SET NULL,
	name {text} NOT NULL
){table};
CREATE INDEX respondent_person ON respondent (person, form);
CREATE INDEX respondent_target ON respondent (target);

-- What was corrected in answers afterwards, and by whom: the keys of the questions, never what was answered.
CREATE TABLE response_change (
	num {pk},
	response {int} NOT NULL REFERENCES response (num) ON DELETE CASCADE,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	at {int} NOT NULL,
	fields {text} NOT NULL
){table};
CREATE INDEX response_change_response ON response_change (response, num);
CREATE INDEX response_change_person ON response_change (person);

-- Complete answers of anonymous questionnaires: a random key, and neither time nor person nor anything that another table
-- holds. `shown`: it is among those whose results are shown.
CREATE TABLE anonymous_answer (
	id {blob} NOT NULL PRIMARY KEY,
	form {int} NOT NULL,
	version {int} NOT NULL,
	language {text} NOT NULL,
	body {text} NOT NULL,
	shown {int} NOT NULL
){keyed};
CREATE INDEX anonymous_answer_form ON anonymous_answer (form, shown, id);

-- Who has answered an anonymous questionnaire for accounts, and codes that have served: without a time, and without anything of
-- the answers.
CREATE TABLE answered (
	form {int} NOT NULL,
	person {int} NOT NULL REFERENCES person (num) ON DELETE CASCADE,
	PRIMARY KEY (form, person)
){keyed};
CREATE INDEX answered_person ON answered (person);

CREATE TABLE spent_code (
	code {blob} NOT NULL PRIMARY KEY,
	form {int} NOT NULL
){keyed};
CREATE INDEX spent_code_form ON spent_code (form);

-- How many complete answers hold a choice that only so many are wanted of.
CREATE TABLE survey_quota (
	form {int} NOT NULL,
	field {text} NOT NULL,
	choice {text} NOT NULL,
	n {int} NOT NULL,
	PRIMARY KEY (form, field, choice)
){keyed};

-- The index of words holds two kinds of words more (store/words.h), on both engines: a title's words with a sign before
-- each, and one for the form. So titles are found by lists of their own, which are short.
ALTER TABLE search_doc ADD COLUMN marks {text} NOT NULL DEFAULT '';
-- sqlite: UPDATE search_doc SET marks = (SELECT '§' || r.form FROM record r WHERE r.num = search_doc.num) || CASE WHEN title = '' THEN '' ELSE ' ¶' || replace(replace(title, char(10), ' '), ' ', ' ¶') END;
-- postgres: UPDATE search_doc SET marks = (SELECT '§' || r.form FROM record r WHERE r.num = search_doc.num) || CASE WHEN title = '' THEN '' ELSE ' ¶' || replace(replace(title, chr(10), ' '), ' ', ' ¶') END;
-- sqlite: DROP TABLE search_fts;
-- sqlite: CREATE VIRTUAL TABLE search_fts USING fts5 (title, body, marks, content = 'search_doc', content_rowid = 'doc', tokenize = 'ascii', detail = column, columnsize = 0);
-- sqlite: INSERT INTO search_fts (search_fts) VALUES ('rebuild');
-- postgres: ALTER TABLE search_doc DROP COLUMN words;
-- postgres: ALTER TABLE search_doc ADD COLUMN words tsvector GENERATED ALWAYS AS ((title || ' ' || body || ' ' || marks)::tsvector) STORED;
-- postgres: CREATE INDEX search_doc_words ON search_doc USING gin (words) WITH (gin_pending_list_limit = 256);

-- Which version of a text the questions of forms were answered with is counted from the index: their pages are read again.
INSERT INTO job (kind, payload, run_at)
SELECT 'reindex', '{"form":' || num || '}', 0 FROM definition WHERE kind = 1 AND body LIKE '%"consent"%' ORDER BY num;

-- Answers of a child that members alone read until who looks after the space says yes (core/kept.h). Who gave them is in
-- the history.
CREATE TABLE kept (
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	field {text} NOT NULL,
	created {int} NOT NULL,
	PRIMARY KEY (record, field)
){table};

-- Who comes to what (core/signup.h): a row for each person, or each name that somebody entered, and each day of a record;
-- '' where it takes place once. `begins`: when, as the person was told (ms UTC; 0: it has no date). `reminded`: the letter
-- of the day before has left. `came`: how many of them came, NULL: not noted. After a while names, addresses and answers go,
-- and the counts stay.
CREATE TABLE signup (
	num {pk},
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	day {text} NOT NULL,
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	name {text} NOT NULL,
	email {text} NOT NULL,
	adults {int} NOT NULL,
	children {int} NOT NULL,
	answers {text} NOT NULL,
	named {int} NOT NULL,
	state {int} NOT NULL,
	came {int},
	entered_by {int} REFERENCES person (num) ON DELETE SET NULL,
	since {int} NOT NULL,
	begins {int} NOT NULL,
	reminded {int} NOT NULL,
	UNIQUE (record, day, person)
){table};
CREATE INDEX signup_person ON signup (person);
CREATE INDEX signup_entered_by ON signup (entered_by);
CREATE INDEX signup_begins ON signup (begins);

-- The comment that a facilitator shows first below its record (core/thread.h).
ALTER TABLE thread_mark ADD COLUMN shown {int} REFERENCES record (num) ON DELETE SET NULL;
CREATE INDEX thread_mark_shown ON thread_mark (shown);

-- Sheets that somebody printed and put up (core/printed.h): with which choices (the query of /-/print), where, how many;
-- then which records are on them: the hash of what the sheet shows of each, and since when it is another (ms UTC, 0: it is
-- not).
CREATE TABLE printed (
	num {pk},
	person {int} REFERENCES person (num) ON DELETE SET NULL,
	space {int} NOT NULL REFERENCES space (num) ON DELETE CASCADE,
	choices {text} NOT NULL,
	title {text} NOT NULL,
	place {text} NOT NULL,
	copies {int} NOT NULL,
	created {int} NOT NULL
){table};
CREATE INDEX printed_person ON printed (person);
CREATE INDEX printed_space ON printed (space);

CREATE TABLE printed_record (
	printed {int} NOT NULL REFERENCES printed (num) ON DELETE CASCADE,
	record {int} NOT NULL REFERENCES record (num) ON DELETE CASCADE,
	shown {blob} NOT NULL,
	wrong {int} NOT NULL,
	PRIMARY KEY (printed, record)
){keyed};
CREATE INDEX printed_record_record ON printed_record (record);
