/* SPDX-License-Identifier: MIT */
/* readout: one row of the ring, in words. */
#include "readout.h"

#include <glib/gi18n-lib.h>

#include "vmm/phrases.h"
#include "vmm/language.h"

/* What the quiet line tells, in order; the secondary series comes first. */
/* clang-format off */
static const struct { VmmMetric metric; VmmChannelId channel; const char *title, *help; } details[] = {
  { VMM_METRIC_CPU, VMM_CHANNEL_CPU_STEAL, NC_ ("reading", "Steal"),
    N_ ("Steal: the share of time in which this guest wanted a CPU and the VMM gave it to others, as the VMM tells it.") },
  { VMM_METRIC_CPU, VMM_CHANNEL_CPU_STOLEN, NC_ ("reading", "stolen by our estimate"),
    N_ ("Stolen: our own estimate of the same, from the time that is missing while this program only computes.") },
  { VMM_METRIC_MEMORY, VMM_CHANNEL_MEMORY_CACHE, NC_ ("reading", "Cache"),
    N_ ("Cache: contents of files that stay in memory until it is needed for something else.") },
  { VMM_METRIC_MEMORY, VMM_CHANNEL_MEMORY_SWAP, NC_ ("reading", "swap"),
    N_ ("Swap: how much of the space on disk that stands in for memory is in use.") },
  { VMM_METRIC_MEMORY, VMM_CHANNEL_MEMORY_BALLOON, NC_ ("reading", "balloon"),
    N_ ("Balloon: memory that the VMM has taken back from this guest.") },
  { VMM_METRIC_DISK, VMM_CHANNEL_DISK_WRITE, NC_ ("reading", "Write"), NULL },
  { VMM_METRIC_DISK, VMM_CHANNEL_DISK_AWAIT, NC_ ("reading", "wait"),
    N_ ("Wait (await): how long a read or a write took on average, its time in the queue included.") },
  { VMM_METRIC_NETWORK, VMM_CHANNEL_NETWORK_JITTER, NC_ ("reading", "Jitter"),
    N_ ("Jitter: how much one round trip differs from the next, on average.") },
  { VMM_METRIC_NETWORK, VMM_CHANNEL_NETWORK_LOSS, NC_ ("reading", "loss"),
    N_ ("Loss: the share of echoes that no answer came to.") },
};
/* clang-format on */

const char *
vmm_readout_title (VmmMetric metric)
{
  const VmmMetricInfo *info = vmm_metric (metric);

  return _ (info->graph ? info->graph : info->title);
}

const char *
vmm_readout_unit (VmmMetric metric, float value, VmmUnits units)
{
  const VmmMetricInfo *info = vmm_metric (metric);

  if (info->main == VMM_CHANNEL_DISK_READ)
    return _ (vmm_units_rate (units, value)->read);
  return info->unit ? _ (info->unit)
                    : vmm_units_name (units, vmm_channel (info->main)->unit, value);
}

char *
vmm_readout_format (float value, const char *unit)
{
  if (isnan (value))
    return g_strdup ("–");
  int decimals = value >= 99.95f ? 0 : value >= 9.995f || unit[0] == '%' ? 1 : 2;
  return g_strdup_printf ("%.*f", decimals, value);
}

static char *
format_in_units (float value, VmmChannelId channel, VmmUnits units)
{
  const char *unit = vmm_channel (channel)->unit;
  double      scale = vmm_units_scale (units, unit, value);

  return vmm_readout_format (scale == 1 ? value : (float) (value / scale), unit);
}

/* Takes `words`. */
static void
add (GString *line, char *words)
{
  g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", words);
  g_free (words);
}

static gboolean
add_value (GString *line, const char *title, VmmChannelId channel, float value, VmmUnits units)
{
  if (vmm_absence (value) != VMM_PRESENT)
    return FALSE;
  g_autofree char *digits = format_in_units (value, channel, units);
  add (line, g_strdup_printf (C_ ("title, figure, unit", "%1$s %2$s %3$s"),
                              g_dpgettext2 (GETTEXT_PACKAGE, "reading", title), digits,
                              vmm_units_name (units, vmm_channel (channel)->unit, value)));
  return TRUE;
}

static void
add_size (GString *line, const VmmHost *host, float used_percent, VmmUnits units)
{
  double total = (double) host->memory_bytes / vmm_units (units)->size_bytes;

  if (total > 0 && !isnan (used_percent))
    add (line, g_strdup_printf (C_ ("used, all, unit", "%1$.1f of %2$.1f %3$s"),
                                total * used_percent / 100, total, _ (vmm_units (units)->size)));
}

static void
add_target (GString *line, VmmSession *session)
{
  VmmDescription sources;

  vmm_session_describe (session, &sources);
  const VmmPingInfo ping = sources.ping;
  if (ping.kind == VMM_TARGET_NONE)
    return;
  gboolean gateway = ping.kind == VMM_TARGET_GATEWAY, tcp = ping.method == VMM_PING_TCP;
  add (line, gateway ? tcp ? g_strdup_printf (_ ("gateway %s, TCP connect"), ping.address)
                           : g_strdup_printf (_ ("gateway %s"), ping.address)
             : tcp ? g_strdup_printf (_ ("%s, TCP connect"), ping.address)
                     : g_strdup (ping.address));
}

char *
vmm_readout_digits (VmmMetric metric, float value, VmmUnits units)
{
  return format_in_units (value, vmm_metric (metric)->main, units);
}

char *
vmm_readout_value (VmmMetric metric, VmmSession *session, guint row, VmmUnits units)
{
  const VmmMetricInfo *info = vmm_metric (metric);
  float                value = vmm_ring_get (vmm_session_get_ring (session), row, info->main);

  if (isnan (value)) {
    const char *reason = vmm_session_get_reason (session, info->main).sentence;
    return reason ? vmm_say (reason) : g_strdup (vmm_phrase_absence (vmm_absence (value)));
  }
  g_autofree char *digits = vmm_readout_digits (metric, value, units);
  return g_strdup_printf (C_ ("figure, unit", "%1$s %2$s"), digits,
                          vmm_readout_unit (metric, value, units));
}

char *
vmm_readout_detail (VmmMetric metric, VmmSession *session, guint row, VmmUnits units,
                    gboolean *ret_has_secondary)
{
  const VmmRing *ring = vmm_session_get_ring (session);
  const VmmHost *host = vmm_session_get_host (session);
  GString       *line = g_string_new (NULL);
  gboolean       has_secondary = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (details); i++) {
    if (details[i].metric != metric)
      continue;
    gboolean present = add_value (line, details[i].title, details[i].channel,
                                  vmm_ring_get (ring, row, details[i].channel), units);
    if ((int) details[i].channel == vmm_metric (metric)->secondary)
      has_secondary = present;
    if (details[i].channel == VMM_CHANNEL_CPU_STEAL && host->steal == VMM_STEAL_NOT_REPORTED)
      add (line, g_strdup (_ ("Steal not reported by this VMM")));
    if (details[i].channel == VMM_CHANNEL_MEMORY_CACHE)
      add_size (line, host, vmm_ring_get (ring, row, VMM_CHANNEL_MEMORY_USED), units);
  }
  if (metric == VMM_METRIC_NETWORK)
    add_target (line, session);
  *ret_has_secondary = has_secondary;
  return g_string_free (line, FALSE);
}

char *
vmm_readout_at (VmmMetric metric, VmmSession *session, guint row, VmmUnits units)
{
  const VmmMetricInfo *info = vmm_metric (metric);
  const VmmRing       *ring = vmm_session_get_ring (session);
  gint64   real_us = vmm_ring_get_time (ring, row) + g_get_real_time () - g_get_monotonic_time ();
  GString *line = g_string_new (NULL);

  add (line, vmm_phrase_clock (real_us));
  add (line, vmm_readout_value (metric, session, row, units));
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    if (details[i].metric == metric && (int) details[i].channel == info->secondary)
      add_value (line, details[i].title, info->secondary, vmm_ring_get (ring, row, info->secondary),
                 units);
  return g_string_free (line, FALSE);
}

char *
vmm_readout_help (VmmMetric metric)
{
  const char *help = vmm_metric (metric)->help;
  GString    *lines = g_string_new (help ? _ (help) : NULL);

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    if (details[i].metric == metric && details[i].help)
      g_string_append_printf (lines, "\n%s", _ (details[i].help));
  g_string_append_printf (
      lines, "\n%s",
      _ ("Ctrl with the wheel changes the span of time, Shift with the wheel goes "
         "through the history, Esc comes back."));
  return g_string_free (lines, FALSE);
}
