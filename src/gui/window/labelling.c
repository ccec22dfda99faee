/* SPDX-License-Identifier: MIT */
/* labelling: holds what is written against what is kept. */
#include "labelling.h"

static void
apply (VmmLabelling *labelling)
{
  g_autofree char *label = g_strstrip (g_strdup (gtk_entry_get_text (labelling->entry)));

  if (!labelling->id || g_strcmp0 (label, labelling->held) == 0)
    return;
  g_free (labelling->held);
  labelling->held = g_strdup (label);
  labelling->label (labelling->window, labelling->id, label);
}

static gboolean
on_left (VmmLabelling *labelling)
{
  apply (labelling);
  return GDK_EVENT_PROPAGATE;
}

void
vmm_labelling_init (VmmLabelling *labelling, GtkWidget *window, GtkEntry *entry,
                    void (*label) (GtkWidget *window, const char *id, const char *label))
{
  *labelling = (VmmLabelling){ .window = window, .entry = entry, .label = label };
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (apply), labelling);
  g_signal_connect_swapped (entry, "focus-out-event", G_CALLBACK (on_left), labelling);
}

void
vmm_labelling_clear (VmmLabelling *labelling)
{
  g_signal_handlers_disconnect_by_data (labelling->entry, labelling);
  g_clear_pointer (&labelling->id, g_free);
  g_clear_pointer (&labelling->held, g_free);
}

void
vmm_labelling_set (VmmLabelling *labelling, const char *label)
{
  gtk_entry_set_text (labelling->entry, label ? label : "");
}

void
vmm_labelling_hold (VmmLabelling *labelling, const char *id, const char *label)
{
  g_free (labelling->id);
  labelling->id = g_strdup (id);
  g_free (labelling->held);
  labelling->held = g_strdup (label);
  apply (labelling);
}
