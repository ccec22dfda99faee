/* SPDX-License-Identifier: MIT */
/* trips: round trips with the partner, less what other tasks of the guest took of them. */
#include "probe.h"

#define WARM_UP 2

void
vmm_waits_begin (VmmWaits *waits)
{
  *waits = (VmmWaits){ .least_ns = G_MAXUINT64 };
}

void
vmm_waits_add (VmmWaits *waits, guint64 waited_ns)
{
  waits->laps++;
  waits->waited_ns += waited_ns;
  waits->least_ns = MIN (waits->least_ns, waited_ns);
}

/* One that is woken waits until the other sleeps. */
void
vmm_waits_take_out (const VmmWaits *waits, VmmStopwatch *watch)
{
  if (waits->laps > 0)
    vmm_stopwatch_take_out (watch, waits->waited_ns - waits->least_ns * waits->laps);
}

gboolean
vmm_trips_open (VmmKit *kit, GError **error)
{
  return vmm_partner_start (&kit->partner, error);
}

gboolean
vmm_trips_enter (VmmKit *kit, VmmPartner *partner, gboolean same_cpu, GError **error)
{
  VmmTrips *trips = kit->state;

  trips->partner = partner;
  vmm_waits_begin (&trips->waits);
  if (!vmm_kit_pin (kit, partner->tid, same_cpu ? kit->cpus.at : kit->cpus.at + 1, error))
    return FALSE;
  vmm_partner_be_patient (partner, same_cpu);
  if (vmm_partner_round_trips (partner, WARM_UP, error))
    return TRUE;
  vmm_trips_leave (kit);
  return FALSE;
}

static guint64
get_waited_ns (const VmmKit *kit)
{
  const VmmTrips *trips = kit->state;

  return vmm_waited_ns (kit->watch.schedstat) + vmm_waited_ns (trips->partner->schedstat);
}

gboolean
vmm_trips_run (VmmKit *kit, guint n, GError **error)
{
  VmmTrips *trips = kit->state;
  guint64   waited_ns = get_waited_ns (kit);
  gint64    start_ns = vmm_now_ns ();

  if (!vmm_partner_round_trips (trips->partner, n, error))
    return FALSE;
  vmm_stopwatch_add (&kit->watch, vmm_now_ns () - start_ns, n);
  vmm_waits_add (&trips->waits, get_waited_ns (kit) - waited_ns);
  return TRUE;
}

void
vmm_trips_leave (VmmKit *kit)
{
  const VmmTrips *trips = kit->state;

  vmm_waits_take_out (&trips->waits, &kit->watch);
  vmm_partner_be_patient (trips->partner, FALSE);
  vmm_cpus_set (trips->partner->tid, &kit->cpus.allowed);
}

void
vmm_trips_close (VmmKit *kit)
{
  vmm_partner_stop (&kit->partner);
}
