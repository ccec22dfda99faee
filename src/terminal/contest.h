/* SPDX-License-Identifier: MIT */
/* contest: which VMM serves its guest better. */
#pragma once

#include "options.h"

/* The command `vmm_monitor compare`. */
VmmExit vmm_contest_compare (int argc, char **argv);
