#include "features/personal/data_section.h"

#include <string.h>

#include "core/audit.h"
#include "core/erasure.h"
#include "core/exchange.h"
#include "core/letter.h"
#include "core/minor.h"
#include "core/reading.h"
#include "core/report.h"
#include "core/shareable.h"
#include "core/signup.h"
#include "core/terms.h"
#include "core/token.h"
#include "features/account/browser.h"
#include "features/date_poll/date_poll_page.h"
#include "features/debate/debate_page.h"
#include "features/moderation/moderation_page.h"
#include "features/news/news_page.h"

/* ---- Words ---- */

static const char *level_said(int level)
{
	return level >= 0 && level < LEVEL_COUNT ? level_words((enum level)level) : "";
}

static const char *measure_said(int kind)
{
	return kind >= 0 && kind < MEASURE_KINDS ? measure_words((enum measure_kind)kind) : "";
}

static const char *reason_said(int reason)
{
	return reason >= 0 && reason < REPORT_REASONS ? report_reason_words((enum report_reason)reason) : "";
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

static const char *consent_said(int answer)
{
	return answer >= 0 && answer < CONSENT_ANSWERS ? consent_words((enum consent_answer)answer) : "";
}

static const char *parent_said(int way)
{
	return way >= 0 && way < MINOR_WAYS ? minor_way_words((enum minor_way)way) : "";
}

static const char *terms_said(int way)
{
	return way >= 0 && way < TERMS_WAYS ? terms_way_words((enum terms_way)way) : "";
}

static const char *follow_said(int kind)
{
	static const char *const words[FOLLOW_KINDS] = { [FOLLOW_RECORD] = N_("a page"),
		                                         [FOLLOW_FORM] = N_("a kind of page"),
		                                         [FOLLOW_VIEW] = N_("a list"),
		                                         [FOLLOW_TAG] = N_("a key word"),
		                                         [FOLLOW_SPACE] = N_("a space") };
	return kind >= 0 && kind < FOLLOW_KINDS ? words[kind] : "";
}

static const char *news_said(int kind)
{
	static const char *const words[NEWS_KINDS] = { [NEWS_ADDED] = N_("a new page"),
		                                       [NEWS_CHANGED] = N_("a correction"),
		                                       [NEWS_COMMENT] = N_("a comment"),
		                                       [NEWS_THANKS] = N_("thanks"),
		                                       [NEWS_DATES] = N_("dates to answer"),
		                                       [NEWS_SHARE_ASKED] = N_("an agreement asked for"),
		                                       [NEWS_SHARE_ANSWERED] = N_(
		                                               "an answer about a shareable version"),
		                                       [NEWS_SHARE_PUBLISHED] = N_("a shareable version published"),
		                                       [NEWS_SHARE_WITHDRAWN] = N_("a shareable version taken back"),
		                                       [NEWS_POSITION] = N_("a position in a debate"),
		                                       [NEWS_ANSWER] = N_("a message in private"),
		                                       [NEWS_STILL] = N_("a notice that ends soon"),
		                                       [NEWS_RELAY] = N_("a reminder to look at answers elsewhere") };
	return kind >= 0 && kind < NEWS_KINDS ? words[kind] : "";
}

static const char *answer_said(int answer)
{
	return answer >= 0 && answer < ANSWERS ? answer_words((enum answer)answer) : "";
}

static const char *signup_said(int state)
{
	return state >= 0 && state < SIGNUP_STATES ? signup_state_words((enum signup_state)state) : "";
}

static const char *speaker_said(int hers)
{
	return hers ? N_("you") : N_("the other person");
}

static const char *message_said(int kind)
{
	return kind == MESSAGE_THANKS ? N_("thanks") : N_("a message");
}

static const char *stance_said(int stance)
{
	return stance >= 0 && stance < STANCES ? stance_words((enum stance)stance) : "";
}

static const char *way_said(int way)
{
	return way_words((enum way)way);
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

/* ---- The table ---- */

const struct data_section data_sections[] = {
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
	{ .key = "pages",
	  .title = N_("Pages you wrote in"),
	  .tables = "record",
	  .gather = data_pages,
	  .columns = { { .key = "title", .label = N_("Page") },
	               { .key = "form", .label = N_("Kind") },
	               { .key = "space", .label = N_("Space") },
	               { .key = "author", .label = N_("Yours"), .kind = DATA_TEXT },
	               { .key = "address", .label = N_("Address"), .kind = DATA_LINK },
	               { .key = "created", .label = N_("Made"), .kind = DATA_TIME },
	               { .key = "changed", .label = N_("Changed"), .kind = DATA_TIME } } },
	{ .key = "saves",
	  .title = N_("What you wrote, save by save"),
	  .tables = "obj body",
	  .gather = data_saves,
	  .columns = { { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "page", .label = N_("Page") },
	               { .key = "audience", .label = N_("Read by"), .kind = DATA_TEXT },
	               { .key = "note", .label = N_("What you said of it") },
	               { .key = "values", .label = N_("What you wrote"), .kind = DATA_VALUES } } },
	{ .key = "drafts",
	  .title = N_("Drafts"),
	  .tables = "part proposal scheduled",
	  .gather = data_drafts,
	  .columns = { { .key = "page", .label = N_("Page") },
	               { .key = "form", .label = N_("Kind") },
	               { .key = "changed", .label = N_("Changed"), .kind = DATA_TIME },
	               { .key = "values", .label = N_("What you wrote"), .kind = DATA_VALUES } } },
	{ .key = "files",
	  .title = N_("Files you sent"),
	  .tables = "upload file picture",
	  .gather = data_files,
	  .columns = { { .key = "file", .label = N_("File"), .kind = DATA_FILE },
	               { .key = "type", .label = N_("Kind") },
	               { .key = "size", .label = N_("Bytes"), .kind = DATA_NUMBER } } },
	{ .key = "named",
	  .title = N_("Pages that name you"),
	  .tables = "field_value",
	  .gather = data_named,
	  .columns = { { .key = "title", .label = N_("Page") },
	               { .key = "question", .label = N_("Question") },
	               { .key = "address", .label = N_("Address"), .kind = DATA_LINK } } },
	{ .key = "reports",
	  .title = N_("What you reported"),
	  .tables = "report",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT record, reason, body, created, closed FROM report WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "reason", .label = N_("Reason"), .kind = DATA_WORDS, .words = reason_said },
	               { .key = "text", .label = N_("What you said of it") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "closed", .label = N_("Looked at"), .kind = DATA_TIME } } },
	{ .key = "recognition",
	  .title = N_("Thanks of a year sent to you"),
	  .tables = "gratitude unnamed",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT year, sent FROM gratitude WHERE person = $1 ORDER BY year",
	  .columns = { { .key = "year", .label = N_("Year"), .kind = DATA_NUMBER },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "relays",
	  .title = N_("Pages you made known elsewhere"),
	  .tables = "relay",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT record, place, url, created FROM relay WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "place", .label = N_("Where") },
	               { .key = "url", .label = N_("Address") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "thanks",
	  .title = N_("What you thanked for"),
	  .tables = "thanks",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT record, created FROM thanks WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "dates",
	  .title = N_("Dates that suit you or do not"),
	  .tables = "slot_answer",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT record, slot, answer, changed FROM slot_answer WHERE person = $1 ORDER BY changed, record, slot",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "slot", .label = N_("Date"), .kind = DATA_TEXT },
	               { .key = "answer", .label = N_("Answer"), .kind = DATA_WORDS, .words = answer_said },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "signups",
	  .title = N_("What you signed up to"),
	  .tables = "signup",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT record, day, state, adults, children, answers, email, came, since FROM signup WHERE person = $1 "
	         "ORDER BY since, num",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "day", .label = N_("Date"), .kind = DATA_TEXT },
	               { .key = "state", .label = N_("State"), .kind = DATA_WORDS, .words = signup_said },
	               { .key = "adults", .label = N_("Adults"), .kind = DATA_NUMBER },
	               { .key = "children", .label = N_("Children"), .kind = DATA_NUMBER },
	               { .key = "answers", .label = N_("Answers") },
	               { .key = "email", .label = N_("Address for letters") },
	               { .key = "came", .label = N_("How many came"), .kind = DATA_NUMBER },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "positions",
	  .title = N_("Your positions in debates"),
	  .tables = "debate_position debate_move",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT o.record, o.stance, o.reason, o.changed FROM debate_position o WHERE o.person = $1 UNION ALL "
	         "SELECT o.record, m.stance, '', m.created FROM debate_move m JOIN debate_position o ON o.num = m.position "
	         "WHERE o.person = $1 ORDER BY 1, 4",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "position", .label = N_("Position"), .kind = DATA_WORDS, .words = stance_said },
	               { .key = "reason", .label = N_("Reason") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "exchanges",
	  .title = N_("What you and others said in private"),
	  .tables = "exchange message",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT e.record, CASE WHEN m.person = $1 THEN 1 ELSE 0 END, m.kind, m.body, m.created FROM message m "
	         "JOIN exchange e ON e.num = m.exchange WHERE $1 IN (e.person, e.author) ORDER BY e.num, m.num",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "who", .label = N_("Who"), .kind = DATA_WORDS, .words = speaker_said },
	               { .key = "kind", .label = N_("Kind"), .kind = DATA_WORDS, .words = message_said },
	               { .key = "text", .label = N_("What was said") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "follows",
	  .title = N_("What I follow"),
	  .tables = "follow",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT f.kind, CASE WHEN f.kind = 0 THEN f.target END, CASE WHEN f.kind = 4 THEN f.target END, "
	         "COALESCE(d.key, f.word), CASE WHEN f.state = 0 THEN f.created END, f.created FROM follow f "
	         "LEFT JOIN definition d ON d.num = f.target AND f.kind IN (1, 2) WHERE f.person = $1 "
	         "ORDER BY f.created",
	  .columns = { { .key = "kind", .label = N_("Kind"), .kind = DATA_WORDS, .words = follow_said },
	               { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "space", .label = N_("Space"), .kind = DATA_SPACE },
	               { .key = "name", .label = N_("Name") },
	               { .key = "stopped", .label = N_("Stopped"), .kind = DATA_TIME },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME } } },
	{ .key = "told_how",
	  .title = N_("How I am told"),
	  .tables = "news_choice",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT pace, quiet_from, quiet_to FROM news_choice WHERE person = $1",
	  .columns = { { .key = "letters", .label = N_("By letter"), .kind = DATA_WORDS, .words = news_pace_words },
	               { .key = "quiet_from", .label = N_("Quiet from"), .kind = DATA_NUMBER },
	               { .key = "quiet_to", .label = N_("up to hour"), .kind = DATA_NUMBER } } },
	{ .key = "told",
	  .title = N_("What you were told"),
	  .tables = "news",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT kind, record, created, seen, sent FROM news WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "kind", .label = N_("What"), .kind = DATA_WORDS, .words = news_said },
	               { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "seen", .label = N_("Seen"), .kind = DATA_TIME },
	               { .key = "sent", .label = N_("Sent by letter"), .kind = DATA_TIME } } },
	{ .key = "looked_after",
	  .title = N_("What you look after"),
	  .tables = "keeper",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT CASE WHEN kind = 2 THEN num ELSE 0 END, (SELECT d.key FROM definition d WHERE kind = 1 AND d.num = "
	         "keeper.num), created FROM keeper WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "form", .label = N_("Form") },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME } } },
	{ .key = "confidential",
	  .title = N_("Confidential pages that you read"),
	  .tables = "reader",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT d.key, MIN(r.created), MAX(r.until) FROM reader r JOIN definition d ON d.num = r.form WHERE "
	         "r.person = $1 GROUP BY d.key ORDER BY d.key",
	  .columns = { { .key = "form", .label = N_("Form") },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME },
	               { .key = "until", .label = N_("Until"), .kind = DATA_TIME } } },
	{ .key = "readings",
	  .title = N_("What you read of them"),
	  .tables = "reading",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT g.at, d.key, g.way FROM reading g JOIN definition d ON d.num = g.form WHERE g.person = $1 ORDER "
	         "BY g.at",
	  .columns = { { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "form", .label = N_("Form") },
	               { .key = "way", .label = N_("Which way"), .kind = DATA_WORDS, .words = way_said } } },
	{ .key = "measures",
	  .title = N_("What was decided about you"),
	  .tables = "measure",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT kind, title, rule, reason, created, ended, appeal, answer FROM measure WHERE person = $1 "
	         "ORDER BY created",
	  .columns = { { .key = "kind", .label = N_("Decision"), .kind = DATA_WORDS, .words = measure_said },
	               { .key = "page", .label = N_("Page") },
	               { .key = "rule", .label = N_("Rule") },
	               { .key = "reason", .label = N_("Reason") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "ended", .label = N_("Ended"), .kind = DATA_TIME },
	               { .key = "appeal", .label = N_("Your answer") },
	               { .key = "answer", .label = N_("What was said to it") } } },
	{ .key = "decisions",
	  .title = N_("What you decided about others"),
	  .tables = "measure",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT kind, reason, created FROM measure WHERE decider = $1 ORDER BY created",
	  .columns = { { .key = "kind", .label = N_("Decision"), .kind = DATA_WORDS, .words = measure_said },
	               { .key = "reason", .label = N_("Reason") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
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
	{ .key = "forms",
	  .title = N_("Forms, lists and settings you changed"),
	  .tables = "definition_version",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT d.key, v.version, v.created FROM definition_version v JOIN definition d ON d.num = "
	         "v.definition WHERE "
	         "v.actor = $1 ORDER BY v.created",
	  .columns = { { .key = "key", .label = N_("Name") },
	               { .key = "version", .label = N_("Version"), .kind = DATA_NUMBER },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "account_changes",
	  .title = N_("What changed on your account"),
	  .tables = "audit",
	  .by = DATA_BY_ID_TEXT,
	  .sql = "SELECT action, at FROM audit WHERE thing = $1 ORDER BY num",
	  .columns = { { .key = "change", .label = N_("Change"), .kind = DATA_NAMED, .named = audit_words },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "deeds",
	  .title = N_("What you did to accounts and settings"),
	  .tables = "audit",
	  .by = DATA_BY_ID,
	  .sql = "SELECT action, at FROM audit WHERE actor = $1 ORDER BY num",
	  .columns = { { .key = "change", .label = N_("Change"), .kind = DATA_NAMED, .named = audit_words },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "shareables",
	  .title = N_("Shareable versions that you prepared"),
	  .tables = "shareable",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT record, created, changed FROM shareable WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "changed", .label = N_("Last changed"), .kind = DATA_TIME } } },
	{ .key = "consents",
	  .title = N_("Agreements that you were asked for"),
	  .tables = "consent",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT s.record, c.answer, c.word, c.answered FROM consent c JOIN shareable s ON s.num = c.shareable "
	         "WHERE c.person = $1 ORDER BY c.num",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "answer", .label = N_("Your answer"), .kind = DATA_WORDS, .words = consent_said },
	               { .key = "word", .label = N_("What you said of it") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "age",
	  .title = N_("Agreement of a parent"),
	  .tables = "minor",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT asked, agreed, way FROM minor WHERE person = $1",
	  .columns = { { .key = "asked", .label = N_("Asked for"), .kind = DATA_TIME },
	               { .key = "agreed", .label = N_("A parent agreed"), .kind = DATA_TIME },
	               { .key = "way", .label = N_("Which way"), .kind = DATA_WORDS, .words = parent_said } } },
	{ .key = "parents_noted",
	  .title = N_("Agreements of parents that you noted"),
	  .tables = "minor",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT agreed FROM minor WHERE noted_by = $1 ORDER BY agreed",
	  .columns = { { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
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
	{ .key = "terms_published",
	  .title = N_("Texts to accept that you published"),
	  .tables = "terms_version",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT title, version, created FROM terms_version WHERE actor = $1 ORDER BY created",
	  .columns = { { .key = "title", .label = N_("Title") },
	               { .key = "version", .label = N_("Version"), .kind = DATA_NUMBER },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "consents_noted",
	  .title = N_("Agreements given by voice that you noted"),
	  .tables = "consent",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT day, answered FROM consent WHERE noted_by = $1 ORDER BY num",
	  .columns = { { .key = "day", .label = N_("Day") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "archives",
	  .title = N_("Archives of spaces that you asked for, of the last days"),
	  .tables = "space_archive",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT space, created, made FROM space_archive WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "space", .label = N_("Space"), .kind = DATA_SPACE },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "made", .label = N_("Made"), .kind = DATA_TIME } } },
	{ .key = "calendars",
	  .title = N_("Calendars that you had the site follow"),
	  .tables = "calendar_source",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT title, url, space, created FROM calendar_source WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "calendar", .label = N_("Calendar") },
	               { .key = "address", .label = N_("Address") },
	               { .key = "space", .label = N_("Space"), .kind = DATA_SPACE },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME } } },
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

/* ---- Rows ---- */

static struct value argument(const struct data_gathering *g, const struct data_section *section)
{
	const struct page *p = g->page;
	char id[ID_TEXT + 1];
	switch (section->by) {
	case DATA_BY_ID: return value_id(g->person.id);
	case DATA_BY_ID_TEXT: return value_text(arena_strdup(p->arena, id_format(g->person.id, id)));
	case DATA_BY_EMAIL: return value_text(*g->person.email ? email_key(p->arena, g->person.email) : "-");
	default: return value_int(g->person.num);
	}
}

static bool is_number(enum data_kind kind)
{
	return kind == DATA_NUMBER || kind == DATA_TIME || kind == DATA_WORDS || kind == DATA_SPACE ||
	       kind == DATA_RECORD;
}

static json_t *read_row(const struct data_section *section, const struct rows *rows)
{
	json_t *row = json_object();
	for (int i = 0; i < DATA_COLUMNS && section->columns[i].key; i++) {
		const struct data_column *column = &section->columns[i];
		json_t *cell = row_is_null(rows, i)      ? json_null()
		               : is_number(column->kind) ? json_integer(row_int(rows, i))
		                                         : json_string(row_text(rows, i));
		json_object_set_new(row, column->key, cell);
	}
	return row;
}

enum code data_gather(struct data_gathering *g, const struct data_section *section, json_t *ret, struct err *err)
{
	if (section->gather) return section->gather(g, ret, err);
	struct value value = argument(g, section);
	AUTO(rows_release) struct rows rows = { 0 };
	TRY(db_query_values(g->db, &rows, err, section->sql, &value, 1));
	while (rows_next(&rows)) json_array_append_new(ret, read_row(section, &rows));
	return rows_end(&rows, err);
}

/* ---- Shown ---- */

static const char *values_text(const struct page *p, const json_t *values)
{
	struct buf out;
	const char *label;
	json_t *text;
	buf_init(&out, p->arena, 0);
	json_object_foreach ((json_t *)values, label, text)
		buf_printf(&out, "%s%s: %s", out.len ? "\n" : "", label,
		           json_is_string(text) ? json_string_value(text) : "");
	return buf_str(&out);
}

static const char *record_text(const struct page *p, int64_t num)
{
	struct record *record;
	if (num == 0 || record_load_num(p->db, p->arena, p->model, p->actor, num, &record, NULL) != OK) return "";
	return arena_printf(p->arena, "%s – %s%s", record->title, p->base_url, record_short_url(p, record));
}

const char *data_cell(const struct page *p, const struct data_column *column, const json_t *row)
{
	const json_t *cell = json_object_get(row, column->key);
	int64_t number = json_integer_value(cell);
	const struct space *space;
	const char *words;
	if (cell == NULL || json_is_null(cell)) return "";
	switch (column->kind) {
	case DATA_TIME: return number ? page_date_time(p, number) : "";
	case DATA_NUMBER: return page_number(p, number);
	case DATA_WORDS: words = column->words((int)number); return *words ? _(words) : "";
	case DATA_NAMED: words = column->named(json_string_value(cell)); return *words ? _(words) : "";
	case DATA_SPACE: space = model_space(p->model, number); return space ? t(p, &space->name) : "";
	case DATA_RECORD: return record_text(p, number);
	case DATA_VALUES: return values_text(p, cell);
	default: return json_string_value(cell) ? json_string_value(cell) : "";
	}
}

static json_t *portable_cell(const struct page *p, const struct data_column *column, const json_t *row)
{
	json_t *cell = json_object_get(row, column->key);
	if (cell == NULL || json_is_null(cell)) return json_null();
	if (column->kind == DATA_TIME)
		return json_integer_value(cell) ? json_string(date_machine(p, json_integer_value(cell))) : json_null();
	if (column->kind == DATA_WORDS || column->kind == DATA_NAMED || column->kind == DATA_SPACE ||
	    column->kind == DATA_RECORD)
		return json_string(data_cell(p, column, row));
	return json_incref(cell);
}

json_t *data_portable(const struct page *p, const struct data_section *section, const json_t *rows)
{
	json_t *out = json_array();
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		json_t *object = json_object(), *set = json_object_get(row, "set");
		for (int c = 0; c < DATA_COLUMNS && section->columns[c].key; c++)
			json_object_set_new(object, section->columns[c].key,
			                    portable_cell(p, &section->columns[c], row));
		if (set) json_object_set(object, "set", set);
		json_array_append_new(out, object);
	}
	return out;
}
