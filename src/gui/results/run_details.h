/* SPDX-License-Identifier: MIT */
/* run_details: what the chosen runs say.
 *
 * Property: "chart" (VmmChart *, read only), the picture that is shown, or NULL. Signal: "regrouped"
 * (guint, a VmmSides) when the user wants to compare by something else. */
#pragma once

#include <gtk/gtk.h>

#include "selection.h"
#include "vmm/chart.h"

#define VMM_TYPE_RUN_DETAILS (vmm_run_details_get_type ())
G_DECLARE_FINAL_TYPE (VmmRunDetails, vmm_run_details, VMM, RUN_DETAILS, GtkBox)

/* `any_listed`: there are runs to choose from. */
void vmm_run_details_show (VmmRunDetails *details, const VmmSelection *selection,
                           gboolean any_listed);

VmmChart *vmm_run_details_get_chart (VmmRunDetails *details); /* borrowed */

/* By what is compared; that of one run means nothing. */
VmmSides vmm_run_details_get_sides (VmmRunDetails *details);
