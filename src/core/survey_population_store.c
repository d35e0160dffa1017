#include "core/survey_population.h"

enum code survey_population(struct db *db, struct arena *a, const struct form *form, const char *attribute,
                            struct population_class **ret, int *n, struct err *err)
{
	struct population_class *all = arena_array(a, struct population_class, POPULATION_CLASSES_MAX);
	int found = 0;
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query(
	        db, &rows, err,
	        "SELECT class, n FROM survey_population WHERE form = $1 AND attribute = $2 ORDER BY class LIMIT $3",
	        form->num, attribute, (int)POPULATION_CLASSES_MAX));
	while (found < POPULATION_CLASSES_MAX && rows_next(&rows))
		all[found++] = (struct population_class){ arena_strdup(a, row_text(&rows, 0)), row_int(&rows, 1) };
	*ret = all;
	*n = found;
	return rows_end(&rows, err);
}

enum code survey_population_set(struct tx *tx, const struct form *form, const char *attribute,
                                const struct population_class *classes, int n, struct err *err)
{
	struct db *db = tx_db(tx);
	TRY(db_run(db, err, "DELETE FROM survey_population WHERE form = $1 AND attribute = $2", form->num, attribute));
	for (int i = 0; i < n; i++)
		TRY(db_run(
		        db, err,
		        "INSERT INTO survey_population (form, attribute, class, n) VALUES ($1, $2, $3, $4) ON CONFLICT "
		        "(form, attribute, class) DO UPDATE SET n = survey_population.n + excluded.n",
		        form->num, attribute, classes[i].name, classes[i].n));
	return OK;
}
