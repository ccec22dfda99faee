/* SPDX-License-Identifier: MIT */
/* template: a table of children for GTK. */
#include "template.h"

void
vmm_template_set (GtkWidgetClass *class, const char *file, const VmmChild *children, guint n)
{
  g_autofree char *path = g_strconcat ("/io/github/vmm_monitor/VmmMonitor/", file, NULL);

  gtk_widget_class_set_template_from_resource (class, path);
  for (guint i = 0; i < n; i++)
    gtk_widget_class_bind_template_child_full (class, children[i].name, FALSE,
                                               (gssize) children[i].offset);
}
