/* Takes everything away from the calling process but computing, reading and writing. */
#ifndef PARVIS_CONFINE_H
#define PARVIS_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * From here on the process, which has one thread, may only read and write the descriptors 0 and 1,
 * manage its memory (`memory` bytes of address space at most; nothing of it can be executed) and end:
 * any other system call kills it, and so do `seconds` of computing. All other descriptors are closed.
 * False when the kernel refuses: then nothing from outside may be looked at.
 */
bool confine(int64_t memory, int seconds);

#endif
