#ifndef PARVIS_MENU_EDIT_H
#define PARVIS_MENU_EDIT_H

#include "features/front/front.h"

/* A menu being written. */
struct menu_edit {
	struct front f;
	json_t *rows;            /* as in the setting, as far as they were typed */
	const char *mark;        /* of the menu that the person has before her eyes */
	const json_t *meanwhile; /* what somebody else made of it since; NULL: nothing */
	bool preview;
};

#endif
