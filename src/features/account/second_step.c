#include "features/account/second_step.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/audit.h"
#include "features/account/again.h"
#include "features/account/entry.h"
#include "features/account/second_step.html.h"
#include "net/uri.h"
#include "page/qr.h"
#include "web/web.h"

#define PENDING_MS (10LL * 60 * 1000)

/* "text.mac": what came from us and comes back. */
static const char *seal(const struct request *r, const char *text)
{
	char hex[HASH_HEX + 1];
	struct hash mac = hash_blake2b("2stp", site_secret(r->site), text, strlen(text));
	return arena_printf(r->arena, "%s.%s", text, hash_hex(&mac, hex));
}

/* The text of what seal made; NULL for anything else. */
static const char *unseal(const struct request *r, const char *sealed)
{
	const char *dot = strrchr(sealed, '.');
	if (dot == NULL) return NULL;
	const char *text = arena_strndup(r->arena, sealed, (size_t)(dot - sealed)), *right = seal(r, text);
	return strlen(right) == strlen(sealed) && sodium_memcmp(right, sealed, strlen(right)) == 0 ? text : NULL;
}

/* ---- At sign-in ---- */

static enum code show_code(struct request *r, const char *pending, const char *next, const char *mistake)
{
	if (mistake) r->response->status = 422;
	http_set(r->response, "Cache-Control", "no-store");
	r->page.title = tr(r->page.lang, N_("One step more"));
	r->page.hidden = true;
	second_step_code_page(request_out(r), &r->page, pending, next, mistake);
	return OK;
}

enum code second_step_ask(struct request *r, int64_t person, const char *next, bool stay)
{
	const char *text = arena_printf(r->arena, "%lld %d %lld", (long long)person, stay, (long long)clock_now());
	return show_code(r, seal(r, text), local_path(next, ""), NULL);
}

static const char *guesses(const struct request *r, int64_t person)
{
	return arena_printf(r->arena, "code %lld", (long long)person);
}

enum code second_step_limit(struct request *r, int64_t person, struct err *err)
{
	return web_limit(r, LIMIT_SIGN_IN_ACCOUNT, guesses(r, person), err);
}

void second_step_forget(struct request *r, int64_t person)
{
	web_limit_forget(r, LIMIT_SIGN_IN_ACCOUNT, guesses(r, person));
}

const char *second_step_wrong(const struct page *p)
{
	return _("This is not the code of this moment. Look again: it changes every thirty seconds, and serves once.");
}

struct passing {
	struct request *r;
	struct entry entry;
	const char *typed;
	bool right;
};

static enum code pass(struct tx *tx, void *arg, struct err *err)
{
	struct passing *p = arg;
	TRY(second_step_take(tx, p->r->arena, p->entry.person, p->typed, &p->right, err));
	p->entry.by = "code";
	return p->right ? entry_open(tx, &p->entry, err) : OK;
}

/* Who has shown the first half, and when. */
static bool read_pending(const struct request *r, int64_t *person, bool *stay)
{
	const char *text = unseal(r, request_form(r, "_pending"));
	char *end;
	if (text == NULL) return false;
	*person = strtoll(text, &end, 10);
	*stay = strtol(end, &end, 10) != 0;
	int64_t at = strtoll(end, &end, 10);
	return *end == '\0' && at <= clock_now() && clock_now() - at < PENDING_MS;
}

enum code second_step_post(struct request *r, struct err *err)
{
	struct passing p = { .r = r, .entry = { .r = r }, .typed = request_form(r, "code") };
	const char *next = request_form(r, "next");
	struct actor actor;
	if (!read_pending(r, &p.entry.person, &p.entry.stay)) return request_redirect(r, "/-/sign-in", "trop-tard");
	TRY(web_limit(r, LIMIT_SIGN_IN_ADDRESS, NULL, err));
	TRY(second_step_limit(r, p.entry.person, err));
	TRY(actor_load(r->db, r->arena, p.entry.person, &actor, err)); /* not blocked meanwhile */
	TRY(request_write(r, pass, &p, err));
	if (!p.right) {
		TRY(entry_refused(r, p.entry.person, "sign-in.code-fail", err));
		return show_code(r, request_form(r, "_pending"), next, second_step_wrong(&r->page));
	}
	second_step_forget(r, p.entry.person);
	entry_give(&p.entry);
	return request_redirect(r, local_path(next, "/"), "bienvenue");
}

/* ---- On one's account ---- */

/* The code that these forms ask for themselves is not asked twice. */
static enum code load_again(struct request *r, struct again *ret, struct err *err)
{
	TRY(again_load(r, AGAIN_ALWAYS, "/-/account/second-step", ret, err));
	ret->code = false;
	return OK;
}

static enum code show_setup(struct request *r, const char *sealed, const char *secret, struct issues *issues,
                            struct err *err)
{
	struct page *p = &r->page;
	struct person person;
	struct html_safe qr;
	struct buf url;
	struct again again;
	bool active;
	TRY(second_step_due(r->db, r->actor.person, &active, err));
	TRY(load_again(r, &again, err));
	TRY(person_load(r->db, r->arena, r->actor.person, &person, err));
	/* The address that telephones read: otpauth://totp/Site:name?secret=…&issuer=Site. */
	buf_init(&url, r->arena, 0);
	buf_puts(&url, "otpauth://totp/");
	uri_encode_part(&url, page_site_name(p));
	buf_puts(&url, ":");
	uri_encode_part(&url, *person.email ? person.email : person.name);
	uri_query_add(&url, "secret", secret);
	uri_query_add(&url, "issuer", page_site_name(p));
	TRY(qr_svg(r->arena, buf_str(&url), _("QR code for your telephone’s program of codes"), &qr, err));
	if (issues && issues->count) {
		r->response->status = 422;
		p->issues = issues;
	}
	http_set(r->response, "Cache-Control", "no-store");
	p->title = _("Second step when signing in");
	p->hidden = true;
	second_step_page(request_out(r), p, active, sealed, secret, qr, &again);
	return OK;
}

static enum code show_new(struct request *r, struct issues *issues, struct err *err)
{
	uint8_t secret[TOTP_SECRET];
	char text[TOTP_SECRET_TEXT + 1];
	random_bytes(secret, sizeof(secret));
	totp_secret_text(secret, text);
	return show_setup(r, seal(r, arena_printf(r->arena, "%lld %s", (long long)r->actor.person, text)), text, issues,
	                  err);
}

/* Nothing is kept before its first code came back right. */
enum code second_step_show(struct request *r, struct err *err)
{
	return show_new(r, NULL, err);
}

struct beginning {
	struct request *r;
	uint8_t secret[TOTP_SECRET];
	char spare[SPARE_CODES][SPARE_TEXT + 1];
};

static enum code note(struct tx *tx, struct request *r, const char *action, struct err *err)
{
	return audit_add(tx, r->arena, &r->actor, action, r->actor.id, NULL, err);
}

static enum code begin(struct tx *tx, void *arg, struct err *err)
{
	struct beginning *b = arg;
	TRY(second_step_begin(tx, b->r->arena, b->r->actor.person, b->secret, b->spare, err));
	return note(tx, b->r, "person.second-step", err);
}

static bool is_right(const uint8_t secret[static TOTP_SECRET], const char *typed)
{
	int64_t now = totp_step(clock_now());
	for (int64_t step = now - 1; step <= now + 1; step++) {
		char right[TOTP_CODE + 1];
		totp_code(secret, step, right);
		if (strcmp(right, typed) == 0) return true;
	}
	return false;
}

/* Another telephone takes the place of none: who would change it turns the first one off, with its code. */
static enum code check_off(struct request *r, struct err *err)
{
	bool active;
	TRY(second_step_due(r->db, r->actor.person, &active, err));
	if (active) FAIL(err, E_CONFLICT, N_("The second step is on already: turn it off first."));
	return OK;
}

enum code second_step_begin_post(struct request *r, struct err *err)
{
	struct beginning b = { .r = r };
	struct again again;
	struct issues issues;
	const char *sealed = request_form(r, "_secret"), *text = unseal(r, sealed);
	const char *own = arena_printf(r->arena, "%lld ", (long long)r->actor.person);
	if (text == NULL || strncmp(text, own, strlen(own)) != 0 || !totp_secret_parse(text + strlen(own), b.secret))
		return request_redirect(r, "/-/account/second-step", NULL);
	TRY(check_off(r, err));
	issues_init(&issues, r->arena);
	TRY(load_again(r, &again, err));
	TRY(second_step_limit(r, r->actor.person, err));
	TRY(again_check(r, &again, "again", &issues, err));
	if (!is_right(b.secret, request_form(r, "code")))
		issues_add(&issues, "code", "%s", second_step_wrong(&r->page));
	if (issues.count) return show_setup(r, sealed, text + strlen(own), &issues, err);
	TRY(request_write(r, begin, &b, err));
	http_set(r->response, "Cache-Control", "no-store");
	r->page.title = tr(r->page.lang, N_("Your spare codes"));
	r->page.hidden = true;
	spare_codes_page(request_out(r), &r->page, b.spare);
	return OK;
}

static enum code end(struct tx *tx, void *arg, struct err *err)
{
	struct passing *p = arg;
	TRY(second_step_take(tx, p->r->arena, p->entry.person, p->typed, &p->right, err));
	if (!p->right) return OK;
	TRY(second_step_end(tx, p->entry.person, err));
	return note(tx, p->r, "person.second-step-end", err);
}

enum code second_step_end_post(struct request *r, struct err *err)
{
	struct passing p = { .r = r, .entry = { .person = r->actor.person }, .typed = request_form(r, "code") };
	struct again again;
	struct issues issues;
	issues_init(&issues, r->arena);
	TRY(load_again(r, &again, err));
	TRY(second_step_limit(r, r->actor.person, err));
	TRY(again_check(r, &again, "again", &issues, err));
	enum code code = issues.count ? OK : request_write(r, end, &p, err);
	if (code == E_NOT_FOUND) return request_redirect(r, "/-/account/second-step", NULL);
	TRY(code);
	if (p.right) return request_redirect(r, "/-/account/second-step", "deux-etapes-finies");
	if (issues.count == 0) issues_add(&issues, "code", "%s", second_step_wrong(&r->page));
	return show_new(r, &issues, err);
}
