/* SPDX-License-Identifier: MIT */
/* time_bar: closer, wider, back; and how much is to be seen. */
#include "time_bar.h"

#include "template.h"
#include "vmm/axis.h"
#include "vmm/plot.h"

struct _VmmTimeBar {
  GtkBox       parent;
  GtkWidget   *back, *cores, *closer, *wider, *span;
  VmmTimeView *view;
  gint64       history_us;
};

enum { BACK, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (VmmTimeBar, vmm_time_bar, GTK_TYPE_BOX)

/* Where nobody knows of Esc, the way back from the past is to be seen. */
static void
show (VmmTimeBar *bar)
{
  gint64           span_us = vmm_time_view_get_span (bar->view);
  gboolean         is_past = vmm_time_view_get_end (bar->view) != VMM_PLOT_NO_TIME;
  g_autofree char *words = vmm_axis_format_span (span_us);

  if (is_past != gtk_widget_get_visible (bar->back))
    gtk_widget_set_visible (bar->back, is_past);
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (bar->span)), words) != 0)
    gtk_label_set_text (GTK_LABEL (bar->span), words);
  gtk_widget_set_sensitive (bar->closer, vmm_time_view_can_zoom (bar->view, 1, bar->history_us));
  gtk_widget_set_sensitive (bar->wider, vmm_time_view_can_zoom (bar->view, -1, bar->history_us));
}

static void
on_back (VmmTimeBar *bar)
{
  g_signal_emit (bar, signals[BACK], 0);
  vmm_time_view_follow (bar->view);
}

static void
on_closer (VmmTimeBar *bar)
{
  vmm_time_view_zoom (bar->view, 1, bar->history_us);
}

static void
on_wider (VmmTimeBar *bar)
{
  vmm_time_view_zoom (bar->view, -1, bar->history_us);
}

static void
dispose (GObject *object)
{
  g_clear_object (&VMM_TIME_BAR (object)->view);
  G_OBJECT_CLASS (vmm_time_bar_parent_class)->dispose (object);
}

#define CHILD(name) VMM_CHILD (VmmTimeBar, name)

static const VmmChild children[] = { CHILD (back), CHILD (cores), CHILD (closer), CHILD (wider),
                                     CHILD (span) };

static void
vmm_time_bar_class_init (VmmTimeBarClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dispose;
  signals[BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  VMM_SET_TEMPLATE (GTK_WIDGET_CLASS (class), "time_bar.ui", children);
}

static void
vmm_time_bar_init (VmmTimeBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
  g_signal_connect_swapped (bar->back, "clicked", G_CALLBACK (on_back), bar);
  g_signal_connect_swapped (bar->closer, "clicked", G_CALLBACK (on_closer), bar);
  g_signal_connect_swapped (bar->wider, "clicked", G_CALLBACK (on_wider), bar);
}

void
vmm_time_bar_set_view (VmmTimeBar *bar, VmmTimeView *view)
{
  bar->view = g_object_ref (view);
  g_signal_connect_object (view, "changed", G_CALLBACK (show), bar, G_CONNECT_SWAPPED);
  show (bar);
}

void
vmm_time_bar_update (VmmTimeBar *bar, VmmSession *session)
{
  const VmmRing *ring = session ? vmm_session_get_ring (session) : NULL;
  guint          length = ring ? vmm_ring_get_length (ring) : 0;

  bar->history_us =
      length > 0 ? vmm_ring_get_time (ring, length - 1) - vmm_ring_get_time (ring, 0) : 0;
  show (bar);
}

GtkToggleButton *
vmm_time_bar_get_cores (VmmTimeBar *bar)
{
  return GTK_TOGGLE_BUTTON (bar->cores);
}
