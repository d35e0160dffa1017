/* An open site: the model is replaced as a whole while others hold the old one (for TSan too). */
#include "core/site.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "core/definition.h"
#include "core/field_type.h"
#include "fields/fields.h"
#include "support/store.h"

enum { READERS = 4, CHANGES = 30 };

static struct site *open_site(struct store *store)
{
	struct site *site;
	struct err err = { 0 };
	field_types_use(field_table); /* the engine's own forms have fields */
	assert_ok(site_open(store, &site, &err), &err);
	return site;
}

/* The site takes the store over; the fixture's teardown must not close it again. */
static void close_site(void **state, struct site *site)
{
	test_site(state)->store = NULL;
	site_close(site);
}

/* Two settings that always have the same number. */
static enum code write_pair(struct tx *tx, void *arg, struct err *err)
{
	struct arena a;
	arena_init(&a);
	json_t *number = json_keep(&a, json_integer(*(int *)arg));
	enum code code = definition_save(tx, &a, DEFINITION_SETTING, "one", number, &actor_program, NULL, err);
	if (code == OK) code = definition_save(tx, &a, DEFINITION_SETTING, "two", number, &actor_program, NULL, err);
	arena_release(&a);
	return code;
}

static int number_of(const struct model *model, const char *key)
{
	return (int)json_integer_value(model_setting(model, key));
}

struct reading {
	struct site *site;
	atomic_bool *stop;
	atomic_int *models;
	int torn, backwards, moved;
	uint8_t secret; /* its bytes xored, again and again */
};

static void *read_on(void *arg)
{
	struct reading *r = arg;
	uint64_t version = 0;
	int last = 0;
	do {
		const struct model *model = site_model(r->site);
		int number = number_of(model, "one");
		r->torn += number != number_of(model, "two");
		r->backwards += number < last || model->version < version;
		if (model->version != version) atomic_fetch_add(r->models, 1);
		version = model->version;
		last = number;
		for (int i = 0; i < SITE_SECRET; i++) r->secret ^= site_secret(r->site)[i];
		/* What is held does not move under the one who holds it. */
		for (int i = 0; i < 1000; i++) r->moved += number_of(model, "two") != number;
		model_release(model);
	} while (!atomic_load(r->stop));
	return NULL;
}

static void test_replaced(void **state)
{
	struct site *site = open_site(test_store(state));
	struct err err = { 0 };
	atomic_bool stop = false;
	atomic_int models = 0;
	pthread_t threads[READERS];
	struct reading readers[READERS];
	int number = 1;
	assert_ok(site_write(site, write_pair, &number, &err), &err);
	const struct model *first = site_model(site);
	for (int i = 0; i < READERS; i++) {
		readers[i] = (struct reading){ .site = site, .stop = &stop, .models = &models };
		assert_int_equal(pthread_create(&threads[i], NULL, read_on, &readers[i]), 0);
	}
	for (number = 2; number <= CHANGES; number++) {
		assert_ok(site_write(site, write_pair, &number, &err), &err);
		const struct model *model = site_model(site); /* the change is seen by who made it */
		assert_int_equal(number_of(model, "one"), number);
		model_release(model);
	}
	atomic_store(&stop, true);
	for (int i = 0; i < READERS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(readers[i].torn + readers[i].backwards + readers[i].moved, 0);
	}
	assert_true(atomic_load(&models) >= READERS);
	assert_int_equal(number_of(first, "one"), 1);
	model_release(first);
	close_site(state, site);
}

static void *reload(void *arg)
{
	struct err err;
	struct site *site = arg;
	for (int i = 0; i < CHANGES; i++)
		if (site_reload(site, &err) != OK) return arg;
	store_thread_end(site_store(site));
	return NULL;
}

/* Several reload at once: the one that began last stays. */
static void test_reloads_at_once(void **state)
{
	struct site *site = open_site(test_store(state));
	pthread_t threads[READERS];
	const struct model *before = site_model(site);
	for (int i = 0; i < READERS; i++) assert_int_equal(pthread_create(&threads[i], NULL, reload, site), 0);
	for (int i = 0; i < READERS; i++) {
		void *failed;
		pthread_join(threads[i], &failed);
		assert_null(failed);
	}
	const struct model *after = site_model(site);
	assert_true(after->version >= before->version + READERS * CHANGES);
	model_release(before);
	model_release(after);
	close_site(state, site);
}

/* A write that fails changes nothing; a model that cannot be loaded leaves the present one. */
static enum code write_wrong(struct tx *tx, void *arg, struct err *err)
{
	(void)arg;
	struct arena a;
	arena_init(&a);
	json_t *view = json_keep(&a, json_pack("{s:s,s:s}", "key", "v", "form", "absente"));
	enum code code = definition_save(tx, &a, DEFINITION_VIEW, "v", view, &actor_program, NULL, err);
	arena_release(&a);
	return code;
}

static enum code write_nothing(struct tx *tx, void *arg, struct err *err)
{
	TRY(write_pair(tx, arg, err));
	FAIL(err, E_CONFLICT, "on purpose");
}

static void test_failures(void **state)
{
	struct site *site = open_site(test_store(state));
	struct err err = { 0 };
	int number = 7, other = 8;
	assert_ok(site_write(site, write_pair, &number, &err), &err);
	assert_int_equal(site_write(site, write_nothing, &other, &err), E_CONFLICT);
	assert_int_equal(site_write(site, write_wrong, NULL, &err), E_INPUT);
	const struct model *model = site_model(site);
	assert_int_equal(number_of(model, "one"), 7);
	assert_null(model_view(model, "v"));
	model_release(model);
	close_site(state, site);
}

static void test_secret(void **state)
{
	uint8_t secret[SITE_SECRET], zero[SITE_SECRET] = { 0 };
	struct site *site = open_site(test_store(state));
	memcpy(secret, site_secret(site), SITE_SECRET);
	assert_memory_not_equal(secret, zero, SITE_SECRET);
	close_site(state, site);
	test_site_open(test_site(state));
	site = open_site(test_store(state));
	assert_memory_equal(site_secret(site), secret, SITE_SECRET);
	close_site(state, site);
	struct test_site other;
	test_site_init(&other);
	test_site_open(&other);
	site = open_site(other.store);
	assert_memory_not_equal(site_secret(site), secret, SITE_SECRET);
	site_close(site);
	other.store = NULL;
	test_site_release(&other);
	site_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_ENGINES(test_replaced),
		BOTH_ENGINES(test_reloads_at_once),
		BOTH_ENGINES(test_failures),
		BOTH_ENGINES(test_secret),
	};
	return cmocka_run_group_tests_name("site", tests, NULL, NULL);
}
