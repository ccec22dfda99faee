/* SPDX-License-Identifier: MIT */
/* bench_graph: what one repaint of the four graphs costs, for a minute, an hour and a day.
 *
 * On a display, at the scale that GDK_SCALE gives. Rows are noise, the dearest there is to draw.
 * CPU milliseconds of this program and of the X server, the fastest of some turns that the spans
 * take in the same run, and the ratio to the shortest span. */
#include "../core/made.h"

#include <gdk/gdkx.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <vmm-resources.h>

#include "graph.h"
#include "style.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define WIDTH 388 /* of one graph in the window as it opens */
#define HEIGHT 277
#define TURNS 15
#define REPAINTS 20

static const struct {
  const char *name;
  int         zoom; /* steps from a minute */
} spans[] = { { "a minute", 0 }, { "an hour", -5 }, { "a day", -9 } };

#define N_SPANS G_N_ELEMENTS (spans)

/* Those that every machine has: the rare ones come last. */
#define N_GRAPHS 4

typedef struct {
  VmmSession  *session;
  VmmTimeView *view;
  GtkWidget   *window, *graphs[N_GRAPHS];
  gboolean     painted;
  pid_t        server; /* 0 = on another machine */
} Bench;

static void
on_after_paint (GdkFrameClock *clock, gpointer data)
{
  ((Bench *) data)->painted = TRUE;
}

static void
repaint (Bench *bench)
{
  bench->painted = FALSE;
  for (int c = 0; c < N_GRAPHS; c++)
    vmm_graph_update (VMM_GRAPH (bench->graphs[c]));
  while (!bench->painted)
    g_main_context_iteration (NULL, TRUE);
  gdk_display_sync (gtk_widget_get_display (bench->window));
}

static double
get_own_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static double
get_server_ms (const Bench *bench)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/schedstat", (int) bench->server);
  g_autofree char *text = NULL;

  if (bench->server == 0 || !g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return (double) g_ascii_strtoull (text, NULL, 10) / 1e6;
}

static void
fill_history (Bench *bench)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint               n;
  const VmmChannelId *bursts = vmm_channel_bursts (&n);

  made_row[VMM_CHANNEL_CLOCK_LOST] = 0;
  vmm_session_start (bench->session, 0, g_get_real_time ());
  for (int i = 1; i <= 86400; i++) {
    for (guint c = 0; c < n; c++) /* there are some in the window alone */
      made_row[bursts[c]] = i <= 30 ? 1 : vmm_absent (VMM_OFF);
    for (int c = 0; c < VMM_CHANNEL_PRESSURE_CPU; c++)
      made_row[c] = (float) g_rand_double_range (random, 10, 90);
    vmm_session_step (bench->session, i * SECOND);
  }
}

static void
set_up (Bench *bench)
{
  GtkWidget   *grid = gtk_grid_new ();
  int          connection;
  struct ucred peer = { 0 };
  socklen_t    length = sizeof peer;

  bench->session = made_session (30, "kvm");
  bench->view = vmm_time_view_new ();
  bench->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  fill_history (bench);
  gtk_container_add (GTK_CONTAINER (bench->window), grid);
  for (int c = 0; c < N_GRAPHS; c++) {
    bench->graphs[c] = vmm_graph_new (vmm_graph_metric (c), bench->view);
    gtk_widget_set_size_request (bench->graphs[c], WIDTH, HEIGHT);
    gtk_grid_attach (GTK_GRID (grid), bench->graphs[c], c % 2, c / 2, 1, 1);
    vmm_graph_set_session (VMM_GRAPH (bench->graphs[c]), bench->session);
  }
  gtk_widget_show_all (bench->window);
  g_signal_connect (gtk_widget_get_frame_clock (bench->window), "after-paint",
                    G_CALLBACK (on_after_paint), bench);
  connection = ConnectionNumber (GDK_DISPLAY_XDISPLAY (gtk_widget_get_display (bench->window)));
  if (getsockopt (connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0)
    bench->server = peer.pid;
  for (int i = 0; i < 5; i++)
    repaint (bench);
}

static void
measure (Bench *bench, double best[N_SPANS][2])
{
  for (guint i = 0; i < N_SPANS; i++)
    best[i][0] = best[i][1] = G_MAXDOUBLE;
  for (int turn = 0; turn < TURNS; turn++)
    for (guint i = 0; i < N_SPANS; i++) {
      vmm_time_view_reset (bench->view);
      vmm_time_view_zoom (bench->view, spans[i].zoom, G_MAXINT64);
      repaint (bench);
      double own = get_own_ms (), server = get_server_ms (bench);
      for (int k = 0; k < REPAINTS; k++)
        repaint (bench);
      best[i][0] = MIN (best[i][0], (get_own_ms () - own) / REPAINTS);
      best[i][1] = MIN (best[i][1], (get_server_ms (bench) - server) / REPAINTS);
    }
}

int
main (int argc, char **argv)
{
  Bench  bench = { 0 };
  double best[N_SPANS][2];

  if (!gtk_init_check (&argc, &argv))
    return 77;
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
  set_up (&bench);
  measure (&bench, best);
  printf ("four graphs of %d x %d at scale %d, CPU ms per repaint\n", WIDTH, HEIGHT,
          gtk_widget_get_scale_factor (bench.window));
  printf ("%-10s %9s %9s %9s %9s\n", "", "program", "X server", "sum", "ratio");
  for (guint i = 0; i < N_SPANS; i++)
    printf ("%-10s %9.2f %9.2f %9.2f %9.2f\n", spans[i].name, best[i][0], best[i][1],
            best[i][0] + best[i][1], (best[i][0] + best[i][1]) / (best[0][0] + best[0][1]));
  gtk_widget_destroy (bench.window);
  g_object_unref (bench.view);
  vmm_session_free (bench.session);
  return 0;
}
