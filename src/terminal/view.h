/* SPDX-License-Identifier: MIT */
/* view: what is printed while a session goes on: a picture, lines, or nothing. */
#pragma once

#include "console.h"
#include "vmm/session.h"

typedef enum { VMM_SHOW_NOTHING, VMM_SHOW_LINES, VMM_SHOW_PICTURE } VmmShow;

typedef struct {
  VmmShow           show;
  VmmConsole        console;
  const VmmSession *session;
  const char       *title;
  guint             run, runs; /* the window under way, from 1, of how many */
  gint64            next_us;   /* between two windows: when the next one begins, else 0 */
} VmmView;

/* What to print when a window begins; and after each row, or when the terminal's size changed.
 * Free with g_free(). */
char *vmm_view_begin (VmmView *view);
char *vmm_view_update (VmmView *view);
