/* SPDX-License-Identifier: MIT */
/* notice: a toast that goes by itself. */
#include "notice.h"

#include "template.h"

#define SHOWN_S 6

struct _VmmNotice {
  GtkRevealer parent;
  GtkWidget  *icon, *label, *undo, *offer, *close;
  const char *action; /* that is offered */
  guint       alarm;
};

enum { CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (VmmNotice, vmm_notice, GTK_TYPE_REVEALER)

static void
hide (VmmNotice *notice)
{
  g_clear_handle_id (&notice->alarm, g_source_remove);
  gtk_revealer_set_reveal_child (GTK_REVEALER (notice), FALSE);
}

static void
on_close (VmmNotice *notice)
{
  hide (notice);
  g_signal_emit (notice, signals[CLOSED], 0);
}

/* What it does may tell something else. */
static void
on_offer (VmmNotice *notice)
{
  hide (notice);
  g_action_group_activate_action (G_ACTION_GROUP (gtk_widget_get_toplevel (GTK_WIDGET (notice))),
                                  notice->action, NULL);
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
  gtk_widget_set_visible (notice->icon, type == GTK_MESSAGE_ERROR);
  gtk_label_set_text (GTK_LABEL (notice->label), message);
  gtk_widget_set_visible (notice->undo, can_undo);
  gtk_widget_hide (notice->offer);
  gtk_revealer_set_reveal_child (GTK_REVEALER (notice), TRUE);
  if (type != GTK_MESSAGE_ERROR && type != GTK_MESSAGE_OTHER)
    notice->alarm = g_timeout_add_seconds (SHOWN_S, on_alarm, notice);
}

void
vmm_notice_offer (VmmNotice *notice, const char *message, const char *button, const char *action)
{
  if (!message) {
    if (gtk_widget_get_visible (notice->offer))
      hide (notice);
    return;
  }
  vmm_notice_tell (notice, GTK_MESSAGE_OTHER, message, FALSE);
  notice->action = action;
  gtk_button_set_label (GTK_BUTTON (notice->offer), button ? button : "");
  gtk_widget_set_visible (notice->offer, button != NULL);
}

static void
dispose (GObject *object)
{
  g_clear_handle_id (&VMM_NOTICE (object)->alarm, g_source_remove);
  G_OBJECT_CLASS (vmm_notice_parent_class)->dispose (object);
}

static const VmmChild children[] = { VMM_CHILD (VmmNotice, icon), VMM_CHILD (VmmNotice, label),
                                     VMM_CHILD (VmmNotice, undo), VMM_CHILD (VmmNotice, offer),
                                     VMM_CHILD (VmmNotice, close) };

static void
vmm_notice_class_init (VmmNoticeClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dispose;
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  VMM_SET_TEMPLATE (GTK_WIDGET_CLASS (class), "notice.ui", children);
}

static void
vmm_notice_init (VmmNotice *notice)
{
  gtk_widget_init_template (GTK_WIDGET (notice));
  atk_object_set_role (gtk_widget_get_accessible (GTK_WIDGET (notice)), ATK_ROLE_ALERT);
  g_signal_connect_swapped (notice->offer, "clicked", G_CALLBACK (on_offer), notice);
  g_signal_connect_swapped (notice->close, "clicked", G_CALLBACK (on_close), notice);
}
