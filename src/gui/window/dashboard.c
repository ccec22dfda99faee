/* SPDX-License-Identifier: MIT */
/* dashboard: what is to be seen live: the answer, and the graphs on equal terms. */
#include "dashboard.h"

#include "appearance.h"
#include "graph.h"
#include "headroom_card.h"
#include "outlook_line.h"
#include "template.h"
#include "time_bar.h"
#include "vmm/readout.h"

typedef enum {
  WIDE,   /* the card beside two columns of graphs */
  MEDIUM, /* the card above them */
  NARROW, /* everything in one column */
} Arrangement;

/* Graphs whose plots are this many times as wide as they must be leave room for the card beside them. */
#define COMFORT 1.7

/* How often the card looks at what the probes do, while they run. */
#define PROGRESS_MS 250

/* Between and around the cards, where there is room and where there is little. */
#define SPACING 10
#define SPACING_CLOSE 6

struct _VmmDashboard {
  GtkScrolledWindow parent;
  GtkWidget        *box, *graph_grid, *outlook, *headroom;
  VmmTimeBar       *bar;
  VmmScoreCard     *card;
  VmmTimeView      *view;
  GtkWidget        *graphs[VMM_N_GRAPHS]; /* NULL = not here, or not yet */
  Arrangement       arrangement;
  VmmSession       *session; /* borrowed, or NULL */
  VmmUnits          units;
  VmmOutlookState   said; /* of what comes, by the line and the card */
  gboolean          is_said;
  guint             idle, progress;
};

G_DEFINE_TYPE (VmmDashboard, vmm_dashboard, GTK_TYPE_SCROLLED_WINDOW)

/* Each in its place, from the first on. */
static void
place (VmmDashboard *dashboard, int columns)
{
  int n = 0;

  for (int c = 0; c < VMM_N_GRAPHS; c++) {
    if (!dashboard->graphs[c])
      continue;
    gtk_container_child_set (GTK_CONTAINER (dashboard->graph_grid), dashboard->graphs[c],
                             "left-attach", n % columns, "top-attach", n / columns, NULL);
    n++;
  }
}

static void
arrange (VmmDashboard *dashboard, Arrangement arrangement)
{
  gboolean wide = arrangement == WIDE;
  int      columns = arrangement == NARROW ? 1 : 2;
  int      spacing = wide ? SPACING : SPACING_CLOSE;

  dashboard->arrangement = arrangement;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (dashboard->box),
                                  wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  vmm_score_card_arrange (
      dashboard->card,
      arrangement == MEDIUM ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, wide);
  gtk_widget_set_hexpand (GTK_WIDGET (dashboard->card), !wide);
  g_object_set (dashboard->box, "spacing", spacing, "margin", spacing, NULL);
  g_object_set (dashboard->graph_grid, "row-spacing", spacing, "column-spacing", spacing, NULL);
  place (dashboard, columns);
}

static Arrangement
choose (VmmDashboard *dashboard)
{
  int width = gtk_widget_get_allocated_width (GTK_WIDGET (dashboard));
  int card = vmm_score_card_get_side_width (dashboard->card);
  int graphs[VMM_N_GRAPHS], widest = 0, plot;

  /* Some languages have longer titles than others. */
  for (int c = 0; c < VMM_N_GRAPHS; c++) {
    if (!dashboard->graphs[c])
      continue;
    gtk_widget_get_preferred_width (dashboard->graphs[c], &graphs[c], NULL);
    widest = MAX (widest, graphs[c]);
  }
  plot = vmm_graph_get_plot_width (VMM_GRAPH (dashboard->graphs[0]));
  if (width >= card + 4 * SPACING + 2 * MAX (COMFORT * plot, widest))
    return WIDE;
  return width >= 3 * SPACING_CLOSE + 2 * widest ? MEDIUM : NARROW;
}

static gboolean
on_idle (gpointer data)
{
  VmmDashboard *dashboard = data;
  Arrangement   arrangement = choose (dashboard);

  dashboard->idle = 0;
  if (arrangement == dashboard->arrangement)
    return G_SOURCE_REMOVE;
  arrange (dashboard, arrangement);
  /* Where one was is somewhere else now. */
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (dashboard)),
                            0);
  return G_SOURCE_REMOVE;
}

/* Not from within the allocation: the arrangement changes what is to be allocated. */
static void
on_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  VmmDashboard *dashboard = VMM_DASHBOARD (widget);

  GTK_WIDGET_CLASS (vmm_dashboard_parent_class)->size_allocate (widget, allocation);
  if (dashboard->idle == 0 && choose (dashboard) != dashboard->arrangement)
    dashboard->idle = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, on_idle, dashboard, NULL);
}

static gboolean
on_drawn (GtkWidget *grid, cairo_t *cr, gpointer data)
{
  VmmDashboard *dashboard = data;

  for (int c = 0; c < VMM_N_GRAPHS; c++)
    if (dashboard->graphs[c])
      vmm_graph_end_paint (VMM_GRAPH (dashboard->graphs[c]));
  return GDK_EVENT_PROPAGATE;
}

/* What has the focus is brought into sight. The adjustment is made after the instance. */
static void
constructed (GObject *object)
{
  VmmDashboard  *dashboard = VMM_DASHBOARD (object);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (object));

  G_OBJECT_CLASS (vmm_dashboard_parent_class)->constructed (object);
  gtk_container_set_focus_vadjustment (GTK_CONTAINER (dashboard->box), adjustment);
}

static void
dispose (GObject *object)
{
  VmmDashboard *dashboard = VMM_DASHBOARD (object);

  g_clear_handle_id (&dashboard->idle, g_source_remove);
  g_clear_handle_id (&dashboard->progress, g_source_remove);
  g_clear_object (&dashboard->view);
  G_OBJECT_CLASS (vmm_dashboard_parent_class)->dispose (object);
}

#define CHILD(name) VMM_CHILD (VmmDashboard, name)

static const VmmChild children[] = { CHILD (box), CHILD (graph_grid), CHILD (bar), CHILD (card) };

static void
vmm_dashboard_class_init (VmmDashboardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_SCORE_CARD);
  g_type_ensure (VMM_TYPE_TIME_BAR);
  G_OBJECT_CLASS (class)->constructed = constructed;
  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->size_allocate = on_size_allocate;
  VMM_SET_TEMPLATE (widget_class, "dashboard.ui", children);
}

static void
add_graph (VmmDashboard *dashboard, int graph)
{
  dashboard->graphs[graph] = vmm_graph_new (vmm_graph_metric (graph), dashboard->view);
  gtk_widget_show (dashboard->graphs[graph]);
  gtk_container_add (GTK_CONTAINER (dashboard->graph_grid), dashboard->graphs[graph]);
}

/* Those that few machines have are made when they have something to show. */
static void
add_rare (VmmDashboard *dashboard)
{
  const VmmRing *ring = dashboard->session ? vmm_session_get_ring (dashboard->session) : NULL;

  for (int c = 0; c < VMM_N_GRAPHS; c++) {
    if (dashboard->graphs[c] || !vmm_readout_exists (ring, vmm_graph_metric (c)))
      continue;
    add_graph (dashboard, c);
    vmm_graph_set_units (VMM_GRAPH (dashboard->graphs[c]), dashboard->units);
    vmm_graph_set_session (VMM_GRAPH (dashboard->graphs[c]), dashboard->session);
    arrange (dashboard, dashboard->arrangement);
  }
}

/* The button goes, and the focus with it. */
static void
on_back (VmmDashboard *dashboard)
{
  gtk_widget_grab_focus (dashboard->graphs[0]);
}

static void
on_cores (VmmDashboard *dashboard)
{
  gboolean wanted = gtk_toggle_button_get_active (vmm_time_bar_get_cores (dashboard->bar));

  vmm_graph_show_cores (VMM_GRAPH (dashboard->graphs[VMM_GRAPH_CPU]), wanted);
}

/* What there is of time and of CPUs, by which the buttons go. */
static void
update_bar (VmmDashboard *dashboard)
{
  guint n = vmm_graph_count_cores (VMM_GRAPH (dashboard->graphs[VMM_GRAPH_CPU]));

  vmm_time_bar_update (dashboard->bar, dashboard->session);
  gtk_widget_set_visible (GTK_WIDGET (vmm_time_bar_get_cores (dashboard->bar)), n > 1);
}

static void
vmm_dashboard_init (VmmDashboard *dashboard)
{
  gtk_widget_init_template (GTK_WIDGET (dashboard));
  GtkContainer *column = GTK_CONTAINER (gtk_widget_get_parent (dashboard->graph_grid));
  dashboard->outlook = vmm_outlook_line_new (column);
  dashboard->headroom = vmm_headroom_card_new (column);
  dashboard->view = vmm_time_view_new ();
  vmm_time_bar_set_view (dashboard->bar, dashboard->view);
  g_signal_connect_swapped (dashboard->bar, "back", G_CALLBACK (on_back), dashboard);
  g_signal_connect_swapped (vmm_time_bar_get_cores (dashboard->bar), "toggled",
                            G_CALLBACK (on_cores), dashboard);
  /* A grid tells its children last come first: so the first one is told first. */
  for (int c = VMM_N_GRAPHS - 1; c >= 0; c--)
    if (vmm_readout_exists (NULL, vmm_graph_metric (c)))
      add_graph (dashboard, c);
  g_signal_connect_after (dashboard->graph_grid, "draw", G_CALLBACK (on_drawn), dashboard);
  arrange (dashboard, WIDE);
}

static gboolean
on_progress (gpointer data)
{
  VmmDashboard *dashboard = data;

  if (vmm_session_get_state (dashboard->session) != VMM_SESSION_FINISHED)
    vmm_score_card_show_progress (dashboard->card, dashboard->session, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

void
vmm_dashboard_show_progress (VmmDashboard *dashboard)
{
  g_clear_handle_id (&dashboard->progress, g_source_remove);
  if (vmm_session_get_plan (dashboard->session)
          ->probes) /* which are all there is to tell of between */
    dashboard->progress = g_timeout_add (PROGRESS_MS, on_progress, dashboard);
  on_progress (dashboard);
}

void
vmm_dashboard_show_result (VmmDashboard *dashboard, const VmmResult *result, const char *note)
{
  g_clear_handle_id (&dashboard->progress, g_source_remove);
  vmm_score_card_show_result (dashboard->card, result, note);
}

void
vmm_dashboard_set_session (VmmDashboard *dashboard, VmmSession *session)
{
  g_clear_handle_id (&dashboard->progress, g_source_remove);
  dashboard->session = session;
  dashboard->is_said = FALSE;
  for (int c = 0; c < VMM_N_GRAPHS; c++)
    if (dashboard->graphs[c])
      vmm_graph_set_session (VMM_GRAPH (dashboard->graphs[c]), session);
}

void
vmm_dashboard_show_as (VmmDashboard *dashboard, const VmmSettings *settings)
{
  const VmmUnits units = settings->units;

  vmm_appearance_choose (gtk_widget_get_settings (GTK_WIDGET (dashboard)), settings->scheme);
  dashboard->units = units;
  for (int c = 0; c < VMM_N_GRAPHS; c++)
    if (dashboard->graphs[c])
      vmm_graph_set_units (VMM_GRAPH (dashboard->graphs[c]), units);
}

/* Whether something is said that comes so soon that the graphs have room for it. */
static gboolean
has_near (const VmmOutlookState *state, gint64 room_us)
{
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++)
    if (state->items[i].why == VMM_OUTLOOK_SAID &&
        state->items[i].low_s < (double) room_us / G_USEC_PER_SEC)
      return TRUE;
  return FALSE;
}

/* Sentences are made when they are others. */
static void
update_outlook (VmmDashboard *dashboard)
{
  const VmmOutlook *outlook = vmm_session_get_outlook (dashboard->session);
  VmmOutlookState   state;

  if (!outlook)
    return;
  vmm_outlook_describe (outlook, &state);
  vmm_time_view_set_ahead (dashboard->view,
                           has_near (&state, vmm_time_view_get_room (dashboard->view)));
  if (dashboard->is_said && vmm_outlook_is_same (&state, &dashboard->said))
    return;
  dashboard->said = state;
  dashboard->is_said = TRUE;
  vmm_outlook_line_update (dashboard->outlook, &state);
  vmm_headroom_card_update (dashboard->headroom, &state.headroom);
}

void
vmm_dashboard_update (VmmDashboard *dashboard)
{
  add_rare (dashboard);
  for (int c = 0; c < VMM_N_GRAPHS; c++)
    if (dashboard->graphs[c])
      vmm_graph_update (VMM_GRAPH (dashboard->graphs[c]));
  update_bar (dashboard);
  if (dashboard->session)
    update_outlook (dashboard);
  if (dashboard->session && vmm_session_get_state (dashboard->session) == VMM_SESSION_OBSERVING)
    on_progress (dashboard);
}

VmmScoreCard *
vmm_dashboard_get_score_card (VmmDashboard *dashboard)
{
  return dashboard->card;
}
