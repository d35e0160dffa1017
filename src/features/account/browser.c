#include "features/account/browser.h"

#include <string.h>

struct mark {
	const char *sign, *words;
};

/* The first that fits wins: most browsers also say the names of those they resemble. */
static const struct mark browsers[] = {
	{ "Edg", "Edge" },         { "OPR/", "Opera" },     { "SamsungBrowser/", "Samsung Internet" },
	{ "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" }, { "CriOS/", "Chrome" },
	{ "Chrome/", "Chrome" },   { "Safari/", "Safari" }, { "curl/", "curl" },
};

static const struct mark systems[] = {
	{ "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" },   { "CrOS", "Chromebook" },
	{ "Windows", "Windows" }, { "Mac OS X", "Mac" },  { "Linux", "Linux" },
};

static const char *find(const struct mark *marks, size_t n, const char *agent)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(agent, marks[i].sign)) return marks[i].words;
	return NULL;
}

const char *browser_words(const struct page *p, const char *agent)
{
	const char *browser = find(browsers, COUNT(browsers), agent);
	const char *system = find(systems, COUNT(systems), agent);
	if (browser && system) return page_printf(p, _("%s on %s"), browser, system);
	if (browser || system) return browser ? browser : system;
	return _("A browser that does not say its name");
}
