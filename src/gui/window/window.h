/* SPDX-License-Identifier: MIT */
/* window: the one window: header bar, score card, four graphs, results. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/run.h"
#include "vmm/settings.h"

#define VMM_TYPE_MAIN_WINDOW (vmm_main_window_get_type ())
G_DECLARE_FINAL_TYPE (VmmMainWindow, vmm_main_window, VMM, MAIN_WINDOW, GtkApplicationWindow)

GtkWidget *vmm_main_window_new (GtkApplication *application);

/* Shows `run` (taken over), begins its first window once the window is on the screen, and keeps and
 * counts as `settings` say. Once. */
void vmm_main_window_measure (VmmMainWindow *window, VmmRun *run, const VmmSettings *settings);

/* Of the run, borrowed; NULL before. */
VmmSession *vmm_main_window_get_session (VmmMainWindow *window);
