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
