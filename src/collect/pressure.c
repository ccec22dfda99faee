/* SPDX-License-Identifier: MIT */
/* pressure: in which share of the tick some task stalled, from proc/pressure (PSI). */
#include "passive.h"
#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/procfs.h"

#include <string.h>

/* What the kernel may add late: it brings its totals together every two seconds. */
#define BEHIND_US (2 * (guint64) G_USEC_PER_SEC)

static const char *const paths[] = {
  "proc/pressure/cpu",
  "proc/pressure/memory",
  "proc/pressure/io",
};

static const VmmChannelId channels[G_N_ELEMENTS (paths)] = {
  VMM_CHANNEL_PRESSURE_CPU,
  VMM_CHANNEL_PRESSURE_MEMORY,
  VMM_CHANNEL_PRESSURE_IO,
};

typedef struct {
  VmmProcFile file;
  GError     *error;
  gboolean    is_exposed; /* settled when the kernel booted */
  guint64     total_us;   /* stalled since then, at the reading `at_us` */
  gint64      at_us;      /* G_MININT64 = no reading */
} Stall;

typedef struct {
  Passive passive;
  Stall   stalls[G_N_ELEMENTS (paths)];
} Pressure;

/* "some avg10=0.00 avg60=0.00 avg300=0.00 total=1234\n" is one of up to two lines. */
static gboolean
parse (Stall *stall, guint64 *ret_total_us)
{
  VmmProcText rest = { stall->file.text, stall->file.text + stall->file.length }, line, word;

  while (vmm_procfs_next_line (&rest, &line))
    if (vmm_procfs_skip (&line, "some "))
      while (vmm_procfs_next_word (&line, &word))
        if (vmm_procfs_skip (&word, "total=") && vmm_procfs_next_number (&word, ret_total_us))
          return TRUE;
  g_set_error (&stall->error, VMM_ERROR, VMM_ERROR_FORMAT,
               VMM_SAID ("%s: no \"some ... total=\" line"), stall->file.path);
  return FALSE;
}

static void
sample_stall (Pressure *pressure, guint i, gint64 now_us, float *row)
{
  Stall  *stall = &pressure->stalls[i];
  guint64 total_us;

  g_clear_error (&stall->error);
  if (!vmm_procfs_read (&stall->file, &stall->error) || !parse (stall, &total_us)) {
    passive_put_absent (&pressure->passive, row, channels[i], VMM_FAILED, VMM_CAUSE_FILE);
    pressure->passive.reasons[channels[i]].sentence = stall->error->message;
    return;
  }
  if (stall->at_us == G_MININT64 || now_us <= stall->at_us)
    passive_put_absent (&pressure->passive, row, channels[i], VMM_PENDING, VMM_CAUSE_FIRST_READING);
  else if (total_us < stall->total_us ||
           total_us - stall->total_us > (guint64) (now_us - stall->at_us) + BEHIND_US) {
    passive_put_absent (&pressure->passive, row, channels[i], VMM_FAILED, VMM_CAUSE_PRESSURE_LEAPT);
    now_us = G_MININT64; /* nothing follows from a break */
  } else {
    double share = (double) (total_us - stall->total_us) / (double) (now_us - stall->at_us);
    passive_put (&pressure->passive, row, channels[i], 100 * MIN (share, 1));
  }
  stall->total_us = total_us;
  stall->at_us = now_us;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Pressure *pressure = (Pressure *) source;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (pressure->stalls[i].is_exposed)
      sample_stall (pressure, i, now_us, row);
    else
      passive_put_absent (&pressure->passive, row, channels[i], VMM_NOT_EXPOSED, VMM_CAUSE_NO_PSI);
}

static void
free_pressure (VmmSource *source)
{
  Pressure *pressure = (Pressure *) source;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    vmm_procfs_clear (&pressure->stalls[i].file);
    g_clear_error (&pressure->stalls[i].error);
  }
  g_free (pressure);
}

static const VmmSourceClass class = {
  .name = "pressure",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .start = passive_start,
  .sample = sample,
  .reason = passive_reason,
  .free = free_pressure,
};

VmmSource *
vmm_pressure_new (const char *root)
{
  g_return_val_if_fail (root != NULL, NULL);

  Pressure *pressure = g_new0 (Pressure, 1);
  float     row[VMM_N_CHANNELS];

  pressure->passive.source.class = &class;
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    Stall *stall = &pressure->stalls[i];
    g_autoptr (GError) error = NULL;

    vmm_procfs_init (&stall->file, root, paths[i]);
    stall->is_exposed = vmm_procfs_read (&stall->file, &error) ||
                        !(g_error_matches (error, VMM_ERROR, VMM_ERROR_MISSING) ||
                          g_error_matches (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED));
  }
  sample (&pressure->passive.source, 0, row); /* for the reasons */
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    pressure->stalls[i].at_us = G_MININT64;
  return &pressure->passive.source;
}
