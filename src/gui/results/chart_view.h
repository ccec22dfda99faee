/* SPDX-License-Identifier: MIT */
/* chart_view: a chart as a widget, as high as its width asks for. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/chart.h"

#define VMM_TYPE_CHART_VIEW (vmm_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (VmmChartView, vmm_chart_view, VMM, CHART_VIEW, GtkDrawingArea)

/* `description` says in words what it shows. */
GtkWidget *vmm_chart_view_new (VmmChart *chart, const char *description);
