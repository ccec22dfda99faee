/* SPDX-License-Identifier: MIT */
/* story: the last day of one guest. */
#pragma once

#include "answer.h"
#include "vmm/fleet.h"

/* Takes an answer about one guest into the fleet's story. */
void vmm_story_take (VmmFleet *fleet, VmmFleetQuestion question, const VmmSeries *series);

/* Takes the curve of a guest. */
void vmm_story_take_curve (VmmFleet *fleet, const VmmSeries *series);

VmmFleetStory *vmm_story_new (gint64 now_us);
void           vmm_story_free (VmmFleetStory *story); /* NULL is fine */
