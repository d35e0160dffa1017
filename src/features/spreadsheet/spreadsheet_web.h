/* From a spreadsheet to a form with its pages: sent, looked at, corrected, kept. */
#ifndef PARVIS_SPREADSHEET_WEB_H
#define PARVIS_SPREADSHEET_WEB_H

#include "web/route.h"

extern const struct feature spreadsheet_feature;

#endif
