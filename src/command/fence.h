/* What the running site may touch on disk, kept by the kernel (Landlock: landlock(7), Linux 5.19 or later). */
#ifndef PARVIS_FENCE_H
#define PARVIS_FENCE_H

/*
 * From here on the calling thread, the threads and programs that it starts, may write in `dir` and nowhere
 * else, and read there, in the system's folders, and in `also` (absolute paths, NULL-ended; those that are
 * not there are passed over). In the folders of `sockets` ("unix:/path" addresses, others are passed over)
 * they may make and remove sockets. Before any thread is started. Gives back the version of Landlock that
 * keeps it; 0: this kernel has none, or an old one, and nothing is kept.
 */
int fence_raise(const char *dir, const char *const *also, const char *const *sockets);

#endif
