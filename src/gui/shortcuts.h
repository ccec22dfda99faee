/* SPDX-License-Identifier: MIT */
/* shortcuts: every key, for actions and for people. */
#pragma once

#include <gtk/gtk.h>

/* The keys of all actions, of the application's and its window's. */
void vmm_shortcuts_set (GtkApplication *application);

/* A dialog that tells them and what else a key does; destroyed when it is closed. */
GtkWidget *vmm_shortcuts_new (GtkWindow *parent);
