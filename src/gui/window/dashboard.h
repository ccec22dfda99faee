/* SPDX-License-Identifier: MIT */
/* dashboard: the score card and the four graphs, arranged as the room allows. */
#pragma once

#include <gtk/gtk.h>

#include "score_card.h"
#include "time_view.h"
#include "vmm/settings.h"

#define VMM_TYPE_DASHBOARD (vmm_dashboard_get_type ())
G_DECLARE_FINAL_TYPE (VmmDashboard, vmm_dashboard, VMM, DASHBOARD, GtkScrolledWindow)

/* NULL shows nothing; borrowed until the next call. */
void vmm_dashboard_set_session (VmmDashboard *dashboard, VmmSession *session);

/* In these units of bytes, and light or dark. */
void vmm_dashboard_show_as (VmmDashboard *dashboard, const VmmSettings *settings);

/* The card tells how far the window is: now, with each row, and with probes between the rows too. */
void vmm_dashboard_show_progress (VmmDashboard *dashboard);

/* The card tells `result` instead, and `note` below it, or NULL. */
void vmm_dashboard_show_result (VmmDashboard *dashboard, const VmmResult *result, const char *note);

/* The session has a new row. */
void vmm_dashboard_update (VmmDashboard *dashboard);

VmmScoreCard *vmm_dashboard_get_score_card (VmmDashboard *dashboard);
