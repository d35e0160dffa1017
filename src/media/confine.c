#include "media/confine.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/macros.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "which system calls there are is known here for x86-64 and arm64 only"
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define DIE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define PASS BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
/* A comparison, and one step taken when it holds. */
#define IF(value, step) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1), step
#define UNLESS(value, step) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 1, 0), step
#define IF_ANY(bits, step) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), step

/* Arguments are 64 bits wide; their low half, on the machines above, comes first. */
static struct sock_filter filter[] = {
	LOAD(arch),
	UNLESS(ARCHITECTURE, DIE),
	LOAD(nr),
	IF(SYS_read, PASS),
	IF(SYS_write, PASS),
	IF(SYS_munmap, PASS),
	IF(SYS_mremap, PASS),
	IF(SYS_madvise, PASS),
	IF(SYS_brk, PASS),
	IF(SYS_rt_sigreturn, PASS),
	IF(SYS_exit, PASS),
	IF(SYS_exit_group, PASS),
#if SANITIZED /* what the sanitizer does on its own behalf */
	IF(SYS_sched_yield, PASS),
	IF(SYS_getpid, PASS),
	IF(SYS_gettid, PASS),
	IF(SYS_rt_sigprocmask, PASS),
	IF(SYS_sigaltstack, PASS),
	IF(SYS_futex, PASS),
	IF(SYS_mprotect, PASS),
	IF(SYS_prctl, PASS),
#endif
	UNLESS(SYS_mmap, DIE),
	/* Memory of one's own, that is not code. */
	LOAD(args[2]),
	IF_ANY(PROT_EXEC, DIE),
	LOAD(args[3]),
	IF_ANY(MAP_ANONYMOUS, PASS),
	DIE,
};

static bool limit(__rlimit_resource_t resource, int64_t value)
{
	struct rlimit limit = { (rlim_t)value, (rlim_t)value };
	return setrlimit(resource, &limit) == 0;
}

bool confine(int64_t memory, int seconds)
{
	const struct sock_fprog program = { .len = COUNT(filter), .filter = filter };
	/* A sanitizer maps far more than it uses. */
	if (!SANITIZED && !limit(RLIMIT_AS, memory)) return false;
	if (!limit(RLIMIT_CPU, seconds) || !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, 0)) return false;
	if (syscall(SYS_close_range, SANITIZED ? 3 : 2, ~0u, 0) != 0 && errno != ENOSYS) return false;
	return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
