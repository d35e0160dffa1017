/* Pictures as people and enemies send them, through the confined process; judged by the decoders' own
 * libraries and by what EXIF says (CIPA DC-008 §4.6.5, table of Orientation). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <png.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <webp/decode.h>
#include <webp/encode.h>
#include <zlib.h>

#include "base/buf.h"
#include "media/codec.h"
#include "media/confine.h"
#include "media/picture.h"

#include <jpeglib.h>

static struct arena a;

/* ---- Pictures to send ---- */

enum colour { RED, GREEN, BLUE, WHITE };
static const uint8_t colours[][3] = { { 255, 0, 0 }, { 0, 255, 0 }, { 0, 0, 255 }, { 255, 255, 255 } };

/* Four quarters: red, green over blue, white. */
static struct pixels quarters(int width, int height, int channels, uint8_t alpha)
{
	struct pixels p;
	assert_true(pixels_new(width, height, channels, &p));
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			uint8_t *pixel = p.data + ((size_t)y * (size_t)width + (size_t)x) * (size_t)channels;
			memcpy(pixel, colours[(y >= height / 2) * 2 + (x >= width / 2)], 3);
			if (channels == 4) pixel[3] = alpha;
		}
	return p;
}

static struct buf bytes_of(const void *data, size_t size)
{
	struct buf b;
	buf_init(&b, &a, 0);
	buf_add(&b, data, size);
	return b;
}

static struct buf jpeg_of(int width, int height)
{
	struct pixels p = quarters(width, height, 3, 255);
	uint8_t *data;
	size_t size;
	assert_true(jpeg_encode(&p, &data, &size));
	struct buf b = bytes_of(data, size);
	free(data);
	pixels_free(&p);
	return b;
}

static struct buf webp_of(int width, int height, int channels, uint8_t alpha)
{
	struct pixels p = quarters(width, height, channels, alpha);
	uint8_t *data;
	size_t size = channels == 4 ? WebPEncodeLosslessRGBA(p.data, width, height, width * 4, &data)
	                            : WebPEncodeLosslessRGB(p.data, width, height, width * 3, &data);
	assert_true(size > 0);
	struct buf b = bytes_of(data, size);
	WebPFree(data);
	pixels_free(&p);
	return b;
}

static struct buf png_of(int width, int height, int channels, uint8_t alpha)
{
	struct pixels p = quarters(width, height, channels, alpha);
	png_image image = { .version = PNG_IMAGE_VERSION,
		            .width = (png_uint_32)width,
		            .height = (png_uint_32)height,
		            .format = channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB };
	png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
	uint8_t *data = malloc(size);
	assert_non_null(data);
	assert_true(png_image_write_to_memory(&image, data, &size, 0, p.data, 0, NULL));
	struct buf b = bytes_of(data, size);
	free(data);
	pixels_free(&p);
	return b;
}

static void put(struct buf *b, uint32_t n, int bytes, bool big)
{
	for (int i = 0; i < bytes; i++) buf_putc(b, (char)(n >> 8 * (big ? bytes - 1 - i : i)));
}

/* A directory of two entries: Orientation, and a text that stands for where the picture was taken. */
#define CANARY "GPS canary 47.3941N 0.6848E"
static struct buf exif_of(int orientation, bool big)
{
	struct buf b;
	buf_init(&b, &a, 0);
	buf_puts(&b, big ? "MM" : "II");
	put(&b, 42, 2, big);
	put(&b, 8, 4, big);
	put(&b, 2, 2, big);
	put(&b, 0x010E, 2, big); /* ImageDescription */
	put(&b, 2, 2, big);
	put(&b, sizeof(CANARY), 4, big);
	put(&b, 8 + 2 + 24 + 4, 4, big);
	put(&b, 0x0112, 2, big);
	put(&b, 3, 2, big);
	put(&b, 1, 4, big);
	put(&b, (uint32_t)orientation, 2, big);
	put(&b, 0, 2, big);
	put(&b, 0, 4, big);
	buf_add(&b, CANARY, sizeof(CANARY));
	return b;
}

/* Puts `middle` into `b` at a place. */
static struct buf with(const struct buf *b, size_t at, const struct buf *middle)
{
	struct buf all = bytes_of(b->data, at);
	buf_add(&all, middle->data, middle->len);
	buf_add(&all, b->data + at, b->len - at);
	return all;
}

static struct buf jpeg_with_exif(int width, int height, int orientation, bool big)
{
	struct buf jpeg = jpeg_of(width, height), exif = exif_of(orientation, big), segment;
	buf_init(&segment, &a, 0);
	buf_add(&segment, "\xFF\xE1", 2);
	put(&segment, (uint32_t)(2 + 6 + exif.len), 2, true);
	buf_add(&segment, "Exif\0", 6);
	buf_add(&segment, exif.data, exif.len);
	return with(&jpeg, 2, &segment);
}

static struct buf png_chunk(const char *type, const struct buf *data)
{
	struct buf chunk;
	buf_init(&chunk, &a, 0);
	put(&chunk, (uint32_t)data->len, 4, true);
	buf_puts(&chunk, type);
	buf_add(&chunk, data->data, data->len);
	put(&chunk, (uint32_t)crc32(0, (const Bytef *)chunk.data + 4, (uInt)(chunk.len - 4)), 4, true);
	return chunk;
}

/* After the chunk IHDR: 8 bytes of signature, 25 of it. */
static struct buf png_with(const struct buf *png, const char *type, const struct buf *data)
{
	struct buf chunk = png_chunk(type, data);
	return with(png, 33, &chunk);
}

static struct buf webp_with_exif(const struct buf *webp, int width, int height, int orientation)
{
	struct buf exif = exif_of(orientation, false), all, inner = bytes_of(webp->data + 12, webp->len - 12);
	buf_init(&all, &a, 0);
	if (inner.len % 2) buf_putc(&inner, 0);
	buf_add(&all, "WEBPVP8X", 8);
	put(&all, 10, 4, false);
	put(&all, 0x08, 4, false); /* there is EXIF */
	put(&all, (uint32_t)width - 1, 3, false);
	put(&all, (uint32_t)height - 1, 3, false);
	buf_add(&all, inner.data, inner.len);
	buf_add(&all, "EXIF", 4);
	put(&all, (uint32_t)exif.len, 4, false);
	buf_add(&all, exif.data, exif.len);
	if (exif.len % 2) buf_putc(&all, 0);
	struct buf file = bytes_of("RIFF", 4);
	put(&file, (uint32_t)all.len, 4, false);
	buf_add(&file, all.data, all.len);
	return file;
}

/* ---- What comes back ---- */

static enum code make(const struct buf *b, struct picture_sizes *ret, struct err *err)
{
	int fd = memfd_create("picture", MFD_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, b->data, b->len), (ssize_t)b->len);
	enum code code = picture_make(&a, fd, (int64_t)b->len, ret, err);
	close(fd);
	return code;
}

static struct picture_sizes made(const struct buf *b)
{
	struct picture_sizes sizes;
	struct err err;
	char text[500];
	if (make(b, &sizes, &err) != OK) fail_msg("%s", err_format(&err, err.msg, text, sizeof(text)));
	return sizes;
}

static const char *refused(const struct buf *b, enum code code)
{
	struct picture_sizes sizes;
	struct err err;
	assert_int_equal(make(b, &sizes, &err), code);
	return err.msg;
}

/* Decoded by the library itself: 4 bytes a pixel. */
static uint8_t *decoded(const struct picture_size *s)
{
	uint8_t *out = arena_alloc(&a, (size_t)s->width * (size_t)s->height * 4);
	if (strcmp(s->type, "image/webp") == 0) {
		assert_non_null(WebPDecodeRGBAInto(s->data, s->size, out, (size_t)s->width * (size_t)s->height * 4,
		                                   s->width * 4));
		return out;
	}
	struct jpeg_decompress_struct in;
	struct jpeg_error_mgr errors;
	in.err = jpeg_std_error(&errors);
	jpeg_create_decompress(&in);
	jpeg_mem_src(&in, s->data, s->size);
	jpeg_read_header(&in, TRUE);
	in.out_color_space = JCS_EXT_RGBA;
	jpeg_start_decompress(&in);
	assert_int_equal(in.output_width, s->width);
	assert_int_equal(in.output_height, s->height);
	while (in.output_scanline < in.output_height) {
		JSAMPROW row = out + (size_t)in.output_scanline * (size_t)s->width * 4;
		jpeg_read_scanlines(&in, &row, 1);
	}
	jpeg_finish_decompress(&in);
	jpeg_destroy_decompress(&in);
	return out;
}

/* "RGBW": the colours near the corners, upper ones first; "?" is none of ours. */
static const char *corners(const struct picture_size *s)
{
	const uint8_t *pixels = decoded(s);
	char *out = arena_strdup(&a, "????");
	for (int i = 0; i < 4; i++) {
		int x = i % 2 ? s->width - 1 - s->width / 8 : s->width / 8,
		    y = i / 2 ? s->height - 1 - s->height / 8 : s->height / 8;
		const uint8_t *pixel = pixels + 4 * (y * s->width + x);
		for (int c = 0; c < 4; c++)
			if (abs(pixel[0] - colours[c][0]) + abs(pixel[1] - colours[c][1]) +
			            abs(pixel[2] - colours[c][2]) <
			    40)
				out[i] = "RGBW"[c];
	}
	return out;
}

static bool holds(const struct picture_sizes *sizes, const char *text)
{
	for (int i = 0; i < sizes->n; i++)
		if (memmem(sizes->size[i].data, sizes->size[i].size, text, strlen(text))) return true;
	return false;
}

/* ---- Tests ---- */

static void test_sizes(void **state)
{
	(void)state;
	static const struct {
		int width, height, n, sizes[3][2];
	} rows[] = {
		{ 4000, 3000, 3, { { 1920, 1440 }, { 960, 720 }, { 320, 240 } } },
		{ 3000, 4000, 3, { { 1440, 1920 }, { 720, 960 }, { 240, 320 } } },
		{ 1000, 500, 3, { { 1000, 500 }, { 960, 480 }, { 320, 160 } } },
		{ 960, 960, 2, { { 960, 960 }, { 320, 320 } } },
		{ 321, 10, 2, { { 321, 10 }, { 320, 10 } } },
		{ 320, 200, 1, { { 320, 200 } } },
		{ 1, 1, 1, { { 1, 1 } } },
		{ 5000, 2, 3, { { 1920, 1 }, { 960, 1 }, { 320, 1 } } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf jpeg = jpeg_of(rows[i].width, rows[i].height);
		struct picture_sizes sizes = made(&jpeg);
		assert_int_equal(sizes.n, rows[i].n);
		for (int k = 0; k < sizes.n; k++) {
			assert_int_equal(sizes.size[k].width, rows[i].sizes[k][0]);
			assert_int_equal(sizes.size[k].height, rows[i].sizes[k][1]);
			if (rows[i].height > 100) assert_string_equal(corners(&sizes.size[k]), "RGBW");
		}
	}
}

/* Upright corners for a file whose rows begin red, green and end blue, white: EXIF's table says which
 * side of the scene the file's first row and first column are. */
static const char *const upright[] = { NULL, "RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB" };

static void test_orientation(void **state)
{
	(void)state;
	struct buf png = png_of(64, 32, 3, 255), webp = webp_of(64, 32, 3, 255);
	for (int o = 1; o <= 8; o++) {
		struct buf exif = exif_of(o, true);
		struct buf files[] = { jpeg_with_exif(64, 32, o, false), jpeg_with_exif(64, 32, o, true),
			               png_with(&png, "eXIf", &exif), webp_with_exif(&webp, 64, 32, o) };
		for (size_t i = 0; i < COUNT(files); i++) {
			struct picture_sizes sizes = made(&files[i]);
			assert_int_equal(sizes.size[0].width, o < 5 ? 64 : 32);
			assert_int_equal(sizes.size[0].height, o < 5 ? 32 : 64);
			assert_string_equal(corners(&sizes.size[0]), upright[o]);
		}
	}
}

static void test_orientation_is_nonsense(void **state)
{
	(void)state;
	for (int o = 0; o < 1000; o += 9) {
		struct buf exif = exif_of(o, o % 2);
		assert_int_equal(exif_orientation((uint8_t *)exif.data, exif.len), o >= 1 && o <= 8 ? o : 1);
		for (size_t cut = 0; cut < exif.len; cut++) {
			void *exact = malloc(cut ? cut : 1); /* so that a byte too far is seen */
			memcpy(exact, exif.data, cut);
			(void)exif_orientation(exact, cut);
			free(exact);
		}
	}
}

static void test_nothing_but_pixels_is_kept(void **state)
{
	(void)state;
	struct buf text = bytes_of("Comment\0" CANARY, 8 + strlen(CANARY)), png = png_of(400, 300, 3, 255);
	struct buf webp = webp_of(400, 300, 3, 255), exif = exif_of(3, false), tail = bytes_of(CANARY, strlen(CANARY));
	struct buf jpeg = jpeg_with_exif(400, 300, 1, false), texted = png_with(&png, "tEXt", &text);
	struct buf files[] = { with(&jpeg, jpeg.len, &tail), png_with(&texted, "eXIf", &exif),
		               webp_with_exif(&webp, 400, 300, 1) };
	for (size_t i = 0; i < COUNT(files); i++) {
		assert_non_null(memmem(files[i].data, files[i].len, CANARY, strlen(CANARY)));
		struct picture_sizes sizes = made(&files[i]);
		assert_int_equal(sizes.n, 2);
		assert_false(holds(&sizes, "GPS"));
		assert_false(holds(&sizes, "Exif"));
		assert_false(holds(&sizes, "EXIF"));
	}
}

static void test_types(void **state)
{
	(void)state;
	struct buf photo = jpeg_of(40, 40), drawing = png_of(40, 40, 3, 255), clear = png_of(40, 40, 4, 100);
	struct buf opaque = webp_of(40, 40, 4, 255), veil = webp_of(40, 40, 4, 100);
	assert_string_equal(made(&photo).size[0].type, "image/jpeg");
	assert_string_equal(made(&drawing).size[0].type, "image/webp");
	assert_string_equal(made(&opaque).size[0].type, "image/jpeg");
	struct buf *see_through[] = { &clear, &veil };
	for (size_t i = 0; i < COUNT(see_through); i++) {
		struct picture_sizes sizes = made(see_through[i]);
		assert_string_equal(sizes.size[0].type, "image/webp");
		assert_string_equal(corners(&sizes.size[0]), "RGBW");
		assert_in_range(decoded(&sizes.size[0])[3], 98, 102);
	}
}

/* Colours under full transparency do not bleed into what is seen. */
static void test_shrinking_weighs_by_opacity(void **state)
{
	(void)state;
	uint8_t data[] = { 255, 0, 0, 255, 0, 255, 0, 0, 255, 0, 0, 255, 0, 255, 0, 0 };
	struct pixels p = { 2, 2, 4, data }, one;
	assert_true(pixels_shrink(&p, 1, 1, &one));
	assert_memory_equal(one.data, ((uint8_t[]){ 255, 0, 0, 128 }), 4);
	pixels_free(&one);
}

static void test_not_pictures(void **state)
{
	(void)state;
	static const char *const texts[] = { "",
		                             "x",
		                             "\xFF\xD8",
		                             "GIF89a\1\0\1\0",
		                             "<svg xmlns='http://www.w3.org/2000/svg'/>",
		                             "%PDF-1.7",
		                             "RIFF\4\0\0\0WAVE",
		                             "BM\1\0",
		                             "PK\3\4",
		                             "photo.jpg" };
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct buf b = bytes_of(texts[i], strlen(texts[i]));
		assert_non_null(strstr(refused(&b, E_INPUT), "not a picture"));
	}
}

static void test_truncated(void **state)
{
	(void)state;
	struct buf files[] = { jpeg_of(300, 200), png_of(300, 200, 4, 9), webp_of(300, 200, 3, 255) };
	for (size_t i = 0; i < COUNT(files); i++) {
		(void)made(&files[i]);
		size_t cuts[] = { 13, 40, files[i].len / 3, files[i].len / 2, files[i].len - 20 };
		for (size_t k = 0; k < COUNT(cuts); k++) {
			struct buf cut = bytes_of(files[i].data, cuts[k]);
			assert_non_null(strstr(refused(&cut, E_INPUT), "damaged"));
		}
	}
}

/* Every byte changed in turn: an answer, never an end by signal in this process. */
static void test_mutilated(void **state)
{
	(void)state;
	struct buf files[] = { jpeg_with_exif(20, 16, 6, true), png_of(20, 16, 4, 9), webp_of(20, 16, 4, 9) };
	for (size_t i = 0; i < COUNT(files); i++)
		for (size_t at = 0; at < files[i].len; at += 23) {
			struct buf copy = bytes_of(files[i].data, files[i].len);
			struct picture_sizes sizes;
			struct err err;
			copy.data[at] = (char)(copy.data[at] ^ 0x55);
			enum code code = make(&copy, &sizes, &err);
			assert_true(code == OK || code == E_INPUT || code == E_LIMIT);
		}
}

/* A few bytes that claim to be hundreds of millions of points. */
static void test_bombs(void **state)
{
	(void)state;
	struct buf png, jpeg = jpeg_of(16, 16), empty;
	buf_init(&empty, &a, 0);
	png = bytes_of("\x89PNG\r\n\x1A\n", 8);
	struct buf head, nothing;
	buf_init(&head, &a, 0);
	put(&head, 29999, 4, true);
	put(&head, 29999, 4, true);
	buf_add(&head, "\x08\x02\0\0\0", 5);
	head = png_chunk("IHDR", &head);
	buf_add(&png, head.data, head.len);
	unsigned char zeros[100000] = { 0 }, packed[1000];
	uLongf len = sizeof(packed);
	assert_int_equal(compress2(packed, &len, zeros, sizeof(zeros), 9), Z_OK);
	nothing = bytes_of(packed, len);
	nothing = png_chunk("IDAT", &nothing);
	buf_add(&png, nothing.data, nothing.len);
	nothing = png_chunk("IEND", &empty);
	buf_add(&png, nothing.data, nothing.len);
	assert_non_null(strstr(refused(&png, E_LIMIT), "million points"));

	/* SOF2: length, precision, height, width. */
	char *frame = memmem(jpeg.data, jpeg.len, "\xFF\xC2", 2);
	assert_non_null(frame);
	memcpy(frame + 5, "\xFF\xDC\xFF\xDC", 4);
	assert_non_null(strstr(refused(&jpeg, E_LIMIT), "million points"));
	/* As many points as are allowed, none of them there. */
	memcpy(frame + 5, "\x1B\x58\x1B\x58", 4);
	assert_non_null(strstr(refused(&jpeg, E_INPUT), "damaged"));

	struct buf moving = webp_of(8, 8, 3, 255), animated = bytes_of("RIFF", 4);
	put(&animated, (uint32_t)(4 + 18 + moving.len - 12), 4, false);
	buf_add(&animated, "WEBPVP8X", 8);
	put(&animated, 10, 4, false);
	put(&animated, 0x02, 4, false);
	put(&animated, 7, 3, false);
	put(&animated, 7, 3, false);
	buf_add(&animated, moving.data + 12, moving.len - 12);
	assert_non_null(strstr(refused(&animated, E_INPUT), "Moving"));
}

static void test_too_many_bytes(void **state)
{
	(void)state;
	struct picture_sizes sizes;
	struct err err;
	int fd = memfd_create("large", MFD_CLOEXEC);
	assert_int_equal(ftruncate(fd, PICTURE_BYTES + 1), 0);
	assert_int_equal(picture_make(&a, fd, PICTURE_BYTES + 1, &sizes, &err), E_LIMIT);
	close(fd);
}

/* ---- What the confined process cannot do ---- */

static void try_open(void)
{
	(void)!open("/etc/hostname", O_RDONLY);
}

static void try_create(void)
{
	(void)!openat(AT_FDCWD, "/tmp/parvis-probe", O_WRONLY | O_CREAT, 0600);
}

static void try_socket(void)
{
	(void)!socket(AF_INET, SOCK_STREAM, 0);
}

static void try_fork(void)
{
	(void)!fork();
}

static void try_kill(void)
{
	kill(getppid(), 0);
}

static void try_execute(void)
{
	char *none[] = { NULL };
	execve("/bin/true", none, none);
}

static void try_code(void)
{
	(void)!mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void try_file_memory(void)
{
	(void)!mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 0, 0);
}

static void nothing(void)
{
	void *p = malloc(1 << 20);
	char c = 0;
	(void)!read(0, &c, 1);
	(void)!write(1, &c, p ? 1 : 0);
	free(p);
}

static int end_of(void (*probe)(void), int descriptor)
{
	int status, null = open("/dev/null", O_RDWR | O_CLOEXEC), kept = open("/dev/null", O_WRONLY | O_CLOEXEC);
	pid_t child = fork();
	if (child == 0) {
		dup2(null, 0);
		dup2(null, 1);
		if (!confine(640LL << 20, 10)) _exit(2);
		probe();
		_exit(write(descriptor < 0 ? 1 : kept, "", 0) == 0 ? 0 : 7);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	close(null);
	close(kept);
	return status;
}

static void test_confinement(void **state)
{
	(void)state;
	void (*const probes[])(void) = { try_open, try_create,  try_socket, try_fork,
		                         try_kill, try_execute, try_code,   try_file_memory };
	int status = end_of(nothing, -1);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	status = end_of(nothing, 1); /* what was open before is not any more */
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
	for (size_t i = 0; i < COUNT(probes); i++) {
		status = end_of(probes[i], -1);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
	}
}

static int setup(void **state)
{
	(void)state;
	arena_init(&a);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], PICTURE_COMMAND) == 0) return picture_child();
	const struct CMUnitTest tests[] = {
		TEST(test_sizes),
		TEST(test_orientation),
		TEST(test_orientation_is_nonsense),
		TEST(test_nothing_but_pixels_is_kept),
		TEST(test_types),
		TEST(test_shrinking_weighs_by_opacity),
		TEST(test_not_pictures),
		TEST(test_truncated),
		TEST(test_mutilated),
		TEST(test_bombs),
		TEST(test_too_many_bytes),
		TEST(test_confinement),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
