/* SPDX-License-Identifier: MIT */
/* measure: checks what can be known before, and hands over to the face. */
#include "measure.h"

#include "faces.h"
#include "vmm/command.h"
#include "vmm/host.h"
#include "vmm/sources.h"

#include <glib/gi18n-lib.h>

static void
warn_events (const VmmPlan *plan)
{
  if (!plan->cloud_events || plan->sysroot)
    return;
  g_autoptr (VmmHost) host = vmm_host_new ("/");
  vmm_command_warn_events (host->cloud_id);
}

gboolean
vmm_measure_check (const VmmOptions *options, VmmExit *ret_exit)
{
  g_autoptr (GError) error = NULL;

  if (!vmm_command_check_root (options->plan.sysroot, &error)) {
    *ret_exit = vmm_command_fail (error);
    return FALSE;
  }
  if (options->plan.probes && options->plan.scratch_dir &&
      !vmm_probes_check_scratch (options->plan.scratch_dir, &error)) {
    g_prefix_error (&error, "--scratch ");
    *ret_exit = vmm_command_refuse (error);
    return FALSE;
  }
  warn_events (&options->plan);
  for (guint i = 0; options->idle[i]; i++)
    vmm_command_warn (_ (options->idle[i]));
  return TRUE;
}

VmmExit
vmm_measure (const VmmOptions *options)
{
  g_autoptr (GError) error = NULL;
  VmmExit exit;

  if (!vmm_measure_check (options, &exit))
    return exit;
  const VmmFace *face = vmm_face_choose (options, &error);
  return face ? face->run (options) : vmm_command_fail (error);
}
