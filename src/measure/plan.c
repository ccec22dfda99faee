/* SPDX-License-Identifier: MIT */
/* plan: the figures of a run and their limits. */
#include "vmm/plan.h"

#include "vmm/error.h"
#include "vmm/language.h"

#include <gio/gio.h>
#include <string.h>

#define HISTORY_S 3600
#define HISTORY_MAX (1u << 24) /* rows, as the ring */

static gboolean
check_range (const char *name, guint value, guint min, guint max, const char *unit, GError **error)
{
  if (value >= min && value <= max)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE, VMM_SAID ("plan: %s is %u %s, expected %u to %u"),
               name, value, unit, min, max);
  return FALSE;
}

void
vmm_plan_init (VmmPlan *plan)
{
  *plan = (VmmPlan){
    .duration_s = VMM_PLAN_DURATION_S,
    .interval_ms = VMM_PLAN_INTERVAL_MS,
    .probes = TRUE,
    .history = HISTORY_S * 1000 / VMM_PLAN_INTERVAL_MS,
    .seed = g_random_int (),
  };
}

void
vmm_plan_copy (VmmPlan *ret_copy, const VmmPlan *plan)
{
  *ret_copy = *plan;
  ret_copy->ping_target = g_strdup (plan->ping_target);
  ret_copy->network_peer = g_strdup (plan->network_peer);
  ret_copy->label = g_strdup (plan->label);
  ret_copy->sysroot = g_strdup (plan->sysroot);
  ret_copy->scratch_dir = g_strdup (plan->scratch_dir);
}

void
vmm_plan_clear (VmmPlan *plan)
{
  g_clear_pointer (&plan->ping_target, g_free);
  g_clear_pointer (&plan->network_peer, g_free);
  g_clear_pointer (&plan->label, g_free);
  g_clear_pointer (&plan->sysroot, g_free);
  g_clear_pointer (&plan->scratch_dir, g_free);
}

gboolean
vmm_plan_check (const VmmPlan *plan, GError **error)
{
  if (!check_range (VMM_SAID ("the duration"), plan->duration_s, VMM_PLAN_DURATION_MIN_S,
                    VMM_PLAN_DURATION_MAX_S, "s", error) ||
      !check_range (VMM_SAID ("the interval"), plan->interval_ms, VMM_PLAN_INTERVAL_MIN_MS,
                    VMM_PLAN_INTERVAL_MAX_MS, "ms", error) ||
      !check_range (VMM_SAID ("the history"), plan->history, 1, HISTORY_MAX, VMM_SAID ("rows"),
                    error))
    return FALSE;
  if (vmm_plan_ticks (plan) > 0)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               VMM_SAID ("plan: the interval of %u ms is longer than the duration of %u s"),
               plan->interval_ms, plan->duration_s);
  return FALSE;
}

gboolean
vmm_plan_is_target (const char *target)
{
  if (strcmp (target, "none") == 0 || strcmp (target, "cloud") == 0)
    return TRUE;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (target);
  return address && !g_inet_address_get_is_any (address) &&
         !g_inet_address_get_is_multicast (address) && strcmp (target, "255.255.255.255") != 0;
}

guint
vmm_plan_ticks (const VmmPlan *plan)
{
  return plan->interval_ms
             ? (guint) (plan->duration_s * G_GUINT64_CONSTANT (1000) / plan->interval_ms)
             : 0;
}

double
vmm_plan_seconds (const VmmPlan *plan)
{
  return (double) vmm_plan_ticks (plan) * plan->interval_ms / 1000;
}

gboolean
vmm_plan_is_standard (const VmmPlan *plan)
{
  return (guint64) vmm_plan_ticks (plan) * plan->interval_ms ==
         VMM_PLAN_DURATION_S * G_GUINT64_CONSTANT (1000);
}
