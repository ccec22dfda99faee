/* SPDX-License-Identifier: MIT */
/* results_private: what the files of the results page share. */
#pragma once

#include "vmm/chart.h"
#include "results_page.h"
#include "run_list.h"
#include "selection.h"
#include "vmm/shelf.h"

/* How list and details lie: a handle at `position` between them. */
typedef struct {
  GtkOrientation orientation;
  int            position;
} VmmArrangement;

struct _VmmResultsPage {
  GtkBox      parent;
  GtkWidget  *info_bar, *info_label, *undo_button, *stack, *paned, *search;
  GtkWidget  *sides_bar, *sides, *details, *details_scroller;
  VmmRunList *list;

  GSimpleActionGroup *actions;
  VmmShelf           *shelf;
  GQueue             *deleted; /* of char **: what can be undone, newest first */
  VmmChart           *chart;   /* that is shown, or NULL */
  char              **chosen;
  char              **to_choose; /* when they are listed, or NULL */
  char               *folder;    /* of the last files, or NULL */
  GFileMonitor       *monitor;   /* of the store, while the page is to be seen */
  void (*store_changed) (VmmResultsPage *page);
  VmmArrangement arrangement;
  gboolean       chosen_once, showing_sides, moved; /* the handle, by the user */
  guint          idle, message_alarm, refresh_alarm;
};

/* results_message.c: errors stay until they are closed, other messages for some seconds. */
void vmm_results_page_add_message (VmmResultsPage *page);
void vmm_results_page_tell (VmmResultsPage *page, GtkMessageType type, const char *message,
                            gboolean can_undo);

/* results_list.c: listens to the list. */
void vmm_results_page_connect_list (VmmResultsPage *page);

/* results_watch.c: from now on `changed` is called when another program changed the store; NULL ends
 * it. Not while a label is edited. */
void vmm_results_page_watch (VmmResultsPage *page, void (*changed) (VmmResultsPage *page));

/* results_details.c: shows the chosen runs; `sides` as the user wants them. */
void vmm_results_page_show_chosen (VmmResultsPage *page, VmmSides sides);

/* results_actions.c */
void vmm_results_page_add_actions (VmmResultsPage *page);
void vmm_results_page_enable_actions (VmmResultsPage *page);
void vmm_results_page_import (VmmResultsPage *page, char **paths); /* taken over */

/* results_files.c: the window; the chosen path, and paths with a NULL at the end, or NULL. */
GtkWindow *vmm_results_page_get_window (VmmResultsPage *page);
char      *vmm_results_page_ask_for_path (VmmResultsPage *page, GtkFileChooserAction action,
                                          const char *title, const char *button, const char *name);
char      *vmm_results_page_ask_for_picture (VmmResultsPage *page);
char     **vmm_results_page_ask_for_files (VmmResultsPage *page);
