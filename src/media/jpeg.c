/* JPEG by libjpeg-turbo: photographs in, and out. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jerror.h>
#include <jpeglib.h>

#include "base/macros.h"
#include "media/codec.h"

enum { QUALITY = 82, SCANS_MAX = 100, EXIF_MARKER = JPEG_APP0 + 1, MARKER_MAX = 0xFFFF };

/* libjpeg gives up by calling error_exit, which must not return: no way but a jump. Each function that
 * jumps is left at once, by its caller. */
struct jpeg {
	struct jpeg_error_mgr errors;
	struct jpeg_progress_mgr progress;
	jmp_buf failed;
	bool damaged;
};

static void on_error(j_common_ptr common)
{
	struct jpeg *jpeg = (struct jpeg *)common->err;
	longjmp(jpeg->failed, 1);
}

/* Warnings are of data that lacks or is senseless; bytes between two segments are harmless, and some
 * telephones write them. */
static void on_message(j_common_ptr common, int level)
{
	struct jpeg *jpeg = (struct jpeg *)common->err;
	if (level < 0 && common->err->msg_code != JWRN_EXTRANEOUS_DATA) jpeg->damaged = true;
}

/* A few bytes can ask for thousands of passes over a large picture. */
static void on_progress(j_common_ptr common)
{
	if (common->is_decompressor && ((j_decompress_ptr)common)->input_scan_number > SCANS_MAX) on_error(common);
}

static void jpeg_listen(struct jpeg *jpeg, j_common_ptr common)
{
	common->err = jpeg_std_error(&jpeg->errors);
	jpeg->errors.error_exit = on_error;
	jpeg->errors.emit_message = on_message;
	jpeg->progress.progress_monitor = on_progress;
}

static bool is_jpeg(const uint8_t *data, size_t size)
{
	return size >= 3 && memcmp(data, "\xFF\xD8\xFF", 3) == 0;
}

static int orientation_of(const struct jpeg_decompress_struct *in)
{
	for (jpeg_saved_marker_ptr m = in->marker_list; m; m = m->next)
		if (m->marker == EXIF_MARKER && m->data_length > 6 && memcmp(m->data, "Exif\0", 6) == 0)
			return exif_orientation(m->data + 6, m->data_length - 6);
	return 1;
}

/* CMYK as Adobe writes it: 255 is no ink. */
static void from_cmyk(const uint8_t *row, int width, uint8_t *out)
{
	for (int x = 0; x < width; x++, row += 4, out += 3)
		for (int c = 0; c < 3; c++) out[c] = (uint8_t)(row[c] * row[3] / 255);
}

static void read_rows(struct jpeg_decompress_struct *in, struct pixels *p, uint8_t *line)
{
	while (in->output_scanline < in->output_height) {
		uint8_t *out = p->data + (size_t)in->output_scanline * (size_t)p->width * 3;
		JSAMPROW row = line ? line : out;
		jpeg_read_scanlines(in, &row, 1);
		if (line) from_cmyk(line, p->width, out);
	}
}

/* As small as the steps of eighths allow, `side` at least. */
static void choose_scale(struct jpeg_decompress_struct *in, int side)
{
	int64_t longest = MAX(in->image_width, in->image_height);
	in->scale_num = 1;
	in->scale_denom = 8;
	while (in->scale_num < 8 && longest * in->scale_num / 8 < side) in->scale_num++;
}

static enum picture_status decode(struct jpeg_decompress_struct *in, const uint8_t *data, size_t size, int side,
                                  struct decoded *ret)
{
	jpeg_save_markers(in, EXIF_MARKER, MARKER_MAX);
	jpeg_mem_src(in, data, size);
	jpeg_read_header(in, TRUE);
	enum picture_status status = codec_size(in->image_width, in->image_height);
	if (status != PICTURE_FINE) return status;
	bool inks = in->jpeg_color_space == JCS_CMYK || in->jpeg_color_space == JCS_YCCK;
	in->out_color_space = inks ? JCS_CMYK : JCS_RGB;
	choose_scale(in, side);
	jpeg_start_decompress(in);
	if (!pixels_new((int)in->output_width, (int)in->output_height, 3, &ret->pixels)) return PICTURE_DAMAGED;
	uint8_t *line = inks ? in->mem->alloc_large((j_common_ptr)in, JPOOL_IMAGE, (size_t)in->output_width * 4) : NULL;
	read_rows(in, &ret->pixels, line);
	ret->orientation = orientation_of(in);
	jpeg_finish_decompress(in);
	return PICTURE_FINE;
}

static enum picture_status jpeg_decode(const uint8_t *data, size_t size, int side, struct decoded *ret)
{
	struct jpeg jpeg = { 0 };
	struct jpeg_decompress_struct in = { 0 };
	volatile enum picture_status status = PICTURE_DAMAGED;
	*ret = (struct decoded){ 0 };
	jpeg_listen(&jpeg, (j_common_ptr)&in);
	if (setjmp(jpeg.failed) == 0) {
		jpeg_create_decompress(&in);
		in.progress = &jpeg.progress;
		status = decode(&in, data, size, side, ret);
	}
	jpeg_destroy_decompress(&in);
	if (status == PICTURE_FINE && jpeg.damaged) status = PICTURE_DAMAGED;
	if (status != PICTURE_FINE) pixels_free(&ret->pixels);
	return status;
}

const struct codec codec_jpeg = { "JPEG", true, is_jpeg, jpeg_decode };

bool jpeg_encode(const struct pixels *p, uint8_t **ret, size_t *size)
{
	struct jpeg jpeg = { 0 };
	struct jpeg_compress_struct out = { 0 };
	unsigned char *volatile data = NULL;
	unsigned char *written = NULL;
	unsigned long len = 0;
	volatile bool done = false;
	jpeg_listen(&jpeg, (j_common_ptr)&out);
	if (setjmp(jpeg.failed) == 0) {
		jpeg_create_compress(&out);
		jpeg_mem_dest(&out, &written, &len);
		out.image_width = (JDIMENSION)p->width;
		out.image_height = (JDIMENSION)p->height;
		out.input_components = 3;
		out.in_color_space = JCS_RGB;
		jpeg_set_defaults(&out);
		jpeg_set_quality(&out, QUALITY, TRUE);
		jpeg_simple_progression(&out);
		jpeg_start_compress(&out, TRUE);
		while (out.next_scanline < out.image_height) {
			JSAMPROW row = p->data + (size_t)out.next_scanline * (size_t)p->width * 3;
			jpeg_write_scanlines(&out, &row, 1);
		}
		jpeg_finish_compress(&out);
		data = written;
		done = true;
	}
	jpeg_destroy_compress(&out);
	if (!done) return false;
	*ret = data;
	*size = len;
	return true;
}
