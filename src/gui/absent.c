/* SPDX-License-Identifier: MIT */
/* absent: stands in for the window in a build without GTK. */
#include "vmm/face.h"

#include "vmm/error.h"

#include <glib/gi18n-lib.h>

gboolean
vmm_gui_open_display (GError **error)
{
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
                       _ ("this vmm_monitor was built without the window"));
  return FALSE;
}

int
vmm_gui_run (const VmmPlan *plan, const VmmGiven *given)
{
  g_return_val_if_reached (1);
}
