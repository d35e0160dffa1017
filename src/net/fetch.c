#include "net/fetch.h"

#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

#ifdef PARVIS_TEST_BUILD
bool fetch_anywhere;
#define ANYWHERE fetch_anywhere
#else
#define ANYWHERE false
#endif

/* ---- Where one may ask ---- */

bool address_is_private(const struct address *address)
{
	static const char *const kept[] = {
		"0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
		"172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
		"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
		"::1/128",       "64:ff9b::/96",    "64:ff9b:1::/48", "100::/64",       "2001::/23",
		"2001:db8::/32", "2002::/16",       "fc00::/7",       "fe80::/10",      "fec0::/10",
		"ff00::/8",      "::/96",
	};
	if (address_is_none(address)) return true;
	for (size_t i = 0; i < COUNT(kept); i++) {
		struct address_prefix prefix;
		if (address_prefix_parse(kept[i], &prefix) && address_in(address, &prefix)) return true;
	}
	return false;
}

enum code fetch_address(struct arena *a, const char *typed, const char **ret, struct err *err)
{
	static const char *const schemes[][2] = { { "webcal://", "https://" },
		                                  { "webcals://", "https://" },
		                                  { "https://", "https://" },
		                                  { "http://", "http://" } };
	if (strlen(typed) > FETCH_ADDRESS) FAIL(err, E_INPUT, N_("This address is too long."));
	for (const char *c = typed; *c; c++)
		if ((unsigned char)*c <= ' ' || *c == '"' || *c == '<' || *c == '>' || *c == '\\')
			FAIL(err, E_INPUT, N_("This address has a sign that none has: copy it again."));
	for (size_t i = 0; i < COUNT(schemes); i++) {
		size_t len = strlen(schemes[i][0]);
		if (strncasecmp(typed, schemes[i][0], len) != 0) continue;
		const char *rest = typed + len;
		size_t host = strcspn(rest, "/?#");
		if (host == 0) break;
		if (memchr(rest, '@', host))
			FAIL(err, E_INPUT, N_("An address with a name or a password in it is not asked for."));
		*ret = arena_printf(a, "%s%s", schemes[i][1], rest);
		return OK;
	}
	FAIL(err, E_INPUT, N_("“%s” is not the address of a calendar. Example: https://maison.example/agenda.ics"),
	     typed);
}

/* ---- Asking ---- */

struct asking {
	struct buf body;
	size_t max;
	bool over, barred;
	struct arena *a;
	const char *etag, *modified;
};

static curl_socket_t open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct asking *asking = arg;
	struct address address = address_of(&to->addr);
	bool inet = to->family == AF_INET || to->family == AF_INET6;
	if (purpose != CURLSOCKTYPE_IPCXN || !inet || (!ANYWHERE && address_is_private(&address))) {
		asking->barred = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t take(char *data, size_t size, size_t n, void *arg)
{
	struct asking *asking = arg;
	if (asking->body.len + size * n > asking->max) {
		asking->over = true;
		return 0;
	}
	buf_add(&asking->body, data, size * n);
	return size * n;
}

static const char *field_value(struct arena *a, const char *line, size_t len, const char *name)
{
	size_t skip = strlen(name);
	if (len <= skip || strncasecmp(line, name, skip) != 0) return NULL;
	while (skip < len && line[skip] == ' ') skip++;
	while (len > skip && (unsigned char)line[len - 1] <= ' ') len--;
	return len - skip < 300 ? arena_strndup(a, line + skip, len - skip) : NULL;
}

static size_t hear(char *data, size_t size, size_t n, void *arg)
{
	struct asking *asking = arg;
	const char *value;
	if (size * n > 5 && strncmp(data, "HTTP/", 5) == 0) { /* of the last answer only */
		asking->etag = asking->modified = NULL;
		buf_reset(&asking->body);
	}
	if ((value = field_value(asking->a, data, size * n, "etag:")) != NULL) asking->etag = value;
	if ((value = field_value(asking->a, data, size * n, "last-modified:")) != NULL) asking->modified = value;
	return size * n;
}

#define SET(option, value) (void)curl_easy_setopt(curl, (option), (value))

static void set_asking(CURL *curl, const struct fetch *fetch, struct asking *asking)
{
	SET(CURLOPT_URL, fetch->url);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_FOLLOWLOCATION, 1L);
	SET(CURLOPT_MAXREDIRS, (long)FETCH_REDIRECTIONS);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_CONNECTTIMEOUT, (long)FETCH_SECONDS / 2);
	SET(CURLOPT_TIMEOUT, (long)FETCH_SECONDS);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_USERAGENT, "Parvis");
	SET(CURLOPT_ACCEPT_ENCODING, "");
	SET(CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(CURLOPT_OPENSOCKETDATA, asking);
	SET(CURLOPT_WRITEFUNCTION, take);
	SET(CURLOPT_WRITEDATA, asking);
	SET(CURLOPT_HEADERFUNCTION, hear);
	SET(CURLOPT_HEADERDATA, asking);
}

static enum code judge(CURLcode code, const struct asking *asking, long status, struct err *err)
{
	if (asking->barred)
		FAIL(err, E_INPUT, N_("This address leads into a private network, where the site does not ask."));
	if (asking->over) FAIL(err, E_INPUT, N_("What it answers is over %d MB."), (int)(asking->max >> 20));
	if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
		FAIL(err, E_INPUT, N_("This is not an address that can be asked."));
	if (code == CURLE_COULDNT_RESOLVE_HOST)
		FAIL(err, E_IO, N_("No site has this name: look at the address again."));
	if (code == CURLE_COULDNT_CONNECT) FAIL(err, E_IO, N_("Nothing answers at this address."));
	if (code == CURLE_OPERATION_TIMEDOUT) FAIL(err, E_IO, N_("It takes too long to answer."));
	if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR)
		FAIL(err, E_IO, N_("Its connection is not safe (certificate): the site does not ask it."));
	if (code != CURLE_OK) FAIL(err, E_IO, N_("It does not answer: %s"), curl_easy_strerror(code));
	if (status == 304 || (status >= 200 && status < 300)) return OK;
	if (status >= 500 || status == 429) FAIL(err, E_IO, N_("It answers with an error (%d)."), (int)status);
	FAIL(err, E_INPUT, N_("It answers that there is nothing to read at this address (%d)."), (int)status);
}

enum code fetch_get(struct arena *a, const struct fetch *fetch, struct fetched *ret, struct err *err)
{
	struct asking asking = { .max = fetch->max, .a = a };
	struct curl_slist *fields = NULL;
	long status = 0;
	CURL *curl = curl_easy_init();
	if (curl == NULL) die("out of memory");
	buf_init(&asking.body, a, 0);
	fields = curl_slist_append(fields, arena_printf(a, "Accept: %s", fetch->accept));
	if (fetch->etag) fields = curl_slist_append(fields, arena_printf(a, "If-None-Match: %s", fetch->etag));
	if (fetch->modified)
		fields = curl_slist_append(fields, arena_printf(a, "If-Modified-Since: %s", fetch->modified));
	set_asking(curl, fetch, &asking);
	SET(CURLOPT_HTTPHEADER, fields);
	CURLcode done = curl_easy_perform(curl);
	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	enum code code = judge(done, &asking, status, err);
	curl_slist_free_all(fields);
	curl_easy_cleanup(curl);
	TRY(code);
	*ret = (struct fetched){ status != 304, buf_str(&asking.body), asking.body.len, asking.etag, asking.modified };
	return OK;
}
