#include "features/site/rights.h"

const char *level_meaning(const struct page *p, enum level level)
{
	static const char *const meanings[LEVEL_COUNT] = {
		[LEVEL_VISITOR] = N_("anybody who reads, without an account"),
		[LEVEL_CONTRIBUTOR] = N_("anybody who has signed in"),
		[LEVEL_MEMBER] = N_("a person who belongs to the space"),
		[LEVEL_FACILITATOR] = N_("a person who looks after the space and helps the others"),
		[LEVEL_ADMINISTRATOR] = N_("a person who looks after the whole site"),
	};
	return tr(p->lang, meanings[level]);
}

const char *space_rules(const struct page *p, const struct space *space)
{
	static const char *const readers[] = {
		[VISIBILITY_PUBLIC] = N_("Everybody reads it."),
		[VISIBILITY_LISTED] = N_("Everybody sees its name; only its members read it."),
		[VISIBILITY_MEMBERS] = N_("Only its members know it and read it."),
	};
	static const char *const writers[] = {
		[PUBLICATION_OPEN] = N_("Whoever has signed in writes there, and it is visible at once."),
		[PUBLICATION_OWN] = N_("Whoever has signed in adds there, visible at once, and corrects what is "
		                       "her own; its members correct all."),
		[PUBLICATION_APPROVED] = N_("What somebody adds there waits for a yes; its members correct all."),
		[PUBLICATION_MEMBERS] = N_("Only its members write there."),
	};
	static const char *const guests[] = {
		[GUESTS_NONE] = "",
		[GUESTS_APPROVED] = N_("Without an account one may add something, which waits for a yes."),
		[GUESTS_OPEN] = N_("Without an account one may add something, visible at once."),
	};
	/* In a space that is not public, who has signed in counts for nothing without being a member. */
	enum publication publication = space->visibility == VISIBILITY_PUBLIC ? space->publication
	                                                                      : PUBLICATION_MEMBERS;
	const char *also = publication == PUBLICATION_MEMBERS ? "" : guests[space->guests];
	return page_printf(p, "%s %s%s%s", tr(p->lang, readers[space->visibility]), tr(p->lang, writers[publication]),
	                   *also ? " " : "", *also ? tr(p->lang, also) : "");
}

bool space_is_known(const struct page *p, const struct space *space)
{
	struct thing thing = { .kind = KIND_SPACE, .space = space };
	return allowed(p->actor, ACTION_READ, &thing);
}

const char *right_words(const struct page *p, enum action action, enum kind kind)
{
	enum level level = right_level(action, kind, NULL);
	return level < LEVEL_COUNT ? tr(p->lang, level_words(level)) : NULL;
}
