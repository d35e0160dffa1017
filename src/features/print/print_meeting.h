/* A meeting on paper: when and where, who was there, what is talked of, the minutes, what came out of it, the next one. */
#ifndef PARVIS_PRINT_MEETING_H
#define PARVIS_PRINT_MEETING_H

#include "page/page.h"
#include "paper/paper.h"

/* `record` is a meeting (core/meeting.h). Sets the entries, as its reader reads them. */
void print_meeting(const struct page *p, const struct record *record, struct paper *paper);

#endif
