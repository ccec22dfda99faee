/* SPDX-License-Identifier: MIT */
/* cloud_symptoms: what holds a guest back because of what it was rented as, or run in. */
#include "advice_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EBS_MODEL "Amazon Elastic Block Store" /* nvme-cli, plugins/amzn/amzn-nvme.c */

/* clang-format off */
/* Types that earn credits below a baseline and spend them above it: AWS "Burstable performance
 * instances", Azure "B-series burstable", Google "Shared-core machine types", Alibaba "Burstable
 * instance families". */
static const struct {
  const char *cloud_id, *pattern;
} burstables[] = {
  { "aws",     "t1.*" },
  { "aws",     "t2.*" },
  { "aws",     "t3.*" },
  { "aws",     "t3a.*" },
  { "aws",     "t4g.*" },
  { "azure",   "Standard_B*" },
  { "gcp",     "e2-micro" },
  { "gcp",     "e2-small" },
  { "gcp",     "e2-medium" },
  { "gcp",     "f1-micro" },
  { "gcp",     "g1-small" },
  { "alibaba", "ecs.t5-*" },
  { "alibaba", "ecs.t6-*" },
};

/* Drivers of the virtual functions that Azure's accelerated networking puts beside hv_netvsc
 * (Microsoft, "Accelerated Networking overview"). */
static const char *const functions[] = { "mlx4*", "mlx5*", "mana" };
/* clang-format on */

gboolean
vmm_find_burstable (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const VmmHost *host = vmm_result_get_host (result);

  for (guint i = 0; i < G_N_ELEMENTS (burstables); i++)
    if (strcmp (burstables[i].cloud_id, host->cloud_id) == 0 &&
        g_pattern_match_simple (burstables[i].pattern, host->instance_type)) {
      vmm_tell_names (evidence, N_ ("instance type %s"), host->instance_type, NULL);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_function (const VmmDevice *device)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (g_pattern_match_simple (functions[i], device->driver))
      return TRUE;
  return FALSE;
}

gboolean
vmm_find_no_function (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const VmmHost   *host = vmm_result_get_host (result);
  const VmmDevice *synthetic = NULL;

  for (guint i = 0; i < host->n_devices; i++) {
    if (is_function (&host->devices[i]))
      return FALSE;
    if (strcmp (host->devices[i].driver, "hv_netvsc") == 0)
      synthetic = &host->devices[i];
  }
  if (!synthetic || strcmp (host->cloud_id, "azure") != 0)
    return FALSE;
  /* TRANSLATORS: "0 virtual functions beside eth0 (hv_netvsc)": of a network card, in hardware */
  vmm_tell_names (evidence, N_ ("%1$s virtual functions beside %2$s (%3$s)"), "0", synthetic->name,
                  synthetic->driver, NULL);
  return TRUE;
}

/* While the ping was answered, something was sent. */
gboolean
vmm_find_idle_function (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  if (vmm_result_get_rented (result)->counts[VMM_RENTED_FUNCTION] != 0)
    return FALSE;
  vmm_tell_number (evidence, N_ ("%s packets sent by the virtual function"), 0);
  return TRUE;
}

gboolean
vmm_find_moved (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  if (!vmm_result_get_rented (result)->moved)
    return FALSE;
  vmm_tell_names (evidence, N_ ("the physical host is another one"), NULL);
  return TRUE;
}

gboolean
vmm_find_event (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  static const struct {
    const char *event, *text;
  } rows[] = {
    { "end", N_ ("its end is announced") },
    { "stop", N_ ("a stop is announced") },
    { "hibernation", N_ ("hibernation is announced") },
    { "restart", N_ ("a restart is announced") },
    { "maintenance", N_ ("maintenance is announced") },
    { "pause", N_ ("a pause is announced") },
    { "move", N_ ("a move to another host is announced") },
    { "risk", N_ ("an interruption is likelier than usual") },
  };
  const VmmHost *host = vmm_result_get_host (result);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].event, host->event) == 0)
      vmm_tell_names (evidence, rows[i].text, NULL);
  if (evidence->len > 0 && *host->event_time)
    vmm_tell_names (evidence, N_ ("not before %s"), host->event_time, NULL);
  return evidence->len > 0;
}

gboolean
vmm_find_allowances (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  /* amzn-drivers, userspace/dpdk/README.md: packets queued or dropped because of each */
  static const char *const formats[] = {
    [VMM_RENTED_IN] = N_ ("%s packets over the bandwidth for receiving"),
    [VMM_RENTED_OUT] = N_ ("%s packets over the bandwidth for sending"),
    [VMM_RENTED_PACKETS] = N_ ("%s packets over the number a second"),
    [VMM_RENTED_CONNECTIONS] = N_ ("%s packets over the number of connections"),
    [VMM_RENTED_SERVICES] = N_ ("%s packets over the number for local services"),
  };
  const double *counts = vmm_result_get_rented (result)->counts;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (counts[i] > 0)
      vmm_tell_number (evidence, formats[i], counts[i]);
  return evidence->len > 0;
}

gboolean
vmm_find_ebs (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const VmmHost *host = vmm_result_get_host (result);

  for (guint i = 0; i < host->n_devices; i++)
    if (strcmp (host->devices[i].model, EBS_MODEL) == 0) {
      /* TRANSLATORS: a device and its model: "nvme0n1 is Amazon Elastic Block Store" */
      vmm_tell_names (evidence, N_ ("%1$s is %2$s"), host->devices[i].name, EBS_MODEL, NULL);
      return TRUE;
    }
  return FALSE;
}

gboolean
vmm_find_seccomp (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  if (strcmp (vmm_result_get_host (result)->seccomp, "on") != 0)
    return FALSE;
  vmm_tell_names (evidence, N_ ("a seccomp filter is on"), NULL);
  return TRUE;
}
