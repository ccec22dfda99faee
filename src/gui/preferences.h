/* SPDX-License-Identifier: MIT */
/* preferences: the dialog that changes the settings. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/settings.h"

#define VMM_TYPE_PREFERENCES (vmm_preferences_get_type ())
G_DECLARE_FINAL_TYPE (VmmPreferences, vmm_preferences, VMM, PREFERENCES, GtkDialog)

typedef void (*VmmPreferencesChosen) (const VmmSettings *before, const VmmSettings *after,
                                      gpointer data);

/* Shows `settings` over `parent`, and calls `chosen` when others, or the same, are applied. */
void vmm_preferences_ask (GtkWindow *parent, const VmmSettings *settings,
                          VmmPreferencesChosen chosen, gpointer data);
