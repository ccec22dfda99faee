/* SPDX-License-Identifier: MIT */
/* shortcuts: a dialog that tells every key. */
#pragma once

#include <gtk/gtk.h>

GtkWidget *vmm_shortcuts_new (GtkWindow *parent);
