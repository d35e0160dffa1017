#include "paper/paper.h"

#include <string.h>

#include "base/text.h"
#include "paper/finish.h"
#include "paper/flow.h"
#include "paper/poster.h"

enum code paper_make(struct arena *a, const struct paper *paper, struct buf *out, struct paper_made *ret,
                     struct err *err)
{
	struct sheet s;
	struct buf pdf;
	if (paper->n < 1) FAIL(err, E_INPUT, N_("There is nothing to print here."));
	buf_init(&pdf, a, 0);
	TRY(sheet_open(&s, a, paper, &pdf, err));
	if (paper->kind == PAPER_POSTER) poster_draw(&s);
	else flow_draw(&s);
	TRY(sheet_close(&s, err));
	TRY(finish_pdf(paper, &pdf, err));
	buf_add(out, pdf.data, pdf.len);
	*ret = s.made;
	return OK;
}
