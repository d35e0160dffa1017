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
