/* SPDX-License-Identifier: MIT */
/* face: the doors of the two faces.
 *
 * Behind the window's stands src/gui or src/gui/absent.c: chosen by linking, not by #ifdef. */
#pragma once

#include "vmm/listen.h"
#include "vmm/options.h"
#include "vmm/serve.h"

/* ---- The terminal */

/* Makes the process fit for a command line: its three standard descriptors are open, writing to a
 * closed pipe is an error and no signal, text is in the locale's character set. Call first. */
void vmm_terminal_init (void);

/* Measures as `options` say, shows it on standard output, and returns what came of it. */
VmmExit vmm_terminal_measure (const VmmOptions *options);

typedef struct {
  const VmmPlan  *plan; /* of each window */
  VmmServeOptions options;
  VmmDoor         door; /* where the figures are to be had; without an address nowhere */
} VmmServing;

/* Serves until a signal ends it, or its one window is over. */
VmmExit vmm_terminal_serve (const VmmServing *serving);

/* ---- The window */

/* Connects to the display that the environment names. FALSE and VMM_ERROR_MISSING (no display, or
 * it does not answer) or VMM_ERROR_UNSUPPORTED (a build without the window). Costs nothing where
 * the environment names none. */
gboolean vmm_gui_open_display (GError **error);

/* What the command line said, so that the window's settings do not. */
typedef struct {
  const char *fleet;    /* the Prometheus whose guests are shown on a page, or NULL */
  gboolean    interval; /* `plan`'s was given; a ping target that was not is NULL */
  gboolean    no_save;  /* keep no run unless asked to */
} VmmGiven;

/* Shows the window and returns the exit code once it is closed. Measures as `plan` says and, where
 * nothing was said, as the user's settings do. Where a window is open already it is shown instead, and
 * what was said and does not hold for it is told on standard error and makes the code 1. Only after
 * vmm_gui_open_display(). */
int vmm_gui_run (const VmmPlan *plan, const VmmGiven *given);
