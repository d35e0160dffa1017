#include "media/pixels.h"

#include <stdlib.h>
#include <string.h>

#include "base/macros.h"

bool pixels_new(int width, int height, int channels, struct pixels *ret)
{
	struct pixels p = { width, height, channels, malloc((size_t)width * (size_t)height * (size_t)channels) };
	if (p.data == NULL) return false;
	*ret = p;
	return true;
}

void pixels_free(struct pixels *p)
{
	free(p->data);
	*p = (struct pixels){ 0 };
}

void pixels_fit(int width, int height, int side, int *ret_width, int *ret_height)
{
	int longest = MAX(width, height);
	bool smaller = longest <= side;
	*ret_width = smaller ? width : MAX((int)(((int64_t)width * side + longest / 2) / longest), 1);
	*ret_height = smaller ? height : MAX((int)(((int64_t)height * side + longest / 2) / longest), 1);
}

/* Adds `weight` times a row, reduced to `width` pixels, to `sum`. Colours count by their opacity. */
static void add_row(const struct pixels *from, int y, int width, float weight, float *sum)
{
	const int n = from->channels;
	const uint8_t *row = from->data + (size_t)y * (size_t)from->width * (size_t)n;
	const float step = (float)from->width / (float)width;
	for (int x = 0; x < width; x++, sum += n) {
		float begin = (float)x * step, end = MIN(begin + step, (float)from->width);
		for (int i = (int)begin; i < from->width && (float)i < end; i++) {
			float part = MIN(end, (float)(i + 1)) - MAX(begin, (float)i);
			const uint8_t *pixel = row + (size_t)i * (size_t)n;
			if (n == 4) {
				part *= pixel[3];
				sum[3] += weight * part;
			}
			part *= weight;
			sum[0] += part * pixel[0];
			sum[1] += part * pixel[1];
			sum[2] += part * pixel[2];
		}
	}
}

static uint8_t to_byte(float value)
{
	return (uint8_t)MIN(value + 0.5f, 255.0f);
}

static void put_row(const float *sum, int width, int channels, float area, uint8_t *out)
{
	for (int x = 0; x < width; x++, sum += channels, out += channels) {
		float whole = channels == 4 ? sum[3] : area;
		for (int c = 0; c < 3; c++) out[c] = whole > 0 ? to_byte(sum[c] / whole) : 0;
		if (channels == 4) out[3] = to_byte(sum[3] / area);
	}
}

bool pixels_shrink(const struct pixels *from, int width, int height, struct pixels *ret)
{
	struct pixels to;
	const size_t row = (size_t)width * (size_t)from->channels;
	float *sum = calloc(row, sizeof(*sum));
	if (sum == NULL) return false;
	if (!pixels_new(width, height, from->channels, &to)) {
		free(sum);
		return false;
	}
	const float step = (float)from->height / (float)height;
	const float area = step * (float)from->width / (float)width;
	for (int y = 0; y < height; y++) {
		float begin = (float)y * step, end = MIN(begin + step, (float)from->height);
		for (size_t i = 0; i < row; i++) sum[i] = 0;
		for (int i = (int)begin; i < from->height && (float)i < end; i++)
			add_row(from, i, width, MIN(end, (float)(i + 1)) - MAX(begin, (float)i), sum);
		put_row(sum, width, from->channels, area, to.data + (size_t)y * row);
	}
	free(sum);
	*ret = to;
	return true;
}

/* For each orientation, from which corner reading begins and whether along columns. */
static const struct turn {
	bool right, bottom, columns;
} turns[9] = {
	[1] = { false, false, false }, [2] = { true, false, false }, [3] = { true, true, false },
	[4] = { false, true, false },  [5] = { false, false, true }, [6] = { false, true, true },
	[7] = { true, true, true },    [8] = { true, false, true },
};

bool pixels_turn(const struct pixels *from, int orientation, struct pixels *ret)
{
	const struct turn turn = turns[orientation];
	struct pixels to;
	const size_t n = (size_t)from->channels;
	if (!pixels_new(turn.columns ? from->height : from->width, turn.columns ? from->width : from->height,
	                from->channels, &to))
		return false;
	uint8_t *out = to.data;
	for (int y = 0; y < to.height; y++)
		for (int x = 0; x < to.width; x++, out += n) {
			int i = turn.columns ? y : x, j = turn.columns ? x : y;
			if (turn.right) i = from->width - 1 - i;
			if (turn.bottom) j = from->height - 1 - j;
			memcpy(out, from->data + ((size_t)j * (size_t)from->width + (size_t)i) * n, n);
		}
	*ret = to;
	return true;
}

bool pixels_see_through(const struct pixels *p)
{
	const size_t n = (size_t)p->width * (size_t)p->height;
	for (size_t i = 0; p->channels == 4 && i < n; i++)
		if (p->data[4 * i + 3] != 255) return true;
	return false;
}

void pixels_flatten(struct pixels *p)
{
	if (p->channels != 4) return;
	const size_t n = (size_t)p->width * (size_t)p->height;
	for (size_t i = 0; i < n; i++) memmove(p->data + 3 * i, p->data + 4 * i, 3);
	p->channels = 3;
}
