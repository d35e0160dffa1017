#include "page/chart_stack.h"

#include <math.h>

#include "base/buf.h"
#include "base/macros.h"
#include "base/text.h"

enum { WIDTH = 400, STEP = 62, BAR_HEIGHT = 18, LABEL_CHARS = 52, TONES = 6 };
#define LETTER_SHARE 0.03 /* less has no room for a letter */

const char *chart_stack_letter(struct arena *a, int part)
{
	return arena_printf(a, "%c", 'A' + part);
}

static void put_label(struct buf *out, struct arena *a, double y, const char *label)
{
	buf_printf(out, "<text class=\"chart-label\" x=\"0\" y=\"%.0f\">", y);
	html_text(out, text_cut(a, label, LABEL_CHARS));
	buf_lit(out, "</text>");
}

/* Opposed: one hue on each side, the ends darkest, the middle lightest. */
static int tone_of(const struct chart_stack *stack, int part)
{
	int n = stack->nparts;
	if (!stack->opposed) return part % TONES;
	if (2 * part + 1 == n) return 5;
	if (2 * part < n) return part < 2 ? part : 2;
	return part == n - 1 ? 3 : 4;
}

static double share_of(const struct chart_stack *stack, int row, int part)
{
	return stack->shares[row * stack->nparts + part];
}

/* Of a row of opposed parts: what stands left of the middle, half of a middle part included, and on the right. */
static void sides(const struct chart_stack *stack, int row, double *left, double *right)
{
	int n = stack->nparts;
	*left = *right = 0;
	for (int part = 0; part < n; part++) {
		double share = share_of(stack, row, part);
		if (isnan(share)) *left = *right = NAN;
		else if (2 * part + 1 == n) *left += share / 2, *right += share / 2;
		else *(2 * part < n ? left : right) += share;
	}
}

/* How wide a share of one is drawn: opposed bars fill the width by the longest side. */
static double unit_of(const struct chart_stack *stack)
{
	double longest = 0;
	if (!stack->opposed) return WIDTH;
	for (int row = 0; row < stack->nrows; row++) {
		double left, right;
		sides(stack, row, &left, &right);
		longest = fmax(longest, fmax(left, right)); /* fmax passes NaN over */
	}
	return longest > 0 ? WIDTH / 2.0 / longest : WIDTH / 2.0;
}

static void put_hatched(struct buf *out, double x, double y, double width, int number)
{
	buf_printf(out,
	           "<rect class=\"chart-rest\" fill=\"url(#stack-hatch-%d)\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
	           "height=\"%d\"/>",
	           number, x, y + 21, width, BAR_HEIGHT);
}

static void put_row(struct buf *out, struct arena *a, const struct chart_stack *stack, int row, double unit, int number)
{
	double x = 0, y = (double)row * STEP, left = 0, right;
	bool told = true;
	put_label(out, a, y + 15, stack->rows[row]);
	if (stack->opposed) {
		sides(stack, row, &left, &right);
		if (isnan(left)) { /* where the rest would stand cannot be said either */
			put_hatched(out, WIDTH / 4.0, y, WIDTH / 2.0, number);
			return;
		}
		x = WIDTH / 2.0 - left * unit;
	}
	for (int part = 0; part < stack->nparts; part++) {
		double share = share_of(stack, row, part);
		if (isnan(share)) told = false;
		if (!(share > 0)) continue;
		double width = fmin(share, 1) * unit;
		buf_printf(out, "<rect class=\"stack-%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>",
		           tone_of(stack, part), x, y + 21, width, BAR_HEIGHT);
		if (width >= LETTER_SHARE * WIDTH)
			buf_printf(out, "<text class=\"chart-value chart-middle\" x=\"%.1f\" y=\"%.1f\">%c</text>",
			           x + width / 2, y + 53, 'A' + part);
		x += width;
	}
	if (!told && x < WIDTH) put_hatched(out, x, y, WIDTH - x, number);
}

struct html_safe chart_stack_svg(struct arena *a, const struct chart_stack *stack, int number)
{
	struct buf out;
	if (stack->nrows == 0 || stack->nparts == 0) return (struct html_safe){ "", 0 };
	buf_init(&out, a, 0);
	buf_printf(
	        &out,
	        "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"stack-title-%d stack-desc-%d\">"
	        "<title id=\"stack-title-%d\">",
	        WIDTH, stack->nrows * STEP, number, number, number);
	html_text(&out, stack->title);
	buf_printf(&out, "</title><desc id=\"stack-desc-%d\">", number);
	html_text(&out, stack->summary);
	buf_printf(
	        &out,
	        "</desc><defs><pattern id=\"stack-hatch-%d\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
	        "patternTransform=\"rotate(45)\"><path class=\"chart-hatch\" d=\"M0 0V6\"/></pattern></defs>",
	        number);
	for (int row = 0; row < stack->nrows; row++) put_row(&out, a, stack, row, unit_of(stack), number);
	for (int row = 0; stack->opposed && row < stack->nrows; row++)
		buf_printf(&out, "<path class=\"chart-axis\" d=\"M%.1f %dV%d\"/>", WIDTH / 2.0, row * STEP + 18,
		           row * STEP + 24 + BAR_HEIGHT);
	buf_lit(&out, "</svg>");
	return (struct html_safe){ buf_str(&out), out.len };
}
