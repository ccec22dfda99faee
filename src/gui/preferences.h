/* SPDX-License-Identifier: MIT */
/* preferences: the dialog that changes a plan: interval and ping target. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/plan.h"

#define VMM_TYPE_PREFERENCES (vmm_preferences_get_type ())
G_DECLARE_FINAL_TYPE (VmmPreferences, vmm_preferences, VMM, PREFERENCES, GtkDialog)

/* Shows the figures of `plan`; answers with GTK_RESPONSE_APPLY. */
GtkWidget *vmm_preferences_new (GtkWindow *parent, const VmmPlan *plan);

/* Puts what was chosen into `plan`. */
void vmm_preferences_get (VmmPreferences *preferences, VmmPlan *plan);
