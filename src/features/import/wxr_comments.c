#include <string.h>

#include "base/date.h"
#include "base/html.h"
#include "base/text.h"
#include "core/actor.h"
#include "core/comment.h"
#include "features/import/import_wxr.h"

static bool is_brought(const struct wxr_comment *comment, struct err *why)
{
	bool link = strcmp(comment->type, "pingback") == 0 || strcmp(comment->type, "trackback") == 0;
	if (link) err_set(why, E_INPUT, N_("it is no comment but a link from another site"));
	else if (strcmp(comment->approved, "0") == 0)
		err_set(why, E_INPUT, N_("nobody has approved this comment yet: decide in WordPress first"));
	else if (strcmp(comment->approved, "1") != 0)
		err_set(why, E_INPUT, N_("this comment was refused there, as an advertisement or otherwise"));
	else return true;
	return false;
}

/* Who said it and when stands at its head: she has no account here. */
static const char *words_of(struct arena *a, const struct wxr_comment *comment)
{
	struct html_markdown words;
	struct datetime t;
	const char *name = text_trim(a, comment->author), *day = "";
	html_markdown(a, comment->content, strlen(comment->content), true, &words);
	if (datetime_parse(text_trim(a, comment->date), LANG_FR, &t, NULL, NULL) == OK)
		day = date_format(a, t.date, DATE_LONG, LANG_FR);
	struct html_markdown safe; /* a name is words, not marks */
	struct buf escaped;
	buf_init(&escaped, a, 0);
	html_text_str(&escaped, name);
	html_markdown(a, buf_str(&escaped), escaped.len, false, &safe);
	const char *head = *safe.text && *day ? arena_printf(a, "**%s**, %s", safe.text, day)
	                   : *safe.text       ? arena_printf(a, "**%s**", safe.text)
	                                      : day;
	return *head ? arena_printf(a, "%s\n\n%s", head, words.text) : words.text;
}

/* Where to cut what is longer than one comment: between paragraphs, else words, in its second half. */
static size_t piece(const char *text, size_t limit)
{
	size_t len = 0, n = 0, paragraph = 0, word = 0;
	for (; text[len] && n < limit; n++) {
		if (n > limit / 2 && strncmp(text + len, "\n\n", 2) == 0) paragraph = len;
		if (n > limit / 2 && text[len] == ' ') word = len;
		len++;
		while (((unsigned char)text[len] & 0xc0) == 0x80) len++;
	}
	if (text[len] == '\0') return len;
	return paragraph ? paragraph : word ? word : len;
}

static enum code add_text(struct tx *tx, struct arena *a, const struct model *model, struct comment_new *new,
                          const char *text, struct issues *issues, struct err *err)
{
	size_t len = piece(text, COMMENT_MAX - 100);
	new->text = arena_strndup(a, text, len);
	TRY(comment_add(tx, a, model, new, issues, err));
	/* What goes on answers what it goes on from. */
	for (text += len; *(text += strspn(text, " \n")); text += len) {
		struct comment_new next = { .actor = new->actor, .about = new->about, .parent = new->saved };
		len = piece(text, COMMENT_MAX - 100);
		next.text = arena_strndup(a, text, len);
		TRY(comment_add(tx, a, model, &next, issues, err));
	}
	return OK;
}

static enum code add(struct tx *tx, struct arena *a, const struct model *model, const struct wxr_comment *comment,
                     struct id about, json_t *made, struct import_refusals *refusals, struct err *err)
{
	struct comment_new new = { .actor = &actor_program, .about = about };
	struct issues issues;
	char id[ID_TEXT + 1];
	issues_init(&issues, a);
	(void)id_parse(json_str_or(made, comment->parent, ""), &new.parent);
	enum code code = add_text(tx, a, model, &new, words_of(a, comment), &issues, err);
	if (code == E_INPUT || code == E_FORBIDDEN || code == E_NOT_FOUND) {
		import_refuse(refusals, comment->line, comment->author, issues.first ? &issues.first->err : err);
		refusals->report->refused++;
		return OK;
	}
	TRY(code);
	json_object_set_new(made, comment->id, json_string(id_format(new.saved, id)));
	refusals->report->comments++;
	return OK;
}

int wxr_comments_count(const struct wxr_item *item)
{
	int n = 0;
	for (const struct wxr_comment *comment = item->comments; comment; comment = comment->next) {
		struct err why;
		n += is_brought(comment, &why);
	}
	return n;
}

enum code wxr_comments(struct tx *tx, struct arena *a, const struct model *model, const struct wxr_item *item,
                       struct id about, struct import_refusals *refusals, struct err *err)
{
	json_t *made = json_keep(a, json_object()); /* that site's number → id */
	for (const struct wxr_comment *comment = item->comments; comment; comment = comment->next) {
		struct err why;
		if (!is_brought(comment, &why)) {
			import_refuse(refusals, comment->line, comment->author, &why);
			refusals->report->left++;
			continue;
		}
		TRY(add(tx, a, model, comment, about, made, refusals, err));
	}
	return OK;
}
