#include "page/chart.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum {
	WIDTH = 400,
	BAR_STEP = 46, /* a line of text, then its bar */
	BAR_HEIGHT = 18,
	BAR_ROOM = 330, /* the rest is for the value */
	PLOT_HEIGHT = 180,
	PLOT_TOP = 26,
	PLOT_BOTTOM = 34,
	LABELS_MAX = 6,  /* under the columns */
	VALUES_MAX = 12, /* written above columns, when they are no more */
	BAR_CHARS = 52,  /* of a label that there is room for */
};
#define LETTER_WIDTH 7.0 /* at 12 px */

struct scale {
	double low, high; /* 0 is always between */
};

static struct scale scale_of(const struct chart *chart)
{
	struct scale scale = { 0, 0 };
	for (int i = 0; i < chart->n; i++) {
		scale.low = fmin(scale.low, chart->marks[i].value);
		scale.high = fmax(scale.high, chart->marks[i].value);
	}
	if (scale.high <= scale.low) scale.high = scale.low + 1;
	return scale;
}

static double part(struct scale scale, double value)
{
	return (value - scale.low) / (scale.high - scale.low);
}

static void put_text(struct buf *out, const char *class, double x, double y, const char *text)
{
	buf_printf(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">", class, x, y);
	html_text(out, text);
	buf_lit(out, "</text>");
}

/* Cut where there is no room; the whole is then told by pointing at it, and stands in the table beside. */
static void put_label(struct buf *out, struct arena *a, const char *class, double x, double y, const char *text,
                      size_t chars)
{
	const char *shown = text_cut(a, text, chars);
	if (strcmp(shown, text) == 0) {
		put_text(out, class, x, y, text);
		return;
	}
	buf_printf(out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\"><title>", class, x, y);
	html_text(out, text);
	buf_lit(out, "</title>");
	html_text(out, shown);
	buf_lit(out, "</text>");
}

static void put_mark_class(struct buf *out, const struct chart_mark *mark, int number)
{
	if (mark->rest) buf_printf(out, " class=\"chart-rest\" fill=\"url(#chart-hatch-%d)\"", number);
	else buf_lit(out, " class=\"chart-mark\"");
}

/* ---- Bars: the label above, for long ones ---- */

static void put_bars(struct buf *out, struct arena *a, const struct chart *chart, struct scale scale, int number)
{
	double zero = part(scale, 0) * BAR_ROOM;
	for (int i = 0; i < chart->n; i++) {
		const struct chart_mark *mark = &chart->marks[i];
		double y = (double)i * BAR_STEP, end = part(scale, mark->value) * BAR_ROOM;
		put_label(out, a, "chart-label", 0, y + 15, mark->label, BAR_CHARS);
		buf_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"", fmin(zero, end), y + 21,
		           fmax(1, fabs(end - zero)), BAR_HEIGHT);
		put_mark_class(out, mark, number);
		buf_lit(out, "/>");
		put_text(out, "chart-value", fmax(zero, end) + 6, y + 35, mark->text);
	}
}

/* ---- Columns and lines: along time ---- */

struct plot {
	double step, width; /* from one mark to the next, and of a column */
	double zero;
};

static double plot_y(struct scale scale, double value)
{
	return PLOT_TOP + (1 - part(scale, value)) * PLOT_HEIGHT;
}

static void put_column(struct buf *out, const struct chart_mark *mark, struct plot plot, double x, double y, int number)
{
	buf_printf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", x - plot.width / 2,
	           fmin(y, plot.zero), plot.width, fabs(y - plot.zero));
	put_mark_class(out, mark, number);
	buf_lit(out, "/>");
}

static void put_line(struct buf *out, const struct chart *chart, struct scale scale, struct plot plot)
{
	buf_lit(out, "<polyline class=\"chart-line\" points=\"");
	for (int i = 0; i < chart->n; i++)
		buf_printf(out, "%.1f,%.1f ", (i + 0.5) * plot.step, plot_y(scale, chart->marks[i].value));
	buf_lit(out, "\"/>");
}

static void put_plot(struct buf *out, struct arena *a, const struct chart *chart, struct scale scale, int number)
{
	struct plot plot = { .step = (double)WIDTH / chart->n, .zero = plot_y(scale, 0) };
	int each = (chart->n + LABELS_MAX - 1) / LABELS_MAX;
	size_t room = (size_t)fmax(4, plot.step * each / LETTER_WIDTH);
	plot.width = fmin(48, plot.step * 0.7);
	if (chart->shape == CHART_LINE) put_line(out, chart, scale, plot);
	for (int i = 0; i < chart->n; i++) {
		const struct chart_mark *mark = &chart->marks[i];
		double x = (i + 0.5) * plot.step, y = plot_y(scale, mark->value);
		if (chart->shape == CHART_LINE)
			buf_printf(out, "<circle class=\"chart-mark\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", x, y);
		else put_column(out, mark, plot, x, y, number);
		if (chart->n <= VALUES_MAX)
			put_text(out, "chart-value chart-middle", x, fmin(y, plot.zero) - 7, mark->text);
		if (i % each == 0)
			put_label(out, a, "chart-label chart-middle", x, PLOT_TOP + PLOT_HEIGHT + 20, mark->label,
			          room);
	}
	buf_printf(out, "<path class=\"chart-axis\" d=\"M0 %.1fH%d\"/>", plot.zero, WIDTH);
}

struct html_safe chart_svg(struct arena *a, const struct chart *chart, int number)
{
	struct buf out;
	if (chart->n == 0) return (struct html_safe){ "", 0 };
	int height = chart->shape == CHART_BARS ? chart->n * BAR_STEP : PLOT_TOP + PLOT_HEIGHT + PLOT_BOTTOM;
	buf_init(&out, a, 0);
	buf_printf(&out,
	           "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"chart-title-%d "
	           "chart-desc-%d\">"
	           "<title id=\"chart-title-%d\">",
	           WIDTH, height, number, number, number);
	html_text(&out, chart->title);
	buf_printf(&out, "</title><desc id=\"chart-desc-%d\">", number);
	html_text(&out, chart->summary);
	buf_printf(&out,
	           "</desc><defs><pattern id=\"chart-hatch-%d\" width=\"6\" height=\"6\" "
	           "patternUnits=\"userSpaceOnUse\" "
	           "patternTransform=\"rotate(45)\"><path class=\"chart-hatch\" d=\"M0 0V6\"/></pattern></defs>",
	           number);
	if (chart->shape == CHART_BARS) put_bars(&out, a, chart, scale_of(chart), number);
	else put_plot(&out, a, chart, scale_of(chart), number);
	buf_lit(&out, "</svg>");
	return (struct html_safe){ buf_str(&out), out.len };
}
