/* SPDX-License-Identifier: MIT */
/* dashboard: the score card and the four graphs, arranged as the room allows. */
#pragma once

#include <gtk/gtk.h>

#include "score_card.h"
#include "time_view.h"
#include "units.h"

#define VMM_TYPE_DASHBOARD (vmm_dashboard_get_type ())
G_DECLARE_FINAL_TYPE (VmmDashboard, vmm_dashboard, VMM, DASHBOARD, GtkScrolledWindow)

/* NULL shows nothing; borrowed until the next call. */
void vmm_dashboard_set_session (VmmDashboard *dashboard, VmmSession *session);

/* Counts bytes this way in all graphs. */
void vmm_dashboard_set_units (VmmDashboard *dashboard, VmmUnits units);

/* The session has a new row. */
void vmm_dashboard_update (VmmDashboard *dashboard);

VmmScoreCard *vmm_dashboard_get_score_card (VmmDashboard *dashboard);
VmmTimeView  *vmm_dashboard_get_time_view (VmmDashboard *dashboard);
