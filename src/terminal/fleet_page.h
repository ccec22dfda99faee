/* SPDX-License-Identifier: MIT */
/* fleet_page: many guests as a table, and one of them with its day. */
#pragma once

#include "console.h"
#include "vmm/fleet.h"

typedef struct {
  const char *matching; /* which guests; NULL = all */
  gboolean    by_host;
  guint       top; /* so many of them; 0 = all */
} VmmFleetView;

/* In the order of the fleet. Free with g_free(). */
char *vmm_fleet_page (const VmmFleet *fleet, const VmmFleetView *view, const VmmConsole *console);

/* One guest, of a fleet with its story. */
char *vmm_fleet_page_of (const VmmFleet *fleet, const VmmFleetGuest *guest,
                         const VmmConsole *console);
