/* SPDX-License-Identifier: MIT */
/* fleet_spark: a cell with the scores of a day. */
#pragma once

#include "vmm/fleet.h"

#include <gtk/gtk.h>

#define VMM_TYPE_FLEET_SPARK (vmm_fleet_spark_get_type ())
G_DECLARE_FINAL_TYPE (VmmFleetSpark, vmm_fleet_spark, VMM, FLEET_SPARK, GtkCellRenderer)

/* VMM_FLEET_POINTS of them, borrowed until the next call; NULL = nothing is shown. */
void vmm_fleet_spark_set (VmmFleetSpark *spark, const float *points);
