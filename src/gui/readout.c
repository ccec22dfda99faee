/* SPDX-License-Identifier: MIT */
/* readout: one row of the ring, in words. */
#include "readout.h"

/* clang-format off */
static const VmmReadout readouts[VMM_N_CATEGORIES] = {
  [VMM_METRIC_CPU]     = { "CPU",             "% busy",    VMM_CHANNEL_CPU_BUSY,    VMM_CHANNEL_CPU_STEAL,      100, 0 },
  [VMM_METRIC_MEMORY]  = { "Memory",          "% used",    VMM_CHANNEL_MEMORY_USED, VMM_CHANNEL_MEMORY_CACHE,   100, 0 },
  [VMM_METRIC_DISK]    = { "Disk I/O",        "MB/s read", VMM_CHANNEL_DISK_READ,   VMM_CHANNEL_DISK_WRITE,     0,   1 },
  [VMM_METRIC_NETWORK] = { "Network latency", "ms",        VMM_CHANNEL_NETWORK_RTT, VMM_CHANNEL_NETWORK_JITTER, 0,   0.1 },
};

/* What the quiet line tells, in order; the secondary series comes first. */
static const struct { VmmMetric metric; VmmChannelId channel; const char *title; } details[] = {
  { VMM_METRIC_CPU,     VMM_CHANNEL_CPU_STEAL,      "Steal"   },
  { VMM_METRIC_CPU,     VMM_CHANNEL_CPU_STOLEN,     "stolen by our estimate" },
  { VMM_METRIC_MEMORY,  VMM_CHANNEL_MEMORY_CACHE,   "Cache"   },
  { VMM_METRIC_MEMORY,  VMM_CHANNEL_MEMORY_SWAP,    "swap"    },
  { VMM_METRIC_MEMORY,  VMM_CHANNEL_MEMORY_BALLOON, "balloon" },
  { VMM_METRIC_DISK,    VMM_CHANNEL_DISK_WRITE,     "Write"   },
  { VMM_METRIC_DISK,    VMM_CHANNEL_DISK_AWAIT,     "wait"    },
  { VMM_METRIC_NETWORK, VMM_CHANNEL_NETWORK_JITTER, "Jitter"  },
  { VMM_METRIC_NETWORK, VMM_CHANNEL_NETWORK_LOSS,   "loss"    },
};
/* clang-format on */

const VmmReadout *
vmm_readout (VmmMetric metric)
{
  g_return_val_if_fail ((guint) metric < VMM_N_CATEGORIES, NULL);
  return &readouts[metric];
}

char *
vmm_readout_format (float value, const char *unit)
{
  if (isnan (value))
    return g_strdup ("–");
  int decimals = value >= 99.95f ? 0 : value >= 9.995f || unit[0] == '%' ? 1 : 2;
  return g_strdup_printf ("%.*f", decimals, value);
}

static void add (GString *line, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add (GString *line, const char *format, ...)
{
  va_list arguments;

  if (line->len > 0)
    g_string_append (line, " · ");
  va_start (arguments, format);
  g_string_append_vprintf (line, format, arguments);
  va_end (arguments);
}

static gboolean
add_value (GString *line, const char *title, VmmChannelId channel, float value)
{
  const char *unit = vmm_channel (channel)->unit;

  if (vmm_absence (value) != VMM_PRESENT)
    return FALSE;
  g_autofree char *digits = vmm_readout_format (value, unit);
  add (line, "%s %s %s", title, digits, unit);
  return TRUE;
}

static void
add_size (GString *line, const VmmHost *host, float used_percent)
{
  double total = (double) host->memory_bytes / (1024.0 * 1024 * 1024);

  if (total > 0 && !isnan (used_percent))
    add (line, "%.1f of %.1f GiB", total * used_percent / 100, total);
}

static void
add_target (GString *line, VmmSession *session)
{
  VmmPingInfo ping;

  vmm_session_get_ping_info (session, &ping);
  if (ping.kind != VMM_TARGET_NONE)
    add (line, "%s%s%s", ping.kind == VMM_TARGET_GATEWAY ? "gateway " : "", ping.address,
         ping.method == VMM_PING_TCP ? ", TCP connect" : "");
}

char *
vmm_readout_value (VmmMetric metric, VmmSession *session, guint row)
{
  const VmmReadout *readout = vmm_readout (metric);
  float             value = vmm_ring_get (vmm_session_get_ring (session), row, readout->main);

  if (isnan (value)) {
    const char *reason = vmm_session_get_reason (session, readout->main);
    return g_strdup (reason ? reason : vmm_absence_name (vmm_absence (value)));
  }
  g_autofree char *digits = vmm_readout_format (value, vmm_channel (readout->main)->unit);
  return g_strdup_printf ("%s %s", digits, readout->unit);
}

char *
vmm_readout_detail (VmmMetric metric, VmmSession *session, guint row, gboolean *ret_has_secondary)
{
  const VmmRing *ring = vmm_session_get_ring (session);
  const VmmHost *host = vmm_session_get_host (session);
  GString       *line = g_string_new (NULL);
  gboolean       has_secondary = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (details); i++) {
    if (details[i].metric != metric)
      continue;
    gboolean present = add_value (line, details[i].title, details[i].channel,
                                  vmm_ring_get (ring, row, details[i].channel));
    if (details[i].channel == readouts[metric].secondary)
      has_secondary = present;
    if (details[i].channel == VMM_CHANNEL_CPU_STEAL && host->steal == VMM_STEAL_NOT_REPORTED)
      add (line, "Steal not reported by this VMM");
    if (details[i].channel == VMM_CHANNEL_MEMORY_CACHE)
      add_size (line, host, vmm_ring_get (ring, row, VMM_CHANNEL_MEMORY_USED));
  }
  if (metric == VMM_METRIC_NETWORK)
    add_target (line, session);
  *ret_has_secondary = has_secondary;
  return g_string_free (line, FALSE);
}

char *
vmm_readout_at (VmmMetric metric, VmmSession *session, guint row)
{
  const VmmReadout *readout = vmm_readout (metric);
  const VmmRing    *ring = vmm_session_get_ring (session);
  gint64 real_us = vmm_ring_get_time (ring, row) + g_get_real_time () - g_get_monotonic_time ();
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (real_us / G_USEC_PER_SEC);
  g_autofree char *clock = g_date_time_format (time, "%H:%M:%S");
  g_autofree char *value = vmm_readout_value (metric, session, row);
  GString         *line = g_string_new (clock);

  add (line, "%s", value);
  for (guint i = 0; i < G_N_ELEMENTS (details); i++)
    if (details[i].metric == metric && details[i].channel == readout->secondary)
      add_value (line, details[i].title, readout->secondary,
                 vmm_ring_get (ring, row, readout->secondary));
  return g_string_free (line, FALSE);
}
