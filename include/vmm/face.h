/* SPDX-License-Identifier: MIT */
/* face: what main.c knows of the window, whether or not this build has it.
 *
 * Either src/gui or src/gui/absent.c stands behind it: chosen by linking, not by #ifdef. */
#pragma once

#include "vmm/plan.h"

/* TRUE when this build has the window. */
gboolean vmm_gui_is_available (void);

/* Connects to the display that the environment names. FALSE and VMM_ERROR_MISSING (no display, or
 * it does not answer) or VMM_ERROR_UNSUPPORTED (a build without the window). Costs nothing where
 * the environment names none. */
gboolean vmm_gui_open_display (GError **error);

/* Shows the window and returns the exit code once it is closed. Measures as `plan` says, and keeps
 * each finished run in the store when `keep`. Only after vmm_gui_open_display(). */
int vmm_gui_run (const VmmPlan *plan, gboolean keep);
