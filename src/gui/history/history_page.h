/* SPDX-License-Identifier: MIT */
/* history_page: how this machine was over days, inside the window. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_HISTORY_PAGE (vmm_history_page_get_type ())
G_DECLARE_FINAL_TYPE (VmmHistoryPage, vmm_history_page, VMM, HISTORY_PAGE, GtkBox)

/* Puts the keyboard where the page can be left from. Esc activates "win.back". */
void vmm_history_page_focus (VmmHistoryPage *page);
