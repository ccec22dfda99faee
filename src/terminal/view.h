/* SPDX-License-Identifier: MIT */
/* view: what is printed while a run goes on: a picture, lines, or nothing. */
#pragma once

#include "console.h"
#include "vmm/options.h"
#include "vmm/run.h"

typedef enum { VMM_SHOW_NOTHING, VMM_SHOW_LINES, VMM_SHOW_PICTURE } VmmShow;

typedef struct {
  VmmShow       show;
  VmmConsole    console;
  const VmmRun *run;
  const char   *title;
  guint         runs; /* windows in all */
} VmmView;

/* What suits the options, and a terminal or a pipe. */
VmmShow vmm_view_choose (const VmmOptions *options, const VmmConsole *console);

/* What to print when a window begins; and after each row, or when the terminal's size changed.
 * Free with g_free(). */
char *vmm_view_begin (VmmView *view);
char *vmm_view_update (VmmView *view);
