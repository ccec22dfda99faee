/* SPDX-License-Identifier: MIT */
/* watch: the command that measures for weeks. */
#pragma once

#include "vmm/options.h"

VmmExit vmm_watch_run (int argc, char **argv);
