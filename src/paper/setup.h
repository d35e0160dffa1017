/* Setting libraries up, once: what they keep for ever and lose the way to is told to leak checkers. */
#ifndef PARVIS_PAPER_SETUP_H
#define PARVIS_PAPER_SETUP_H

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#define SETUP_BEGIN() __lsan_disable()
#define SETUP_END() __lsan_enable()
#else
#define SETUP_BEGIN() ((void)0)
#define SETUP_END() ((void)0)
#endif

#endif
