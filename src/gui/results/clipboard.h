/* SPDX-License-Identifier: MIT */
/* clipboard: what is shared goes there, and stays when the window is closed, where the desktop keeps it. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/share.h"

void vmm_clipboard_put_text (GtkWidget *widget, const char *text);

/* The card. FALSE and the error where it cannot be drawn. */
gboolean vmm_clipboard_put_card (GtkWidget *widget, const VmmShare *share, GError **error);
