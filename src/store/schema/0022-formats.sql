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
