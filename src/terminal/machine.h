/* SPDX-License-Identifier: MIT */
/* machine: which machine this is, and what can be measured on it. */
#pragma once

#include "options.h"

/* The command `vmm_monitor host`. */
VmmExit vmm_machine_run (int argc, char **argv);
