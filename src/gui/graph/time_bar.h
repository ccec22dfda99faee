/* SPDX-License-Identifier: MIT */
/* time_bar: the buttons for what all graphs show together: how much time, and the way back to now. */
#pragma once

#include <gtk/gtk.h>

#include "time_view.h"
#include "vmm/session.h"

#define VMM_TYPE_TIME_BAR (vmm_time_bar_get_type ())
G_DECLARE_FINAL_TYPE (VmmTimeBar, vmm_time_bar, VMM, TIME_BAR, GtkBox)

/* Once. Emits "back" when the way back was taken, and the focus is to go elsewhere. */
void vmm_time_bar_set_view (VmmTimeBar *bar, VmmTimeView *view);

/* What there is to look back at, which grows; borrowed, NULL = nothing. */
void vmm_time_bar_update (VmmTimeBar *bar, VmmSession *session);

/* The button for the CPUs one by one: a machine with several has it. */
GtkToggleButton *vmm_time_bar_get_cores (VmmTimeBar *bar);
