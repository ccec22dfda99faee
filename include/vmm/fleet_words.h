/* SPDX-License-Identifier: MIT */
/* fleet_words: what is said of many guests, for every face; in the user's language. Texts are freed with
 * g_free(); names that a server told are in them as vmm/fleet.h has them. */
#pragma once

#include "vmm/fleet.h"

/* "Guest", "Score". Static storage. */
const char *vmm_fleet_heading (VmmFleetColumn column);

/* What stands there: "38.1", "31.0 %", "12 s", "silent since 02:14"; "" where nothing is told. */
char *vmm_fleet_cell (const VmmFleet *fleet, const VmmFleetGuest *guest, VmmFleetColumn column);

/* All that the columns say, in a line. */
char *vmm_fleet_line (const VmmFleet *fleet, const VmmFleetGuest *guest);

/* "33.9 to 42.9". */
char *vmm_fleet_interval (const VmmFleetGuest *guest);

/* "412 guests, median 108.3, a twentieth below 61.0". */
char *vmm_fleet_summary (const VmmFleet *fleet);

/* "h12: 3 of 4 guests lost more than 10 % at the same time since 13:52". */
char *vmm_fleet_noise (const VmmNoisyHost *host);

/* "A slow clock source (likely), seen last at 14:02". */
char *vmm_fleet_finding (const VmmFleetFinding *finding);

/* What is said instead of a table without guests. Static storage. */
const char *vmm_fleet_nobody (void);

/* "asked at 14:21:07", and of one that could not be asked again since. */
char *vmm_fleet_age (const VmmFleet *fleet);
