/* SPDX-License-Identifier: MIT */
/* measure_button: the button is called what it does to a run as that is now. */
#pragma once

#include "vmm/run.h"

#include <gtk/gtk.h>

/* What to do where its newest run was not kept. Free with g_free(). */
char *vmm_measure_button_not_kept (const GError *error);

/* `suggested`: it is what to do next. */
void vmm_measure_button_show (GtkWidget *button, const VmmRun *run, gboolean suggested);
