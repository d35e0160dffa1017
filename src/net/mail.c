#include "net/mail.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fd.h"

enum { CONNECT_SECONDS = 15, WHOLE_SECONDS = 60 };

/* ---- Into the folder ---- */

static enum code write_all(int fd, const char *data, size_t len, struct err *err)
{
	while (len) {
		ssize_t n = write(fd, data, len);
		if (n < 0 && errno != EINTR) FAIL(err, E_IO, N_("the letter cannot be written: %s"), strerror(errno));
		if (n > 0) data += n, len -= (size_t)n;
	}
	return OK;
}

static enum code put_into_folder(const char *folder, const struct mail *mail, const struct buf *message,
                                 struct err *err)
{
	char id[ID_TEXT + 1];
	struct arena a;
	arena_init(&a);
	const char *path = arena_printf(&a, "%s/%s.eml", folder, id_format(mail->id, id));
	enum code code = OK;
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		code = err_set(err, E_IO, N_("the folder of letters cannot be made: %s"), strerror(errno));
	AUTO(close_fd) int fd = code == OK ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
	if (code == OK && fd < 0) code = err_set(err, E_IO, N_("the letter cannot be written: %s"), strerror(errno));
	if (code == OK) code = write_all(fd, message->data, message->len, err);
	arena_release(&a);
	return code;
}

/* ---- To the server ---- */

struct reading {
	const struct buf *message;
	size_t at;
};

static size_t give(char *out, size_t size, size_t n, void *arg)
{
	struct reading *reading = arg;
	size_t len = MIN(size * n, reading->message->len - reading->at);
	memcpy(out, reading->message->data + reading->at, len);
	reading->at += len;
	return len;
}

/* The last thing the server complained of: "550 5.1.1 no such user". */
struct answer {
	char line[160];
};

static size_t hear(char *data, size_t size, size_t n, void *arg)
{
	struct answer *answer = arg;
	size_t len = MIN(size * n, sizeof(answer->line) - 1);
	if (*data != '4' && *data != '5') return size * n;
	while (len && (data[len - 1] == '\n' || data[len - 1] == '\r')) len--;
	memcpy(answer->line, data, len);
	answer->line[len] = '\0';
	return size * n;
}

static bool is_here(const char *url)
{
	static const char *const here[] = { "smtp://localhost", "smtp://127.", "smtp://[::1]" };
	for (size_t i = 0; i < COUNT(here); i++)
		if (strncmp(url, here[i], strlen(here[i])) == 0) return true;
	return false;
}

#define SET(option, value) (void)curl_easy_setopt(curl, (option), (value))

static void set_server(CURL *curl, const struct mail_server *server)
{
	SET(CURLOPT_URL, server->url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_USE_SSL, (long)(is_here(server->url) ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	SET(CURLOPT_PROXY, ""); /* whatever the environment says: to the server that was named */
	if (server->user) SET(CURLOPT_USERNAME, server->user);
	if (server->password) SET(CURLOPT_PASSWORD, server->password);
	SET(CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	SET(CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
	SET(CURLOPT_NOSIGNAL, 1L);
}

/* 5xx about the letter or its address is for good (RFC 5321 §4.2.1); 530, 535 are about us: our password,
 * our encryption. */
static bool is_for_good(const struct answer *answer)
{
	return answer->line[0] == '5' && answer->line[1] == '5';
}

static enum code judge(CURLcode code, const struct answer *answer, const char *why, struct err *err)
{
	if (code == CURLE_OK) return OK;
	if (is_for_good(answer)) FAIL(err, E_INPUT, N_("the mail server refuses: %s"), answer->line);
	FAIL(err, E_IO, N_("the mail server did not take the letter: %s"),
	     *answer->line ? answer->line
	     : *why        ? why
	                   : curl_easy_strerror(code));
}

static enum code give_to_server(const struct mail_server *server, const struct mail *mail, const struct buf *message,
                                struct err *err)
{
	char why[CURL_ERROR_SIZE] = "";
	struct reading reading = { .message = message };
	struct answer answer = { "" };
	CURL *curl = curl_easy_init();
	struct curl_slist *to = curl_slist_append(NULL, mail->to);
	if (curl == NULL || to == NULL) die("out of memory");
	set_server(curl, server);
	SET(CURLOPT_MAIL_FROM, server->from);
	SET(CURLOPT_MAIL_RCPT, to);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_READFUNCTION, give);
	SET(CURLOPT_READDATA, &reading);
	SET(CURLOPT_HEADERFUNCTION, hear);
	SET(CURLOPT_HEADERDATA, &answer);
	SET(CURLOPT_ERRORBUFFER, why);
	CURLcode code = curl_easy_perform(curl);
	enum code ret = judge(code, &answer, why, err);
	curl_slist_free_all(to);
	curl_easy_cleanup(curl);
	return ret;
}

enum code mail_send(const struct mail_server *server, const struct mail *mail, struct err *err)
{
	struct buf message = { 0 };
	if (!mail_address_is_safe(mail->to))
		FAIL(err, E_INPUT, N_("“%s” is not an address that a letter can go to"), mail->to);
	mail_compose(&message, server, mail);
	enum code code = server->url ? give_to_server(server, mail, &message, err)
	                             : put_into_folder(server->folder, mail, &message, err);
	buf_release(&message);
	return code;
}
