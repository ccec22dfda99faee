/* SPDX-License-Identifier: MIT */
/* symptoms: what a result shows when guest, CPU or memory are badly served.
 *
 * Limits are from published and own measurements: good hardware virtualisation takes 0.3 to 1 us
 * for an exit, nested or doubly stacked VMMs 8 to 30 us; a first touch costs 0.07 us with large
 * pages behind it, 1.6 us in a good guest, 4 us and more without nested paging or large pages. */
#include "advice_private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define SLOW_EXIT_US 5.0
#define SLOW_FAULT_US 4.0
#define SLOW_SYSCALL_NS 500.0 /* four times what is usual in a good guest */
#define SLOW_WAKE_US 180.0    /* three times what is usual in a good guest */
#define EMULATED_RATIO 0.5
#define STEAL_PERCENT 5.0
#define STOLEN_PERCENT 10.0 /* an idle guest on a shared host has 2 to 10 */
#define BALLOON_PERCENT 5.0
#define SWAP_PERCENT 10.0
#define PRESSURE_PERCENT 1.0
#define PAUSE_MS 1000.0

static const char *const steals[] = {
  [VMM_STEAL_UNKNOWN] = N_ ("steal unknown"),
  [VMM_STEAL_REPORTED] = N_ ("steal reported"),
  [VMM_STEAL_NOT_REPORTED] = N_ ("steal not reported"),
};

/* ---- The guest */

gboolean
vmm_find_pause (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  const VmmSummary *lost = vmm_result_get_summary (result, VMM_CHANNEL_CLOCK_LOST);

  if (!(lost->max > PAUSE_MS))
    return FALSE;
  vmm_tell (evidence, N_ ("stopped for %s ms at once"), lost->max);
  return TRUE;
}

/* What spoke against the window has it with its sign, in every result that was ever kept. */
gboolean
vmm_find_clock_moved (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  const GPtrArray *reasons = vmm_result_get_score (result)->reasons;

  for (guint i = 0; i < reasons->len; i++) {
    const char *reason = g_ptr_array_index (reasons, i);
    if (!g_str_has_prefix (reason, "the wall clock was moved by "))
      continue;
    vmm_tell_phrase (evidence,
                     evidence->language == VMM_LOCAL ? vmm_say (reason) : g_strdup (reason));
    return TRUE;
  }
  return FALSE;
}

gboolean
vmm_find_no_tools (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  const char *modules = vmm_result_get_host (result)->modules;
  g_auto (GStrv) wanted = g_strsplit (remedy->drivers, " ", -1);
  guint found = 0, n = g_strv_length (wanted);

  for (guint i = 0; i < n; i++)
    found += vmm_has_word (modules, wanted[i]);
  vmm_tell_phrase (evidence, g_strdup_printf (vmm_text (evidence->language,
                                                        N_ ("%u of %u guest modules loaded (%s)")),
                                              found, n, remedy->drivers));
  return found == 0;
}

/* ---- CPU */

gboolean
vmm_find_emulation (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  if (!(vmm_result_ratio (result, "compute") < EMULATED_RATIO))
    return FALSE;
  vmm_tell_probe (evidence, result, "compute");
  vmm_tell_probe (evidence, result, "exit");
  return TRUE;
}

/* In user-mode Linux CPUID does not leave the guest, but its host, when that is a VM itself. */
static gboolean
has_slow_exit (const VmmResult *result)
{
  return vmm_result_value (result, "exit") >= SLOW_EXIT_US &&
         strcmp (vmm_result_get_host (result)->vmm_id, "uml") != 0;
}

gboolean
vmm_find_slow_exit (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  if (!has_slow_exit (result))
    return FALSE;
  vmm_tell_probe (evidence, result, "exit");
  vmm_tell_probe (evidence, result, "wake");
  vmm_tell_probe (evidence, result, "fault");
  return TRUE;
}

gboolean
vmm_find_slow_syscall (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  if (!(vmm_result_value (result, "syscall") >= SLOW_SYSCALL_NS))
    return FALSE;
  vmm_tell_probe (evidence, result, "syscall");
  vmm_tell_probe (evidence, result, "switch");
  return TRUE;
}

gboolean
vmm_find_clocksource (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  const char *clocksource = vmm_result_get_host (result)->clocksource;

  if (!vmm_has_word ("acpi_pm hpet pit refined-jiffies jiffies", clocksource) || !*clocksource)
    return FALSE;
  if (isnan (vmm_result_value (result, "wake")))
    return FALSE;
  vmm_tell_phrase (evidence, g_strdup_printf (vmm_text (evidence->language, N_ ("clock source %s")),
                                              clocksource));
  vmm_tell_probe (evidence, result, "wake");
  return TRUE;
}

/* A wake-up that is slow though an exit is not: an idle CPU is asleep on the host. */
gboolean
vmm_find_slow_wake (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  if (!(vmm_result_value (result, "halt") >= SLOW_WAKE_US) || has_slow_exit (result) ||
      vmm_result_value (result, "stolen") >= STOLEN_PERCENT)
    return FALSE;
  vmm_tell_probe (evidence, result, "halt");
  vmm_tell_probe (evidence, result, "exit");
  return TRUE;
}

static void
tell_cpu_model (VmmTelling *evidence, const VmmHost *host)
{
  static const char *const formats[2][2] = {
    /* TRANSLATORS: what an emulated CPU lacks; AES and AVX2 are instruction sets. */
    { N_ ("CPU model \"%s\", without AES, without AVX2"),
      N_ ("CPU model \"%s\", without AES, with AVX2") },
    { N_ ("CPU model \"%s\", with AES, without AVX2"),
      N_ ("CPU model \"%s\", with AES, with AVX2") },
  };
  const char *format =
      formats[vmm_has_word (host->cpu_flags, "aes")][vmm_has_word (host->cpu_flags, "avx2")];

  vmm_tell_phrase (evidence,
                   vmm_fill (vmm_text (evidence->language, format), host->cpu_model, NULL));
}

gboolean
vmm_find_generic_cpu (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  const VmmHost *host = vmm_result_get_host (result);
  gboolean       generic = g_str_has_prefix (host->cpu_model, "QEMU Virtual CPU") ||
                     g_str_has_prefix (host->cpu_model, "Common KVM processor") ||
                     g_str_has_prefix (host->cpu_model, "Common 32-bit KVM processor");

  if (!generic || isnan (vmm_result_value (result, "compute")))
    return FALSE;
  tell_cpu_model (evidence, host);
  vmm_tell_probe (evidence, result, "compute");
  return TRUE;
}

gboolean
vmm_find_steal (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  double steal = vmm_result_mean (result, VMM_CHANNEL_CPU_STEAL);

  if (!(steal >= STEAL_PERCENT))
    return FALSE;
  vmm_tell (evidence, N_ ("steal %s %% of all CPUs"), steal);
  vmm_tell_probe (evidence, result, "compute");
  return TRUE;
}

/* Where the VMM reports steal and it is high, that is the better word for the same thing. */
gboolean
vmm_find_stolen (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  double stolen = vmm_result_value (result, "stolen");

  if (!(stolen >= STOLEN_PERCENT) ||
      vmm_result_mean (result, VMM_CHANNEL_CPU_STEAL) >= STEAL_PERCENT)
    return FALSE;
  vmm_tell (evidence, N_ ("stolen, our estimate, %s %%"), stolen);
  vmm_tell_phrase (evidence, g_strdup (vmm_text (evidence->language,
                                                 steals[vmm_result_get_host (result)->steal])));
  return TRUE;
}

/* ---- Memory */

gboolean
vmm_find_slow_fault (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  if (!(vmm_result_value (result, "fault") >= SLOW_FAULT_US) || has_slow_exit (result))
    return FALSE;
  vmm_tell_probe (evidence, result, "fault");
  vmm_tell_probe (evidence, result, "exit");
  return TRUE;
}

gboolean
vmm_find_balloon (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  double balloon = vmm_result_mean (result, VMM_CHANNEL_MEMORY_BALLOON);

  if (!(balloon >= BALLOON_PERCENT))
    return FALSE;
  vmm_tell (evidence, N_ ("balloon %s %% of memory"), balloon);
  return TRUE;
}

/* Pages that lie in swap do no harm; waiting for memory does. */
gboolean
vmm_find_swapping (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  double swap = vmm_result_mean (result, VMM_CHANNEL_MEMORY_SWAP);
  double pressure = vmm_result_mean (result, VMM_CHANNEL_PRESSURE_MEMORY);

  if (!(swap >= SWAP_PERCENT) || !(pressure >= PRESSURE_PERCENT))
    return FALSE;
  vmm_tell (evidence, N_ ("swap %s %% used"), swap);
  vmm_tell (evidence, N_ ("some task waited for memory %s %% of the time"), pressure);
  return TRUE;
}

/* A CPU that is taken away for a share of the time serves so much less in the rest. */
static double
get_share_gain (double percent)
{
  return percent > 0 && percent < 100 ? -log1p (-percent / 100) : 0;
}

double
vmm_gain_of_steal (const VmmResult *result)
{
  return get_share_gain (vmm_result_mean (result, VMM_CHANNEL_CPU_STEAL));
}

double
vmm_gain_of_stolen (const VmmResult *result)
{
  return get_share_gain (vmm_result_value (result, "stolen"));
}
