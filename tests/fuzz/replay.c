/*
 * Drives a fuzz target without libFuzzer: `replay MUTATIONS FOLDER…` gives it every file of the
 * folders, then as many mutations of them, always the same ones.
 */
#include <dirent.h>
#include <sys/stat.h>

#include "fuzz.h"

enum { SIZE_MAX_INPUT = 64 * 1024, FILES_MAX = 2000 };

struct input {
	uint8_t *data;
	size_t size;
};

static struct input inputs[FILES_MAX];
static int ninputs;

static void add_file(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || ninputs == FILES_MAX) return;
	FILE *file = fopen(path, "rb");
	if (file == NULL) die("%s: cannot be read", path);
	struct input *input = &inputs[ninputs++];
	input->data = malloc((size_t)st.st_size + 1);
	if (input->data == NULL) die("out of memory");
	input->size = fread(input->data, 1, (size_t)st.st_size, file);
	fclose(file);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void add_folder(const char *folder)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, NULL, by_name);
	for (int i = 0; i < n; i++) {
		char path[4096];
		snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
		add_file(path);
		free(entries[i]);
	}
	if (n >= 0) free(entries);
}

/* A copy of its own size, so that a byte read behind it is seen by the sanitiser. */
static void run(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);
	if (copy == NULL) die("out of memory");
	if (size) memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

/* Replaces `old` bytes at `at` by `len` others. */
static size_t splice(uint8_t *work, size_t size, size_t at, size_t old, const uint8_t *with, size_t len)
{
	old = MIN(old, size - at);
	if (size - old + len > SIZE_MAX_INPUT) return size;
	memmove(work + at + len, work + at + old, size - at - old);
	if (len) memcpy(work + at, with, len);
	return size - old + len;
}

static size_t mutate(struct dice *dice, uint8_t *work, size_t size)
{
	static const char hostile[] = "\0\xFF\x80\xC3\xED\xF4\r\n\t \"'\\<>&%;,=:[]{}()/-+*#0919zZ";
	uint8_t byte = (uint8_t)hostile[dice_below(dice, sizeof(hostile) - 1)];
	size_t at = dice_below(dice, (uint32_t)size + 1);
	const struct input *other = &inputs[dice_below(dice, (uint32_t)ninputs)];
	size_t from = dice_below(dice, (uint32_t)other->size + 1);
	size_t len = dice_below(dice, (uint32_t)MIN(other->size - from, (size_t)64) + 1);
	switch (dice_below(dice, 6)) {
	case 0: return splice(work, size, at, 1, &byte, 1);
	case 1: return splice(work, size, at, 0, &byte, 1);
	case 2: return splice(work, size, at, 1 + dice_below(dice, 16), NULL, 0);
	case 3:
		if (at < size) work[at] ^= (uint8_t)(1u << dice_below(dice, 8));
		return size;
	case 4: return splice(work, size, at, dice_below(dice, 2) * len, other->data + from, len);
	default: /* a piece of its own, again */
		len = MIN(len, size - at);
		uint8_t piece[64];
		memcpy(piece, work + at, len);
		return splice(work, size, dice_below(dice, (uint32_t)size + 1), 0, piece, len);
	}
}

int main(int argc, char **argv)
{
	static uint8_t work[SIZE_MAX_INPUT];
	if (argc < 3) die("replay MUTATIONS FOLDER...");
	long mutations = strtol(argv[1], NULL, 10);
	for (int i = 2; i < argc; i++) add_folder(argv[i]);
	if (ninputs == 0) die("%s holds no input", argv[2]);
	for (int i = 0; i < ninputs; i++) run(inputs[i].data, inputs[i].size);
	for (long n = 0; n < mutations; n++) {
		struct dice dice = { (uint64_t)n * 7919 + 1 };
		const struct input *input = &inputs[n % ninputs];
		size_t size = MIN(input->size, (size_t)SIZE_MAX_INPUT);
		memcpy(work, input->data, size);
		for (uint32_t k = 1 + dice_below(&dice, 6); k > 0; k--) size = mutate(&dice, work, size);
		run(work, size);
	}
	printf("%d inputs, %ld mutations\n", ninputs, mutations);
	return 0;
}
