/* What the legal notice says, in any text: live, without a gap. */
#include <string.h>

#include "base/i18n.h"
#include "features/legal/legal.h"
#include "features/legal/legal_embed.html.h"
#include "features/legal/legal_page.h"
#include "features/view/view.html.h"

/* The first that somebody said, or "". */
static const char *first_said(const struct page *p, const char *const *keys)
{
	for (; *keys; keys++)
		if (*legal_value(p, *keys)) return legal_value(p, *keys);
	return "";
}

static const char *team(const struct page *p)
{
	return legal_value(p, "team");
}

static const char *found(const struct page *p)
{
	return *legal_value(p, "access") ? legal_access(p) : "";
}

static const char *faults(const struct page *p)
{
	return legal_value(p, "access_faults");
}

static const char *blocked(const struct page *p)
{
	return first_said(p, (const char *const[]){ "access_contact", "email", "phone", "contact", NULL });
}

static const char *controller(const struct page *p)
{
	const char *who = legal_controller(p), *contact = legal_value(p, "contact");
	if (*who && *contact) return page_printf(p, _("%1$s. To write about your data: %2$s."), who, contact);
	return *who ? who : contact;
}

static const char *host(const struct page *p)
{
	const char *who = legal_value(p, "host"), *where = legal_value(p, "host_address");
	return *who && *where ? arena_printf(p->arena, "%s, %s", who, where) : who;
}

/* To add one: a row. */
static const struct {
	const char *french, *english;
	const char *(*say)(const struct page *p); /* "": nobody has said it … */
	const char *otherwise;                    /* … and this is true all the same; message id */
} lines[] = {
	{ "equipe", "team", team,
	  N_("The link “Report this page”, at the foot of each page, is read by the people who look after the site.") },
	{ "accessibilite", "access", found, N_("No compliance is declared here.") },
	{ "defauts", "faults", faults, N_("You meet something else? Tell it: that is how it gets mended.") },
	{ "blocage", "blocked", blocked,
	  N_("The link “Report this page”, at the foot of each page, is read by the people who look after the site.") },
	{ "responsable", "controller", controller,
	  N_("The people who administer this site. The link “Report this page”, at the foot of each page, reaches the "
	     "people who look after it.") },
	{ "hebergeur", "host", host,
	  N_("On a machine that the people who run this site look after, or have looked after.") },
};

void legal_line(struct buf *out, const struct page *p, const char *name)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		if (strcmp(lines[i].french, name) != 0 && strcmp(lines[i].english, name) != 0) continue;
		const char *said = lines[i].say(p);
		legal_sentence(out, *said ? said : tr(p->lang, lines[i].otherwise));
		return;
	}
}

static bool is_line(const char *name)
{
	for (size_t i = 0; i < COUNT(lines); i++)
		if (strcmp(lines[i].french, name) == 0 || strcmp(lines[i].english, name) == 0) return true;
	return false;
}

void legal_embed(struct buf *out, const struct page *p, const char *args)
{
	if (is_line(args)) legal_line(out, p, args);
	else embed_problem(out, p, page_printf(p, _("There is nothing called “%s” to show here."), args));
}
