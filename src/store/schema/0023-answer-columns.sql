-- The answers of a questionnaire in columns (features/result/answer_pack.h), kept so that a program that starts need not read them
-- all. Made again from the answers at any time; deleted in the write that changes or deletes one of them (core/response_columns.h).
CREATE TABLE answer_columns (
	form {int} NOT NULL PRIMARY KEY,
	body {blob} NOT NULL
){table};
