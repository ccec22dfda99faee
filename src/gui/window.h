/* SPDX-License-Identifier: MIT */
/* window: the one window: header bar, score card, four graphs, results. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/settings.h"
#include "vmm/session.h"

#define VMM_TYPE_MAIN_WINDOW (vmm_main_window_get_type ())
G_DECLARE_FINAL_TYPE (VmmMainWindow, vmm_main_window, VMM, MAIN_WINDOW, GtkApplicationWindow)

GtkWidget *vmm_main_window_new (GtkApplication *application);

/* Whether each finished run is kept, and how the graphs count: as `settings` say. */
void vmm_main_window_set_settings (VmmMainWindow *window, const VmmSettings *settings);

/* Shows `session` (taken over; freed before the next one and with the window). */
void vmm_main_window_set_session (VmmMainWindow *window, VmmSession *session);

/* Borrowed; NULL before the first. */
VmmSession *vmm_main_window_get_session (VmmMainWindow *window);

/* Begins a window of measurement: now, or after the first frame, which is the dearest of all and
 * would fall among the first probes. */
void vmm_main_window_measure (VmmMainWindow *window);
void vmm_main_window_measure_when_shown (VmmMainWindow *window);
