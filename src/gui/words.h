/* SPDX-License-Identifier: MIT */
/* words: lines of text in a box, of a few kinds that the style sheet knows. */
#pragma once

#include <gtk/gtk.h>

/* `class`: "verdict", "heading", "finding", "quiet" or NULL. The line begins with a capital. */
GtkWidget *vmm_words_add (GtkContainer *box, const char *text, const char *class);
