/* SPDX-License-Identifier: MIT */
/* dialog_rows: what a dialog of two columns asks and says, row by row. */
#pragma once

#include <gtk/gtk.h>

/* A paragraph over both columns, in a class of the style or NULL; without words it is hidden. */
GtkWidget *vmm_dialog_add_words (GtkGrid *grid, const char *words, int row, const char *class);

/* `choice` beside its name, which has a mnemonic, and is there as long as it is. Returns `choice`. */
GtkWidget *vmm_dialog_add_choice (GtkGrid *grid, const char *name, GtkWidget *choice, int row);

/* To be turned on, by its mnemonic too, over both columns. */
GtkWidget *vmm_dialog_add_check (GtkGrid *grid, const char *name, int row);
