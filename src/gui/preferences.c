/* SPDX-License-Identifier: MIT */
/* preferences: two figures, checked while they are typed. */
#include "preferences.h"

#include <math.h>

struct _VmmPreferences {
  GtkDialog  parent;
  GtkWidget *interval, *target;
};

G_DEFINE_TYPE (VmmPreferences, vmm_preferences, GTK_TYPE_DIALOG)

static void
on_target_changed (VmmPreferences *preferences)
{
  const char      *text = gtk_entry_get_text (GTK_ENTRY (preferences->target));
  gboolean         fits = !*text || g_str_equal (text, "none") || g_hostname_is_ip_address (text);
  GtkStyleContext *context = gtk_widget_get_style_context (preferences->target);

  if (fits)
    gtk_style_context_remove_class (context, GTK_STYLE_CLASS_ERROR);
  else
    gtk_style_context_add_class (context, GTK_STYLE_CLASS_ERROR);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (preferences), GTK_RESPONSE_APPLY, fits);
}

static void
vmm_preferences_class_init (VmmPreferencesClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/vmm_monitor/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, VmmPreferences, interval);
  gtk_widget_class_bind_template_child (widget_class, VmmPreferences, target);
}

static void
vmm_preferences_init (VmmPreferences *preferences)
{
  gtk_widget_init_template (GTK_WIDGET (preferences));
  g_signal_connect_swapped (preferences->target, "changed", G_CALLBACK (on_target_changed),
                            preferences);
}

GtkWidget *
vmm_preferences_new (GtkWindow *parent, const VmmPlan *plan)
{
  VmmPreferences *preferences =
      g_object_new (VMM_TYPE_PREFERENCES, "transient-for", parent, "use-header-bar", FALSE, NULL);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (preferences->interval), plan->interval_ms / 1000.0);
  gtk_entry_set_text (GTK_ENTRY (preferences->target), plan->ping_target ? plan->ping_target : "");
  return GTK_WIDGET (preferences);
}

void
vmm_preferences_get (VmmPreferences *preferences, VmmPlan *plan)
{
  const char *target = gtk_entry_get_text (GTK_ENTRY (preferences->target));

  plan->interval_ms =
      (guint) lround (1000 * gtk_spin_button_get_value (GTK_SPIN_BUTTON (preferences->interval)));
  g_free (plan->ping_target);
  plan->ping_target = *target ? g_strdup (target) : NULL;
}
