#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

#include "core/person.h"

static const struct {
	unsigned long long passes;
	size_t memory;
} costs[] = {
	[PASSWORD_SERVER] = { 3, 64u << 20 },
	[PASSWORD_BOX] = { 2, 19u << 20 },
	[PASSWORD_TEST] = { crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN },
};

#define NOBODY "AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static atomic_int cost = PASSWORD_SERVER;

/* Two at once: a burst of sign-ins must not eat the machine's memory. */
enum { AT_ONCE = 2 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t freed = PTHREAD_COND_INITIALIZER;
static int running;

static void enter(void)
{
	pthread_mutex_lock(&lock);
	while (running >= AT_ONCE) pthread_cond_wait(&freed, &lock);
	running++;
	pthread_mutex_unlock(&lock);
}

static void leave(void)
{
	pthread_mutex_lock(&lock);
	running--;
	pthread_cond_signal(&freed);
	pthread_mutex_unlock(&lock);
}

void password_cost_use(enum password_cost chosen)
{
	cost = chosen;
}

enum code password_hash(struct arena *a, const char *password, const char **ret, struct err *err)
{
	char *hash = arena_alloc(a, crypto_pwhash_STRBYTES);
	enter();
	int failed = crypto_pwhash_str(hash, password, strlen(password), costs[cost].passes, costs[cost].memory);
	leave();
	if (failed) FAIL(err, E_BUSY, N_("not enough memory to protect the password; try again in a moment"));
	*ret = hash;
	return OK;
}

/* In the form of crypto_pwhash_str; all the bits of its salt and digest are 0. */
const char *password_nobody(void)
{
	static const char *const hashes[] = {
		[PASSWORD_SERVER] = "$argon2id$v=19$m=65536,t=3,p=1$" NOBODY,
		[PASSWORD_BOX] = "$argon2id$v=19$m=19456,t=2,p=1$" NOBODY,
		[PASSWORD_TEST] = "$argon2id$v=19$m=8,t=1,p=1$" NOBODY,
	};
	return hashes[cost];
}

bool password_matches(const char *hash, const char *password)
{
	enter();
	bool same = crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
	leave();
	return same;
}
