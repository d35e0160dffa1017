#include "core/person.h"

#include <string.h>

#include "base/text.h"

/* One @, something on both sides, a dot in the domain, no blank: the rest is known when a letter
 * arrives (WHATWG's rule for e-mail inputs is as broad). */
static bool email_is_plausible(const char *email)
{
	const char *sign = strchr(email, '@');
	if (sign == NULL || sign == email || strchr(sign + 1, '@')) return false;
	const char *dot = strchr(sign + 1, '.');
	if (dot == NULL || dot == sign + 1 || email[strlen(email) - 1] == '.') return false;
	for (const char *c = email; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == '<' || *c == '>' || *c == ',') return false;
	return true;
}

void person_check(const char *name, const char *email, const char *password, struct issues *issues)
{
	if (name && text_is_blank(name)) issues_add(issues, "name", N_("Write the name that people will read."));
	if (name && text_length(name) > PERSON_NAME_MAX)
		issues_add(issues, "name", N_("This name is too long: %d letters at most."), PERSON_NAME_MAX);
	if (email && (strlen(email) > EMAIL_MAX || !email_is_plausible(email)))
		issues_add(issues, "email", N_("This is not an e-mail address. Example: name@example.org"));
	if (password && text_length(password) < PASSWORD_MIN)
		issues_add(issues, "password",
		           N_("Choose a password of at least %d characters; a short sentence does well."),
		           PASSWORD_MIN);
	if (password && text_length(password) > PASSWORD_MAX)
		issues_add(issues, "password", N_("This password is too long: %d characters at most."), PASSWORD_MAX);
}
