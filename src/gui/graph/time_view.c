/* SPDX-License-Identifier: MIT */
/* time_view: the span, the end and the crosshair that all graphs share. */
#include "time_view.h"

#include "vmm/plot.h"

static const guint spans_s[] = { 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400 };
#define DEFAULT_SPAN 2
#define AHEAD 4 /* one part of so many of the span */

struct _VmmTimeView {
  GObject  parent;
  guint    span; /* index into spans_s */
  gboolean is_ahead;
  gint64   end_us, crosshair_us;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (VmmTimeView, vmm_time_view, G_TYPE_OBJECT)

static void
vmm_time_view_class_init (VmmTimeViewClass *class)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
vmm_time_view_init (VmmTimeView *view)
{
  view->span = DEFAULT_SPAN;
  view->end_us = view->crosshair_us = VMM_PLOT_NO_TIME;
}

VmmTimeView *
vmm_time_view_new (void)
{
  return g_object_new (VMM_TYPE_TIME_VIEW, NULL);
}

gint64
vmm_time_view_get_span (VmmTimeView *view)
{
  return (gint64) spans_s[view->span] * G_USEC_PER_SEC;
}

gint64
vmm_time_view_get_end (VmmTimeView *view)
{
  return view->end_us;
}

gint64
vmm_time_view_get_crosshair (VmmTimeView *view)
{
  return view->crosshair_us;
}

gint64
vmm_time_view_get_room (VmmTimeView *view)
{
  return vmm_time_view_get_span (view) / AHEAD;
}

gint64
vmm_time_view_get_ahead (VmmTimeView *view)
{
  return view->is_ahead && view->end_us == VMM_PLOT_NO_TIME ? vmm_time_view_get_room (view) : 0;
}

void
vmm_time_view_set_ahead (VmmTimeView *view, gboolean is_ahead)
{
  if (view->is_ahead == is_ahead)
    return;
  view->is_ahead = is_ahead;
  g_signal_emit (view, signals[CHANGED], 0);
}

static void
change (VmmTimeView *view, guint span, gint64 end_us, gint64 crosshair_us)
{
  if (view->span == span && view->end_us == end_us && view->crosshair_us == crosshair_us)
    return;
  view->span = span;
  view->end_us = end_us;
  view->crosshair_us = crosshair_us;
  g_signal_emit (view, signals[CHANGED], 0);
}

static guint
aim (VmmTimeView *view, int steps, gint64 history_us)
{
  guint widest = DEFAULT_SPAN;

  while (widest < G_N_ELEMENTS (spans_s) - 1 &&
         (gint64) spans_s[widest] * G_USEC_PER_SEC < history_us)
    widest++;
  /* A span that became too wide, since there is another history, stays. */
  guint limit = MAX (widest, view->span);
  return (guint) CLAMP ((int) view->span - steps, 0, (int) limit);
}

void
vmm_time_view_zoom (VmmTimeView *view, int steps, gint64 history_us)
{
  change (view, aim (view, steps, history_us), view->end_us, view->crosshair_us);
}

gboolean
vmm_time_view_can_zoom (VmmTimeView *view, int steps, gint64 history_us)
{
  return aim (view, steps, history_us) != view->span;
}

gboolean
vmm_time_view_reset (VmmTimeView *view)
{
  gboolean away = view->span != DEFAULT_SPAN || view->end_us != VMM_PLOT_NO_TIME;

  change (view, DEFAULT_SPAN, VMM_PLOT_NO_TIME, view->crosshair_us);
  return away;
}

void
vmm_time_view_follow (VmmTimeView *view)
{
  change (view, view->span, VMM_PLOT_NO_TIME, view->crosshair_us);
}

void
vmm_time_view_pan (VmmTimeView *view, double share, gint64 oldest_us, gint64 newest_us)
{
  gint64 span_us = vmm_time_view_get_span (view);
  gint64 end_us = view->end_us == VMM_PLOT_NO_TIME ? newest_us : view->end_us;

  end_us = MAX (end_us + (gint64) (share * (double) span_us), oldest_us + span_us);
  change (view, view->span, end_us >= newest_us ? VMM_PLOT_NO_TIME : end_us, view->crosshair_us);
}

void
vmm_time_view_set_crosshair (VmmTimeView *view, gint64 time_us)
{
  change (view, view->span, view->end_us, time_us);
}
