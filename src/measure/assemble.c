/* SPDX-License-Identifier: MIT */
/* assemble: makes every source that a plan asks for, and the session around them. */
#include "vmm/session.h"

#include "parts.h"

static const VmmSessionParts parts_functions = {
  .set_ping_rate = vmm_ping_set_rate,
  .get_ping_info = vmm_ping_get_info,
  .get_probes_info = vmm_probes_get_info,
  .get_activity = vmm_probes_get_activity,
};

/* Under a root that is not this machine's, the default gateway is not ours to ask: only an address
 * that was given is. */
static gboolean
wants_ping (const VmmPlan *plan)
{
  if (!plan->ping_target)
    return !plan->sysroot;
  return !g_str_equal (plan->ping_target, "none");
}

static guint
get_cpus (const VmmPlan *plan, const VmmHost *host)
{
  if (host->cpus > 0)
    return host->cpus;
  return plan->sysroot ? 1 : g_get_num_processors ();
}

VmmSession *
vmm_session_new (const VmmPlan *plan, VmmHost *host, GError **error)
{
  if (!vmm_plan_check (plan, error))
    return NULL;

  const char     *root = plan->sysroot ? plan->sysroot : "/";
  gint64          interval_us = plan->interval_ms * G_GINT64_CONSTANT (1000);
  VmmSessionParts parts = parts_functions;
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();

  g_ptr_array_add (sources, vmm_clock_new (interval_us, NULL, NULL));
  g_ptr_array_add (sources, vmm_cpu_new (root, host));
  g_ptr_array_add (sources, vmm_memory_new (root));
  g_ptr_array_add (sources, vmm_disk_new (root));
  g_ptr_array_add (sources, vmm_pressure_new (root));
  g_ptr_array_add (sources, vmm_self_new (get_cpus (plan, host)));
  if (wants_ping (plan)) {
    parts.ping = vmm_ping_new (root, plan->ping_target, interval_us, 1);
    g_ptr_array_add (sources, parts.ping);
  }
  if (plan->probes) {
    VmmProbesOptions options = { plan->scratch_dir, interval_us, plan->seed };
    parts.probes = vmm_probes_new (&options);
    g_ptr_array_add (sources, parts.probes);
  }

  VmmSession *session = vmm_session_new_with_sources (plan, host, sources, error);
  if (session)
    vmm_session_set_parts (session, &parts);
  return session;
}
