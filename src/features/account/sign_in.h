/* Signing in and out (handlers of account_web.c's table). */
#ifndef PARVIS_SIGN_IN_H
#define PARVIS_SIGN_IN_H

#include "web/request.h"

enum code sign_in_show(struct request *r, struct err *err);
enum code sign_in_post(struct request *r, struct err *err);
enum code sign_out_post(struct request *r, struct err *err);

/* Counts a try of `email` from this address. The account's count is kept for each address apart, so
 * that nobody can shut somebody else out. */
enum code sign_in_limit(struct request *r, const char *email, struct err *err) MUST;
/* Is what was sent in `field` the password of the account that has this address? `*num`: that account, right or
 * wrong; 0: nobody's, which takes as long. Ends the snapshot and begins another. Tries are the caller's to count:
 * one who asks for more than a password gives them back when all of it is right. */
enum code sign_in_match(struct request *r, const char *email, const char *field, int64_t *num, bool *right,
                        struct err *err) MUST;
/* After a right password: gives the tries back. */
void sign_in_forget(struct request *r, const char *email);

#endif
