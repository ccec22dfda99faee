/* SPDX-License-Identifier: MIT */
/* quality: what a window is worth, from what in it was not ours. Private to the score. */
#pragma once

#include "vmm/score.h"

/* Sets `quality`, `own_busy_percent` and adds to `reasons`, worst first. */
void vmm_quality_assess (VmmScore *score, const VmmScoreInput *input);

/* Ticks of one round of the probes: as many as make a second, which a probe's work is spread over. */
guint vmm_quality_round (const VmmScoreInput *input);
