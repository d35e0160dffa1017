#include "net/exchange.h"

#include <stdlib.h>

#include "net/response.h"

/* What a request is before it is read: strings are never NULL, so that the log needs no tests. */
static const struct http_request nothing = {
	.method = HTTP_OTHER,
	.target = "",
	.path = "",
	.query = "",
	.body = "",
	.body_fd = -1,
	.peer = "",
	.scheme = "http",
	.host = "",
};

struct exchange *exchange_new(void)
{
	struct exchange *ex = calloc(1, sizeof(*ex));
	if (ex == NULL) die("out of memory");
	arena_init(&ex->arena);
	message_init(&ex->message);
	ex->rs.file_fd = -1;
	ex->rq = nothing;
	return ex;
}

void exchange_reset(struct exchange *ex)
{
	message_reset(&ex->message);
	response_reset(&ex->rs);
	buf_reset(&ex->head);
	arena_reset(&ex->arena);
	ex->rq = nothing;
	ex->connection = NULL;
}

void exchange_free(struct exchange *ex)
{
	exchange_reset(ex);
	message_release(&ex->message);
	buf_release(&ex->rs.body);
	buf_release(&ex->head);
	arena_release(&ex->arena);
	free(ex);
}

bool exchange_run(struct exchange *ex, const struct server_options *options, struct arena *arena, bool fast)
{
	ex->rq.arena = arena;
	if (!fast) {
		options->handle(options->context, &ex->rq, &ex->rs);
	} else if (!options->fast(options->context, &ex->rq, &ex->rs)) {
		response_reset(&ex->rs);
		return false;
	}
	if (ex->rs.status < 200 || ex->rs.status > 599 || ex->rs.body.over) response_error(&ex->rs, 500);
	response_head(&ex->rs, &ex->head);
	/* The fields' memory is the arena's: nobody may look at them any more. */
	ex->rs.nheaders = 0;
	ex->rq.arena = NULL;
	return true;
}
