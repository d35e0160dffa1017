#include "command/fence.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/macros.h"

/* Newer than the headers of Debian 12. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

enum { ABI_RENAME = 2, ABI_TRUNCATE = 3 }; /* versions: files move between folders; are cut short */

enum {
	READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	RUN = READ | LANDLOCK_ACCESS_FS_EXECUTE,
	SOCKETS = LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REMOVE_FILE,
	WRITE = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE,
	KEEP = READ | WRITE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |
	       LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REFER |
	       LANDLOCK_ACCESS_FS_MAKE_SOCK,
	NOWHERE = LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
	          LANDLOCK_ACCESS_FS_MAKE_SYM,
	ALL = RUN | KEEP | NOWHERE,
	OF_FILES = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
	           WRITE, /* what a rule on a file may say */
};

/* Libraries, names of hosts, time zones, certificates, what a process says of itself. */
static const struct {
	const char *path;
	uint64_t access;
} system_paths[] = {
	{ "/usr", RUN },          { "/lib", RUN },         { "/lib64", RUN },
	{ "/opt", RUN },          { "/nix/store", RUN },   { "/etc", READ },
	{ "/proc", READ },        { "/sys", READ },        { "/run/systemd/resolve", READ },
	{ "/dev/urandom", READ }, { "/dev/random", READ }, { "/dev/null", READ | WRITE },
};

struct fence {
	int ruleset;
	uint64_t handled; /* what the kernel knows how to forbid */
	bool failed;
};

static void allow(struct fence *f, const char *path, uint64_t access)
{
	struct stat st;
	AUTO(close_fd) int fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0) return; /* it is not there */
	if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode)) access &= OF_FILES;
	struct landlock_path_beneath_attr rule = { .allowed_access = access & f->handled, .parent_fd = fd };
	f->failed |= syscall(SYS_landlock_add_rule, f->ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0;
}

static void allow_folder_of(struct fence *f, const char *path, uint64_t access)
{
	char folder[4096];
	const char *end = strrchr(path, '/');
	if (end) snprintf(folder, sizeof(folder), "%.*s", (int)MAX(end - path, 1), path);
	allow(f, end ? folder : ".", access);
}

/* The program itself, which starts itself again to look at pictures, and reads what lies beside it. */
static void allow_program(struct fence *f)
{
	char program[4096];
	ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);
	if (n <= 0) return;
	program[n] = '\0';
	allow_folder_of(f, program, RUN);
}

static void allow_all(struct fence *f, const char *dir, const char *const *also, const char *const *sockets)
{
	char files[4096];
	snprintf(files, sizeof(files), "%s/files", dir);
	allow(f, dir, KEEP);
	allow(f, files, KEEP); /* perhaps a link to a larger disk */
	for (size_t i = 0; i < COUNT(system_paths); i++) allow(f, system_paths[i].path, system_paths[i].access);
	allow_program(f);
	for (; *also; also++) allow(f, *also, READ);
	for (; *sockets; sockets++)
		if (strncmp(*sockets, "unix:", 5) == 0) allow_folder_of(f, *sockets + 5, SOCKETS);
}

static bool raise_it(struct fence *f)
{
	return !f->failed && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_landlock_restrict_self, f->ruleset, 0) == 0;
}

int fence_raise(const char *dir, const char *const *also, const char *const *sockets)
{
	struct fence f = { .handled = ALL };
	int abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < ABI_RENAME) return 0;
	if (abi < ABI_TRUNCATE) f.handled &= ~LANDLOCK_ACCESS_FS_TRUNCATE;
	const struct landlock_ruleset_attr attr = { .handled_access_fs = f.handled };
	AUTO(close_fd) int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
	if (ruleset < 0) return 0;
	f.ruleset = ruleset;
	allow_all(&f, dir, also, sockets);
	return raise_it(&f) ? abi : 0;
}
