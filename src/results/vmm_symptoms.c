/* SPDX-License-Identifier: MIT */
/* vmm_symptoms: what a VMM's version says of it, and what it shows of the CPU, the clock, disks and folders. */
#include "advice_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define UNEVEN_MS 0.5  /* of the round trips, whose median is a tenth of it in a good guest */
#define ON_HYPERV_US 5 /* an exit takes so long where a Windows host has Hyper-V below VirtualBox */

/* ---- Versions with known faults */

#define MAX_PARTS 4

/* clang-format off */
/* When it was said of which versions, and who said so, in the comment. What is of Windows hosts alone is told
 * where the guest can see that there is one. */
static const struct {
  const char *vmm_id, *first, *mended; /* NULL: in none that is known */
  const char *what;
  gboolean    on_hyperv;
} versions[] = {
  /* VirtualBox issues 315 (2025-10-24), 356 (2025-11-02) and 523 (2026-02-02); void-packages 58728 (2026-01-29) */
  { "virtualbox", "7.2.4", "7.2.6",
    N_ ("from 7.2.4 (October 2025) to before 7.2.6 (January 2026) idle guests and NAT keep CPUs of the host busy"), FALSE },
  /* VirtualBox issue 621, mended by report of 2026-06-19 */
  { "virtualbox", "7.2.6", "7.2.8",
    N_ ("7.2.6 (January 2026) resets TCP connections through NAT; 7.2.8 does not"), FALSE },
  /* VirtualBox issue 370 (2025-11-06), open in 2026-03: 2106 instead of 3598 bogomips */
  { "virtualbox", "7.2.4", NULL,
    N_ ("since 7.2.4 (October 2025) a guest on a host with Hyper-V is slower than with 7.1.14, by up to two fifths"), TRUE },
  /* VirtualBox issues 789 (2026-07-27), 799 (2026-09-23, with 7.2.20; 7.2.4 is not so) and 653 (2026-04-29) */
  { "virtualbox", "7.2.8", NULL,
    N_ ("since 7.2.8 (April 2026) guests with more than one CPU can hang on a host with Hyper-V; 7.2.6 does not"), TRUE },
  /* VirtualBox issues 200 (2025-09-04), 345 (2025-10-30) and 690 (2026-05-30), open in 2026-08 with 7.2.18 */
  { "virtualbox", "7.2.0", NULL,
    N_ ("since 7.2.0 (August 2025) a bridged network on Windows hosts receives 2 Mbit/s; 7.1 and NAT do not"), TRUE },
};
/* clang-format on */

/* "7.2.4_Ubuntu r170995" -> 7, 2, 4; what is not there is 0. FALSE where it does not begin with a figure. */
static gboolean
parse_version (const char *text, guint64 parts[MAX_PARTS])
{
  char *end = (char *) text;

  memset (parts, 0, MAX_PARTS * sizeof parts[0]);
  for (guint i = 0; i < MAX_PARTS && g_ascii_isdigit (*end); i++) {
    parts[i] = g_ascii_strtoull (end, &end, 10);
    end += *end == '.';
  }
  return g_ascii_isdigit (*text);
}

static gboolean
is_before (const char *version, const char *other)
{
  guint64 parts[MAX_PARTS], others[MAX_PARTS];

  parse_version (version, parts);
  parse_version (other, others);
  for (guint i = 0; i < MAX_PARTS; i++)
    if (parts[i] != others[i])
      return parts[i] < others[i];
  return FALSE;
}

gboolean
vmm_find_version (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const VmmHost *host = vmm_result_get_host (result);
  gboolean       on_hyperv = vmm_get_value (result, "exit") >= ON_HYPERV_US;
  guint64        parts[MAX_PARTS];

  if (!parse_version (host->vmm_version, parts))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++) {
    if (strcmp (versions[i].vmm_id, host->vmm_id) != 0 || (versions[i].on_hyperv && !on_hyperv) ||
        is_before (host->vmm_version, versions[i].first) ||
        (versions[i].mended && !is_before (host->vmm_version, versions[i].mended)))
      continue;
    if (evidence->len == 0)
      vmm_tell_names (evidence, N_ ("%1$s version %2$s"), host->vmm_name, host->vmm_version, NULL);
    vmm_tell_names (evidence, versions[i].what, NULL);
  }
  return evidence->len > 0;
}

/* ---- CPU and clock */

/* With Meltdown's mitigation the kernel has two page tables, and without PCID each change of them empties the
 * TLB (QEMU, qemu-cpu-models(7)). */
gboolean
vmm_find_no_pcid (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const char *flags = vmm_result_get_host (result)->cpu_flags;

  if (!vmm_has_word (flags, "pti") || vmm_has_word (flags, "pcid"))
    return FALSE;
  vmm_tell_names (evidence, N_ ("the kernel mitigates Meltdown (PTI), and the CPU shows no PCID"),
                  NULL);
  return TRUE;
}

/* A long way is unsteady without anybody's fault. */
static gboolean
is_uneven (const VmmResult *result)
{
  double jitter_ms = vmm_get_value (result, "jitter");

  return jitter_ms >= UNEVEN_MS && jitter_ms >= vmm_get_value (result, "rtt") / 2;
}

/* VirtualBox issue 580 (2026-03-10): with its kvm-clock on Windows hosts time lags, and pings are irregular. */
gboolean
vmm_find_kvm_clock (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const VmmHost  *host = vmm_result_get_host (result);
  const VmmScore *score = vmm_result_get_score (result);
  gboolean        is_moved = FALSE;

  for (guint i = 0; i < score->causes->len; i++)
    is_moved |= g_array_index (score->causes, VmmCause, i) == VMM_CAUSE_CLOCK_MOVED;
  if (strcmp (host->clocksource, "kvm-clock") != 0 || !(is_moved || is_uneven (result)))
    return FALSE;
  vmm_tell_names (evidence, N_ ("clock source %s"), host->clocksource, NULL);
  return TRUE;
}

/* ---- What the host lends */

gboolean
vmm_find_folder (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const char *folder = vmm_result_get_host (result)->folder;

  if (*folder)
    /* TRANSLATORS: a kind of file system: "working directory or home on vboxsf" */
    vmm_tell_names (evidence, N_ ("working directory or home on %s"), folder, NULL);
  return *folder != '\0';
}

gboolean
vmm_find_tools (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  static const struct {
    const char *tools, *text;
  } rows[] = {
    { "none", N_ ("no VMware Tools are installed") },
    { "bundled", N_ ("the tools are those that VMware bundles") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].tools, vmm_result_get_host (result)->tools) == 0)
      vmm_tell_names (evidence, rows[i].text, NULL);
  return evidence->len > 0;
}

/* Where every disk of the VMM's has one queue for at least so many CPUs, and sixteen requests at once are not three
 * times as many a second as one alone (Proxmox forum 183695: 110 000 instead of 165 000 to 200 000). */
#define MANY_CPUS 4
#define LITTLE_GAIN 3

gboolean
vmm_find_one_queue (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const VmmHost   *host = vmm_result_get_host (result);
  const VmmDevice *single = NULL;

  for (guint i = 0; i < host->n_devices; i++) {
    const VmmDevice *device = &host->devices[i];
    if (strcmp (device->kind, "disk") != 0 || strcmp (device->nature, "paravirtual") != 0)
      continue;
    if (device->queues != 1)
      return FALSE;
    single = device;
  }
  if (!single || host->cpus < MANY_CPUS ||
      vmm_get_value (result, "read") >= LITTLE_GAIN * vmm_get_value (result, "deep"))
    return FALSE;
  g_autofree char *cpus = g_strdup_printf ("%u", host->cpus);
  vmm_tell_names (evidence, N_ ("1 queue of %1$s for %2$s CPUs"), single->name, cpus, NULL);
  return TRUE;
}
