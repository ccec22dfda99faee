/* SPDX-License-Identifier: MIT */
/* window_private: what the files of the window share. */
#pragma once

#include "dashboard.h"
#include "results_page.h"
#include "score_page.h"
#include "vmm/shelf.h"
#include "vmm/result.h"
#include "window.h"

struct _VmmMainWindow {
  GtkApplicationWindow parent;
  GtkWidget      *stack, *titles, *subtitle, *measure_button, *menu_button, *info_bar, *info_label;
  VmmDashboard   *dashboard;
  VmmResultsPage *results;
  VmmScorePage   *score_page;
  const char     *left;      /* name of the page before the score's */
  GtkWidget      *left_from; /* what had the focus there, or NULL */

  VmmShelf   *shelf; /* that runs are kept on */
  VmmSession *session;
  VmmResult  *result; /* the newest, while it is shown and not kept; or NULL */
  VmmSettings settings;
  guint       progress; /* timer, while observing */
  guint       begin;    /* idle, between the first frame and the first window */
  guint       judge;    /* idle, between the last sample of a window and its result */
};

/* window.c: what went wrong, and what to do about it. */
void vmm_main_window_tell (VmmMainWindow *window, const char *message, const char *advice);

/* window_run.c: a window that is over is judged before its session is dropped. */
void vmm_main_window_add_run_actions (VmmMainWindow *window);
void vmm_main_window_drop_session (VmmMainWindow *window);

/* window_keep.c: `result` is finished and shown; NULL = there is nothing to keep. */
void vmm_main_window_add_keep_actions (VmmMainWindow *window);
void vmm_main_window_keep (VmmMainWindow *window, VmmResult *result);

/* window_settings.c: the menu's tick is the plan's, however it came about. */
void vmm_main_window_add_settings_actions (VmmMainWindow *window);
void vmm_main_window_show_passive (VmmMainWindow *window, gboolean passive);
