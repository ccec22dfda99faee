/* SPDX-License-Identifier: MIT */
/* leaving: the ways out of a page: Esc, and Esc in a search that is empty.
 *
 * `action` is the window's, which shows another page; FALSE where there is no window that has any. */
#pragma once

#include <gtk/gtk.h>

gboolean vmm_leave (GtkWidget *page, const char *action);
gboolean vmm_leave_by_key (GtkWidget *page, const GdkEventKey *event, const char *action);

/* Esc in `search`: it is emptied; once it is empty, the page is left. */
void vmm_leave_search (GtkWidget *page, GtkWidget *search, const char *action);
