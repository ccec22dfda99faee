/* SPDX-License-Identifier: MIT */
/* instance_facts: what may be said of a cloud's machine, the first to say it being believed. */
#include "instance_facts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WORD 64
#define HINT_DIGITS 12

/* What the clouds call the two ways to rent a machine. */
static const struct {
  const char *word, *lifecycle;
} lifecycles[] = {
  { "on-demand", NC_ ("value", "on-demand") }, /* Amazon */
  { "spot", NC_ ("value", "spot") },
  { "Regular", "on-demand" }, /* Azure */
  { "Spot", "spot" },
  { "Low", "spot" },
  { "FALSE", "on-demand" }, /* Google: preemptible */
  { "TRUE", "spot" },
};

static gboolean
is_word (const char *text)
{
  const gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && !strchr ("._:-", text[i]))
      return FALSE;
  return length > 0 && length <= MAX_WORD;
}

/* Some say "projects/NUMBER/zones/NAME": the number is an account's. */
static char *
make_word (const char *value)
{
  const char *slash = strrchr (value, '/'), *word = slash ? slash + 1 : value;

  return is_word (word) ? g_strdup (word) : NULL;
}

static char *
make_lifecycle (const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (lifecycles); i++)
    if (strcmp (lifecycles[i].word, value) == 0)
      return g_strdup (lifecycles[i].lifecycle);
  return NULL;
}

char *
instance_make_hint (const char *value)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, value, -1);

  return *value ? g_strndup (hash, HINT_DIGITS) : NULL;
}

static const struct {
  char *(*make) (const char *value);
  const char *said_as;
} kinds[INSTANCE_N_FACTS] = {
  [INSTANCE_TYPE] = { make_word, "" },
  [INSTANCE_REGION] = { make_word, "" },
  [INSTANCE_ZONE] = { make_word, "" },
  [INSTANCE_LIFECYCLE] = { make_lifecycle, "" },
  [INSTANCE_HOST_HINT] = { instance_make_hint, "SHA-256 " },
};

void
instance_take (Machine *machine, Instance *instance, InstanceFact fact, const char *value,
               const char *source)
{
  char *made = value && !instance->facts[fact] ? kinds[fact].make (value) : NULL;

  if (!made)
    return;
  instance->facts[fact] = made;
  machine_note (machine, "%s: %s%s", source, kinds[fact].said_as, made);
}

const char **
instance_place (VmmHost *host, InstanceFact fact)
{
  const char **const places[INSTANCE_N_FACTS] = {
    [INSTANCE_TYPE] = &host->instance_type,  [INSTANCE_REGION] = &host->region,
    [INSTANCE_ZONE] = &host->zone,           [INSTANCE_LIFECYCLE] = &host->lifecycle,
    [INSTANCE_HOST_HINT] = &host->host_hint,
  };

  return places[fact];
}
