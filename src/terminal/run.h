/* SPDX-License-Identifier: MIT */
/* run: a measurement from the first reading to the report, in the terminal. */
#pragma once

#include "options.h"

/* Measures as asked, writes where vmm_deliver_check() found nothing wrong, and returns the exit code. Uses
 * the default main context of this thread. */
VmmExit vmm_run_in_terminal (const VmmOptions *options);
