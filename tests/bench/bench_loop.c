/* SPDX-License-Identifier: MIT */
/* bench_loop: how long the window's main loop is away, while a real run is measured and kept.
 *
 * Usage, on a display: bench_loop [SECONDS [passive [URL]]]. With URL, the page of the guests that the
 * Prometheus there knows is shown, which asks and lists them again and again. A stretch is what passes between two polls of
 * the main loop: everything that is dispatched in one turn. Prints how long the stretches of three
 * stages are, up to the first frame, while the probes run (or, `passive`, without them), and
 * afterwards, with score, card and file; and the longest. `away` is what a user would notice, the
 * machine's other load included; `CPU` is ours alone. */
#include <stdio.h>
#include <stdlib.h>

#include <gtk/gtk.h>
#include <time.h>

#include "manager.h"
#include "vmm/face.h"
#include "window.h"

typedef struct {
  double away_ms, cpu_ms, at_s;
} Stretch;

enum { STARTING, PROBING, SCORED, N_STAGES };

static const char *const stage_names[N_STAGES] = { "starting", "probing", "scored" };

#define LONGEST 5

/* A poll function has no data of its own. */
static struct {
  GArray  *away_ms[N_STAGES];
  Stretch  longest[N_STAGES][LONGEST];
  gint64   began_us, back_us;
  double   cpu_ms;
  gboolean over;
} loop;

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

/* Where the run is when the stretch is over. */
static int
find_stage (void)
{
  GApplication *application = g_application_get_default ();
  GtkWindow    *window =
      application ? gtk_application_get_active_window (GTK_APPLICATION (application)) : NULL;
  VmmSession *session =
      VMM_IS_MAIN_WINDOW (window) ? vmm_main_window_get_session (VMM_MAIN_WINDOW (window)) : NULL;

  if (!session || vmm_session_get_state (session) == VMM_SESSION_IDLE)
    return STARTING;
  return vmm_session_get_state (session) == VMM_SESSION_OBSERVING ? PROBING : SCORED;
}

static void
remember (Stretch stretch)
{
  int      stage = find_stage ();
  Stretch *longest = loop.longest[stage];

  g_array_append_val (loop.away_ms[stage], stretch.away_ms);
  for (int i = 0; i < LONGEST; i++)
    if (stretch.away_ms > longest[i].away_ms) {
      Stretch shorter = longest[i];
      longest[i] = stretch;
      stretch = shorter;
    }
}

static int
on_poll (GPollFD *fds, guint n, int timeout)
{
  gint64 now_us = g_get_monotonic_time ();

  if (loop.back_us > 0 && !loop.over)
    remember ((Stretch){ (double) (now_us - loop.back_us) / 1e3, get_cpu_ms () - loop.cpu_ms,
                         (double) (loop.back_us - loop.began_us) / G_USEC_PER_SEC });
  int ready = g_poll (fds, n, timeout);
  loop.back_us = g_get_monotonic_time ();
  loop.cpu_ms = get_cpu_ms ();
  return ready;
}

static gboolean
on_shown (gpointer data)
{
  GtkWindow *window =
      gtk_application_get_active_window (GTK_APPLICATION (g_application_get_default ()));

  g_action_group_activate_action (G_ACTION_GROUP (window), "fleet", NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
on_over (gpointer data)
{
  loop.over = TRUE;
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), "quit", NULL);
  return G_SOURCE_REMOVE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return x < y ? -1 : x > y;
}

static double
get_quantile (GArray *sorted, double share)
{
  return sorted->len > 0 ? g_array_index (sorted, double, (guint) (share * (sorted->len - 1))) : 0;
}

static void
report (int stage)
{
  GArray *away_ms = loop.away_ms[stage];

  g_array_sort (away_ms, compare);
  printf ("%-10s %6u %8.2f %8.2f %8.2f  ", stage_names[stage], away_ms->len,
          get_quantile (away_ms, 0.5), get_quantile (away_ms, 0.99), get_quantile (away_ms, 1));
  for (int i = 0; i < LONGEST; i++) {
    const Stretch *stretch = &loop.longest[stage][i];
    printf (" %.1f (%.1f) at %.2f ", stretch->away_ms, stretch->cpu_ms, stretch->at_s);
  }
  printf ("\n");
  g_array_unref (away_ms);
}

int
main (int argc, char **argv)
{
  g_auto (VmmPlan) plan = { 0 };

  vmm_plan_init (&plan);
  plan.duration_s = argc > 1 ? (guint) atoi (argv[1]) : plan.duration_s;
  plan.probes = argc < 3 || !g_str_equal (argv[2], "passive");
  plan.ping_target = g_strdup ("127.0.0.1");
  if (!vmm_gui_open_display (NULL))
    return 77;
  manager_announce ();
  for (int stage = 0; stage < N_STAGES; stage++)
    loop.away_ms[stage] = g_array_new (FALSE, FALSE, sizeof (double));
  loop.began_us = g_get_monotonic_time ();
  g_main_context_set_poll_func (NULL, on_poll);
  g_timeout_add_seconds (plan.duration_s + 5, on_over, NULL);
  const VmmGiven given = { .fleet = argc > 3 ? argv[3] : NULL };
  if (given.fleet)
    g_timeout_add_seconds (2, on_shown, NULL);
  int status = vmm_gui_run (&plan, &given);

  printf ("%-10s %6s %8s %8s %8s   %s\n", "stage", "turns", "median", "p99", "longest",
          "ms away (ms CPU) at s");
  for (int stage = 0; stage < N_STAGES; stage++)
    report (stage);
  return status;
}
