/* SPDX-License-Identifier: MIT */
/* notice: an info bar that goes by itself. */
#include "notice.h"

#include "template.h"

#define SHOWN_S 6

struct _VmmNotice {
  GtkInfoBar parent;
  GtkWidget *label, *undo;
  guint      alarm;
};

G_DEFINE_TYPE (VmmNotice, vmm_notice, GTK_TYPE_INFO_BAR)

static void
hide (VmmNotice *notice)
{
  g_clear_handle_id (&notice->alarm, g_source_remove);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (notice), FALSE);
}

/* A button that has the focus is not taken away. */
static gboolean
on_alarm (gpointer data)
{
  VmmNotice *notice = data;

  if (gtk_container_get_focus_child (GTK_CONTAINER (notice)))
    return G_SOURCE_CONTINUE;
  notice->alarm = 0;
  hide (notice);
  return G_SOURCE_REMOVE;
}

void
vmm_notice_tell (VmmNotice *notice, GtkMessageType type, const char *message, gboolean can_undo)
{
  hide (notice);
  gtk_info_bar_set_message_type (GTK_INFO_BAR (notice), type);
  gtk_label_set_text (GTK_LABEL (notice->label), message);
  gtk_widget_set_visible (notice->undo, can_undo);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (notice), TRUE);
  if (type != GTK_MESSAGE_ERROR)
    notice->alarm = g_timeout_add_seconds (SHOWN_S, on_alarm, notice);
}

static void
dispose (GObject *object)
{
  g_clear_handle_id (&VMM_NOTICE (object)->alarm, g_source_remove);
  G_OBJECT_CLASS (vmm_notice_parent_class)->dispose (object);
}

static const VmmChild children[] = { VMM_CHILD (VmmNotice, label), VMM_CHILD (VmmNotice, undo) };

static void
vmm_notice_class_init (VmmNoticeClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dispose;
  VMM_SET_TEMPLATE (GTK_WIDGET_CLASS (class), "notice.ui", children);
}

static void
vmm_notice_init (VmmNotice *notice)
{
  gtk_widget_init_template (GTK_WIDGET (notice));
  g_signal_connect (notice, "response", G_CALLBACK (hide), NULL);
}
