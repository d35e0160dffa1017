/*
 * Columns as bytes (core/response_columns.h), so that a program that starts need not read all answers again. Bytes of another
 * kind of machine, of another version of the program, of questions that have changed since, or damaged, are foreign to it: the
 * columns are then made from the answers.
 */
#ifndef PARVIS_ANSWER_PACK_H
#define PARVIS_ANSWER_PACK_H

#include "features/result/answer_columns.h"
#include "store/db.h"

/* False, and nothing of use in `ret`: they hold more different values than are told apart. */
bool answer_pack(struct answer_columns *columns, struct buf *ret) MUST;
/* How many answers are in them, from their first ANSWER_PACK_HEAD bytes. False: they are foreign, as far as these tell. */
enum { ANSWER_PACK_HEAD = 88 };
bool answer_pack_told(const struct page *p, const struct form *form, struct blob head, int *n) MUST;
/* Into `columns`, empty (columns_new). False: the bytes are foreign. */
bool answer_unpack(const struct page *p, const struct form *form, const struct answer_source *source, struct blob bytes,
                   struct answer_columns *columns) MUST;

#endif
