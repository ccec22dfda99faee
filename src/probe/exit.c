/* SPDX-License-Identifier: MIT */
/* exit: the way into the VMM and back, by an instruction that always takes it: CPUID. */
#include "probe.h"
#include "vmm/cause.h"

#include <glib/gi18n-lib.h>

#define EXITS 16
#define STEPS 64

#if defined __x86_64__ || defined __i386__

static gboolean
check (const VmmKit *kit, GError **error)
{
  return TRUE;
}

/* Not by <cpuid.h>, whose macro is volatile with one compiler only: the other takes it out of the
 * loop. */
static guint
leave_guest (void)
{
  guint eax = 0, ebx, ecx = 0, edx;

  __asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
  return eax;
}

#else

static gboolean
check (const VmmKit *kit, GError **error)
{
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
                       vmm_cause_sentence (VMM_CAUSE_NO_CPUID));
  return FALSE;
}

static guint
leave_guest (void)
{
  return 0;
}

#endif

/* A loop that stays in the guest. */
static guint64
stay_in_guest (guint64 x)
{
  for (guint i = 0; i < STEPS; i++)
    x = (x ^ (x >> 29)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  return x;
}

/* VMware handles a cluster of exiting instructions in one exit (Agesen et al., USENIX ATC 2012), so
 * other work lies between them, and is timed without them. */
static gboolean
run_batch (VmmKit *kit, GError **error)
{
  gint64 start_ns = vmm_now_ns (), stay_ns;

  for (guint i = 0; i < EXITS; i++)
    kit->sink = stay_in_guest (kit->sink);
  stay_ns = vmm_now_ns () - start_ns;
  vmm_stopwatch_start (&kit->watch);
  for (guint i = 0; i < EXITS; i++)
    kit->sink = stay_in_guest (kit->sink) + leave_guest ();
  vmm_stopwatch_stop (&kit->watch, stay_ns, EXITS);
  return TRUE;
}

const VmmProbe vmm_probe_exit = {
  .channel = VMM_CHANNEL_PROBE_EXIT,
  .activity = N_ ("VM exit"),
  .batches = 8,
  .budget_ms = 4,
  .factor = 1e-3, /* us */
  .check = check,
  .refusal = VMM_CAUSE_NO_CPUID,
  .batch = run_batch,
};
