/*
 * What a text shows where one of its lines says {{word …}}: a list of the site, one of its records. By the
 * reader's own rights: what she may not read, or what is not there, is the same line for her. What is shown
 * embeds nothing in its turn (fields/rich_text.c).
 *
 *	{{vue annuaire taille=3}}        {{view …}}     the list of that name (features/view/view_list.h)
 *	{{fiche adresse ou titre}}       {{record …}}   the record that a [[link]] of that name leads to, published
 *	                                                or archived, as a card
 *	{{mentions equipe}}              {{legal team}} what the legal notice says (features/legal/legal.h)
 *	{{tableau …}} {{graphique …}} {{croise …}}      what tells of results: features/restitution/directive.h
 */
#ifndef PARVIS_EMBED_H
#define PARVIS_EMBED_H

#include "web/route.h"

extern const struct feature embed_feature;

#endif
