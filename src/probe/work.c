/* SPDX-License-Identifier: MIT */
/* work: a unit of what programs are made of, and its time. */
#include "work.h"

#include "probe.h"
#include "work_pieces.h"

#include <glib/gi18n-lib.h>

struct VmmWork {
  VmmWorkText    text;
  VmmWorkMachine machine;
  VmmWorkPacker  packer;
  VmmWorkSorter  sorter;
};

VmmWork *
vmm_work_new (void)
{
  VmmWork *work = g_new0 (VmmWork, 1);

  vmm_work_write_text (work->text);
  vmm_work_write_program (&work->machine);
  vmm_work_unit (work);
  return work;
}

void
vmm_work_free (VmmWork *work)
{
  g_free (work);
}

guint64
vmm_work_unit (VmmWork *work)
{
  guint64 sum = vmm_work_interpret (&work->machine);

  sum = 31 * sum + vmm_work_pack (&work->packer, work->text);
  sum = 31 * sum + vmm_work_sort (&work->sorter);
  return 31 * sum + vmm_work_count ();
}

typedef struct {
  VmmWork *work;
} Work;

static gboolean
open_work (VmmKit *kit, GError **error)
{
  ((Work *) kit->state)->work = vmm_work_new ();
  return TRUE;
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  const Work *state = kit->state;

  vmm_stopwatch_start (&kit->watch);
  kit->sink = vmm_work_unit (state->work);
  vmm_stopwatch_stop (&kit->watch, 0, 1);
  return TRUE;
}

static void
close_work (VmmKit *kit)
{
  g_clear_pointer (&((Work *) kit->state)->work, vmm_work_free);
}

const VmmProbe vmm_probe_work = {
  .channel = VMM_CHANNEL_PROBE_WORK,
  .activity = N_ ("work of a program"),
  .batches = 4,
  .budget_ms = 4,
  .factor = 1e-3, /* us */
  .state_bytes = sizeof (Work),
  .open = open_work,
  .batch = run_batch,
  .close = close_work,
};
