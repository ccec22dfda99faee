/* SPDX-License-Identifier: MIT */
/* measure: from a command line that is understood to the face that shows the measurement. */
#pragma once

#include "vmm/options.h"

/* FALSE, and the exit, when what `options` name is not there to be measured; says which of them do nothing. */
gboolean vmm_measure_check (const VmmOptions *options, VmmExit *ret_exit);

VmmExit vmm_measure (const VmmOptions *options);
