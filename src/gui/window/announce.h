/* SPDX-License-Identifier: MIT */
/* announce: a measurement to those who look elsewhere: the window's title, and a notification of the desktop. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/run.h"

/* While one goes on: "17 s left – VMM Performance Monitor", with how many follow. Once a second is enough. */
void vmm_announce_progress (GtkWindow *window, const VmmRun *run, gint64 now_us);

/* The score is the title. After the last measurement, and where the window has not the focus, the desktop is
 * told, too; what it was told is taken back when the next one begins. */
void vmm_announce_result (GtkWindow *window, const VmmResult *result, guint left);
void vmm_announce_take_back (GtkWindow *window);
