/* Files are named by their SHA-256, kept once, and refused over their limit. */
#include "store/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/store.h"

/* A file with this content, at its end as after writing. */
static int make(struct store *store, const void *data, size_t len)
{
	struct err err = { 0 };
	int fd = -1;
	assert_ok(file_temporary(store, &fd, &err), &err);
	assert_int_equal(write(fd, data, len), len);
	return fd;
}

static int count_names(const char *dir, const char *folder)
{
	char path[256];
	snprintf(path, sizeof(path), "%s/%s", dir, folder);
	DIR *d = opendir(path);
	int n = 0;
	if (d == NULL) return 0;
	for (struct dirent *e; (e = readdir(d)) != NULL;) n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

/* FIPS 180-2, appendix B.1: SHA-256 of "abc". */
static const char abc_folder[] = "files/ba";
static const char abc_path[] = "files/ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static void test_put_and_open(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct hash hash;
	int64_t size = -1;
	char path[256], content[8] = "";
	int fd = make(store, "abc", 3);
	for (int i = 0; i < 2; i++) {
		assert_ok(file_put(store, fd, 3, &hash, &size, &err), &err);
		assert_int_equal(size, 3);
	}
	close(fd);
	struct stat st;
	snprintf(path, sizeof(path), "%s/%s", store_dir(store), abc_path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(count_names(store_dir(store), abc_folder), 1);
	assert_int_equal(count_names(store_dir(store), "tmp"), 0);
	size = -1;
	assert_ok(file_open(store, &hash, &fd, &size, &err), &err);
	assert_int_equal(size, 3);
	assert_int_equal(read(fd, content, sizeof(content)), 3);
	assert_memory_equal(content, "abc", 3);
	assert_int_equal(write(fd, "x", 1), -1);
	close(fd);
}

static void test_limits(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct hash hash = { 0 }, untouched = { 0 };
	int64_t size = -7;
	static char big[200000];
	int fd = make(store, big, sizeof(big));
	assert_int_equal(file_put(store, fd, sizeof(big) - 1, &hash, &size, &err), E_LIMIT);
	assert_int_equal(file_put(store, fd, 0, &hash, &size, &err), E_LIMIT);
	assert_int_equal(size, -7);
	assert_int_equal(hash_compare(&hash, &untouched), 0);
	assert_int_equal(count_names(store_dir(store), "files"), 0);
	assert_int_equal(count_names(store_dir(store), "tmp"), 0);
	assert_ok(file_put(store, fd, sizeof(big), &hash, &size, &err), &err);
	struct hash wanted = hash_sha256(big, sizeof(big));
	assert_int_equal(hash_compare(&hash, &wanted), 0);
	close(fd);
	/* An empty file is a file. */
	fd = make(store, "", 0);
	assert_ok(file_put(store, fd, 0, &hash, &size, &err), &err);
	assert_int_equal(size, 0);
	close(fd);
}

static void test_absent(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct hash hash = hash_sha256("never put", 9);
	int fd = -7;
	int64_t size = -7;
	assert_int_equal(file_open(store, &hash, &fd, &size, &err), E_NOT_FOUND);
	assert_int_equal(fd, -7);
	int pipes[2];
	assert_int_equal(pipe(pipes), 0);
	assert_int_equal(file_put(store, pipes[0], 10, &hash, &size, &err), E_IO);
	close(pipes[0]);
	close(pipes[1]);
}

/* A copy cut short by a power failure of a disk that lies is replaced, not kept. */
static void test_damaged_copy_is_replaced(void **state)
{
	struct store *store = test_store(state);
	struct err err = { 0 };
	struct hash hash;
	int64_t size;
	char path[256];
	int fd = make(store, "abc", 3);
	assert_ok(file_put(store, fd, 3, &hash, &size, &err), &err);
	snprintf(path, sizeof(path), "%s/%s", store_dir(store), abc_path);
	assert_int_equal(truncate(path, 1), 0);
	assert_ok(file_put(store, fd, 3, &hash, &size, &err), &err);
	close(fd);
	assert_ok(file_open(store, &hash, &fd, &size, &err), &err);
	assert_int_equal(size, 3);
	close(fd);
}

static void test_tmp_is_emptied_at_opening(void **state)
{
	struct store *store = test_store(state);
	char path[256];
	snprintf(path, sizeof(path), "%s/tmp/left", store_dir(store));
	int fd = open(path, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	close(fd);
	test_store_reopen(state);
	assert_int_equal(access(path, F_OK), -1);
}

static void *put_many(void *arg)
{
	struct store *store = arg;
	for (int i = 0; i < 30; i++) {
		struct hash hash;
		int64_t size;
		int fd;
		if (file_temporary(store, &fd, NULL) != OK) return store;
		bool good = dprintf(fd, "%d", i) > 0 && file_put(store, fd, 100, &hash, &size, NULL) == OK;
		close(fd);
		if (!good) return store;
	}
	return NULL;
}

static void test_threads_put_the_same(void **state)
{
	struct store *store = test_store(state);
	pthread_t threads[4];
	for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, put_many, store), 0);
	for (int i = 0; i < 4; i++) {
		void *failed;
		pthread_join(threads[i], &failed);
		assert_null(failed);
	}
	assert_int_equal(count_names(store_dir(store), "tmp"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ONLY_SQLITE(test_put_and_open),
		ONLY_SQLITE(test_limits),
		ONLY_SQLITE(test_absent),
		ONLY_SQLITE(test_damaged_copy_is_replaced),
		ONLY_SQLITE(test_tmp_is_emptied_at_opening),
		ONLY_SQLITE(test_threads_put_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
