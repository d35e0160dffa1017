#include "features/survey/rate.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "statistics/distribution.h"

static const char *class_of(const struct survey_target *target, const char *attribute)
{
	if (strcmp(attribute, "channel") == 0) return target_channel_words(target_reached_by(target));
	return target_attribute(target, attribute);
}

static bool is_there(const char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0) return true;
	return false;
}

int rate_attributes(struct arena *a, const struct survey_target *targets, int n, const char **ret, int max)
{
	int found = 0;
	for (int i = 0; i < n && found == 0 && max > 0; i++)
		if (*targets[i].place) ret[found++] = "place";
	for (int i = 0; i < n; i++) {
		json_t *attributes = (json_t *)targets[i].attributes;
		for (void *at = json_object_iter(attributes); at && found < max;
		     at = json_object_iter_next(attributes, at))
			if (!is_there(ret, found, json_object_iter_key(at)))
				ret[found++] = arena_strdup(a, json_object_iter_key(at));
	}
	return found;
}

/* ---- Counting ---- */

static struct rate_class *class_named(struct rate_table *table, const char *name)
{
	for (int i = 0; i < table->n; i++)
		if (strcmp(table->classes[i].name, name) == 0) return &table->classes[i];
	if (table->n == RATE_CLASSES_MAX + 1) return NULL;
	table->classes[table->n] = (struct rate_class){ .name = name };
	return &table->classes[table->n++];
}

static int by_name(const void *a, const void *b)
{
	const struct rate_class *x = a, *y = b;
	if (*x->name == '\0' || *y->name == '\0') return (*x->name == '\0') - (*y->name == '\0');
	return strcmp(x->name, y->name);
}

bool rate_count(struct arena *a, const struct survey_target *targets, int n, const char *attribute,
                struct rate_table *ret)
{
	/* Room for what is not known, and for classes of the population that have no target. */
	struct rate_table table = { .classes = arena_array(a, struct rate_class, 2 * RATE_CLASSES_MAX + 2) };
	for (int i = 0; i < n; i++) {
		if (targets[i].state == TARGET_DUPLICATE) continue;
		struct rate_class *class = class_named(&table, class_of(&targets[i], attribute));
		if (class == NULL) return false;
		class->targets++;
		class->answered += targets[i].state == TARGET_ANSWERED;
		table.targets++;
		table.answered += targets[i].state == TARGET_ANSWERED;
	}
	for (int i = 0; i < table.n; i++)
		table.classes[i].rate = (double)table.classes[i].answered / table.classes[i].targets;
	if (table.n) qsort(table.classes, (size_t)table.n, sizeof(*table.classes), by_name);
	*ret = table;
	return true;
}

/* ---- Against the population ---- */

/* As people write a class: capitals and accents are no difference. */
static bool same_class(struct arena *a, const char *x, const char *y)
{
	return strcmp(text_trim(a, text_fold(a, x)), text_trim(a, text_fold(a, y))) == 0;
}

static void add_population(struct arena *a, struct rate_table *table, const struct population_class *declared)
{
	for (int i = 0; i < table->n; i++)
		if (same_class(a, table->classes[i].name, declared->name)) {
			table->classes[i].population += declared->n;
			return;
		}
	if (table->n < 2 * RATE_CLASSES_MAX + 2)
		table->classes[table->n++] = (struct rate_class){ .name = declared->name, .population = declared->n };
}

/* Answers of whom nothing is known, or of a class that the population has not, are compared with nothing. */
static void test(struct rate_table *table, int answered)
{
	int small = 0, cells = 0;
	double chi2 = 0;
	for (int i = 0; i < table->n; i++) {
		const struct rate_class *class = &table->classes[i];
		double expected = class->of_population * answered;
		if (class->population == 0) continue;
		cells++;
		if (expected < 1) return;
		small += expected < 5;
		chi2 += (class->answered - expected) * (class->answered - expected) / expected;
	}
	if (cells < 2 || small * 5 > cells) return;
	table->tested = true;
	table->chi2 = chi2;
	table->df = cells - 1;
	table->p = chi2_above(chi2, table->df);
}

void rate_compare(struct arena *a, struct rate_table *table, const struct population_class *classes, int n)
{
	int answered = 0;
	table->declared = n > 0;
	for (int i = 0; i < n; i++) add_population(a, table, &classes[i]);
	for (int i = 0; i < table->n; i++) {
		struct rate_class *class = &table->classes[i];
		if (n == 0) class->population = *class->name ? class->targets : 0;
		table->population += class->population;
		answered += class->population ? class->answered : 0;
	}
	for (int i = 0; i < table->n; i++) {
		struct rate_class *class = &table->classes[i];
		class->of_population = table->population ? (double)class->population / (double)table->population : 0;
		class->of_answers = answered && class->population ? (double)class->answered / answered : 0;
	}
	if (table->n) qsort(table->classes, (size_t)table->n, sizeof(*table->classes), by_name);
	/* The list answered in full is its own population: nothing to test. */
	if (answered && (table->declared || answered < table->targets)) test(table, answered);
}
