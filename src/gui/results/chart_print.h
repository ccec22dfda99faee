/* SPDX-License-Identifier: MIT */
/* chart_print: a chart on paper, after the user was asked how. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/chart.h"

/* `folder` is where a file in place of paper goes. TRUE, too, when the user does not want it. */
gboolean vmm_chart_print (VmmChart *chart, GtkWindow *parent, const char *folder, GError **error);
