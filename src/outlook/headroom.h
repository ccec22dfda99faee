/* SPDX-License-Identifier: MIT */
/* headroom: how far a load can grow, of its rows and the capacities. */
#pragma once

#include "load.h"
#include "vmm/headroom.h"

void headroom_find (const Load *load, gint64 now_us, VmmHeadroom *ret_headroom);
