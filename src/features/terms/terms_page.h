/* What the templates of the texts to accept ask of C. */
#ifndef PARVIS_TERMS_PAGE_H
#define PARVIS_TERMS_PAGE_H

#include "core/terms.h"
#include "page/change.h"
#include "page/form.h"

/* The texts that a form asks for. */
struct terms_asked {
	struct terms *list;
	int n;
};
/* What is asked of these people now; of nobody when it cannot be read. */
struct terms_asked terms_asked(const struct page *p, enum terms_whom whom);
/* All of them, for who chooses one. */
struct terms_asked terms_all(const struct page *p);
/* What the reader answered. */
struct terms_given {
	struct acceptance *list;
	int n;
};
struct terms_given terms_given(const struct page *p);

/* The name of its box: "terms-charte". */
const char *terms_box(const struct page *p, const struct terms *terms);
/* Was it ticked in the form that is shown again? */
bool terms_ticked(const struct page *p, const struct terms *terms);
/* Its address; of that version when it is not the present one or `version` says so. */
const char *terms_url(const struct page *p, const struct terms *terms, bool version);
const char *terms_admin_url(const struct page *p, const char *key);
/* The text as a version is shown, formatted. */
struct html_safe terms_html(const struct page *p, const struct terms *terms);
/* "everybody with an account, who adds something without one" */
const char *terms_whom_words(const struct page *p, int whom);
/* What a reader who accepted version `had` has not read yet; nothing between the words when it cannot be read. */
struct html_safe terms_changes(const struct page *p, const struct terms *terms, int had);

/* The form of a new version as it is shown: the present text, or what was typed and refused. */
struct terms_edit {
	struct terms typed;
	const struct terms *versions; /* newest first; none for a new text */
	int nversions;
	bool chosen; /* whether to ask again was said */
};

#endif
