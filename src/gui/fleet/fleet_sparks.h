/* SPDX-License-Identifier: MIT */
/* fleet_sparks: the curves of those guests that are to be seen in the list, each asked for when it is, all of them
 * by one question, and again when they are old. */
#pragma once

#include "fleet_list.h"

typedef struct _VmmFleetSparks VmmFleetSparks;

/* Whom to ask; FALSE = nobody, now. */
typedef gboolean (*VmmFleetWhom) (gpointer data, VmmFleetServer *ret_server);

/* `list` shows them, and outlives this. */
VmmFleetSparks *vmm_fleet_sparks_new (VmmFleetList *list, VmmFleetWhom whom, gpointer data);
void            vmm_fleet_sparks_free (VmmFleetSparks *sparks); /* NULL is fine */

/* Those that are to be seen may be others; soon it is asked for what is not known of them. */
void vmm_fleet_sparks_look (VmmFleetSparks *sparks);

/* Another server: nothing is known. */
void vmm_fleet_sparks_forget (VmmFleetSparks *sparks);
