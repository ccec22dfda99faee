/* SPDX-License-Identifier: MIT */
/* file_dialogs: asks for the files that runs and pictures come from and go to. */
#pragma once

#include <gtk/gtk.h>

typedef struct {
  GtkWidget *widget; /* over whose window they are */
  char      *folder; /* of the last files, or NULL; free with g_free() */
} VmmFileDialogs;

GtkWindow *vmm_file_dialogs_get_window (const VmmFileDialogs *dialogs);

/* That a dialog opens in: the one of the last time, at home the first time. Borrowed. */
const char *vmm_file_dialogs_get_folder (const VmmFileDialogs *dialogs);

/* The chosen path; a picture's; paths with a NULL at the end. NULL when nothing was chosen. */
char  *vmm_file_dialogs_ask_for_path (VmmFileDialogs *dialogs, GtkFileChooserAction action,
                                      const char *title, const char *button, const char *name);
char  *vmm_file_dialogs_ask_for_picture (VmmFileDialogs *dialogs);
char **vmm_file_dialogs_ask_for_files (VmmFileDialogs *dialogs);
