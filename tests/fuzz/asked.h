/* A questionnaire of every kind of question that needs no database, for the targets about answers. */
#ifndef PARVIS_FUZZ_ASKED_H
#define PARVIS_FUZZ_ASKED_H

#include "core/form.h"
#include "core/form_part.h"
#include "core/survey.h"
#include "fields/fields.h"
#include "fuzz.h"

static const char asked_definition[] =
        "{'key':'f','label':'F','plural':'F','add':'F','survey':{'anonymity':'named'},'pages':[{'key':'p','label':'P'},"
        "{'key':'q','label':'Q','show_if':'postes > 3'}],'fields':["
        "{'key':'nom','type':'text','label':'Nom','page':'p'},{'key':'long','type':'longtext','label':'Mots','page':'q'},"
        "{'key':'postes','type':'number','label':'Postes','page':'p','decimals':2},"
        "{'key':'oui','type':'boolean','label':'Oui','page':'p'},"
        "{'key':'genre','type':'choice','label':'Genre','page':'p','other':true,'comment':true,'choices':[{'key':'a','label':"
        "'Association'},{'key':'b','label':'Bailleur'}]},"
        "{'key':'outils','type':'choices','label':'Outils','page':'p','other':true,'max':2,'choices':[{'key':'velo','label':"
        "'Vélo'},{'key':'bus','label':'Bus'},{'key':'pied','label':'À pied'}]},"
        "{'key':'ordre','type':'ranking','label':'Ordre','page':'q','choices':[{'key':'x','label':'X'},{'key':'y','label':'Y'}]},"
        "{'key':'accord','type':'matrix','label':'Accord','page':'p','rows':[{'key':'l1','label':'Une'},{'key':'l2','label':"
        "'Autre'}],'choices':[{'key':'non','label':'Non'},{'key':'oui','label':'Oui'}]},"
        "{'key':'duo','type':'matrix','answer':'two','label':'Duo','page':'p','rows':[{'key':'l1','label':'Une'}],'choices':"
        "[{'key':'non','label':'Non'}],'second':[{'key':'bien','label':'Bien'}]},"
        "{'key':'sommes','type':'numbers','label':'Sommes','page':'p','rows':[{'key':'h','label':'Heures'},{'key':'j','label':"
        "'Jours'}]},{'key':'note','type':'scale','label':'Note','page':'p','from':0,'to':10,'unknown':true},"
        "{'key':'jour','type':'date','label':'Jour','page':'q'},{'key':'heure','type':'date','time':true,'label':'Heure',"
        "'page':'p'},{'key':'double','type':'computed','value':'postes * 2','label':'Double','page':'p'}]}";

static struct arena asked_arena;

/* Read once. */
static const struct form *asked_form(void)
{
	static struct form form;
	struct issues issues;
	json_t *json;
	if (form.nfields) return &form;
	arena_init(&asked_arena);
	issues_init(&issues, &asked_arena);
	field_types_use(field_table);
	char *text = arena_strdup(&asked_arena, asked_definition);
	for (char *c = text; *c; c++)
		if (*c == '\'') *c = '"';
	if (json_parse(&asked_arena, text, strlen(text), &json, NULL) != OK) abort();
	enum code code = form_parse(&asked_arena, json, NULL, 0, &form, &issues, NULL);
	for (const struct issue *i = issues.first; i; i = i->next) fprintf(stderr, "%s: %s\n", i->field, i->err.msg);
	CHECK(code == OK);
	return &form;
}

#endif
