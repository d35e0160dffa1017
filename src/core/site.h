/* An open site: its store and its current model. Shared by all threads. */
#ifndef PARVIS_SITE_H
#define PARVIS_SITE_H

#include "core/model.h"

enum { SITE_SECRET = 32 };

struct site;

/* Takes the store (site_close closes it). */
enum code site_open(struct store *store, struct site **ret, struct err *err) MUST;
void site_close(struct site *site);

struct store *site_store(struct site *site);
/* The current model; give it back with model_release. */
const struct model *site_model(struct site *site);
/* Loads the model again, after a write that changed definitions or spaces (other than by site_write). */
enum code site_reload(struct site *site, struct err *err) MUST;
/* store_write, then site_reload: for writes that change definitions or spaces. */
enum code site_write(struct site *site, store_fn *fn, void *arg, struct err *err) MUST;

/* 32 random bytes made with the site, for MACs of hidden form fields. Never logged. */
const uint8_t *site_secret(const struct site *site);

#endif
