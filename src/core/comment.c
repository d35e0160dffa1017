#include "core/comment.h"

#include <string.h>

#include "base/text.h"

const char *comment_text(const struct record *comment)
{
	return json_str_or(comment->values, "text", "");
}

const char *comment_title(struct arena *a, const json_t *values)
{
	const char *text = json_str_or(values, "text", "");
	text += strspn(text, "#>*-_` \n");
	const char *line = text_trim(a, arena_strndup(a, text, strcspn(text, "\n")));
	return *line ? text_cut(a, line, COMMENT_TITLE) : "…";
}

const char *comment_address(struct arena *a, struct id id)
{
	char text[ID_TEXT + 1];
	return arena_printf(a, "c-%s", id_format(id, text));
}
