/* SPDX-License-Identifier: MIT */
/* label: lines of text in a box, of a few kinds that the style sheet knows. */
#pragma once

#include <gtk/gtk.h>

/* `class`: "verdict", "heading", "finding", "quiet" or NULL. */
GtkWidget *vmm_label_add (GtkContainer *box, const char *text, const char *class);

/* The same, beginning with a capital: not for what a user wrote. */
GtkWidget *vmm_label_add_sentence (GtkContainer *box, const char *text, const char *class);

/* A figure, which stands at the right below others wherever reading begins: units below units. */
void vmm_label_align_figure (GtkWidget *label);
