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
