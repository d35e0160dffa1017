/* Who reads what is confidential (core/reader.h): naming them, and the journal of what they read. */
#ifndef PARVIS_READER_WEB_H
#define PARVIS_READER_WEB_H

#include "web/route.h"

extern const struct feature reader_feature;

/* Handlers of reading_web.c. */
enum code readings_show(struct request *r, struct err *err);
enum code readings_csv(struct request *r, struct err *err);
/* The confidential form of the address, for its readers and for who may name them; else there is nothing there. */
enum code reader_form(struct request *r, const struct form **ret, struct err *err) MUST;

#endif
