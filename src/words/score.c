/* SPDX-License-Identifier: MIT */
/* score: how good, how sure, and of what window. */
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

char *
vmm_words_points (double points, VmmQuality quality)
{
  char text[VMM_FIGURE_SIZE];

  vmm_figure_points (text, points);
  return g_strdup_printf (quality == VMM_QUALITY_DISTURBED && isfinite (points) ? "(%s)" : "%s",
                          text);
}

/* In a `format` of two figures, which is translated. */
static char *
fill_interval (const char *format, double low, double high)
{
  char from[VMM_FIGURE_SIZE], to[VMM_FIGURE_SIZE];

  if (!isfinite (low) || !isfinite (high))
    return g_strdup ("");
  return vmm_fill (format, vmm_figure_points (from, low), vmm_figure_points (to, high), NULL);
}

char *
vmm_words_interval (double low, double high)
{
  return fill_interval (_ ("%1$s to %2$s"), low, high);
}

char *
vmm_words_narrow_interval (double low, double high)
{
  return fill_interval ("%1$s – %2$s", low, high);
}

VmmFigureUnit
vmm_words_probe_unit (const VmmScoreRow *row, double value)
{
  const double both[] = { value, row->weight > 0 ? row->reference : NAN };

  return vmm_figure_unit (vmm_channel (row->channel)->unit, both, G_N_ELEMENTS (both));
}

const char *
vmm_words_quality (VmmQuality quality)
{
  return vmm_say_id ("quality", vmm_quality_id (quality));
}

const char *
vmm_words_entry_quality (const VmmStoreEntry *entry)
{
  static const char passive[] = NC_ ("quality", "passive");
  gboolean          watched = entry->passive && entry->quality != VMM_QUALITY_INVALID;

  return watched ? vmm_say_id ("quality", passive) : vmm_words_quality (entry->quality);
}

static char *
say_no_score (const VmmScoreValue *total)
{
  g_autofree char *reason = vmm_say (total->reason ? total->reason : N_ ("not known"));

  return g_strdup_printf (_ ("No score: %s"), reason);
}

char *
vmm_words_score (const VmmScore *score)
{
  const VmmScoreValue *total = &score->total;

  if (!isfinite (total->value))
    return say_no_score (total);
  g_autofree char *points = vmm_words_points (total->value, score->quality);
  g_autofree char *interval = vmm_words_interval (total->low, total->high);
  const char      *quality = vmm_words_quality (score->quality);

  if (!interval[0])
    return g_strdup_printf (_ ("Score %1$s, measurement: %2$s"), points, quality);
  if (score->quality == VMM_QUALITY_DISTURBED)
    return g_strdup_printf (
        _ ("Score %1$s, 95 %% interval %2$s, disturbed measurement: not for comparison"), points,
        interval);
  return g_strdup_printf (_ ("Score %1$s, 95 %% interval %2$s, measurement: %3$s"), points,
                          interval, quality);
}

static void
append_category (GString *line, VmmCategory category, const VmmScoreValue *value)
{
  char points[VMM_FIGURE_SIZE];

  g_string_append_printf (line, " · %s %s", vmm_words_category_within (category),
                          vmm_figure_points (points, value->value));
}

char *
vmm_words_score_line (const VmmScore *score)
{
  const VmmScoreValue *total = &score->total;

  if (!isfinite (total->value))
    return say_no_score (total);
  GString         *line = g_string_new (NULL);
  g_autofree char *points = vmm_words_points (total->value, score->quality);
  g_autofree char *interval = vmm_words_interval (total->low, total->high);
  if (interval[0])
    /* TRANSLATORS: the score and its interval: "Score 97.3 (94.1 to 100.6)" */
    g_string_append_printf (line, _ ("Score %1$s (%2$s)"), points, interval);
  else
    g_string_append_printf (line, _ ("Score %s"), points);
  for (int i = 0; i < VMM_N_CATEGORIES; i++)
    append_category (line, (VmmCategory) i, &score->categories[i]);
  g_string_append_printf (line, " · %s", vmm_words_quality (score->quality));
  return g_string_free (line, FALSE);
}

char *
vmm_words_category_score (VmmCategory category, const VmmScoreValue *value)
{
  const char      *title = vmm_words_metric (vmm_category_metric (category));
  char             points[VMM_FIGURE_SIZE];
  g_autofree char *interval = vmm_words_interval (value->low, value->high);

  if (!isfinite (value->value)) {
    g_autofree char *reason =
        value->reason ? vmm_say (value->reason) : g_strdup (_ ("not measured yet"));
    return g_strdup_printf (C_ ("title: value", "%1$s: %2$s"), title, reason);
  }
  vmm_figure_points (points, value->value);
  return interval[0]
             ? g_strdup_printf (_ ("%1$s %2$s, 95 %% interval %3$s"), title, points, interval)
             : g_strdup_printf ("%s %s", title, points);
}

const char *
vmm_words_unseen (const VmmResult *result)
{
  const VmmPlan *plan = vmm_result_get_plan (result);

  return plan->probes && plan->light
             ? _ ("A light run, without bursts: it cannot see whether the CPUs are there all at "
                  "once, "
                  "how much the disk carries, nor how it serves many requests at a time.")
             : NULL;
}

char *
vmm_words_bursts (const VmmResult *result)
{
  guint               n, rows = 0;
  const VmmChannelId *bursts = vmm_channel_bursts (&n);

  for (guint i = 0; i < n; i++)
    rows = MAX (rows, vmm_result_get_summary (result, bursts[i])->present);
  if (rows == 0)
    return NULL;
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u of these seconds was a burst: this program asked for all CPUs and the disk.",
                   "%u of these seconds were bursts: this program asked for all CPUs and the disk.",
                   rows),
      rows);
}
