/* SPDX-License-Identifier: MIT */
/* readout: one row of the ring, in words. */
#include "vmm/readout.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vmm/figure.h"
#include "vmm/phrases.h"

/* What the quiet line tells, in order; the secondary series comes first. */
/* TRANSLATORS: each of these is a figure of one metric: "steal 1.0 %"; best short. Steal, jitter and
 * balloon are terms of art. */
/* clang-format off */
static const struct { VmmMetric metric; VmmChannelId channel; const char *format, *help; } details[] = {
  { VMM_METRIC_CPU, VMM_CHANNEL_CPU_STEAL, N_ ("steal %s"),
    N_ ("Steal: the share of time in which this guest wanted a CPU and the VMM gave it to others, as the VMM tells it.") },
  { VMM_METRIC_CPU, VMM_CHANNEL_CPU_STOLEN, N_ ("stolen %s"),
    N_ ("Stolen: our own estimate of the same, from the time that is missing while this program only computes.") },
  { VMM_METRIC_CPU, VMM_CHANNEL_CPU_USER, N_ ("user %s"),
    N_ ("User and system: what programs and what the kernel took of the time of the CPUs.") },
  { VMM_METRIC_CPU, VMM_CHANNEL_CPU_SYSTEM, N_ ("system %s"), NULL },
  { VMM_METRIC_CPU, VMM_CHANNEL_CPU_IOWAIT, N_ ("I/O wait %s"),
    N_ ("I/O wait: the share of time in which CPUs had nothing to do but to wait for a disk.") },
  { VMM_METRIC_MEMORY, VMM_CHANNEL_MEMORY_CACHE, N_ ("cache %s"),
    N_ ("Cache: contents of files that stay in memory until it is needed for something else.") },
  { VMM_METRIC_MEMORY, VMM_CHANNEL_MEMORY_SWAP, N_ ("swap %s"),
    N_ ("Swap: how much of the space on disk that stands in for memory is in use.") },
  { VMM_METRIC_MEMORY, VMM_CHANNEL_MEMORY_BALLOON, N_ ("balloon %s"),
    N_ ("Balloon: memory that the VMM has taken back from this guest.") },
  { VMM_METRIC_DISK, VMM_CHANNEL_DISK_WRITE, N_ ("write %s"), NULL },
  { VMM_METRIC_DISK, VMM_CHANNEL_DISK_AWAIT, N_ ("wait %s"),
    N_ ("Wait (await): how long a read or a write took on average, its time in the queue included.") },
  { VMM_METRIC_DISK, VMM_CHANNEL_DISK_IOPS, N_ ("I/O %s"),
    N_ ("I/O: how many reads and writes were done in a second.") },
  { VMM_METRIC_DISK, VMM_CHANNEL_DISK_UTIL, N_ ("busy %s"),
    N_ ("Busy disk: the share of time in which it had something to do.") },
  { VMM_METRIC_NETWORK, VMM_CHANNEL_NETWORK_JITTER, N_ ("jitter %s"),
    N_ ("Jitter: how much one round trip differs from the next, on average.") },
  { VMM_METRIC_NETWORK, VMM_CHANNEL_NETWORK_LOSS, N_ ("loss %s"),
    N_ ("Loss: the share of echoes that no answer came to.") },
  { VMM_METRIC_GPU, VMM_CHANNEL_GPU_MEMORY, N_ ("memory %s"), NULL },
  { VMM_METRIC_GPU, VMM_CHANNEL_GPU_POWER, N_ ("power %s"), NULL },
  { VMM_METRIC_ENERGY, VMM_CHANNEL_ENERGY_MACHINE, N_ ("machine %s"),
    N_ ("Machine and packages: what all of it, and its processors, take.") },
  { VMM_METRIC_ENERGY, VMM_CHANNEL_ENERGY_PACKAGE, N_ ("packages %s"), NULL },
};
/* clang-format on */

const char *
vmm_readout_title (VmmMetric metric)
{
  const VmmMetricInfo *info = vmm_metric (metric);

  return _ (info->graph ? info->graph : info->title);
}

static gboolean
has_value (const VmmRing *ring, int channel)
{
  float least, most;

  return channel >= 0 && vmm_ring_get_extremes (ring, (guint) channel, 0,
                                                vmm_ring_get_length (ring), &least, &most);
}

gboolean
vmm_readout_exists (const VmmRing *ring, VmmMetric metric)
{
  const VmmMetricInfo *info = vmm_metric (metric);

  return !info->is_rare ||
         (ring && (has_value (ring, info->main) || has_value (ring, info->secondary)));
}

VmmChannelId
vmm_readout_main (const VmmRing *ring, VmmMetric metric, int *ret_secondary)
{
  const VmmMetricInfo *info = vmm_metric (metric);
  gboolean             stands_in =
      info->stands_in && ring && !has_value (ring, info->main) && has_value (ring, info->secondary);

  if (ret_secondary)
    *ret_secondary = stands_in ? -1 : info->secondary;
  return (VmmChannelId) (stands_in ? info->secondary : info->main);
}

const char *
vmm_readout_unit (VmmMetric metric, float value, VmmUnits units)
{
  const VmmMetricInfo *info = vmm_metric (metric);

  if (info->main == VMM_CHANNEL_DISK_READ)
    return vmm_units_read (units, value);
  return info->unit ? _ (info->unit)
                    : vmm_units_name (units, vmm_channel (info->main)->unit, value);
}

/* The digits alone, in the unit of vmm_units_name(). */
static void
format_digits (char ret_text[VMM_FIGURE_SIZE], float value, VmmChannelId channel, VmmUnits units)
{
  const char *unit = vmm_channel (channel)->unit;

  vmm_figure_number (ret_text, VMM_LOCAL, value,
                     (VmmFigureUnit){ unit, vmm_units_scale (units, unit, value) });
}

char *
vmm_readout_digits (VmmMetric metric, float value, VmmUnits units)
{
  char digits[VMM_FIGURE_SIZE];

  if (isnan (value))
    return g_strdup ("–");
  format_digits (digits, value, vmm_metric (metric)->main, units);
  return g_strdup (digits);
}

char *
vmm_readout_value (const VmmReadout *readout, VmmMetric metric)
{
  float value =
      vmm_ring_get (readout->ring, readout->row, vmm_readout_main (readout->ring, metric, NULL));

  if (isnan (value))
    return readout->reason ? vmm_say (readout->reason)
                           : g_strdup (vmm_phrase_absence (vmm_absence (value)));
  g_autofree char *digits = vmm_readout_digits (metric, value, readout->units);
  return g_strdup_printf (C_ ("figure, unit", "%1$s %2$s"), digits,
                          vmm_readout_unit (metric, value, readout->units));
}

/* ---- The quiet line */

static void
add_after (GString *line, const char *between, char *words)
{
  g_string_append_printf (line, "%s%s", line->len > 0 ? between : "", words);
  g_free (words);
}

/* Takes `words`. */
static void
add (GString *line, char *words)
{
  add_after (line, " · ", words);
}

/* A rate is in the user's units, all else as figures are everywhere. */
static void
format_figure (char ret_text[VMM_FIGURE_SIZE], float value, VmmChannelId channel, VmmUnits units)
{
  const char *unit = vmm_channel (channel)->unit;

  if (!vmm_units_is_rate (unit)) {
    vmm_figure (ret_text, value, unit);
    return;
  }
  format_digits (ret_text, value, channel, units);
  g_strlcat (ret_text, " ", VMM_FIGURE_SIZE);
  g_strlcat (ret_text, vmm_units_name (units, unit, value), VMM_FIGURE_SIZE);
}

/* The value of a row of the table; whether there is one. */
static gboolean
add_value (GString *line, const VmmReadout *readout, guint detail)
{
  VmmChannelId channel = details[detail].channel;
  float        value = vmm_ring_get (readout->ring, readout->row, channel);
  char         figure[VMM_FIGURE_SIZE];

  if (vmm_absence (value) != VMM_PRESENT)
    return FALSE;
  format_figure (figure, value, channel, readout->units);
  add (line, vmm_fill (_ (details[detail].format), figure, NULL));
  return TRUE;
}

/* Where no VMM tells it, 0 would be a lie. */
static void
add_no_steal (GString *line, const VmmReadout *readout)
{
  float steal = vmm_ring_get (readout->ring, readout->row, VMM_CHANNEL_CPU_STEAL);

  if (vmm_absence (steal) == VMM_NOT_EXPOSED)
    add (line, g_strdup (_ ("steal not reported")));
}

static void
add_size (GString *line, const VmmReadout *readout)
{
  float  percent = vmm_ring_get (readout->ring, readout->row, VMM_CHANNEL_MEMORY_USED);
  double all = readout->memory_bytes;
  char   used[VMM_FIGURE_SIZE], total[VMM_FIGURE_SIZE];

  if (all > 0 && !isnan (percent))
    add (line, g_strdup_printf (_ ("%1$s of %2$s"),
                                vmm_units_size (readout->units, used, all * percent / 100),
                                vmm_units_size (readout->units, total, all)));
}

static void
add_target (GString *line, const VmmPingInfo *ping)
{
  gboolean gateway = ping->kind == VMM_TARGET_GATEWAY, tcp = ping->method == VMM_PING_TCP;

  if (ping->kind == VMM_TARGET_NONE)
    return;
  add (line, gateway ? tcp ? g_strdup_printf (_ ("gateway %s, TCP connect"), ping->address)
                           : g_strdup_printf (_ ("gateway %s"), ping->address)
             : tcp ? g_strdup_printf (_ ("%s, TCP connect"), ping->address)
                     : g_strdup (ping->address));
}

gboolean
vmm_readout_is_drawn (const VmmRing *ring, VmmMetric metric, VmmChannelId channel)
{
  const VmmMetricInfo *info = vmm_metric (metric);
  int                  secondary;

  vmm_readout_main (ring, metric, &secondary);
  for (guint i = 0; i < info->n_layers; i++)
    if (info->layers[i].word == (int) channel)
      return TRUE;
  return secondary == (int) channel;
}

/* The value of a row of the table with its key, if it has one. */
static gboolean
add_detail (GString *line, const VmmReadout *readout, guint detail, const char *key,
            VmmReadoutKeys *keys)
{
  GString *words = g_string_new (NULL);
  gboolean present = add_value (words, readout, detail);
  gboolean drawn = present && vmm_readout_is_drawn (readout->ring, details[detail].metric,
                                                    details[detail].channel);

  if (drawn && key)
    g_string_prepend (words, key);
  if (drawn && keys->n < G_N_ELEMENTS (keys->channels))
    keys->channels[keys->n++] = details[detail].channel;
  /* A key parts as well as a dot does. */
  if (present)
    add_after (line, drawn && key ? "  " : " · ", g_strdup (words->str));
  g_string_free (words, TRUE);
  return present;
}

char *
vmm_readout_detail (const VmmReadout *readout, VmmMetric metric, const char *key,
                    VmmReadoutKeys *ret_keys)
{
  GString       *line = g_string_new (NULL);
  VmmReadoutKeys keys = { .n = 0 };

  for (guint i = 0; i < G_N_ELEMENTS (details); i++) {
    if (details[i].metric != metric)
      continue;
    gboolean present = add_detail (line, readout, i, key, &keys);
    if (details[i].channel == VMM_CHANNEL_CPU_STEAL && !present)
      add_no_steal (line, readout);
    if (details[i].channel == VMM_CHANNEL_MEMORY_CACHE)
      add_size (line, readout);
  }
  if (metric == VMM_METRIC_NETWORK)
    add_target (line, &readout->ping);
  if (ret_keys)
    *ret_keys = keys;
  return g_string_free (line, FALSE);
}

static gboolean
is_burst (const VmmReadout *readout)
{
  guint               n;
  const VmmChannelId *bursts = vmm_channel_bursts (&n);

  for (guint i = 0; i < n; i++)
    if (vmm_absence (vmm_ring_get (readout->ring, readout->row, bursts[i])) == VMM_PRESENT)
      return TRUE;
  return FALSE;
}

char *
vmm_readout_at (const VmmReadout *readout, VmmMetric metric, gint64 real_us)
{
  GString *line = g_string_new (NULL);
  int      secondary;

  vmm_readout_main (readout->ring, metric, &secondary);
  add (line, vmm_phrase_clock (real_us));
  add (line, vmm_readout_value (readout, metric));
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    if (details[i].metric == metric && (int) details[i].channel == secondary)
      add_value (line, readout, i);
  if (is_burst (readout))
    add (line, g_strdup (_ ("a burst of this program")));
  return g_string_free (line, FALSE);
}

char *
vmm_readout_help (VmmMetric metric)
{
  const char *help = vmm_metric (metric)->help;
  GString    *lines = g_string_new (help ? _ (help) : NULL);

  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    if (details[i].metric == metric && details[i].help)
      g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", _ (details[i].help));
  return g_string_free (lines, FALSE);
}
