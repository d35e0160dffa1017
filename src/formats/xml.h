/* Texts inside XML 1.0 documents. */
#ifndef PARVIS_XML_H
#define PARVIS_XML_H

#include <stddef.h>

#include "base/buf.h"

/* Well-formed whatever the bytes: entities for < > & ", characters that XML forbids (§2.2) and what is not
 * UTF-8 left out. Fit for elements and for attributes between double quotes. */
void xml_text(struct buf *out, const char *text, size_t len);

#endif
