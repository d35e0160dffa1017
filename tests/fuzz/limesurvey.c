/* LimeSurvey's XML and texts: whatever the file says, reading ends within its limits, and texts are texts. */
#include "formats/limesurvey_form.h"
#include "formats/limesurvey_participant.h"
#include "fuzz.h"

static void check_texts(const json_t *texts)
{
	const char *language;
	json_t *text;
	CHECK(json_is_object(texts));
	json_object_foreach ((json_t *)texts, language, text) CHECK(*language && json_is_string(text));
}

static void check_question(const struct limesurvey_question *question)
{
	CHECK(is_text(question->code) && is_text(question->relevance));
	CHECK(question->nanswers <= LIMESURVEY_PARTS && question->nparts <= LIMESURVEY_PARTS);
	check_texts(question->text);
	for (int i = 0; i < question->nanswers; i++) check_texts(question->answers[i].text);
	for (int i = 0; i < question->nparts; i++) check_texts(question->parts[i].text);
}

static void check_participants(struct arena *a, const struct limesurvey_file *file)
{
	const struct limesurvey_table *table = limesurvey_table(file, "tokens");
	const struct limesurvey survey = { .settings = json_keep(a, json_object()) };
	int n = 0;
	if (table == NULL) return;
	const struct limesurvey_participant *all = limesurvey_participants(a, &survey, table, &n);
	CHECK(n == table->n);
	for (int i = 0; i < n; i++) {
		CHECK(is_text(all[i].name) && is_text(all[i].email) && is_text(all[i].token));
		CHECK(all[i].reminders >= 0);
		check_texts(all[i].attributes);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct err err;
	struct limesurvey_file file;
	struct limesurvey survey;
	arena_init(&a);
	bool xml = size > 0 && data[0] == '<';
	enum code code = (xml ? limesurvey_tables_read : limesurvey_tsv_read)(&a, (const char *)data, size, &file,
	                                                                      &err);
	CHECK(code == OK || code == E_INPUT || code == E_LIMIT);
	if (code == OK) check_participants(&a, &file);
	if (code == OK) code = limesurvey_read(&a, &file, &survey, &err);
	CHECK(code == OK || code == E_INPUT || code == E_LIMIT);
	int n = 0;
	for (int i = 0; code == OK && i < survey.ngroups; i++)
		for (int k = 0; k < survey.groups[i].nquestions; k++, n++)
			check_question(&survey.groups[i].questions[k]);
	if (code == OK) {
		struct issues lost;
		issues_init(&lost, &a);
		CHECK(json_is_array(json_object_get(limesurvey_form(&a, &survey, &lost), "fields")));
	}
	CHECK(code != OK || (n == survey.nquestions && n <= LIMESURVEY_QUESTIONS));
	arena_release(&a);
	return 0;
}
