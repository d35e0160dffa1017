#include "paper/finish.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

struct finish {
	qpdf_data pdf;
	const struct paper *paper;
	int figures;
};

enum { DEPTH = 8 }; /* of the tree of tags; ours has four */

static void tell_figure(struct finish *f, qpdf_oh element)
{
	const struct paper_picture *picture = f->paper->picture;
	const char *alt = picture && f->figures == 0 ? picture->alt : f->paper->url;
	f->figures++;
	qpdf_oh_replace_key(f->pdf, element, "/Alt", qpdf_oh_new_unicode_string(f->pdf, alt ? alt : ""));
}

static void walk(struct finish *f, qpdf_oh element, int depth)
{
	if (depth > DEPTH) return;
	if (qpdf_oh_is_array(f->pdf, element)) {
		int n = qpdf_oh_get_array_n_items(f->pdf, element);
		for (int i = 0; i < n; i++) walk(f, qpdf_oh_get_array_item(f->pdf, element, i), depth);
		return;
	}
	if (!qpdf_oh_is_dictionary(f->pdf, element)) return;
	qpdf_oh kind = qpdf_oh_get_key(f->pdf, element, "/S");
	if (qpdf_oh_is_name(f->pdf, kind) && strcmp(qpdf_oh_get_name(f->pdf, kind), "/Figure") == 0)
		tell_figure(f, element);
	walk(f, qpdf_oh_get_key(f->pdf, element, "/K"), depth + 1);
}

static void tell(struct finish *f)
{
	qpdf_oh root = qpdf_get_root(f->pdf), shown = qpdf_oh_new_dictionary(f->pdf);
	qpdf_oh marks = qpdf_oh_new_dictionary(f->pdf);
	qpdf_oh_replace_key(f->pdf, marks, "/Marked", qpdf_oh_new_bool(f->pdf, QPDF_TRUE));
	qpdf_oh_replace_key(f->pdf, root, "/MarkInfo", marks);
	qpdf_oh_replace_key(f->pdf, root, "/Lang", qpdf_oh_new_unicode_string(f->pdf, f->paper->lang));
	qpdf_oh_replace_key(f->pdf, shown, "/DisplayDocTitle", qpdf_oh_new_bool(f->pdf, QPDF_TRUE));
	qpdf_oh_replace_key(f->pdf, root, "/ViewerPreferences", shown);
	qpdf_oh tree = qpdf_oh_get_key(f->pdf, root, "/StructTreeRoot");
	if (qpdf_oh_is_dictionary(f->pdf, tree)) walk(f, qpdf_oh_get_key(f->pdf, tree, "/K"), 0);
}

enum code finish_pdf(const struct paper *paper, struct buf *pdf, struct err *err)
{
	struct finish f = { .pdf = qpdf_init(), .paper = paper };
	qpdf_set_suppress_warnings(f.pdf, QPDF_TRUE);
	qpdf_silence_errors(f.pdf);
	bool done = qpdf_read_memory(f.pdf, "sheet", pdf->data, pdf->len, NULL) == QPDF_SUCCESS;
	if (done) tell(&f);
	done = done && qpdf_init_write_memory(f.pdf) == QPDF_SUCCESS;
	if (done) {
		qpdf_set_deterministic_ID(f.pdf, QPDF_TRUE);
		done = qpdf_write(f.pdf) == QPDF_SUCCESS;
	}
	if (done) {
		buf_reset(pdf);
		buf_add(pdf, qpdf_get_buffer(f.pdf), qpdf_get_buffer_length(f.pdf));
	}
	qpdf_cleanup(&f.pdf);
	if (!done) FAIL(err, E_IO, N_("the sheet cannot be finished"));
	return OK;
}
