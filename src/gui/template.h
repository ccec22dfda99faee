/* SPDX-License-Identifier: MIT */
/* template: which file says what is in a widget, and which of it the widget asks for. */
#pragma once

#include <gtk/gtk.h>

typedef struct {
  const char *name; /* in the file, and of the member */
  gsize       offset;
} VmmChild;

#define VMM_CHILD(type, name)                                                                      \
  {                                                                                                \
#name, G_STRUCT_OFFSET(type, name)                                                             \
  }

/* `file` is one of data/, `children` a table; from a class's init function. */
#define VMM_SET_TEMPLATE(class, file, children)                                                    \
  vmm_template_set (class, file, children, G_N_ELEMENTS (children))

void vmm_template_set (GtkWidgetClass *class, const char *file, const VmmChild *children, guint n);
