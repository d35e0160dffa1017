/* File descriptors. */
#ifndef PARVIS_FD_H
#define PARVIS_FD_H

#include <unistd.h>

/* For AUTO(close_fd): closes one that is open (not negative). */
static inline void close_fd(const int *fd)
{
	if (*fd >= 0) close(*fd);
}

#endif
