#include "features/form_edit/choice_fate.h"

#include <string.h>

struct settling {
	struct arena *a;
	struct choice_lines *lines;
	json_t *renamed; /* key of a new line → the key that it takes over */
	json_t *instead;
};

static bool is_line(const struct settling *s, const char *key)
{
	const json_t *choice = choice_find_json(s->lines->choices, key);
	return choice && !json_bool(choice, "retired", false);
}

/* False: nothing sensible was said of it. */
static bool settle(struct settling *s, const struct choice_gone *gone, const char *fate)
{
	if (strncmp(fate, "as:", 3) == 0 && is_line(s, fate + 3) && !json_object_get(s->renamed, fate + 3)) {
		json_object_set_new(s->renamed, fate + 3, json_string(gone->key));
		choice_lines_rename(s->lines, gone, fate + 3);
	} else if (strncmp(fate, "to:", 3) == 0 && is_line(s, fate + 3)) {
		json_object_set_new(s->instead, gone->key, json_string(fate + 3));
	} else {
		choice_lines_keep(s->lines, gone);
		return strcmp(fate, "keep") == 0;
	}
	return true;
}

/* Replaced by a line that has taken over the key of another meanwhile. */
static void follow_renamed(struct settling *s)
{
	const char *key;
	json_t *to;
	json_object_foreach (s->instead, key, to) {
		const char *now = json_str(s->renamed, json_string_value(to));
		if (now) json_object_set_new(s->instead, key, json_string(now));
	}
}

static bool settle_all(struct request *r, struct choice_lines *lines, const char *prefix, bool replaces,
                       const json_t *used, json_t **instead)
{
	struct settling s = { r->arena, lines, json_keep(r->arena, json_object()), json_keep(r->arena, json_object()) };
	bool unsaid = false;
	for (int pass = 0; pass < 2; pass++) /* those that pages have come first */
		for (int i = 0; i < lines->ngone; i++) {
			const struct choice_gone *gone = &lines->gone[i];
			const char *name = arena_printf(r->arena, "%s%s", prefix, gone->key);
			bool is_used = json_int(used, name, 0) > 0;
			if (is_used == (pass == 1)) continue;
			const char *fate = request_form(
			        r, arena_printf(r->arena, "fate-%s%s", *prefix || replaces ? "" : "row.", name));
			if (!replaces && strncmp(fate, "to:", 3) == 0) fate = "";
			if (is_used) unsaid |= !settle(&s, gone, fate);
			else if (gone->heir && is_line(&s, gone->heir) && !json_object_get(s.renamed, gone->heir))
				(void)settle(&s, gone, arena_printf(r->arena, "as:%s", gone->heir));
		}
	follow_renamed(&s);
	*instead = s.instead;
	return unsaid;
}

bool choice_fates(struct request *r, struct choice_lines *lines, const json_t *used, json_t **instead)
{
	return settle_all(r, lines, "", true, used, instead);
}

bool line_fates(struct request *r, struct choice_lines *lines, const char *prefix, const json_t *used)
{
	json_t *none;
	return settle_all(r, lines, prefix, false, used, &none);
}
