#include "net/response.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { KEPT_BODY = 256 * 1024 };

/* Every status of ours; those with a sentence are those the server itself answers with. */
static const struct status {
	int code;
	const char *reason, *french, *english;
} statuses[] = {
	{ 200, "OK", NULL, NULL },
	{ 201, "Created", NULL, NULL },
	{ 202, "Accepted", NULL, NULL },
	{ 204, "No Content", NULL, NULL },
	{ 206, "Partial Content", NULL, NULL },
	{ 301, "Moved Permanently", NULL, NULL },
	{ 302, "Found", NULL, NULL },
	{ 303, "See Other", NULL, NULL },
	{ 304, "Not Modified", NULL, NULL },
	{ 307, "Temporary Redirect", NULL, NULL },
	{ 308, "Permanent Redirect", NULL, NULL },
	{ 400, "Bad Request", "Cette demande est mal formée.", "This request is malformed." },
	{ 401, "Unauthorized", NULL, NULL },
	{ 403, "Forbidden", NULL, NULL },
	{ 404, "Not Found", NULL, NULL },
	{ 405, "Method Not Allowed", NULL, NULL },
	{ 406, "Not Acceptable", NULL, NULL },
	{ 408, "Request Timeout", "La demande a mis trop longtemps à arriver. Réessayez.",
	  "The request took too long to arrive. Please try again." },
	{ 409, "Conflict", NULL, NULL },
	{ 410, "Gone", NULL, NULL },
	{ 412, "Precondition Failed", NULL, NULL },
	{ 413, "Content Too Large", "Ce que vous envoyez est trop gros pour cette page.",
	  "What you are sending is too big for this page." },
	{ 414, "URI Too Long", "Cette adresse est trop longue.", "This address is too long." },
	{ 415, "Unsupported Media Type", NULL, NULL },
	{ 416, "Range Not Satisfiable", NULL, NULL },
	{ 417, "Expectation Failed", "Cette demande attend ce que le site ne sait pas faire.",
	  "This request expects what this site cannot do." },
	{ 422, "Unprocessable Content", NULL, NULL },
	{ 429, "Too Many Requests", NULL, NULL },
	{ 431, "Request Header Fields Too Large",
	  "Votre navigateur envoie trop d’informations. Effacez les cookies de ce site et "
	  "réessayez.",
	  "Your browser sends too much information. Delete this site’s cookies and try again." },
	{ 500, "Internal Server Error", "Une erreur s’est produite sur le site.",
	  "Something went wrong on this site." },
	{ 501, "Not Implemented", "Le site ne sait pas faire cela.", "This site cannot do that." },
	{ 503, "Service Unavailable", "Le site est très occupé en ce moment. Réessayez dans quelques secondes.",
	  "This site is very busy right now. Please try again in a few seconds." },
	{ 505, "HTTP Version Not Supported", "Cette version de HTTP n’est pas reconnue.",
	  "This version of HTTP is not supported." },
	{ 507, "Insufficient Storage", NULL, NULL },
};

static const struct status *find_status(int code)
{
	for (size_t i = 0; i < COUNT(statuses); i++)
		if (statuses[i].code == code) return &statuses[i];
	return NULL;
}

const char *http_header(const struct http_request *rq, const char *name)
{
	for (int i = 0; i < rq->nheaders; i++)
		if (strcasecmp(rq->headers[i].name, name) == 0) return rq->headers[i].value;
	return NULL;
}

/* The fields that frame an answer are written here and nowhere else. */
static bool is_ours(const char *name)
{
	static const char *const ours[] = { "Connection", "Content-Length", "Date", "Transfer-Encoding",
		                            "X-Request-Id" };
	for (size_t i = 0; i < COUNT(ours); i++)
		if (strcasecmp(name, ours[i]) == 0) return true;
	return false;
}

void http_set(struct http_response *rs, const char *name, const char *value)
{
	if (strpbrk(name, "\r\n: ") || strpbrk(value, "\r\n")) die("http_set: %s: line end in a field", name);
	if (is_ours(name)) die("http_set: %s is the server's", name);
	if (rs->nheaders == HTTP_RESPONSE_HEADERS) die("http_set: %s: too many fields", name);
	rs->headers[rs->nheaders++] = (struct http_header){ name, value };
}

void response_reset(struct http_response *rs)
{
	if (rs->file_fd >= 0) close(rs->file_fd);
	rs->file_fd = -1;
	rs->file_size = 0;
	rs->file_offset = 0;
	rs->status = 0;
	rs->nheaders = 0;
	rs->close = false;
	if (rs->body.cap > KEPT_BODY) buf_release(&rs->body);
	buf_reset(&rs->body);
}

void response_error(struct http_response *rs, int status)
{
	bool close = rs->close;
	response_reset(rs);
	const struct status *row = find_status(status);
	if (row == NULL || row->french == NULL) row = find_status(500);
	rs->status = row->code;
	rs->close = close;
	http_set(rs, "Content-Type", "text/html; charset=utf-8");
	http_set(rs, "Cache-Control", "no-store");
	http_set(rs, "X-Content-Type-Options", "nosniff");
	http_set(rs, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
	if (status == 503) http_set(rs, "Retry-After", "2");
	buf_printf(&rs->body,
	           "<!doctype html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\">"
	           "<meta name=\"viewport\" content=\"width=device-width\"><title>%d</title></head>\n"
	           "<body><h1>%s</h1><p lang=\"en\">%s (%d %s)</p></body></html>\n",
	           row->code, row->french, row->english, row->code, row->reason);
}

void response_head(const struct http_response *rs, struct buf *out)
{
	const struct status *status = find_status(rs->status);
	buf_reset(out);
	buf_printf(out, "HTTP/1.1 %03d %s\r\n", rs->status, status ? status->reason : "Other");
	for (int i = 0; i < rs->nheaders; i++) {
		buf_puts(out, rs->headers[i].name);
		buf_lit(out, ": ");
		buf_puts(out, rs->headers[i].value);
		buf_lit(out, "\r\n");
	}
}

int64_t response_size(const struct http_response *rs)
{
	return rs->file_fd >= 0 ? rs->file_size : (int64_t)rs->body.len;
}

static bool status_has_body(int status)
{
	return status != 204 && status != 304;
}

bool response_has_body(enum http_method method, const struct http_response *rs)
{
	return method != HTTP_HEAD && status_has_body(rs->status);
}

void response_end(const struct http_response *rs, const char *date, const char *id, bool close, struct buf *out)
{
	buf_lit(out, "Date: ");
	buf_puts(out, date);
	buf_lit(out, "\r\nX-Request-Id: ");
	buf_puts(out, id);
	if (status_has_body(rs->status)) buf_printf(out, "\r\nContent-Length: %lld", (long long)response_size(rs));
	if (close) buf_lit(out, "\r\nConnection: close");
	buf_lit(out, "\r\n\r\n");
}

char *http_date(int64_t ms, char out[static HTTP_DATE])
{
	/* Not strftime: its names depend on the locale. */
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;
	gmtime_r(&seconds, &tm);
	snprintf(out, HTTP_DATE, "%.3s, %02u %.3s %04u %02u:%02u:%02u GMT", days + tm.tm_wday * 3,
	         (unsigned)tm.tm_mday % 100, months + tm.tm_mon * 3, (unsigned)(tm.tm_year + 1900) % 10000,
	         (unsigned)tm.tm_hour % 100, (unsigned)tm.tm_min % 100, (unsigned)tm.tm_sec % 100);
	return out;
}
