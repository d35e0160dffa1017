/*
 * What a text says in braces about results, in the family of what texts embed (features/embed/embed.h):
 *
 *	{{tableau diagnostic postes}}              {{table …}}     how often each answer was given
 *	{{graphique diagnostic postes}}            {{chart …}}     the same, drawn
 *	{{croise diagnostic type postes}}          {{cross …}}     two questions; pour=ligne, colonne or total
 *	{{citations diagnostic Temps nombre=3}}   {{quotations …}} what people said of a theme (features/coding), chosen to be quoted;
 *	                                           premieres=3: the first ones, chosen or not; zero: five
 *	{{methode diagnostic}}                     {{method …}}    how the answers came
 *	{{tableaux}}                               {{figures}}     the list of tables and figures
 *	{{chiffre diagnostic postes de_1_a_5}}     {{number …}}    inside a sentence; also "reponses", "taux", "moyenne", "mediane"
 *	{{voir postes}}                            {{see …}}       inside a sentence: "table 3", with a link
 *
 * The first word is the key of a form. titre=… (to the end) is said in place of the question; fige=<id> names figures that
 * are kept (report.h). The first six stand alone on their line. Nothing in fenced code counts.
 */
#ifndef PARVIS_DIRECTIVE_H
#define PARVIS_DIRECTIVE_H

#include "features/restitution/figure.h"

enum directive_kind {
	DIRECTIVE_TABLE,
	DIRECTIVE_CHART,
	DIRECTIVE_CROSS,
	DIRECTIVE_QUOTES,
	DIRECTIVE_METHOD,
	DIRECTIVE_LIST,
	DIRECTIVE_NUMBER,
	DIRECTIVE_SEE,
	DIRECTIVE_KINDS
};

enum { DIRECTIVE_WORDS = 8, DIRECTIVES_MAX = 200 /* of one text; further ones stay as written */ };

struct directive {
	enum directive_kind kind;
	size_t start, len; /* with its braces */
	bool alone;        /* on its line */
	/* Of those that show figures. */
	const char *words[DIRECTIVE_WORDS]; /* without options; the first is the form's key */
	int nwords;
	const char *title; /* NULL: the question's words */
	const char *share; /* NULL: of each line */
	int most, first;   /* of DIRECTIVE_QUOTES; 0: not said */
	struct id frozen;  /* zero: as they are now */
};

/* The next one from *at on, which moves behind it; false: there is none. */
bool directive_next(struct arena *a, const char *text, size_t *at, struct directive *ret);
/* Does it show figures? */
bool directive_shows(const struct directive *d);
/* What it asks for: E_NOT_FOUND when there is no such form. Not of DIRECTIVE_LIST and DIRECTIVE_SEE. */
enum code directive_spec(const struct page *p, const struct directive *d, struct figure_spec *ret,
                         struct err *err) MUST;
/* As it is written with other figures kept: `frozen` zero: none. */
const char *directive_write(struct arena *a, const char *text, const struct directive *d, struct id frozen);
/* Is the place in fenced code? */
bool text_is_fence(const char *line);

#endif
