/* SPDX-License-Identifier: MIT */
/* labelling: the label of what is measured, written before, meanwhile or afterwards: it becomes that of the run
 * once there is one to label. */
#pragma once

#include <gtk/gtk.h>

/* Of a struct that outlives it. All is private. */
typedef struct {
  GtkWidget *window;
  GtkEntry  *entry;
  void (*label) (GtkWidget *window, const char *id, const char *label);
  char *id, *held; /* of the run that was kept last, and what its label is; or NULL */
} VmmLabelling;

/* `label` is called with what is to be the label of a kept run. */
void vmm_labelling_init (VmmLabelling *labelling, GtkWidget *window, GtkEntry *entry,
                         void (*label) (GtkWidget *window, const char *id, const char *label));
void vmm_labelling_clear (VmmLabelling *labelling);

/* What is written there; NULL = nothing. */
void vmm_labelling_set (VmmLabelling *labelling, const char *label);

/* This run was kept under that label; `id` NULL: there is none yet. */
void vmm_labelling_hold (VmmLabelling *labelling, const char *id, const char *label);
