/* SPDX-License-Identifier: MIT */
/* symptoms_io: what a result shows when disk or network are badly served. */
#include "advice_private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define EARLY_SYNC_US 60.0 /* no ordinary disk has written anything in that time */
#define SLOW_DISK_RATIO 0.2
#define SLOW_WAY_RATIO 0.3 /* a millisecond */
#define LOSS_PERCENT 1.0
#define JITTER_MS 0.5

/* ---- Disk */

/* A device of `kind` that one of the remedy's drivers drives; its name and driver are told. */
static gboolean
find_driver (const VmmResult *result, const VmmRemedy *remedy, const char *kind,
             VmmTelling *evidence)
{
  const VmmHost *host = vmm_result_get_host (result);

  for (guint i = 0; i < host->n_devices; i++) {
    const VmmDevice *device = &host->devices[i];
    if (strcmp (device->kind, kind) != 0 || !*device->driver ||
        !vmm_has_word (remedy->drivers, device->driver))
      continue;
    /* TRANSLATORS: a device and its driver: "sda driven by ata_piix" */
    vmm_tell_phrase (evidence,
                     g_strdup_printf (vmm_text (evidence->language, N_ ("%1$s driven by %2$s")),
                                      device->name, device->driver));
    return TRUE;
  }
  return FALSE;
}

gboolean
vmm_find_disk_driver (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  if (isnan (vmm_result_value (result, "read")) && isnan (vmm_result_value (result, "sync")))
    return FALSE;
  if (!find_driver (result, remedy, "disk", evidence))
    return FALSE;
  vmm_tell_probe (evidence, result, "read");
  vmm_tell_probe (evidence, result, "sync");
  return TRUE;
}

static gboolean
has_emulated_disk (const VmmResult *result)
{
  const VmmHost *host = vmm_result_get_host (result);

  for (guint i = 0; i < host->n_devices; i++)
    if (strcmp (host->devices[i].kind, "disk") == 0 &&
        strcmp (host->devices[i].nature, "emulated") == 0)
      return TRUE;
  return FALSE;
}

gboolean
vmm_find_slow_disk (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  if (has_emulated_disk (result)) /* a better explanation, told elsewhere */
    return FALSE;
  if (!(vmm_result_ratio (result, "read") < SLOW_DISK_RATIO) &&
      !(vmm_result_ratio (result, "sync") < SLOW_DISK_RATIO))
    return FALSE;
  vmm_tell_probe (evidence, result, "read");
  vmm_tell_probe (evidence, result, "sync");
  return TRUE;
}

gboolean
vmm_find_early_sync (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  if (!(vmm_result_value (result, "sync") < EARLY_SYNC_US))
    return FALSE;
  vmm_tell_probe (evidence, result, "sync");
  return TRUE;
}

/* ---- Network */

gboolean
vmm_find_nic_driver (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  if (isnan (vmm_result_value (result, "rtt")) ||
      !find_driver (result, remedy, "network", evidence))
    return FALSE;
  vmm_tell_probe (evidence, result, "rtt");
  vmm_tell_probe (evidence, result, "jitter");
  return TRUE;
}

/* Beyond the gateway it is not the VMM alone that is measured. */
static gboolean
is_gateway (const VmmResult *result)
{
  return vmm_result_get_ping (result)->kind == VMM_TARGET_GATEWAY;
}

gboolean
vmm_find_loss (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  double loss = vmm_result_mean (result, VMM_CHANNEL_NETWORK_LOSS);

  if (!(loss >= LOSS_PERCENT) || !is_gateway (result))
    return FALSE;
  vmm_tell (evidence, N_ ("loss %s %% of the echoes"), loss);
  vmm_tell_probe (evidence, result, "rtt");
  return TRUE;
}

static gboolean
find_slow_way (const VmmResult *result, VmmTelling *evidence, VmmTargetKind kind)
{
  if (!(vmm_result_ratio (result, "rtt") < SLOW_WAY_RATIO) ||
      vmm_result_get_ping (result)->kind != kind)
    return FALSE;
  vmm_tell_probe (evidence, result, "rtt");
  vmm_tell_times (evidence, result, "rtt");
  vmm_tell_probe (evidence, result, "jitter");
  return TRUE;
}

gboolean
vmm_find_slow_way (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  return find_slow_way (result, evidence, VMM_TARGET_GATEWAY);
}

gboolean
vmm_find_given_target (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  return find_slow_way (result, evidence, VMM_TARGET_GIVEN);
}

gboolean
vmm_find_jitter (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence)
{
  double jitter = vmm_result_value (result, "jitter"), rtt = vmm_result_value (result, "rtt");

  if (!(jitter >= JITTER_MS) || !(jitter >= rtt / 2) || !is_gateway (result))
    return FALSE;
  vmm_tell_probe (evidence, result, "jitter");
  vmm_tell_probe (evidence, result, "rtt");
  return TRUE;
}

/* The network category is multiplied by (1 - loss)^2. */
double
vmm_gain_of_loss (const VmmResult *result)
{
  double loss = vmm_result_mean (result, VMM_CHANNEL_NETWORK_LOSS) / 100;

  return loss > 0 && loss < 1 ? -2 * log1p (-loss) : 0;
}
