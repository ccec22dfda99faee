/* SPDX-License-Identifier: MIT */
/* preferences: the dialog that changes the settings. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/settings.h"

#define VMM_TYPE_PREFERENCES (vmm_preferences_get_type ())
G_DECLARE_FINAL_TYPE (VmmPreferences, vmm_preferences, VMM, PREFERENCES, GtkDialog)

/* Shows `settings`; answers with GTK_RESPONSE_APPLY. */
GtkWidget *vmm_preferences_new (GtkWindow *parent, const VmmSettings *settings);

/* Puts what was chosen into `settings`. */
void vmm_preferences_get (VmmPreferences *preferences, VmmSettings *settings);
