/*
 * What a form says of its results, in its definition:
 *
 *	"results": {"public": true, "population": 75, "hide_below": 5,
 *	            "weigh": {"quartier": {"rabiere": 20, "morier": 12}}, "note": {"fr": "Réponses inventées."},
 *	            "groups": [{"key": "petites", "label": {"fr": "Petites associations"}, "si": ["genre:asso", "parc:peu"]}]}
 *
 * public: everybody may see them, of what each may read. population: how many there are to answer, so that
 * intervals can be said. hide_below: smaller counts are hidden, and answers are neither narrowed by choices nor crossed three by
 * three, since two such tables compared would tell a few persons apart. weigh: known totals of some of its questions. note: how the answers came, in the
 * words of who gathered them; stands above all figures. groups: kept groups, which answers may be narrowed to, and compared by.
 */
#ifndef PARVIS_RESULT_RULE_H
#define PARVIS_RESULT_RULE_H

#include "base/issues.h"
#include "features/result/answer_source.h"

enum {
	RULE_POPULATION_MAX = 100000000,
	RULE_HIDE_MAX = 50,
	RULE_HIDE_CONFIDENTIAL = 5, /* of what was said in confidence, where the form says nothing or less */
	RULE_WEIGHED_MAX = 4,       /* questions */
	RULE_NOTE_MAX = 500,        /* letters */
	RULE_GROUPS_MAX = 12,
	RULE_GROUP_NAME_MAX = 60, /* letters */
	RULE_GROUP_CHOICES_MAX = 6,
};

/* Answers that are counted together under a name: those that gave these choices ("question:choice", as an address has them). */
struct kept_group {
	const char *key;
	struct label label;
	const char *si[RULE_GROUP_CHOICES_MAX];
	int nsi;
};

struct result_rule {
	bool public;
	int population; /* 0: not said */
	int hide_below; /* 0: nothing is hidden */
	struct label note;
	const json_t *weigh; /* question → choice → how many, or NULL */
	const struct kept_group *groups;
	int ngroups;
};

/* What is not as above is left out. */
void result_rule_read(const struct page *p, const struct form *form, struct result_rule *ret);

/* May she see results of this form: everybody when they are public, else who looks after the answers? */
bool result_seen(const struct page *p, const struct form *form);

#endif
