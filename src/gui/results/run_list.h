/* SPDX-License-Identifier: MIT */
/* run_list: the kept runs as a list: sorted, searched, chosen from, labelled in place.
 *
 * Signals: "chosen" () when other runs are chosen or they are gone, "relabelled" (id, label) when
 * a label was typed, "unwanted" () when Delete was pressed. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_RUN_LIST (vmm_run_list_get_type ())
G_DECLARE_FINAL_TYPE (VmmRunList, vmm_run_list, VMM, RUN_LIST, GtkTreeView)

/* `entries` of VmmStoreEntry *; what stays, stays chosen. Emits "chosen" when a run changed. */
void vmm_run_list_set_entries (VmmRunList *list, const GPtrArray *entries);

/* Shows only runs that have all words of `text` in them. */
void vmm_run_list_search (VmmRunList *list, const char *text);

/* The ids of the chosen runs, oldest first, NULL at the end. Free with g_strfreev(). */
char **vmm_run_list_get_chosen (VmmRunList *list);

/* Chooses `ids` (NULL at the end), those that are shown, and no others; the first of them is brought
 * into sight. */
void vmm_run_list_choose (VmmRunList *list, char *const *ids);

guint vmm_run_list_count_shown (VmmRunList *list);

/* What all columns need to be seen, px, however wide the user made them. */
int vmm_run_list_get_columns_width (VmmRunList *list);

/* TRUE while a label is edited: what is listed anew then would end it. */
gboolean vmm_run_list_is_edited (VmmRunList *list);
