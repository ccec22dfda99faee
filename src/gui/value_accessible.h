/* SPDX-License-Identifier: MIT */
/* value_accessible: how a widget that draws a value itself is met by assistive technology: by a
 * role, a name, the value as a number, and the drawn words as description. */
#pragma once

#include <gtk/gtk.h>

/* For gtk_widget_class_set_accessible_type(). */
GType vmm_value_accessible_get_type (void);

/* `widget`'s class has the type above; `high` is the end of the range that begins at 0. */
void vmm_value_accessible_set_up (GtkWidget *widget, AtkRole role, const char *name, double high);

/* An absent value is NAN; the description says why. */
void vmm_value_accessible_set (GtkWidget *widget, double value, const char *description);
