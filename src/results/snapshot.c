/* SPDX-License-Identifier: MIT */
/* snapshot: the figures of a program that goes on measuring, beside those of its newest window. */
#include "vmm/snapshot.h"

#include "metrics_text.h"
#include "vmm/export.h"

#define MOMENT "%.3f"

static const char *const receiver_ids[VMM_N_RECEIVERS] = { "store", "textfile", "push" };

const char *
vmm_receiver_id (VmmReceiver receiver)
{
  g_return_val_if_fail ((guint) receiver < VMM_N_RECEIVERS, NULL);
  return receiver_ids[receiver];
}

/* ---- What has one value */

typedef enum { SECONDS, COUNT, MOMENT_US } Kind;

/* The names process_... are those of the program that collects the text. */
/* clang-format off */
#define AT(member) G_STRUCT_OFFSET (VmmSnapshot, member)
static const struct {
  const char *name, *type, *help;
  gsize       offset;
  Kind        kind;
} figures[] = {
  { "vmm_exposition_timestamp_seconds", "gauge", "When this text was made.", AT (now_us), MOMENT_US },
  { "vmm_window_next_timestamp_seconds", "gauge", "When the next window is due.", AT (next_us), MOMENT_US },
  { "vmm_windows_total", "counter", "Windows that were finished.", AT (windows), COUNT },
  { "vmm_stolen_ratio", "gauge", "Share of a CPU that the host withheld over the last minutes, measured from within.", AT (stolen_ratio), SECONDS },
  { "vmm_stolen_observed_seconds_total", "counter", "Time that was watched for what the host withholds.", AT (stolen_observed_seconds), SECONDS },
  { "vmm_stolen_missing_seconds_total", "counter", "How much of that the host withheld.", AT (stolen_missing_seconds), SECONDS },
  { "vmm_steal_seconds_total", "counter", "Time that the VMM says it took from the guest, all CPUs; absent where it does not tell.", AT (steal_seconds), SECONDS },
  { "vmm_guest_stopped_seconds_total", "counter", "Time in which the guest did not run.", AT (stopped_seconds), SECONDS },
  { "vmm_guest_clock_steps_total", "counter", "Times that the wall clock was moved by more than 0.5 s.", AT (clock_steps), COUNT },
  { "vmm_monitor_cpu_seconds_total", "counter", "CPU time of this program, user and system.", AT (cpu_seconds), SECONDS },
  { "vmm_monitor_resident_memory_bytes", "gauge", "Resident memory of this program.", AT (resident_bytes), COUNT },
  { "vmm_monitor_start_timestamp_seconds", "gauge", "When this program was started.", AT (started_us), MOMENT_US },
};
/* clang-format on */

static double
get_figure (const VmmSnapshot *snapshot, Kind kind, gsize offset)
{
  if (kind == COUNT)
    return (double) G_STRUCT_MEMBER (guint64, snapshot, offset);
  if (kind == SECONDS)
    return G_STRUCT_MEMBER (double, snapshot, offset);
  return (double) G_STRUCT_MEMBER (gint64, snapshot, offset) / G_USEC_PER_SEC;
}

static void
append_figures (GString *text, const VmmSnapshot *snapshot)
{
  static const char *const formats[] = { "%.9g", "%.0f", MOMENT };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    if (figures[i].offset != AT (next_us) || snapshot->next_us != 0)
      vmm_metrics_append_figure (text, figures[i].name, figures[i].type, figures[i].help,
                                 formats[figures[i].kind],
                                 get_figure (snapshot, figures[i].kind, figures[i].offset));
}

/* ---- What has several */

static const char *
get_skipped_id (guint i)
{
  return vmm_skipped_id ((VmmSkipped) i);
}

static const char *
get_receiver_id (guint i)
{
  return vmm_receiver_id ((VmmReceiver) i);
}

static void
append_counts (GString *text, const char *name, const char *help, const char *label,
               const char *(*get_id) (guint i), const guint64 *counts, guint n)
{
  vmm_metrics_append_family (text, name, "counter", help);
  for (guint i = 0; i < n; i++) {
    g_string_append_printf (text, "%s{", name);
    vmm_metrics_append_label (text, label, get_id (i));
    g_string_append_printf (text, "} %" G_GUINT64_FORMAT "\n", counts[i]);
  }
}

char *
vmm_snapshot_to_prometheus (const VmmSnapshot *snapshot)
{
  GString *text = g_string_new (NULL);

  if (snapshot->result) {
    g_autofree char *window = vmm_export_prometheus (snapshot->result);
    g_string_append (text, window);
  } else {
    vmm_metrics_append_machine (text, "vmm_monitor " VMM_VERSION, VMM_SCORE_VERSION,
                                snapshot->host);
  }
  append_figures (text, snapshot);
  if (!snapshot->is_ever_unknown)
    append_counts (text, "vmm_windows_skipped_total", "Windows that were due and not measured.",
                   "reason", get_skipped_id, snapshot->skipped_ever, VMM_N_SKIPPED);
  append_counts (text, "vmm_monitor_failures_total", "Times that something could not be written.",
                 "receiver", get_receiver_id, snapshot->failures, VMM_N_RECEIVERS);
  return g_string_free (text, FALSE);
}
