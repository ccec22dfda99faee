/* SPDX-License-Identifier: MIT */
/* history: the sentences about a machine over days. */
#include "vmm/history_words.h"

#include "vmm/account.h"
#include "vmm/figure.h"
#include "vmm/language.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* ---- Figures */

static char *
say_points (double points)
{
  return vmm_words_points (points, VMM_QUALITY_CLEAN);
}

/* "6.0 % lower" of 0.94. */
static char *
say_ratio (double ratio)
{
  char text[VMM_FIGURE_SIZE];

  vmm_figure (text, 100 * fabs (ratio - 1), "%");
  return g_strdup_printf (ratio < 1 ? _ ("%s lower") : _ ("%s higher"), text);
}

static char *
say_p (double p)
{
  char text[VMM_FIGURE_SIZE];

  return g_strdup (vmm_figure_bare (text, p));
}

static const VmmHistoryStretch *
get_stretch (const VmmHistory *history, guint i)
{
  return &g_array_index (history->stretches, VmmHistoryStretch, i);
}

/* ---- The whole */

char *
vmm_history_say (const VmmHistory *history)
{
  guint n = history->windows->len;

  if (!n)
    return g_strdup (_ ("No measurement of this machine is kept"));
  const VmmHistoryStretch *last = get_stretch (history, history->stretches->len - 1);
  g_autofree char         *windows =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u measurement", "%u measurements", n), n);
  g_autofree char *days =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "on %u day", "on %u days", history->days->len),
                       history->days->len);
  g_autofree char *median = say_points (last->median);
  g_autofree char *range = vmm_words_interval (last->low, last->high);
  const char      *format =
      last->first
          /* TRANSLATORS: "412 measurements on 21 days; since the last change: median 91.3 ..." */
               ? _ ("%1$s %2$s; since the last change: median %3$s, nine of ten from %4$s")
          /* TRANSLATORS: "412 measurements on 21 days: median 97.1, nine of ten from 93.0 to 99.2" */
               : _ ("%1$s %2$s: median %3$s, nine of ten from %4$s");
  return vmm_fill (format, windows, days, median, range, NULL);
}

static void
append_count (GString *text, guint count, const char *format)
{
  g_autofree char *figure = g_strdup_printf ("%u", count);
  g_autofree char *words = vmm_fill (format, figure, NULL);

  if (count)
    g_string_append_printf (text, "%s%s", text->len ? ", " : "", words);
}

char *
vmm_history_say_left_out (const VmmHistory *history)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_count (text, history->n_unfit, _ ("%1$s without a clean score"));
  append_count (text, history->n_other, _ ("%1$s that were measured in another way"));
  append_count (text, history->n_elsewhere, _ ("%1$s of other machines"));
  return text->len ? g_strdup_printf (_ ("left out: %s"), text->str) : NULL;
}

static char *
say_date (const VmmHistory *history, gint64 real_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (real_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here =
      utc && history->zone ? g_date_time_to_timezone (utc, history->zone) : NULL;
  GDateTime *shown = here ? here : utc;

  return shown ? g_date_time_format (shown, "%Y-%m-%d") : g_strdup ("–");
}

char *
vmm_history_say_skipped (const VmmHistory *history)
{
  const guint64 *counts = history->skipped.counts;

  if (history->skipped_error) {
    g_autofree char *why = vmm_say (history->skipped_error->message);
    return g_strdup_printf (_ ("how many were skipped is not known: %s"), why);
  }
  if (!counts[VMM_SKIPPED_BUSY] && !counts[VMM_SKIPPED_LATE])
    return NULL;
  g_autofree char *since = say_date (history, history->skipped.since_us);
  return g_strdup_printf (
      _ ("skipped since %1$s: %2$u as the guest was busy, %3$u as it was stopped"), since,
      (guint) counts[VMM_SKIPPED_BUSY], (guint) counts[VMM_SKIPPED_LATE]);
}

char *
vmm_history_say_day (const VmmHistory *history, const VmmHistoryDay *day)
{
  return say_date (history, day->begin_us);
}

/* ---- Changes */

char *
vmm_history_say_steady (const VmmHistory *history)
{
  if (history->changes->len)
    return NULL;
  if (history->days->len < VMM_HISTORY_MIN_DAYS)
    return g_strdup_printf (_ ("too few days to look for changes: %1$u of %2$u"),
                            history->days->len, VMM_HISTORY_MIN_DAYS);
  return g_strdup (_ ("no change beyond chance"));
}

char *
vmm_history_say_when (const VmmHistory *history, guint i)
{
  const VmmHistoryChange *change = &g_array_index (history->changes, VmmHistoryChange, i);

  return vmm_phrase_moment (
      g_array_index (history->windows, VmmHistoryWindow, change->window).time_us, FALSE);
}

char *
vmm_history_say_change (const VmmHistory *history, guint i)
{
  const VmmHistoryChange  *change = &g_array_index (history->changes, VmmHistoryChange, i);
  const VmmHistoryStretch *before = get_stretch (history, i), *after = before + 1;
  g_autofree char         *old = say_points (before->median), *new = say_points (after->median);
  g_autofree char *ratio = say_ratio (after->median / before->median), *p = say_p (change->p);

  /* TRANSLATORS: "97.1 before, 91.3 since: 6.0 % lower (p 0.001)" */
  return vmm_fill (_ ("%1$s before, %2$s since: %3$s (p %4$s)"), old, new, ratio, p, NULL);
}

/* When it was is known; that is what the page is about. */
static gboolean
is_told (const VmmLikeness *row)
{
  return !row->same && row->trait != VMM_TRAIT_TIME;
}

char **
vmm_history_say_machine (const VmmHistory *history, guint i)
{
  const VmmComparison *machine = g_array_index (history->changes, VmmHistoryChange, i).machine;
  g_autoptr (VmmAccount) account = machine ? vmm_account_new (machine, VMM_LOCAL) : NULL;
  GPtrArray *lines = g_ptr_array_new ();

  for (guint k = 0; machine && k < machine->likeness->len; k++) {
    const VmmLikeness *row = machine->likeness->pdata[k];
    if (!is_told (row))
      continue;
    g_autofree char *values = vmm_account_traits (account, row);
    g_ptr_array_add (lines,
                     g_strdup_printf (_ ("%1$s: %2$s"), vmm_account_trait (account, row), values));
  }
  if (!lines->len)
    g_ptr_array_add (lines, g_strdup (machine ? _ ("nothing that is known of the machine changed")
                                              : _ ("what the machine was is not kept")));
  g_ptr_array_add (lines, NULL);
  return (char **) g_ptr_array_free (lines, FALSE);
}

char *
vmm_history_say_what (const VmmHistory *history, guint i)
{
  const VmmComparison *machine = g_array_index (history->changes, VmmHistoryChange, i).machine;
  g_autoptr (VmmAccount) account = machine ? vmm_account_new (machine, VMM_LOCAL) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint k = 0; machine && k < machine->likeness->len; k++) {
    const VmmLikeness *row = machine->likeness->pdata[k];
    if (is_told (row))
      g_string_append_printf (text, "%s%s", text->len ? ", " : "",
                              vmm_account_trait (account, row));
  }
  return text->len ? g_strdup (text->str) : NULL;
}

/* ---- Hours */

static char *
say_too_few (const VmmHours *hours)
{
  if (hours->windows < VMM_HOURS_MIN_WINDOWS)
    return g_strdup_printf (_ ("too few measurements: %1$u of %2$u"), hours->windows,
                            VMM_HOURS_MIN_WINDOWS);
  return g_strdup_printf (_ ("too few days: %1$u of %2$u"), hours->days, VMM_HOURS_MIN_DAYS);
}

/* "03:00 to 05:00, 22:00 to 23:00", and the lowest of all these hours. */
static char *
list_hours (const VmmHours *hours, double *ret_lowest)
{
  GString *text = g_string_new (NULL);

  *ret_lowest = INFINITY;
  for (guint first = 0, end; first < G_N_ELEMENTS (hours->is_low); first = end) {
    for (end = first; end < G_N_ELEMENTS (hours->is_low) && hours->is_low[end]; end++)
      *ret_lowest = fmin (*ret_lowest, hours->ratios[end]);
    if (end == first)
      end++;
    else {
      g_string_append (text, text->len ? ", " : "");
      /* TRANSLATORS: hours of the day: "03:00 to 05:00" */
      g_string_append_printf (text, _ ("%1$02u:00 to %2$02u:00"), first, end);
    }
  }
  return g_string_free (text, FALSE);
}

char *
vmm_history_say_hours (const VmmHistory *history)
{
  const VmmHours *hours = &history->hours;
  double          lowest;

  if (isnan (hours->p))
    return say_too_few (hours);
  g_autofree char *list = list_hours (hours, &lowest);
  if (!list[0])
    return g_strdup (_ ("no hour of the day is lower than the others beyond chance"));
  g_autofree char *ratio = say_ratio (lowest), *p = say_p (hours->p);
  /* TRANSLATORS: "low from 03:00 to 05:00: 5.0 % lower than the rest of the day (p 0.002)" */
  return vmm_fill (_ ("low from %1$s: %2$s than the rest of the day (p %3$s)"), list, ratio, p,
                   NULL);
}
