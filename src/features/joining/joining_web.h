/* Coming in: letters, signing up, members of a space, invitations, cards. */
#ifndef PARVIS_JOINING_WEB_H
#define PARVIS_JOINING_WEB_H

#include "features/joining/joining_page.h"
#include "web/route.h"

extern const struct feature joining_feature;

/* Handlers of the other files of this folder, for the table. */
enum code members_show(struct request *r, struct err *err);
enum code members_post(struct request *r, struct err *err);
enum code member_post(struct request *r, struct err *err);
enum code invitation_show(struct request *r, struct err *err);
enum code invitation_post(struct request *r, struct err *err);
enum code invite_post(struct request *r, struct err *err);
enum code invite_end_post(struct request *r, struct err *err);
enum code card_show(struct request *r, struct err *err);
enum code card_post(struct request *r, struct err *err);
enum code card_new_post(struct request *r, struct err *err);
enum code card_give_post(struct request *r, struct err *err);
enum code card_end_post(struct request *r, struct err *err);
enum code accept_post(struct request *r, struct err *err);
enum code refuse_post(struct request *r, struct err *err);

/* Opens the session of somebody a token let in; `stay` and `life` as in struct entry. In a write. */
struct arrival {
	struct request *r;
	const struct token *token;
	const char *name; /* of a new account without an address, or NULL */
	int64_t life;
	bool stay;
	struct person person;   /* once written */
	bool second_step;       /* she has one: nothing is opened before her code */
	bool asked;             /* she is to accept something first */
	const json_t *accepted; /* what she accepted in the form that let her in, or NULL */
	char session[SESSION_TOKEN + 1];
};
enum code arrival_write(struct tx *tx, void *arg, struct err *err);
/* After that write. */
void arrival_give(const struct arrival *arrival);

/* Pages that hold a secret are kept nowhere. (No page tells other sites its address.) */
void joining_secret(struct request *r, const char *title);
/* The members' page with what was typed and refused (`issues`, NULL: nothing was). */
enum code members_again(struct request *r, const struct space *space, const struct members_typed *typed,
                        struct issues *issues, struct err *err) MUST;
/* The space of the address, if the reader may look after it. */
enum code joining_space(struct request *r, const struct space **ret, struct err *err) MUST;

#endif
