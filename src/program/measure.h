/* SPDX-License-Identifier: MIT */
/* measure: from a command line that is understood to the face that shows the measurement. */
#pragma once

#include "vmm/options.h"

VmmExit vmm_measure (const VmmOptions *options);
