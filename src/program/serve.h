/* SPDX-License-Identifier: MIT */
/* serve: the command that measures by a timetable. */
#pragma once

#include "vmm/options.h"

VmmExit vmm_serve_run (int argc, char **argv);
