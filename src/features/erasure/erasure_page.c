#include "features/erasure/erasure_page.h"

#include <string.h>

#include "base/i18n.h"
#include "core/trash.h"
#include "features/record/record_page.h"

/* To add one: a row. */
const struct erasure_reason erasure_reasons[] = {
	{ "mistake", N_("Something about a person that should never have been written: number, address, health…") },
	{ "asked", N_("The person concerned asks for it") },
	{ "consent", N_("A picture or a text without the agreement of its author, or of who is seen in it") },
	{ "unlawful", N_("It is against the law") },
	{ "over", N_("It is no longer of use to keep it") },
	{ NULL, NULL },
};

const char *erasure_reason_words(const char *key)
{
	for (const struct erasure_reason *row = erasure_reasons; row->key; row++)
		if (strcmp(row->key, key) == 0) return row->words;
	return NULL;
}

const char *erasure_url(const struct page *p, const struct record *r)
{
	return record_action_url(p, r, "erase");
}

const char *erasure_version_url(const struct page *p, const struct record *r, struct id save)
{
	return arena_printf(p->arena, "%s/%s", erasure_url(p, r), save_text(p, save));
}

const char *erasure_also(const struct page *p, struct id save)
{
	return arena_printf(p->arena, "also-%s", save_text(p, save));
}

const char *trash_end(const struct page *p, const struct record *r)
{
	return page_date(p, r->changed + TRASH_MS);
}
