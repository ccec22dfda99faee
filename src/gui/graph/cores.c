/* SPDX-License-Identifier: MIT */
/* cores: what the source of the CPUs knows of each, kept beside the session's ring. */
#include "cores.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "vmm/figure.h"

#define ROWS 3600
#define CORES_MAX 1024 /* of which a picture can tell something */

void
vmm_cores_clear (VmmCores *cores)
{
  g_clear_pointer (&cores->ring, vmm_ring_free);
  cores->n = 0;
}

void
vmm_cores_take (VmmCores *cores, const VmmSession *session)
{
  const VmmRing *rows = vmm_session_get_ring (session);
  guint          length = vmm_ring_get_length (rows), n, kept;
  const float   *busy;

  vmm_cpu_get_cores (vmm_session_get_source (session, VMM_CHANNEL_CPU_BUSY), &busy, &n);
  n = MIN (n, CORES_MAX);
  if (length == 0 || n == 0)
    return;
  if (n > cores->n) {
    vmm_cores_clear (cores);
    cores->ring = vmm_ring_new (ROWS, n);
    cores->n = n;
  }
  gint64 now_us = vmm_ring_get_time (rows, length - 1);
  kept = vmm_ring_get_length (cores->ring);
  if (n == cores->n && (kept == 0 || vmm_ring_get_time (cores->ring, kept - 1) < now_us))
    vmm_ring_push (cores->ring, now_us, busy);
}

char *
vmm_cores_say (const VmmCores *cores)
{
  guint length = cores->ring ? vmm_ring_get_length (cores->ring) : 0, busiest = 0;
  float most = NAN;
  char  figure[VMM_FIGURE_SIZE];

  for (guint i = 0; length > 0 && i < cores->n; i++) {
    float busy = vmm_ring_get (cores->ring, length - 1, i);
    if (isnan (busy) || busy <= most)
      continue;
    most = busy;
    busiest = i;
  }
  if (isnan (most))
    return NULL;
  /* TRANSLATORS: a CPU's number, and a figure: "CPU 3 is the busiest: 97.0 %". */
  return g_strdup_printf (_ ("CPU %1$u is the busiest: %2$s"), busiest,
                          vmm_figure (figure, most, "%"));
}
