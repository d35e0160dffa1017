#include "features/register/register.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "core/retention.h"
#include "features/audit/audit_keep.h"
#include "features/form_edit/retention_page.h"

/* What the program keeps by itself. Durations are those of the code: core/session.h, core/letter.h, core/news.h,
 * core/join_request.h, features/upkeep. To add one: a row. */
static const struct {
	const char *name, *purpose, *basis, *people, *data, *recipients, *duration;
	const char *(*lasts)(const struct page *p); /* instead of duration: a setting says it */
} own[] = {
	{ N_("Accounts"), N_("To know who writes, to let people in, to give them their roles."),
	  N_("a contract with the person, as of members"), N_("people with an account"),
	  N_("name, e-mail address if given, language, roles and spaces; the fingerprint of the password, the second step"),
	  N_("the name: whoever reads what the person wrote; the address: administrators"),
	  N_("until the account is erased, which each person does by herself"), NULL },
	{ N_("Open sessions"), N_("To stay signed in, and to close a browser from afar."),
	  N_("a contract with the person, as of members"), N_("people with an account"),
	  N_("the browser’s name, when it was opened and last seen; no address of the network"), N_("the person alone"),
	  N_("14 days without a visit, 90 in all; two hours with a printed card"), NULL },
	{ N_("Who wrote what"), N_("So that opening the pages to all is not losing them: history, and the way back."),
	  N_("a legitimate interest, weighed against the person’s"), N_("whoever writes, with or without an account"),
	  N_("who, when, what changed"), N_("whoever reads the page"),
	  N_("as long as the page; at an erasure the name goes, and the texts as the person chooses"), NULL },
	{ N_("Contributing without an account"), N_("To let somebody correct later what she wrote."),
	  N_("the person agrees, and may change her mind"), N_("guests"),
	  N_("the name that they give if any; the fingerprint of their code"), N_("whoever reads the page"),
	  N_("as long as what they wrote; two days when they left nothing"), NULL },
	{ N_("Children’s accounts"),
	  N_("To have a parent’s agreement where the law asks for it (RGPD, article 8), and to protect children."),
	  N_("the law asks for it"), N_("who says to be under the age, and a parent"),
	  N_("that she said so, when and how a parent agreed, who noted it; no date of birth, no paper; the parent’s address only until the answer"),
	  N_("the person; who looks after a space, until the answer"),
	  N_("until she says that she is old enough, or the account is erased; 30 days without an answer"), NULL },
	{ N_("Texts that people accept"), N_("To show who accepted which version of the conditions, and when."),
	  N_("the law asks for it"), N_("whoever was asked to accept a text, with or without an account"),
	  N_("the text and its version, when and how it was accepted or refused; no address of the network"),
	  N_("the person; administrators, as numbers only"), N_("until the account is erased"), NULL },
	{ N_("Requests to join a space"), N_("To answer those who ask."),
	  N_("the person agrees, and may change her mind"), N_("people who ask to join"),
	  N_("name, a word to the facilitators, their answer"), N_("the facilitators of the space"),
	  N_("until the answer; 90 days when it is no"), NULL },
	{ N_("Letters by e-mail"), N_("Links to sign in, answers, what people chose to be told."),
	  N_("a contract with the person, as of members"), N_("people who gave an address"),
	  N_("address, subject; the text until the letter has left"), N_("the site’s mail server; administrators"),
	  N_("30 days"), NULL },
	{ N_("What people follow"), N_("To tell them what happens there, as they chose."),
	  N_("the person agrees, and may change her mind"), N_("people with an account"),
	  N_("what they follow, what they were told, how and when"), N_("the person alone"),
	  N_("until she stops; 90 days for what was told"), NULL },
	{ N_("Comments and thanks"), N_("To talk below the pages, to recognise what others brought."),
	  N_("a contract with the person, as of members"), N_("whoever writes, with or without an account"),
	  N_("who, when, what was said"), N_("comments: whoever reads the page; names of thanks: members"),
	  N_("as long as the page, or until the person takes it away"), NULL },
	{ N_("Positions in debates"), N_("To show who thinks what, why, and how minds move."),
	  N_("the person agrees, and may change her mind"),
	  N_("whoever takes position, with or without an account; first names that a facilitator enters for a group"),
	  N_("who, position, reason, positions before, when"), N_("whoever reads the page"),
	  N_("as long as the page, or until the person or a facilitator takes it away"), NULL },
	{ N_("Answers to questionnaires"), N_("To know what people need and think, as each questionnaire says."),
	  N_("the person agrees, and may change her mind"), N_("whoever answers, with or without an account"),
	  N_("what was answered, when, how it was entered and by whom; who answered, kept apart, unless the questionnaire is anonymous: then neither who nor when"),
	  N_("who looks after the questionnaire; of a confidential one, without who answered"),
	  N_("what is begun: 90 days; what is sent: as long as the questionnaire says, then without names"), NULL },
	{ N_("Signing up to events"),
	  N_("To know who comes, to tell them what changes, to have the attendance sheet signed."),
	  N_("the person agrees, and may change her mind"),
	  N_("whoever signs up, with or without an account; whom an organiser enters by hand"),
	  N_("name, how many adults and children, answers to the questions, an address if given, who came"),
	  N_("who announced the event and facilitators; everybody: numbers, and the name of who agrees"),
	  N_("60 days after the event, unless its form says otherwise; numbers stay"), NULL },
	{ N_("Answers in private"), N_("To answer a notice without showing one’s address."),
	  N_("a contract with the person, as of members"), N_("who cries a notice, and who answers it"),
	  N_("who, when, what was said"), N_("both of them; facilitators, the message that one of them reports"),
	  N_("six months after the last word; at once when either account, or the notice, is erased"), NULL },
	{ N_("Reports and decisions"),
	  N_("To answer what is reported, and to decide with a reason (DSA, articles 16 and 17)."),
	  N_("the law asks for it"), N_("who reports, who is concerned, who decides"),
	  N_("page, reason, rule, decision, answer"), N_("facilitators; the public log, without names"),
	  N_("as long as the site; names go when the account is erased"), NULL },
	{ N_("Log of administration"), N_("To know who changed roles and settings, or took data away."),
	  N_("a legitimate interest, weighed against the person’s"), N_("people with an account"),
	  N_("who, when, what; neither passwords nor addresses"), N_("administrators"), NULL, audit_months_words },
	{ N_("Backups"), N_("To bring the site back after a loss."),
	  N_("a legitimate interest, weighed against the person’s"), N_("all of the above"), N_("a copy of all of it"),
	  N_("administrators, and whoever keeps the copies"),
	  N_("until newer ones replace them; what is erased is erased again before a copy is brought back"), NULL },
};

static struct processing own_one(const struct page *p, size_t i)
{
	return (struct processing){ .name = _(own[i].name),
		                    .purpose = _(own[i].purpose),
		                    .basis = _(own[i].basis),
		                    .people = _(own[i].people),
		                    .data = _(own[i].data),
		                    .recipients = _(own[i].recipients),
		                    .duration = own[i].lasts ? own[i].lasts(p) : _(own[i].duration) };
}

static const char *basis_said(const struct page *p, const char *key)
{
	for (const struct basis *b = bases; b->key; b++)
		if (strcmp(b->key, key) == 0) return _(b->words);
	return "";
}

/* Who reads the answers, by the audience of each. */
static const char *readers(const struct page *p, const struct form *form)
{
	static const char *const words[AUDIENCE_COUNT] = {
		[AUDIENCE_PUBLIC] = N_("whoever reads the page"),
		[AUDIENCE_MEMBERS] = N_("the members of the space"),
		[AUDIENCE_FACILITATORS] = N_("its facilitators"),
	};
	struct buf out;
	buf_init(&out, p->arena, 0);
	for (int audience = 0; audience < AUDIENCE_COUNT; audience++) {
		bool first = true;
		for (int i = 0; i < form->nfields; i++) {
			const struct field *field = &form->fields[i];
			if ((int)field->audience != audience || !field_is_personal(field)) continue;
			if (first) buf_printf(&out, "%s%s (", out.len ? "; " : "", _(words[audience]));
			buf_printf(&out, "%s%s", first ? "" : ", ", t(p, &field->label));
			first = false;
		}
		if (!first) buf_lit(&out, ")");
	}
	return buf_str(&out);
}

static const char *duration(const struct page *p, const struct form *form)
{
	struct issues none;
	issues_init(&none, p->arena);
	const struct retention rule = retention_read(form, &none);
	if (rule.months == 0) return _("as long as the page");
	const char *then = _(retention_then_words(rule.then));
	if (rule.from)
		return page_printf(
		        p, _n("%1$d month after “%2$s”, then %3$s", "%1$d months after “%2$s”, then %3$s", rule.months),
		        rule.months, t(p, &rule.from->label), then);
	return page_printf(p,
	                   _n("%1$d month after the last change, then %2$s",
	                      "%1$d months after the last change, then %2$s", rule.months),
	                   rule.months, then);
}

static struct processing of_form(const struct page *p, const struct form *form)
{
	return (struct processing){ .name = t(p, &form->plural),
		                    .purpose = json_str_or(form->definition, "purpose", ""),
		                    .basis = basis_said(p, json_str_or(form->definition, "basis", "")),
		                    .people = _("people named in these pages, and who writes them"),
		                    .data = personal_fields(p, form),
		                    .recipients = readers(p, form),
		                    .duration = duration(p, form),
		                    .form = form,
		                    .url = arena_printf(p->arena, "/-/form/%s/privacy", form->key) };
}

struct processing *register_list(const struct page *p, int *n, int *lacking)
{
	struct processing *all = arena_array(p->arena, struct processing, COUNT(own) + (size_t)p->model->nforms);
	*n = *lacking = 0;
	for (size_t i = 0; i < COUNT(own); i++) all[(*n)++] = own_one(p, i);
	for (int i = 0; i < p->model->nforms; i++) {
		const struct form *form = &p->model->forms[i];
		if (*personal_fields(p, form) == '\0') continue;
		all[*n] = of_form(p, form);
		*lacking += *all[*n].purpose == '\0' || *all[*n].basis == '\0';
		(*n)++;
	}
	return all;
}
