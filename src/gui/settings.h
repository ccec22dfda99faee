/* SPDX-License-Identifier: MIT */
/* settings: what the user chose in the window, kept in $XDG_CONFIG_HOME/vmm_monitor/settings.ini. */
#pragma once

#include "vmm/plan.h"

/* Puts the kept choices into `plan`, where it has the defaults: a command line goes first. What
 * cannot be read or is out of range is left alone. */
void vmm_settings_load (VmmPlan *plan);

/* Keeps the choices of `plan`. A failure is no more than a choice forgotten. */
void vmm_settings_save (const VmmPlan *plan);
