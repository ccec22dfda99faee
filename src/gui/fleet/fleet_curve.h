/* SPDX-License-Identifier: MIT */
/* fleet_curve: score and stolen time of a guest over a day, one above the other. */
#pragma once

#include "vmm/fleet.h"

#include <gtk/gtk.h>

#define VMM_TYPE_FLEET_CURVE (vmm_fleet_curve_get_type ())
G_DECLARE_FINAL_TYPE (VmmFleetCurve, vmm_fleet_curve, VMM, FLEET_CURVE, GtkDrawingArea)

/* A copy is kept; NULL hides it. */
void vmm_fleet_curve_show (VmmFleetCurve *curve, const VmmFleetStory *story);
