/* You and your account: what the site knows of you, and how you come in. */
#include "features/personal/data_section.h"

#include <string.h>

#include "core/audit.h"
#include "core/erasure.h"
#include "core/letter.h"
#include "core/minor.h"
#include "core/person.h"
#include "core/terms.h"
#include "core/token.h"
#include "features/news/news_page.h"

static const char *level_said(int level)
{
	return level >= 0 && level < LEVEL_COUNT ? level_words((enum level)level) : "";
}

static const char *token_said(int kind)
{
	static const char *const words[] = {
		[TOKEN_SIGN_IN] = N_("a link to sign in"),
		[TOKEN_SIGN_UP] = N_("a link to open an account"),
		[TOKEN_EMAIL] = N_("a link to confirm an address"),
		[TOKEN_INVITATION] = N_("an invitation"),
		[TOKEN_CARD] = N_("a card or a code"),
		[TOKEN_APPEAL] = N_("a link to answer a decision"),
		[TOKEN_STOP] = N_("a link to get no letters any more"),
		[TOKEN_DATA] = N_("a link to one’s data"),
		[TOKEN_STILL] = N_("a link to say how a notice stands"),
		[TOKEN_EXCHANGE] = N_("a link to get no letters about an exchange any more"),
		[TOKEN_PARENT] = N_("a link for a parent to agree"),
		[TOKEN_CALENDAR] = N_("the secret address of a calendar"),
		[TOKEN_SIGNUP] = N_("a link to give one’s places back"),
	};
	return kind >= 0 && kind < (int)COUNT(words) && words[kind] ? words[kind] : "";
}

static const char *parent_said(int way)
{
	return way >= 0 && way < MINOR_WAYS ? minor_way_words((enum minor_way)way) : "";
}

static const char *terms_said(int way)
{
	return way >= 0 && way < TERMS_WAYS ? terms_way_words((enum terms_way)way) : "";
}

static const char *letter_said(int state)
{
	static const char *const words[] = { [LETTER_WAITING] = N_("waits"),
		                             [LETTER_SENT] = N_("sent"),
		                             [LETTER_FAILED] = N_("not sent"),
		                             [LETTER_SPOOLED] = N_("kept here: the site sends no mail") };
	return state >= 0 && state < (int)COUNT(words) ? words[state] : "";
}

static const char *mode_said(int mode)
{
	return mode == ERASE_ALL ? N_("the account and all that it wrote") : N_("the account");
}

static const char *proof_said(const char *kind)
{
	return strcmp(kind, "password") == 0 ? N_("a password (kept as a fingerprint, which cannot be read back)")
	                                     : N_("a second step, by telephone");
}

const struct data_section data_account[] = {
	{ .key = "profile",
	  .title = N_("Account"),
	  .tables = "person",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT name, email, locale, level, created FROM person WHERE num = $1",
	  .columns = { { .key = "name", .label = N_("Name") },
	               { .key = "email", .label = N_("E-mail address") },
	               { .key = "language", .label = N_("Language") },
	               { .key = "role", .label = N_("Role on the site"), .kind = DATA_WORDS, .words = level_said },
	               { .key = "created", .label = N_("Opened"), .kind = DATA_TIME } } },
	{ .key = "memberships",
	  .title = N_("Spaces"),
	  .tables = "membership",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT space, level, created FROM membership WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "space", .label = N_("Space"), .kind = DATA_SPACE },
	               { .key = "role", .label = N_("Role"), .kind = DATA_WORDS, .words = level_said },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME } } },
	{ .key = "requests",
	  .title = N_("Spaces you asked to join"),
	  .tables = "join_request",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT space, level, word, created, refused, reason FROM join_request WHERE person = $1 ORDER "
	         "BY created",
	  .columns = { { .key = "space", .label = N_("Space"), .kind = DATA_SPACE },
	               { .key = "role", .label = N_("Role"), .kind = DATA_WORDS, .words = level_said },
	               { .key = "word", .label = N_("What you said of it") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "refused", .label = N_("Refused"), .kind = DATA_TIME },
	               { .key = "reason", .label = N_("Reason") } } },
	{ .key = "age",
	  .title = N_("Agreement of a parent"),
	  .tables = "minor",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT asked, agreed, way FROM minor WHERE person = $1",
	  .columns = { { .key = "asked", .label = N_("Asked for"), .kind = DATA_TIME },
	               { .key = "agreed", .label = N_("A parent agreed"), .kind = DATA_TIME },
	               { .key = "way", .label = N_("Which way"), .kind = DATA_WORDS, .words = parent_said } } },
	{ .key = "terms",
	  .title = N_("Texts that you were asked to accept"),
	  .tables = "acceptance",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT v.title, a.version, a.way, a.at, a.ended, v.body FROM acceptance a JOIN terms_version v ON v.terms = "
	         "a.terms AND v.version = a.version WHERE a.person = $1 ORDER BY a.at, a.terms, a.version",
	  .columns = { { .key = "title", .label = N_("Title") },
	               { .key = "version", .label = N_("Version"), .kind = DATA_NUMBER },
	               { .key = "way", .label = N_("Which way"), .kind = DATA_WORDS, .words = terms_said },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "ended", .label = N_("No, since"), .kind = DATA_TIME },
	               { .key = "text", .label = N_("Text") } } },
	{ .key = "sessions",
	  .title = N_("Where you are signed in"),
	  .tables = "session",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT agent, created, seen, expires FROM session WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "browser", .label = N_("Browser") },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME },
	               { .key = "seen", .label = N_("Last seen"), .kind = DATA_TIME },
	               { .key = "until", .label = N_("Until"), .kind = DATA_TIME } } },
	{ .key = "proofs",
	  .title = N_("What proves that it is you"),
	  .tables = "credential",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT kind, created FROM credential WHERE person = $1 ORDER BY kind",
	  .columns = { { .key = "kind", .label = N_("Kind"), .kind = DATA_NAMED, .named = proof_said },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME } } },
	{ .key = "links",
	  .title = N_("Links and codes that open your account"),
	  .tables = "token",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT kind, created, expires FROM token WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "kind", .label = N_("Kind"), .kind = DATA_WORDS, .words = token_said },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME },
	               { .key = "until", .label = N_("Until"), .kind = DATA_TIME } } },
	{ .key = "given",
	  .title = N_("Invitations and cards you gave"),
	  .tables = "token",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT kind, space, created, expires FROM token WHERE creator = $1 ORDER BY created",
	  .columns = { { .key = "kind", .label = N_("Kind"), .kind = DATA_WORDS, .words = token_said },
	               { .key = "space", .label = N_("Space"), .kind = DATA_SPACE },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME },
	               { .key = "until", .label = N_("Until"), .kind = DATA_TIME } } },
	{ .key = "asked",
	  .title = N_("Questionnaires sent to your address, and what was noted of calls"),
	  .tables = "survey_target survey_call",
	  .by = DATA_BY_EMAIL,
	  .sql = "SELECT d.key, t.name, t.phone, t.address, t.call_at, COALESCE(c.at, 0), COALESCE(c.note, '') FROM "
	         "survey_target t JOIN definition d ON d.num = t.form LEFT JOIN survey_call c ON c.target = t.num WHERE "
	         "LOWER(t.email) = $1 ORDER BY t.num, c.num",
	  .columns = { { .key = "questionnaire", .label = N_("Questionnaire") },
	               { .key = "name", .label = N_("Name") },
	               { .key = "phone", .label = N_("Telephone") },
	               { .key = "address", .label = N_("Postal address") },
	               { .key = "reached", .label = N_("When they can be reached, in words") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "note", .label = N_("What was said") } } },
	{ .key = "letters",
	  .title = N_("Letters to your address, of the last month"),
	  .tables = "letter",
	  .by = DATA_BY_EMAIL,
	  .sql = "SELECT subject, created, state FROM letter WHERE LOWER(recipient) = $1 ORDER BY num",
	  .columns = { { .key = "subject", .label = N_("Subject") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "state",
	                 .label = N_("What became of it"),
	                 .kind = DATA_WORDS,
	                 .words = letter_said } } },
	{ .key = "told_how",
	  .title = N_("How I am told"),
	  .tables = "news_choice",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT pace, quiet_from, quiet_to FROM news_choice WHERE person = $1",
	  .columns = { { .key = "letters", .label = N_("By letter"), .kind = DATA_WORDS, .words = news_pace_words },
	               { .key = "quiet_from", .label = N_("Quiet from"), .kind = DATA_NUMBER },
	               { .key = "quiet_to", .label = N_("up to hour"), .kind = DATA_NUMBER } } },
	{ .key = "account_changes",
	  .title = N_("What changed on your account"),
	  .tables = "audit",
	  .by = DATA_BY_ID_TEXT,
	  .sql = "SELECT action, at FROM audit WHERE thing = $1 ORDER BY num",
	  .columns = { { .key = "change", .label = N_("Change"), .kind = DATA_NAMED, .named = audit_words },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "erasures",
	  .title = N_("Erasures asked for"),
	  .tables = "erasure",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT mode, created, refused, reason FROM erasure WHERE person = $1",
	  .columns = { { .key = "mode", .label = N_("What"), .kind = DATA_WORDS, .words = mode_said },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "refused", .label = N_("Refused"), .kind = DATA_TIME },
	               { .key = "reason", .label = N_("Reason") } } },
	{ 0 },
};
