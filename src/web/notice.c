#include "web/notice.h"

#include <string.h>

/* To add one: a row, and its name in request_redirect. */
static const struct notice notices[] = {
	{ "cree", NOTICE_SUCCESS, N_("It is online. Thank you! You can still correct it."), NULL },
	{ "enregistre", NOTICE_SUCCESS, N_("Your correction is online. The earlier version stays in the history."), NULL },
	{ "renomme", NOTICE_SUCCESS, N_("It has its new name, and the links to it follow. The earlier version stays in the history."), "undo" },
	{ "inchange", NOTICE_INFO, N_("Nothing had changed: nothing was saved."), NULL },
	{ "reuni", NOTICE_SUCCESS,
	  N_("Somebody else was correcting this at the same time: both corrections have been kept."), NULL },
	{ "deux-versions", NOTICE_WARNING,
	  N_("Somebody else has just changed the same place. Both versions are kept; choose one or write a third."), NULL },
	{ "restaure", NOTICE_SUCCESS, N_("The earlier version is back. Nothing was lost from the history."), NULL },
	{ "corbeille", NOTICE_SUCCESS, N_("It is in the trash for 30 days. A facilitator can take it out."),
	  "untrash" },
	{ "archive", NOTICE_SUCCESS, N_("It is archived: it has left the lists; its address and the search still find it."),
	  "unarchive" },
	{ "desarchive", NOTICE_SUCCESS, N_("It is in the lists again."), NULL },
	{ "brouillon", NOTICE_INFO, N_("Your draft is kept. Nobody else sees it but the facilitators; publish it when it is ready."), NULL },
	{ "incomplet", NOTICE_WARNING, N_("Some answers are still needed before it can be published."), NULL },
	{ "brouillon-efface", NOTICE_SUCCESS, N_("The draft is deleted."), NULL },
	{ "deplace", NOTICE_SUCCESS, N_("It is in its new space. Its former addresses lead here."), NULL },
	{ "sorti", NOTICE_SUCCESS, N_("It is out of the trash and visible again."), NULL },
	{ "lot", NOTICE_SUCCESS, N_("It is done for all those you ticked."), "undo" },
	{ "annule", NOTICE_SUCCESS, N_("It is all as it was before."), NULL },
	{ "annule-en-partie", NOTICE_WARNING, N_("It is as it was before, but for what somebody has changed since."), NULL },
	{ "liste-gardee", NOTICE_SUCCESS, N_("The list is kept at this address."), NULL },
	{ "liste-renommee", NOTICE_SUCCESS, N_("The list has its new name; its address is the same."), NULL },
	{ "liste-effacee", NOTICE_SUCCESS, N_("The list is no longer kept. Its records stay."), NULL },
	{ "modele", NOTICE_SUCCESS, N_("The template is ready: it is offered to whoever writes something new."), NULL },
	{ "modele-efface", NOTICE_SUCCESS, N_("The template is deleted. The pages written from it stay."), NULL },
	{ "question", NOTICE_SUCCESS, N_("The question is changed, for all the pages of this form."), NULL },
	{ "question-ajoutee", NOTICE_SUCCESS, N_("The question is in the form, at the end. Move it where it belongs."), NULL },
	{ "question-retiree", NOTICE_SUCCESS, N_("The question is asked no more. Its answers are kept; it can be asked again from the end of this page."), NULL },
	{ "question-remise", NOTICE_SUCCESS, N_("The question is asked again, last, and its answers are seen again."), NULL },
	{ "choix-remplaces", NOTICE_SUCCESS, N_("The question is changed, and the choice is replaced in the pages that had it."), "undo" },
	{ "bienvenue", NOTICE_SUCCESS, N_("You are signed in."), NULL },
	{ "au-revoir", NOTICE_SUCCESS, N_("You are signed out."), NULL },
	{ "compte", NOTICE_SUCCESS, N_("Your account is up to date."), NULL },
	{ "mot-de-passe", NOTICE_SUCCESS, N_("Your password is changed. Your other browsers are signed out."), NULL },
	{ "seances", NOTICE_SUCCESS, N_("Closed: that browser has to sign in again."), NULL },
	{ "personne", NOTICE_SUCCESS, N_("This account is up to date."), NULL },
	{ "membre", NOTICE_SUCCESS, N_("The list of members is up to date."), NULL },
	{ "rejoint", NOTICE_SUCCESS, N_("You belong to the space now."), NULL },
	{ "carte", NOTICE_SUCCESS, N_("Welcome. When you have done, sign out: nobody then writes in your name."), NULL },
	{ "carte-annulee", NOTICE_SUCCESS, N_("The card serves no more, and what it had opened is closed."), NULL },
	{ "invitation-finie", NOTICE_SUCCESS, N_("The invitation serves no more."), NULL },
	{ "accepte", NOTICE_SUCCESS, N_("The account is open; a letter says so."), NULL },
	{ "refuse", NOTICE_SUCCESS, N_("The request is refused and deleted; a letter says so."), NULL },
	{ "confirme", NOTICE_INFO, N_("A letter is on its way to the new address. It will be yours once you have opened the link in it."), NULL },
	{ "signale", NOTICE_SUCCESS, N_("Thank you. The people who look after this space will look at it, and do not tell its author who wrote to them."), NULL },
	{ "decide", NOTICE_SUCCESS, N_("It is done, and in the public log. The person is told, if she can be reached."), NULL },
	{ "signalements-clos", NOTICE_SUCCESS, N_("The page stays as it is; its reports are closed. The log says so."), NULL },
	{ "defait", NOTICE_SUCCESS, N_("It is all undone, and in the public log."), "undo" },
	{ "defait-en-partie", NOTICE_WARNING, N_("It is undone, but for what somebody wrote there since. The public log says so."), "undo" },
	{ "reponse", NOTICE_SUCCESS, N_("Your answer is kept. Somebody looks at it and tells you what comes of it."), NULL },
	{ "repondu", NOTICE_SUCCESS, N_("Your answer is sent, and in the public log."), NULL },
	{ "lettre", NOTICE_SUCCESS, N_("The letter will be tried again now."), NULL },
	{ "propose", NOTICE_SUCCESS, N_("Thank you! It waits for a yes from the people who look after this place."), NULL },
	{ "pas-encore", NOTICE_SUCCESS, N_("Its author reads why, and can propose it again."), NULL },
	{ "pret", NOTICE_SUCCESS, N_("The site is ready. You are its administrator."), NULL },
};

const struct notice *notice_find(const char *name)
{
	for (size_t i = 0; i < COUNT(notices); i++)
		if (strcmp(notices[i].name, name) == 0) return &notices[i];
	return NULL;
}
