/* SPDX-License-Identifier: MIT */
/* outlook: what is said of what comes, and why nothing is. Never that it will. */
#include "vmm/figure.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What comes with a rhythm, as the subject of a sentence. */
static const char *const episodes[VMM_N_OUTLOOKS] = {
  /* TRANSLATORS: these four are the subject of a sentence: "No outlook: CPU episodes came at irregular times" */
  [VMM_OUTLOOK_CPU] = N_ ("CPU episodes"),
  [VMM_OUTLOOK_DISK] = N_ ("disk episodes"),
  [VMM_OUTLOOK_WRITE] = N_ ("bursts of writes"),
  [VMM_OUTLOOK_STEAL] = N_ ("episodes of stolen time"),
};

/* By their reason; NULL = a sentence with figures, or one of its own. */
static const char *const memory_whys[VMM_N_OUTLOOK_WHYS] = {
  [VMM_OUTLOOK_NO_VALUE] = N_ ("No outlook: memory is not measured here."),
  [VMM_OUTLOOK_PROBING] = N_ ("No outlook: the probes use memory themselves."),
  [VMM_OUTLOOK_STEADY] = N_ ("No outlook: memory does not rise steadily."),
  [VMM_OUTLOOK_SLOWING] = N_ ("No outlook: memory rises more and more slowly."),
  [VMM_OUTLOOK_HALF] = N_ ("No outlook: less than half of the memory is used."),
  [VMM_OUTLOOK_FAR] = N_ ("No outlook: at this rate memory lasts longer than can be said."),
  [VMM_OUTLOOK_WRONG] =
      N_ ("No outlook: what was said of memory here was wrong two of the last three times."),
};

static const char *const rhythm_whys[VMM_N_OUTLOOK_WHYS] = {
  /* TRANSLATORS: %s: "CPU episodes", as in the rest of these */
  [VMM_OUTLOOK_NO_VALUE] = N_ ("No outlook: %s are not measured here."),
  [VMM_OUTLOOK_PROBING] = N_ ("No outlook: %s cannot be told from the work of the probes."),
  [VMM_OUTLOOK_SHORT] = N_ ("No outlook: %s come too often to be told apart."),
  [VMM_OUTLOOK_LATE] = N_ ("No outlook: %s did not come when they were due."),
  [VMM_OUTLOOK_WRONG] =
      N_ ("No outlook: %s came otherwise than forecast two of the last three times."),
};

static const char *const resources[VMM_N_RESOURCES] = { NC_ ("that fills", "CPU"),
                                                        NC_ ("that fills", "disk requests"),
                                                        NC_ ("that fills", "disk bandwidth"),
                                                        NC_ ("that fills", "memory") };

static const char *const units[VMM_N_RESOURCES] = { "%", "1/s", "MB/s", "%" };

static const char *const classes[VMM_N_HEADROOM_CLASSES] = {
  /* TRANSLATORS: so many times the present load: "at about 3 to 4 times the present load" */
  N_ ("up to about 2 times"),
  N_ ("about 3 to 4 times"),
  N_ ("about 5 to 10 times"),
  N_ ("more than 10 times"),
};

static const char *const headroom_whys[VMM_N_HEADROOM_WHYS] = {
  [VMM_HEADROOM_NO_BURSTS] =
      N_ ("Headroom is not known: only a scored measurement with bursts says what there is."),
  [VMM_HEADROOM_OLD] = N_ ("Headroom is not known: what there is was measured too long ago."),
  [VMM_HEADROOM_FADED] = N_ ("Headroom is not known: the disk was faster at first than later."),
  [VMM_HEADROOM_IDLE] = N_ ("Headroom is not known: the load is too small."),
};

/* ---- Forecasts */

static char *
say_record (char *text, const VmmOutlookItem *item)
{
  g_autofree char *said = text;

  if (item->of == 0)
    return g_steal_pointer (&said);
  g_autofree char *record =
      g_strdup_printf (_ ("Right %1$u of the last %2$u times here."), item->right, item->of);
  return g_strdup_printf ("%s %s", said, record);
}

static char *
say_full (const VmmOutlookItem *item)
{
  char when[VMM_FIGURE_SIZE], low[VMM_FIGURE_SIZE], high[VMM_FIGURE_SIZE], rate[VMM_FIGURE_SIZE];

  vmm_figure_seconds (when, item->when_s);
  vmm_figure_seconds (low, item->low_s);
  vmm_figure_seconds (high, item->high_s);
  vmm_figure (rate, item->rate, "%");
  return say_record (
      /* TRANSLATORS: "At this rate memory is full in about 4 min (3 min to 8 min): it rises 1.2 % a minute." */
      g_strdup_printf (
          _ ("At this rate memory is full in about %1$s (%2$s to %3$s): it rises %4$s a minute."),
          when, low, high, rate),
      item);
}

static char *
say_level (const char *format, const VmmOutlookItem *item)
{
  char level[VMM_FIGURE_SIZE];

  return vmm_fill (format, vmm_figure (level, item->level, "%"), NULL);
}

static char *
say_memory (const VmmOutlookItem *item)
{
  if (item->why == VMM_OUTLOOK_SAID)
    return say_full (item);
  if (item->is_nearly_full)
    return say_level (_ ("Memory is nearly full: %s."), item);
  if (item->why == VMM_OUTLOOK_STOPPED)
    return say_level (_ ("Memory stopped rising at %s."), item);
  if (item->why == VMM_OUTLOOK_EARLY)
    return g_strdup_printf (_ ("No outlook for memory yet: %1$u of %2$u readings."), item->seen,
                            item->needed);
  return g_strdup (memory_whys[item->why] ? _ (memory_whys[item->why]) : "");
}

static char *
say_next (const VmmOutlookItem *item, const char *what)
{
  char shortest[VMM_FIGURE_SIZE], longest[VMM_FIGURE_SIZE], when[VMM_FIGURE_SIZE],
      low[VMM_FIGURE_SIZE], high[VMM_FIGURE_SIZE];

  vmm_figure_seconds (shortest, item->shortest_s);
  vmm_figure_seconds (longest, item->longest_s);
  vmm_figure_seconds (when, item->when_s);
  vmm_figure_seconds (low, item->low_s);
  vmm_figure_seconds (high, item->high_s);
  g_autofree char *said =
      /* TRANSLATORS: "CPU episodes come every 41 s to 43 s; the next in about 12 s (4 s to 20 s)." */
      g_strdup_printf (_ ("%1$s come every %2$s to %3$s; the next in about %4$s (%5$s to %6$s)."),
                       what, shortest, longest, when, low, high);
  return say_record (vmm_phrase_capitalise (said), item);
}

static char *
say_irregular (const VmmOutlookItem *item, const char *what)
{
  char shortest[VMM_FIGURE_SIZE], longest[VMM_FIGURE_SIZE];

  vmm_figure_seconds (shortest, item->shortest_s);
  vmm_figure_seconds (longest, item->longest_s);
  return g_strdup_printf (_ ("No outlook: %1$s came at irregular times (%2$s to %3$s)."), what,
                          shortest, longest);
}

static char *
say_rhythm (const VmmOutlookItem *item, const char *what)
{
  switch (item->why) {
  case VMM_OUTLOOK_SAID:
    return say_next (item, what);
  case VMM_OUTLOOK_IRREGULAR:
    return say_irregular (item, what);
  case VMM_OUTLOOK_FEW:
    /* TRANSLATORS: "No outlook yet: 4 of 7 CPU episodes seen." */
    return g_strdup_printf (_ ("No outlook yet: %1$u of %2$u %3$s seen."), item->seen, item->needed,
                            what);
  case VMM_OUTLOOK_UNPROVED:
    if (item->of == 0)
      return g_strdup_printf (
          _ ("No outlook yet: %s look regular, and nothing was forecast of them."), what);
    return g_strdup_printf (
        _ ("No outlook yet: %1$s look regular; forecasts in secret came true %2$u of %3$u times."),
        what, item->right, item->of);
  default:
    return vmm_fill (rhythm_whys[item->why] ? _ (rhythm_whys[item->why]) : "%s", what, NULL);
  }
}

char *
vmm_words_forecast (const VmmOutlookItem *item, VmmOutlookSubject subject)
{
  return subject == VMM_OUTLOOK_MEMORY ? say_memory (item)
                                       : say_rhythm (item, _ (episodes[subject]));
}

gboolean
vmm_words_forecast_is_news (const VmmOutlookItem *item)
{
  return item->why == VMM_OUTLOOK_SAID || item->why == VMM_OUTLOOK_STOPPED || item->is_nearly_full;
}

/* It says nothing, and there is something to say of that: some of what it waits for has come. */
static gboolean
has_reason (const VmmOutlookItem *item, guint subject)
{
  return subject != VMM_OUTLOOK_MEMORY && item->seen > 0;
}

GPtrArray *
vmm_words_outlook (const VmmOutlookState *state)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < VMM_N_OUTLOOKS; i++) {
    const VmmOutlookItem *item = &state->items[i];
    if (vmm_words_forecast_is_news (item) || has_reason (item, i))
      g_ptr_array_add (lines, vmm_words_forecast (item, i));
  }
  if (lines->len == 0 && state->items[VMM_OUTLOOK_CPU].why != VMM_OUTLOOK_PROBING)
    g_ptr_array_add (lines, g_strdup (_ ("No outlook: nothing has come with a rhythm so far, and "
                                         "memory does not rise steadily.")));
  return lines;
}

/* ---- Headroom */

static const char *
name_resource (guint resource)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "that fills", resources[resource]);
}

/* "about 3 to 4 times", or that and more. */
static char *
say_multiple (const VmmHeadroom *headroom, VmmResource resource)
{
  const char *times = _ (classes[headroom->resources[resource].class]);

  if (!headroom->or_more || headroom->resources[resource].class == VMM_HEADROOM_BEYOND)
    return g_strdup (times);
  /* TRANSLATORS: "about 3 to 4 times or more" */
  return g_strdup_printf (_ ("%s or more"), times);
}

static char *
say_use (const VmmHeadroom *headroom, VmmResource resource)
{
  char use[VMM_FIGURE_SIZE], capacity[VMM_FIGURE_SIZE];

  vmm_figure (use, headroom->resources[resource].use, units[resource]);
  vmm_figure (capacity, headroom->resources[resource].capacity, units[resource]);
  /* TRANSLATORS: "12 MB/s of 60 MB/s" */
  return g_strdup_printf (_ ("%1$s of %2$s"), use, capacity);
}

const char *
vmm_words_resource (VmmResource resource)
{
  return name_resource (resource);
}

char *
vmm_words_headroom_of (const VmmHeadroom *headroom, VmmResource resource)
{
  g_autofree char *use = say_use (headroom, resource);

  if (!isfinite (headroom->resources[resource].multiple))
    /* TRANSLATORS: "900 MiB of 2 GiB; does not grow with the load" */
    return g_strdup_printf (_ ("%s; does not grow with the load"), use);
  g_autofree char *multiple = say_multiple (headroom, resource);
  /* TRANSLATORS: "61 1/s of 200 1/s; full at about 3 to 4 times" */
  return g_strdup_printf (_ ("%1$s; full at %2$s"), use, multiple);
}

static char *
say_first (const VmmHeadroom *headroom)
{
  g_autofree char *multiple = say_multiple (headroom, headroom->first);
  g_autofree char *use = say_use (headroom, headroom->first);

  if (headroom->are_close)
    return g_strdup_printf (_ ("First to fill: %1$s or %2$s, at %3$s the present load (%4$s now)."),
                            name_resource (headroom->first), name_resource (headroom->second),
                            multiple, use);
  /* TRANSLATORS: "First to fill: disk requests, at about 3 to 4 times the present load (61 1/s of 200 1/s now)." */
  return g_strdup_printf (_ ("First to fill: %1$s, at %2$s the present load (%3$s now)."),
                          name_resource (headroom->first), multiple, use);
}

static char *
say_second (const VmmHeadroom *headroom)
{
  if (headroom->are_close || headroom->second >= VMM_N_RESOURCES)
    return NULL;
  g_autofree char *multiple = say_multiple (headroom, headroom->second);
  /* TRANSLATORS: "Next: CPU, at more than 10 times." */
  return g_strdup_printf (_ ("Next: %1$s, at %2$s."), name_resource (headroom->second), multiple);
}

char *
vmm_words_headroom (const VmmHeadroom *headroom)
{
  if (headroom->why == VMM_HEADROOM_EARLY)
    return g_strdup_printf (_ ("Headroom is not known yet: %1$u of %2$u readings of the load."),
                            headroom->seen, headroom->needed);
  if (headroom->why != VMM_HEADROOM_KNOWN)
    return g_strdup (_ (headroom_whys[headroom->why]));

  g_autofree char *first = say_first (headroom), *second = say_second (headroom);
  const char      *steady =
      headroom->is_ratio ? _ ("The load was steady: all use counts as load.") : NULL;
  return second ? g_strjoin (" ", first, second, steady, NULL)
                : g_strjoin (" ", first, steady, NULL);
}

const char *
vmm_words_headroom_limits (void)
{
  return _ ("Locks, worker limits and other machines cannot be seen from here; they may come "
            "first.");
}
