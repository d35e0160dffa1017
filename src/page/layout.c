#include "page/layout.h"

#include "page/theme.h"

static const struct {
	const char *class, *icon;
} notices[] = {
	[NOTICE_INFO] = { "notice-info", "info" },
	[NOTICE_SUCCESS] = { "notice-success", "circle-check" },
	[NOTICE_WARNING] = { "notice-warning", "circle-alert" },
	[NOTICE_ERROR] = { "notice-error", "circle-alert" },
};

const char *notice_class(enum notice_kind kind)
{
	return notices[kind].class;
}

const char *notice_icon(enum notice_kind kind)
{
	return notices[kind].icon;
}

const char *brand_first(const struct page *p)
{
	const char *name = page_site_name(p);
	return arena_strndup(p->arena, name, strcspn(name, " "));
}

const char *brand_rest(const struct page *p)
{
	const char *space = strchr(page_site_name(p), ' ');
	return space ? space + 1 : NULL;
}

const char *theme_href(const struct page *p)
{
	const char *own = p->space ? p->space->colour : NULL;
	return theme_of(own ? own : json_string_value(model_setting(p->model, "colour")))->path;
}
