/* SPDX-License-Identifier: MIT */
/* before: the commands that ask whether a change helped. */
#pragma once

#include "vmm/options.h"

VmmExit vmm_before_run (int argc, char **argv); /* "before" */
VmmExit vmm_after_run (int argc, char **argv);  /* "after" */
