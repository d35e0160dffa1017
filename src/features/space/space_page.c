#include "features/space/space_page.h"

#include "features/home/home_block.h"
#include "features/joining/joining.h"

const char *space_names(const struct page *p, const struct space_front *front)
{
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int i = 0; i < front->nnames; i++) buf_printf(&out, "%s%s", i ? ", " : "", front->names[i]);
	return buf_str(&out);
}

bool spaces_in(const struct space_row *row, bool mine, enum space_state state)
{
	if (row->space->state != state) return false;
	return state != SPACE_AWAKE || row->member == mine;
}

bool spaces_any(const struct space_row *rows, int n, bool mine, enum space_state state)
{
	for (int i = 0; i < n; i++)
		if (spaces_in(&rows[i], mine, state)) return true;
	return false;
}

const char *space_readers(const struct page *p, const struct space *space)
{
	static const char *const words[] = {
		[VISIBILITY_PUBLIC] = N_("Read by everybody"),
		[VISIBILITY_LISTED] = N_("Read by its members"),
		[VISIBILITY_MEMBERS] = N_("Known to its members only"),
	};
	return tr(p->lang, words[space->visibility]);
}

static const char *in_space(const struct page *p, const struct space *space, const char *form)
{
	return arena_printf(p->arena, "/-/new/%s?espace=%s", form, space->slug);
}

int space_offers(const struct page *p, const struct space *space, struct offer **ret)
{
	struct thing thing = { .kind = KIND_RECORD, .space = space, .state = STATE_PUBLISHED };
	const json_t *setting = model_setting(p->model, "contribute"), *item;
	struct offer *offers = arena_array(p->arena, struct offer,
	                                   json_array_size(setting) + (size_t)p->model->nforms + 1);
	int n = 0;
	size_t i;
	*ret = offers;
	if (!allowed(p->actor, ACTION_CREATE, &thing)) return 0;
	json_array_foreach ((json_t *)setting, i, item) {
		const struct form *form = model_form(p->model, json_str_or(item, "form", ""));
		if (form)
			offers[n++] = (struct offer){ json_str_or(item, "icon", form->icon), t(p, &form->add), NULL,
				                      in_space(p, space, form->key), form->key };
	}
	for (int f = 0; setting == NULL && f < p->model->nforms; f++) {
		const struct form *form = &p->model->forms[f];
		if (form->survey) continue;
		offers[n++] = (struct offer){ form->icon, t(p, &form->add), NULL, in_space(p, space, form->key),
			                      form->key };
	}
	return n;
}

const char *request_url(const struct page *p, const struct request_row *row)
{
	char id[ID_TEXT + 1];
	return space_action_url(p, row->request.space, arena_printf(p->arena, "requests/%s", id_format(row->id, id)));
}

const char *person_id(const struct page *p, const struct person *person)
{
	return id_format(person->id, arena_alloc(p->arena, ID_TEXT + 1));
}

bool space_sign_up(const struct page *p)
{
	return joining_sign_up(p->model) != SIGN_UP_CLOSED;
}

bool space_is_named(const struct page *p, const struct space_front *front)
{
	return front->blocks && home_title(p, front->blocks);
}

void space_blocks(struct buf *out, const struct page *p, const json_t *blocks)
{
	struct err ignored;
	enum code code = home_draw(out, p, blocks, &ignored); /* what cannot be read leaves the rest */
	(void)code;
}
