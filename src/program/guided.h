/* SPDX-License-Identifier: MIT */
/* guided: turns that the user is led through, of two guests that cannot run at the same time. */
#pragma once

#include "vmm/options.h"

/* The words behind "turns --guided", without these: argv[1] may be which guest this is. */
VmmExit vmm_guided_run (int argc, char **argv);
