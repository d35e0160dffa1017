-- Which answers of a questionnaire there are and when each changed is asked at every look at its results
-- (core/response_body.h): from the index alone, without the answers.
DROP INDEX response_form;
CREATE INDEX response_form ON response (form, state, num, changed, channel, id);
