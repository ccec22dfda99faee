/* SPDX-License-Identifier: MIT */
/* value_accessible: a GtkWidgetAccessible that is an AtkValue too. */
#include "value_accessible.h"

#include <gtk/gtk-a11y.h>
#include <math.h>

typedef struct {
  GtkWidgetAccessible parent;
  double              value, high;
} VmmValueAccessible;

typedef struct {
  GtkWidgetAccessibleClass parent_class;
} VmmValueAccessibleClass;

static void init_value (AtkValueIface *iface);

G_DEFINE_TYPE_WITH_CODE (VmmValueAccessible, vmm_value_accessible, GTK_TYPE_WIDGET_ACCESSIBLE,
                         G_IMPLEMENT_INTERFACE (ATK_TYPE_VALUE, init_value))

/* The description is the text. Here it would be lost each time that somebody asks for the value:
 * at-spi2-core 2.46 does not free it (atk-adaptor/adaptors/value-adaptor.c). */
static void
get_value (AtkValue *value, double *ret_value, char **ret_text)
{
  *ret_value = ((VmmValueAccessible *) value)->value;
  if (ret_text)
    *ret_text = NULL;
}

static AtkRange *
get_range (AtkValue *value)
{
  return atk_range_new (0, ((VmmValueAccessible *) value)->high, NULL);
}

static void
init_value (AtkValueIface *iface)
{
  iface->get_value_and_text = get_value;
  iface->get_range = get_range;
}

static void
vmm_value_accessible_class_init (VmmValueAccessibleClass *class)
{
}

static void
vmm_value_accessible_init (VmmValueAccessible *accessible)
{
  accessible->value = NAN;
}

void
vmm_value_accessible_set_up (GtkWidget *widget, AtkRole role, const char *name, double high)
{
  AtkObject *object = gtk_widget_get_accessible (widget);

  atk_object_set_role (object, role);
  atk_object_set_name (object, name);
  ((VmmValueAccessible *) object)->high = high;
}

void
vmm_value_accessible_set (GtkWidget *widget, double value, const char *description)
{
  AtkObject          *object = gtk_widget_get_accessible (widget);
  VmmValueAccessible *accessible = (VmmValueAccessible *) object;

  if (accessible->value != value && !(isnan (accessible->value) && isnan (value))) {
    accessible->value = value;
    g_object_notify (G_OBJECT (object), "accessible-value");
  }
  if (g_strcmp0 (atk_object_get_description (object), description) != 0)
    atk_object_set_description (object, description);
}
