/*
 * Letters planned for the targets of a questionnaire (core/survey_target.h): the first one, then reminders, each on its day, with
 * its words in both languages. Those who have answered, refuse or are there twice get none. What was sent when, and how, is kept
 * with each target; when somebody answered is not. For who looks after the responses; the caller has checked it.
 */
#ifndef PARVIS_SURVEY_WAVE_H
#define PARVIS_SURVEY_WAVE_H

#include "core/survey_target.h"

enum { WAVES_MAX = 12 /* of one questionnaire */, WAVE_SUBJECT_MAX = 150, WAVE_TEXT_MAX = 4000 };

/* Kept in the table: never renumbered. */
enum wave_state {
	WAVE_PLANNED,
	WAVE_SENDING, /* some letters have left */
	WAVE_DONE,    /* all letters by e-mail have left */
	WAVE_CANCELLED,
	WAVE_STATES
};

struct survey_wave {
	int64_t num;
	struct id id;
	const struct form *form;
	int64_t due; /* ms UTC */
	enum wave_state state;
	const char *subject[LANG_COUNT], *text[LANG_COUNT]; /* with {placeholders}; "" where a language says nothing */
	int64_t sent;                                       /* targets that had it */
};

const char *wave_state_words(enum wave_state state); /* message id */

/* E_LIMIT: WAVES_MAX. */
enum code survey_wave_add(struct tx *tx, const struct survey_wave *wave, struct err *err) MUST;
/* Its day and its words, while nothing of it has left: E_CONFLICT. */
enum code survey_wave_change(struct tx *tx, const struct survey_wave *wave, struct err *err) MUST;
/* Letters that have left have left. */
enum code survey_wave_cancel(struct tx *tx, const struct survey_wave *wave, struct err *err) MUST;
enum code survey_wave_find(struct db *db, struct arena *a, const struct model *model, struct id id,
                           struct survey_wave *ret, struct err *err) MUST;
/* The earliest first. */
enum code survey_wave_list(struct db *db, struct arena *a, const struct form *form, struct survey_wave **ret, int *n,
                           struct err *err) MUST;
/* Those of all forms whose day has come and that are not over. */
enum code survey_wave_due(struct db *db, struct arena *a, const struct model *model, int64_t now,
                          struct survey_wave **ret, int *n, struct err *err) MUST;

/* The targets that wait for it, by this channel (TARGET_BY_ANY: all): neither answered nor refused, and not sent yet. */
enum code survey_wave_waiting(struct db *db, struct arena *a, const struct survey_wave *wave,
                              enum target_channel channel, int max, struct survey_target **ret, int *n,
                              struct err *err) MUST;
/* One had it: contacted, or reminded. Told twice it is sent once: *first says. */
enum code survey_wave_sent(struct tx *tx, const struct survey_wave *wave, const struct survey_target *target,
                           enum target_channel channel, bool *first, struct err *err) MUST;
enum code survey_wave_note(struct tx *tx, const struct survey_wave *wave, enum wave_state state, struct err *err) MUST;

/* What a target had. */
struct target_had {
	int64_t at;
	enum target_channel channel;
	const char *subject[LANG_COUNT];
};
enum code survey_target_had(struct db *db, struct arena *a, const struct survey_target *target, struct target_had **ret,
                            int *n, struct err *err) MUST;

#endif
