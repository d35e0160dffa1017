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

static void put_row(struct buf *out, struct arena *a, const struct chart_stack *stack, int row, int number)
{
	double x = 0, y = (double)row * STEP;
	bool told = true;
	put_label(out, a, y + 15, stack->rows[row]);
	for (int part = 0; part < stack->nparts; part++) {
		double share = stack->shares[row * stack->nparts + part];
		if (isnan(share)) told = false;
		if (!(share > 0)) continue;
		double width = fmin(share, 1) * WIDTH;
		buf_printf(out, "<rect class=\"stack-%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>",
		           part % TONES, x, y + 21, width, BAR_HEIGHT);
		if (share >= LETTER_SHARE)
			buf_printf(out, "<text class=\"chart-value chart-middle\" x=\"%.1f\" y=\"%.1f\">%c</text>",
			           x + width / 2, y + 53, 'A' + part);
		x += width;
	}
	if (!told && x < WIDTH)
		buf_printf(
		        out,
		        "<rect class=\"chart-rest\" fill=\"url(#stack-hatch-%d)\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
		        "height=\"%d\"/>",
		        number, x, y + 21, WIDTH - x, BAR_HEIGHT);
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
	for (int row = 0; row < stack->nrows; row++) put_row(&out, a, stack, row, number);
	buf_lit(&out, "</svg>");
	return (struct html_safe){ buf_str(&out), out.len };
}
