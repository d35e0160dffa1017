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
