/* SPDX-License-Identifier: MIT */
/* panes: the list and the details, beside each other or one above the other. */
#pragma once

#include "run_list.h"

/* How they lie: a handle at `position` between them. */
typedef struct {
  GtkOrientation orientation;
  int            position;
} VmmArrangement;

/* Of a page's struct. All is private. */
typedef struct {
  GtkWidget     *page; /* whose room it is */
  GtkPaned      *paned;
  VmmRunList    *list;
  VmmArrangement arrangement;
  gboolean       moved; /* the handle, by the user */
  guint          idle;
} VmmPanes;

void vmm_panes_init (VmmPanes *panes, GtkWidget *page, GtkWidget *paned, VmmRunList *list);
void vmm_panes_clear (VmmPanes *panes);

/* Before and after the page is given its room. */
void vmm_panes_note_handle (VmmPanes *panes);
void vmm_panes_arrange (VmmPanes *panes);

/* One above the other: the page can be made as narrow as that in one go. */
int vmm_panes_get_least_width (const VmmPanes *panes);
