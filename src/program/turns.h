/* SPDX-License-Identifier: MIT */
/* turns: the command that measures in slots of the wall clock. */
#pragma once

#include "vmm/options.h"

VmmExit vmm_turns_run (int argc, char **argv);
