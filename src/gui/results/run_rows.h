/* SPDX-License-Identifier: MIT */
/* run_rows: the kept runs as the rows of a model. */
#pragma once

#include <gtk/gtk.h>

enum {
  VMM_RUN_ID,
  VMM_RUN_CREATED, /* us */
  VMM_RUN_DATE,
  VMM_RUN_VMM,
  VMM_RUN_LABEL,
  VMM_RUN_TOTAL, /* NAN = none */
  VMM_RUN_LOW,   /* of the interval; NAN = none */
  VMM_RUN_SCORE,
  VMM_RUN_INTERVAL,
  VMM_RUN_QUALITY,
  VMM_RUN_WINDOW,
  VMM_RUN_READABLE,
  VMM_RUN_TOOLTIP,  /* markup */
  VMM_RUN_HAYSTACK, /* all words, folded */
  VMM_RUN_N_COLUMNS
};

GtkListStore *vmm_run_rows_new (void);

/* A row for each of `entries` (of VmmStoreEntry *), with the dates as people say them at `now_us`; the rows of
 * those that stay are kept. */
void vmm_run_rows_set (GtkListStore *rows, const GPtrArray *entries, gint64 now_us);

/* A model on top that can be sorted by every column, newest first. Free with g_object_unref(). */
GtkTreeModel *vmm_run_rows_sort (GtkTreeModel *rows);

/* TRUE when the row has all of the folded `words` in it (NULL: none are asked for). */
gboolean vmm_run_rows_have_words (GtkTreeModel *rows, GtkTreeIter *row, char *const *words);
