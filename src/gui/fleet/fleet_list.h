/* SPDX-License-Identifier: MIT */
/* fleet_list: guests as rows, in the order of the column that was clicked. Emits "chosen" when another
 * guest is. */
#pragma once

#include "vmm/fleet.h"

#include <gtk/gtk.h>

#define VMM_TYPE_FLEET_LIST (vmm_fleet_list_get_type ())
G_DECLARE_FINAL_TYPE (VmmFleetList, vmm_fleet_list, VMM, FLEET_LIST, GtkTreeView)

/* Shows the guests that match; the chosen one stays so. `fleet` is lent until the next call. */
void vmm_fleet_list_show (VmmFleetList *list, VmmFleet *fleet, const char *matching);

/* The curve of a guest, by vmm_fleet_key(): what begins with VMM_FLEET_POINTS floats. Lent until the next call; NULL =
 * no curves. */
void vmm_fleet_list_set_curves (VmmFleetList *list, GHashTable *curves);

/* Those that are to be seen (of VmmFleetGuest, lent), and when they were told. Free with g_ptr_array_unref(). */
GPtrArray *vmm_fleet_list_get_seen (VmmFleetList *list, gint64 *ret_now_us);

/* NULL = none. Of the fleet. */
const VmmFleetGuest *vmm_fleet_list_get_chosen (VmmFleetList *list);
