/*
 * Files that came with a form, taken into the site's store before the form is read: looked at (pictures by
 * media/picture.h, others by media/document.h), kept, and noted as sent by this person, so that a form
 * with mistakes does not ask for them again.
 */
#ifndef PARVIS_TAKEN_H
#define PARVIS_TAKEN_H

#include "web/request.h"

enum { FORM_WITH_FILES = 160 * 1024 * 1024 /* bytes of a form with files */ };

/* Takes what was sent for this field; mistakes go to `issues`, each with the file's name. Adds to post->files.
 * The snapshot ends and a new one begins when there is any. */
enum code request_take(struct request *r, const struct field *field, struct field_post *post, struct issues *issues,
                       struct err *err) MUST;

#endif
