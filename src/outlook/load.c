/* SPDX-License-Identifier: MIT */
/* load: rows of use. */
#include "load.h"

#define SETTLING 3 /* rows: in the first ones of a window the scratch file is filled */

void
load_init (Load *load)
{
  *load = (Load){ .stolen = vmm_absent (VMM_PENDING) };
  capacity_clear (&load->capacity);
}

void
load_break (Load *load, gboolean moved)
{
  load->n = load->next = 0;
  if (moved)
    capacity_clear (&load->capacity);
}

static float
or_zero (float value)
{
  return vmm_absence (value) == VMM_PRESENT ? value : 0;
}

static float
take_out (float value, float own)
{
  return vmm_absence (value) == VMM_PRESENT ? MAX (0, value - or_zero (own)) : value;
}

/* Where the kernel is told of it, busy is without it; else what the probes saw is taken for it. */
static float
find_stolen (const Load *load, const float *row)
{
  float steal = row[VMM_CHANNEL_CPU_STEAL];

  return vmm_absence (steal) == VMM_PRESENT ? steal : or_zero (load->stolen);
}

static float
find_cpu (const Load *load, const float *row)
{
  float busy = take_out (row[VMM_CHANNEL_CPU_BUSY], row[VMM_CHANNEL_SELF_CPU]);

  if (vmm_absence (row[VMM_CHANNEL_CPU_STEAL]) == VMM_PRESENT)
    return busy;
  return busy * (1 - or_zero (load->stolen) / 100);
}

static void
take (Load *load, const float *row)
{
  float *uses = load->rows[load->next];

  uses[USE_CPU] = find_cpu (load, row);
  uses[USE_REQUESTS] = take_out (row[VMM_CHANNEL_DISK_IOPS], row[VMM_CHANNEL_SELF_IOPS]);
  uses[USE_READ] = row[VMM_CHANNEL_DISK_READ];
  uses[USE_WRITE] = row[VMM_CHANNEL_DISK_WRITE];
  uses[USE_MEMORY] = row[VMM_CHANNEL_MEMORY_USED];
  uses[USE_STOLEN] = find_stolen (load, row);
  load->next = (load->next + 1) % LOAD_ROWS;
  load->n = MIN (load->n + 1, LOAD_ROWS);
}

void
load_push (Load *load, gint64 now_us, const float *row, gboolean is_probing)
{
  if (is_probing && !load->is_probing) {
    capacity_clear (&load->capacity);
    load->skipped = 0;
  }
  load->is_probing = is_probing;
  if (vmm_absence (row[VMM_CHANNEL_CPU_STOLEN]) == VMM_PRESENT)
    load->stolen = row[VMM_CHANNEL_CPU_STOLEN];
  if (is_probing && capacity_push (&load->capacity, now_us, row))
    return;
  if (is_probing && load->skipped < SETTLING)
    load->skipped++;
  else
    take (load, row);
}

double
load_get_mean (const Load *load, Use use)
{
  double sum = 0;

  for (guint i = 0; i < load->n; i++)
    sum += (double) load->rows[i][use];
  return sum / load->n;
}
