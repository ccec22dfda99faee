/* SPDX-License-Identifier: MIT */
/* fleet_rows: an array of guests as the rows of a model, each a pointer in column 0. Other guests in the same
 * rows cost nothing: who shows the model says which rows are to be looked at again. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_FLEET_ROWS (vmm_fleet_rows_get_type ())
G_DECLARE_FINAL_TYPE (VmmFleetRows, vmm_fleet_rows, VMM, FLEET_ROWS, GObject)

VmmFleetRows *vmm_fleet_rows_new (void);

/* Takes `guests` (borrowed pointers) over, and tells nobody. While there are to be more or fewer than before
 * the model must not be shown. */
void vmm_fleet_rows_set (VmmFleetRows *rows, GPtrArray *guests);

/* Tells who shows them that rows `first` to `last` are others. */
void vmm_fleet_rows_tell (VmmFleetRows *rows, int first, int last);
