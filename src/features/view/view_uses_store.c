#include <string.h>

#include "features/view/view_uses.h"

enum { LOOKED_AT = 200 };

/* Does the text, as kept, show it? {{vue annuaire}}, {{view annuaire size=3}} */
static bool shows(const char *content, const char *name)
{
	size_t len = strlen(name);
	for (const char *at = strstr(content, "{{"); at; at = strstr(at + 2, "{{")) {
		const char *word = at + 2 + strspn(at + 2, " ");
		if (strncmp(word, "vue ", 4) != 0 && strncmp(word, "view ", 5) != 0) continue;
		word += strcspn(word, " ");
		word += strspn(word, " ");
		if (strncmp(word, name, len) == 0 && strchr(" }", word[len])) return true;
	}
	return false;
}

enum code view_uses_pages(const struct page *p, const struct view *view, struct view_uses *ret, struct err *err)
{
	int64_t *nums = arena_array(p->arena, int64_t, LOOKED_AT);
	AUTO(rows_release) struct rows rows = { 0 };
	int n = 0;
	TRY(db_query(p->db, &rows, err,
	             "SELECT p.record, p.content FROM part p WHERE p.content LIKE '%{{%' AND (p.content LIKE $1 "
	             "OR p.content LIKE $2) "
	             "ORDER BY p.record LIMIT $3",
	             arena_printf(p->arena, "%% %s%%", view->key), arena_printf(p->arena, "%% %s%%", view->slug),
	             LOOKED_AT * 5));
	while (rows_next(&rows)) {
		const char *content = row_text(&rows, 1);
		if (n == LOOKED_AT || (n && nums[n - 1] == row_int(&rows, 0))) continue;
		if (shows(content, view->key) || shows(content, view->slug)) nums[n++] = row_int(&rows, 0);
	}
	ret->more = n == LOOKED_AT;
	TRY(rows_end(&rows, err));
	TRY(record_load_many(p->db, p->arena, p->model, p->actor, nums, MIN(n, (int)VIEW_EMBEDS), &ret->pages,
	                     &ret->npages, err));
	ret->more |= n > VIEW_EMBEDS;
	return OK;
}
