/* SPDX-License-Identifier: MIT */
/* kept_runs: keeps the list in step with the store. */
#pragma once

#include "notice.h"
#include "run_list.h"
#include "store_watch.h"
#include "vmm/shelf.h"

/* Of a page's struct, which outlives the shelf. All is private. */
typedef struct {
  VmmShelf      *shelf; /* this and what follows are the page's */
  GtkStack      *stack; /* of the pages "runs" and "empty" */
  VmmRunList    *list;
  VmmNotice     *notice;
  VmmStoreWatch *watch;                   /* or NULL */
  char         **to_choose;               /* when they are listed, or NULL */
  gboolean       chosen_once, wants_last; /* the latter: the last two, when they are listed */
} VmmKeptRuns;

void vmm_kept_runs_init (VmmKeptRuns *kept, VmmShelf *shelf, GtkWidget *stack, VmmRunList *list,
                         VmmNotice *notice);
void vmm_kept_runs_clear (VmmKeptRuns *kept);

/* Lists them anew. */
void vmm_kept_runs_list (VmmKeptRuns *kept);

/* When they are listed next, `ids` are chosen (NULL: nothing else is). */
void vmm_kept_runs_choose (VmmKeptRuns *kept, char *const *ids);

/* Lists them anew, and chooses the last two that can be compared. */
void vmm_kept_runs_compare_last (VmmKeptRuns *kept);

/* Lists them, too, when another program changed the store; or no longer. */
void vmm_kept_runs_watch (VmmKeptRuns *kept, gboolean wanted);

/* Why the store does not do what it should, and what to do. */
void vmm_kept_runs_tell_failure (VmmKeptRuns *kept, const GError *error);
