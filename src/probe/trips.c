/* SPDX-License-Identifier: MIT */
/* trips: round trips with the partner, less what other tasks of the guest took of them. */
#include "probe.h"

#define WARM_UP 2

gboolean
vmm_trips_open (VmmKit *kit, GError **error)
{
  return vmm_partner_start (&kit->partner, error);
}

gboolean
vmm_trips_enter (VmmKit *kit, gboolean same_cpu, GError **error)
{
  VmmTrips *trips = kit->state;

  *trips = (VmmTrips){ .least_ns = G_MAXUINT64 };
  if (!vmm_kit_pin (kit, kit->partner.tid, same_cpu ? kit->cpus.at : kit->cpus.at + 1, error))
    return FALSE;
  vmm_partner_be_patient (&kit->partner, same_cpu);
  if (vmm_partner_round_trips (&kit->partner, WARM_UP, error))
    return TRUE;
  vmm_trips_leave (kit);
  return FALSE;
}

static guint64
get_waited_ns (const VmmKit *kit)
{
  return vmm_waited_ns (kit->watch.schedstat) + vmm_waited_ns (kit->partner.schedstat);
}

gboolean
vmm_trips_run (VmmKit *kit, guint n, GError **error)
{
  VmmTrips *trips = kit->state;
  guint64   waited_ns = get_waited_ns (kit);
  gint64    start_ns = vmm_now_ns ();

  if (!vmm_partner_round_trips (&kit->partner, n, error))
    return FALSE;
  vmm_stopwatch_add (&kit->watch, vmm_now_ns () - start_ns, n);
  waited_ns = get_waited_ns (kit) - waited_ns;
  trips->laps++;
  trips->waited_ns += waited_ns;
  trips->least_ns = MIN (trips->least_ns, waited_ns);
  return TRUE;
}

/* Handing over is waiting too: the one that is woken waits until the other sleeps. The lap that
 * waited least says how much of that belongs to the trips; the rest was another task's. */
void
vmm_trips_leave (VmmKit *kit)
{
  const VmmTrips *trips = kit->state;

  if (trips->laps > 0)
    vmm_stopwatch_take_out (&kit->watch, trips->waited_ns - trips->least_ns * trips->laps);
  vmm_partner_be_patient (&kit->partner, FALSE);
  vmm_cpus_set (kit->partner.tid, &kit->cpus.allowed);
}

void
vmm_trips_close (VmmKit *kit)
{
  vmm_partner_stop (&kit->partner);
}
