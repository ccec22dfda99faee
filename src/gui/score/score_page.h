/* SPDX-License-Identifier: MIT */
/* score_page: what the score is and how to read it, inside the window. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_SCORE_PAGE (vmm_score_page_get_type ())
G_DECLARE_FINAL_TYPE (VmmScorePage, vmm_score_page, VMM, SCORE_PAGE, GtkBox)

/* Puts the keyboard where the page can be read and left from. Esc activates "win.back". */
void vmm_score_page_focus (VmmScorePage *page);
