/* SPDX-License-Identifier: MIT */
/* readings: what each channel did in a window, and which had nothing to say. */
#include "readings.h"

#include "page.h"
#include "vmm/figure.h"
#include "vmm/language.h"
#include "vmm/words.h"
#include "vmm/text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* TRANSLATORS: of the readings of a channel; "95 % below": 95 % of them are less */
/* xgettext:no-c-format */
static const char *const names[] = { N_ ("mean"), N_ ("median"), N_ ("95 % below"),
                                     N_ ("largest") };

static const guint spare[] = { 1, 3, 2, 0 }; /* on a narrow page */

static gboolean
is_shown (VmmChannelId channel, const VmmSummary *summary)
{
  gboolean rare = channel == VMM_CHANNEL_NETWORK_LATE || channel == VMM_CHANNEL_NETWORK_DUPLICATE;

  return vmm_metric (vmm_channel (channel)->metric)->readings && summary->present > 0 &&
         !(rare && summary->max == 0);
}

void
vmm_readings_append (GString *out, const VmmResult *result, const VmmStyle *style)
{
  guint widths[G_N_ELEMENTS (names)];

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    widths[i] = vmm_page_figure (_ (names[i]), VMM_PAGE_FIGURE);
  guint chosen = vmm_page_choose (style, widths, G_N_ELEMENTS (names), spare);
  g_string_append (out, style->dim);
  /* TRANSLATORS: "Readings" and the titles of channels below it are best at most 26 columns wide, the
   * other headings 11. */
  vmm_page_name (out, _ ("Readings"), VMM_PAGE_NAME);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (chosen & (1u << i))
      vmm_text_append_right (out, _ (names[i]), widths[i]);
  g_string_append_printf (out, "%s\n", style->reset);

  for (int channel = 0; channel < VMM_N_CHANNELS; channel++) {
    const VmmSummary *summary = vmm_result_get_summary (result, channel);
    if (!is_shown (channel, summary))
      continue;
    const double  figures[] = { summary->mean, summary->median, summary->p95, summary->max };
    VmmFigureUnit unit =
        vmm_figure_unit (vmm_channel (channel)->unit, figures, G_N_ELEMENTS (figures));
    vmm_page_name (out, _ (vmm_channel (channel)->title), VMM_PAGE_NAME);
    for (guint i = 0; i < G_N_ELEMENTS (figures); i++) {
      char text[VMM_FIGURE_SIZE];
      if (chosen & (1u << i))
        vmm_text_append_right (out, vmm_figure_in (text, VMM_LOCAL, figures[i], unit), widths[i]);
    }
    g_string_append_c (out, '\n');
  }
  g_autofree char *bursts = vmm_words_bursts (result);
  if (bursts)
    vmm_page_note (out, style, "", bursts);
}

/* A counter that moves more rarely than a row comes tells of the time since it moved last. */
static double
add_joules (const VmmResult *result, VmmChannelId channel)
{
  guint        n;
  const float *times = vmm_result_get_times (result, &n);
  const float *watts = vmm_result_get_series (result, channel);
  double       joules = 0, since_s = 0;

  for (guint i = 0; watts && i < n; i++) {
    if (isnan (watts[i]))
      continue;
    joules += (double) watts[i] * ((double) times[i] - since_s);
    since_s = (double) times[i];
  }
  return joules;
}

void
vmm_readings_append_energy (GString *out, const VmmResult *result, const VmmStyle *style)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char figure[VMM_FIGURE_SIZE];

  for (int channel = 0; channel < VMM_N_CHANNELS; channel++) {
    const VmmChannel *row = vmm_channel (channel);
    if (strcmp (row->unit, "W") != 0 || vmm_result_get_summary (result, channel)->present == 0)
      continue;
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? " · " : "", _ (row->title),
                            vmm_figure (figure, add_joules (result, channel), "J"));
  }
  if (text->len > 0)
    vmm_page_note (out, style, _ ("Energy"), text->str);
}

/* Of a rare thing that this machine has not, and of a peer that nobody named, nothing is missing. */
static gboolean
is_wanted (const VmmResult *result, VmmChannelId channel)
{
  VmmMetric metric = vmm_channel (channel)->metric;

  return metric == VMM_METRIC_PEER
             ? vmm_result_get_reason (result, channel).cause != VMM_CAUSE_NOT_ASKED
             : !vmm_metric (metric)->is_rare;
}

static gboolean
is_missed (const VmmResult *result, int channel)
{
  const VmmSummary *summary = vmm_result_get_summary (result, channel);

  return summary->missing > 0 && (summary->present > 0 || is_wanted (result, channel));
}

/* Why `channel` has no value, or had none at the window's end, or NULL. */
static const char *
get_loss (const VmmResult *result, int channel)
{
  return channel < VMM_N_CHANNELS && is_missed (result, channel)
             ? vmm_result_get_reason (result, channel).sentence
             : NULL;
}

/* Free with g_free(). */
static char *
name_loss (const VmmResult *result, int channel)
{
  const VmmSummary *summary = vmm_result_get_summary (result, channel);
  const char       *title = _ (vmm_channel (channel)->title);

  return summary->present == 0
             ? g_strdup (title)
             : g_strdup_printf (_ ("%1$s (%2$u of %3$u)"), title, summary->missing,
                                summary->missing + summary->present);
}

/* Neighbours with one reason share a note. */
void
vmm_readings_append_missing (GString *out, const VmmResult *result, const VmmStyle *style)
{
  const char *heading = _ ("Missing"), *reason;

  for (int channel = 0; channel < VMM_N_CHANNELS; channel++) {
    if (!(reason = get_loss (result, channel)))
      continue;
    g_autoptr (GString) text = g_string_new (NULL);
    for (;; channel++) {
      g_autofree char *name = name_loss (result, channel);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
      if (g_strcmp0 (get_loss (result, channel + 1), reason) != 0)
        break;
    }
    g_autofree char *said = vmm_say (reason);
    vmm_page_format (out, style, heading, _ ("%s: %s"), text->str, said);
    heading = "";
  }
}
