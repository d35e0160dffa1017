/* What you wrote, said and follow. */
#include "features/personal/data_section.h"

#include "core/exchange.h"
#include "core/report.h"
#include "core/shareable.h"
#include "core/signup.h"
#include "features/date_poll/date_poll_page.h"
#include "features/debate/debate_page.h"
#include "features/moderation/moderation_page.h"
#include "features/news/news_page.h"

static const char *reason_said(int reason)
{
	return reason >= 0 && reason < REPORT_REASONS ? report_reason_words((enum report_reason)reason) : "";
}

static const char *consent_said(int answer)
{
	return answer >= 0 && answer < CONSENT_ANSWERS ? consent_words((enum consent_answer)answer) : "";
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
		                                       [NEWS_RELAY] = N_("a reminder to look at answers elsewhere"),
		                                       [NEWS_PRINTED] = N_("a printed sheet that is wrong now") };
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

const struct data_section data_written[] = {
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
	{ .key = "printed",
	  .title = N_("Sheets you printed and put up"),
	  .tables = "printed",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT title, place, copies, created FROM printed WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "title", .label = N_("Sheet") },
	               { .key = "place", .label = N_("Where") },
	               { .key = "copies", .label = N_("How many"), .kind = DATA_NUMBER },
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
	{ .key = "answers",
	  .title = N_("Your answers to questionnaires"),
	  .tables = "response respondent",
	  .gather = data_answers,
	  .columns = { { .key = "questionnaire", .label = N_("Questionnaire") },
	               { .key = "begun", .label = N_("Begun"), .kind = DATA_TIME },
	               { .key = "sent", .label = N_("Sent"), .kind = DATA_TIME },
	               { .key = "values", .label = N_("What you answered"), .kind = DATA_VALUES } } },
	{ .key = "answered",
	  .title = N_("Anonymous questionnaires that you answered: only that you did"),
	  .tables = "answered",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT d.key FROM answered a JOIN definition d ON d.num = a.form WHERE a.person = $1 ORDER BY d.key",
	  .columns = { { .key = "questionnaire", .label = N_("Questionnaire") } } },
	{ .key = "surveying",
	  .title = N_("Calls that you noted and answers that you corrected, for questionnaires"),
	  .tables = "survey_call response_change",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT c.at, t.name, c.note FROM survey_call c JOIN survey_target t ON t.num = c.target WHERE c.person = "
	         "$1 UNION ALL SELECT h.at, '', h.fields FROM response_change h WHERE h.person = $1 ORDER BY 1",
	  .columns = { { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "whom", .label = N_("Whom") },
	               { .key = "note", .label = N_("What you wrote") } } },
	{ .key = "campaign",
	  .title = N_("Those whom you look after, for questionnaires"),
	  .tables = "survey_target",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT d.key, t.name FROM survey_target t JOIN definition d ON d.num = t.form WHERE t.caller = $1 OR "
	         "t.held_by = $1 ORDER BY d.key, t.num",
	  .columns = { { .key = "questionnaire", .label = N_("Questionnaire") },
	               { .key = "whom", .label = N_("Whom") } } },
	{ .key = "coding",
	  .title = N_("Themes that you put on texts, and what you said of them"),
	  .tables = "coding_mark coding_read coding_talk coding_decision book_event",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT c.name, m.words, m.created FROM coding_mark m JOIN book_code c ON c.num = m.code WHERE m.person = $1 "
	         "UNION ALL SELECT b.name, '', r.at FROM coding_read r JOIN codebook b ON b.num = r.book WHERE r.person = $1 UNION "
	         "ALL SELECT b.name, k.note, k.at FROM coding_talk k JOIN codebook b ON b.num = k.book WHERE k.person = $1 UNION ALL "
	         "SELECT b.name, '', d.at FROM coding_decision d JOIN codebook b ON b.num = d.book WHERE d.person = $1 UNION ALL "
	         "SELECT c.name, e.was, e.at FROM book_event e JOIN book_code c ON c.num = e.code WHERE e.person = $1 ORDER BY 3, 1",
	  .columns = { { .key = "theme", .label = N_("Theme or book") },
	               { .key = "words", .label = N_("Words") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "sheets",
	  .title = N_("Paper sheets of questionnaires that you are entering"),
	  .tables = "paper_entry",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT d.key, s.label, e.changed FROM paper_entry e JOIN paper_sheet s ON s.num = e.sheet JOIN definition d ON d.num = "
	         "s.form WHERE e.person = $1 ORDER BY e.changed",
	  .columns = { { .key = "questionnaire", .label = N_("Questionnaire") },
	               { .key = "sheet", .label = N_("Sheet") },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME } } },
	{ .key = "remarks",
	  .title = N_("What you said of reports, and answered to what others said"),
	  .tables = "restitution_remark",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT record, created, body, answer FROM restitution_remark WHERE $1 IN (person, answered_by) ORDER BY num",
	  .columns = { { .key = "page", .label = N_("Page"), .kind = DATA_RECORD },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "text", .label = N_("Comment") },
	               { .key = "answer", .label = N_("Answer") } } },
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
	{ .key = "calendars",
	  .title = N_("Calendars that you had the site follow"),
	  .tables = "calendar_source",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT title, url, space, created FROM calendar_source WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "calendar", .label = N_("Calendar") },
	               { .key = "address", .label = N_("Address") },
	               { .key = "space", .label = N_("Space"), .kind = DATA_SPACE },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME } } },
	{ .key = "imports",
	  .title = N_("Large imports that you made, of the last month"),
	  .tables = "import_run import_line",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT title, kind, created, changed FROM import_run WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "what", .label = N_("What") },
	               { .key = "kind", .label = N_("Kind") },
	               { .key = "since", .label = N_("Since"), .kind = DATA_TIME },
	               { .key = "until", .label = N_("Until"), .kind = DATA_TIME } } },
	{ .key = "archives",
	  .title = N_("Archives of spaces that you asked for, of the last days"),
	  .tables = "space_archive",
	  .by = DATA_BY_NUM,
	  .sql = "SELECT space, created, made FROM space_archive WHERE person = $1 ORDER BY created",
	  .columns = { { .key = "space", .label = N_("Space"), .kind = DATA_SPACE },
	               { .key = "at", .label = N_("When"), .kind = DATA_TIME },
	               { .key = "made", .label = N_("Made"), .kind = DATA_TIME } } },
	{ 0 },
};
