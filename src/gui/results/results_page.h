/* SPDX-License-Identifier: MIT */
/* results_page: the kept runs beside the graphs, in the same window, and what they say. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_RESULTS_PAGE (vmm_results_page_get_type ())
G_DECLARE_FINAL_TYPE (VmmResultsPage, vmm_results_page, VMM, RESULTS_PAGE, GtkBox)

/* The actions of the group "results", for the window that has the page. */
GActionGroup *vmm_results_page_get_actions (VmmResultsPage *page);

/* The store has changed; read when the page is to be seen. */
void vmm_results_page_refresh (VmmResultsPage *page);

/* Chooses the last two runs that can be compared. */
void vmm_results_page_compare_last (VmmResultsPage *page);

/* From now on this is the label of a kept run. */
void vmm_results_page_label (VmmResultsPage *page, const char *id, const char *label);

/* Gives the list the focus. */
void vmm_results_page_focus (VmmResultsPage *page);
