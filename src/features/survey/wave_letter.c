#include "features/survey/wave_letter.h"

#include <string.h>

#include "features/survey/survey_page.h"

const struct placeholder placeholders[] = {
	{ "{nom}", "{name}", N_("the name on the list") },
	{ "{titre}", "{title}", N_("the title of the questionnaire") },
	{ "{lien}", "{link}", N_("the personal link, which must be there") },
	{ "{code}", "{code}", N_("the personal code, to be typed") },
	{ "{fin}", "{end}", N_("until when it is open") },
	{ NULL, NULL, NULL },
};

enum { NAME, TITLE, LINK, CODE, END };

bool letter_has_link(const char *text)
{
	return strstr(text, placeholders[LINK].fr) || strstr(text, placeholders[LINK].en);
}

static enum lang site_lang(const struct page *p)
{
	return lang_parse(json_string_value(model_setting(p->model, "locale")), LANG_FR);
}

enum lang target_lang(const struct page *p, const struct survey_wave *wave, const struct survey_target *target)
{
	enum lang lang = lang_parse(target->language, site_lang(p));
	if (*wave->text[lang]) return lang;
	return lang == LANG_FR ? LANG_EN : LANG_FR;
}

static const char *value(const struct page *p, const struct survey_target *target, const char *code, int which)
{
	switch (which) {
	case NAME: return target->name;
	case TITLE: return t(p, &target->form->label);
	case LINK: return arena_printf(p->arena, "%s/-/s/%s", p->base_url, code);
	case CODE: return code;
	default: return survey_stand_line(p, target->form);
	}
}

/* The placeholder that begins here; -1. */
static int placeholder_at(const char *at, size_t *len)
{
	for (int i = 0; placeholders[i].fr; i++) {
		const char *const words[] = { placeholders[i].fr, placeholders[i].en };
		for (size_t w = 0; w < COUNT(words); w++)
			if (strncmp(at, words[w], strlen(words[w])) == 0) {
				*len = strlen(words[w]);
				return i;
			}
	}
	return -1;
}

const char *letter_words(const struct page *p, const struct survey_target *target, const char *code, enum lang lang,
                         const char *text)
{
	struct page of = *p;
	struct buf out;
	of.lang = lang;
	buf_init(&out, p->arena, 0);
	while (*text) {
		size_t len = 0;
		int which = *text == '{' ? placeholder_at(text, &len) : -1;
		if (which >= 0) buf_puts(&out, value(&of, target, code, which));
		else buf_add(&out, text, len = 1);
		text += len;
	}
	return buf_str(&out);
}

const char *letter_subject(enum lang lang, bool reminder)
{
	if (lang == LANG_FR)
		return reminder ? "Votre réponse est encore attendue : {titre}"
		                : "Votre réponse est attendue : {titre}";
	return reminder ? "Your answer is still awaited: {title}" : "Your answer is awaited: {title}";
}

const char *letter_text(enum lang lang, bool reminder)
{
	if (lang == LANG_FR)
		return reminder
		               ? "Bonjour {nom},\n\nNous n’avons pas encore reçu votre réponse à « {titre} ». Elle compte : moins il "
		                 "manque de réponses, plus le diagnostic est juste.\n\nCe lien est à vous seuls, et ramène où vous "
		                 "vous êtes arrêtés :\n{lien}\n\n{fin} Si vous ne souhaitez pas répondre, dites-le nous : nous "
		                 "n’écrirons plus.\n"
		               : "Bonjour {nom},\n\nNous vous invitons à répondre à « {titre} ».\n\nCe lien est à vous seuls, et "
		                 "ramène où vous vous êtes arrêtés :\n{lien}\n\n{fin}\n\nMerci !\n";
	return reminder
	               ? "Hello {name},\n\nWe have not had your answer to “{title}” yet. It counts: the fewer are missing, the truer "
	                 "the diagnosis.\n\nThis link is yours alone, and brings you back to where you stopped:\n{link}\n\n{end} "
	                 "If you do not want to answer, tell us: we shall not write any more.\n"
	               : "Hello {name},\n\nWe invite you to answer “{title}”.\n\nThis link is yours alone, and brings you back to "
	                 "where you stopped:\n{link}\n\n{end}\n\nThank you!\n";
}
