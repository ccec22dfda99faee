/* SPDX-License-Identifier: MIT */
/* bench_history: how long it takes to list ten thousand windows, and to tell their history, when their documents
 * are read and when the index of the store knows them.
 * Usage: bench_history [DIRECTORY [WINDOWS]]: keeps the made store, in DIRECTORY. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "../core/machine.h"
#include "../core/made.h"
#include "vmm/history.h"

#define WINDOWS 10000
#define EVERY_S 1800
#define GOAL_S 0.3 /* of CPU time, by the index */
#define SHIFT 0.94
#define BAD_HOUR 3

/* So much slower is every probe of the window: a little by chance, more at one hour, and since the change. */
static double
get_slowness (GRand *chance, gint64 second, gboolean is_changed)
{
  double slow = 1 + 0.02 * (g_rand_double (chance) + g_rand_double (chance) - 1);

  slow /= is_changed ? SHIFT : 1;
  return slow / (second % 86400 / 3600 == BAD_HOUR ? 0.9 : 1);
}

static char *
make_document (gint64 wall_us, double slow, gboolean is_changed)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);
  float              row[VMM_N_CHANNELS];
  g_auto (VmmPlan) plan = { 0 };
  gint64 now_us = 1000000;

  made_fill (row);
  for (guint i = 0; i < n; i++)
    row[table[i].channel] *= (float) (table[i].more_is_better ? 1 / slow : slow);
  vmm_plan_init (&plan);
  g_autoptr (VmmHost) real = vmm_host_new ("/");
  VmmHost fields = *real;
  fields.kernel = is_changed ? "6.1.0-57-amd64" : "6.1.0-56-amd64";
  g_autoptr (VmmSession) session =
      made_session_of (&plan, vmm_host_copy (&fields), (const float (*)[VMM_N_CHANNELS]) row, 1);
  vmm_session_start (session, now_us, wall_us);
  while (vmm_session_get_state (session) == VMM_SESSION_OBSERVING)
    now_us = vmm_session_step (session, now_us);
  g_autoptr (VmmResult) result = vmm_result_new (session);
  return vmm_result_to_json (result);
}

/* Their names are a store's; they are written as fast as can be. */
static void
make_store (const char *directory, guint windows)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (5);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  for (guint i = 0; i < windows; i++) {
    gint64   second = now - (gint64) (windows - i) * EVERY_S + g_rand_int_range (chance, 0, 600);
    gboolean is_changed = i > windows * 6 / 10;
    double   slow = get_slowness (chance, second, is_changed);
    g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (second);
    g_autofree char *stem = g_date_time_format (time, "%Y%m%dT%H%M%S");
    g_autofree char *name = g_strdup_printf ("%s.000Z-made-%04x.json", stem, i);
    g_autofree char *path = g_build_filename (directory, name, NULL);
    g_autofree char *text = make_document (second * G_USEC_PER_SEC, slow, is_changed);
    FILE            *file = fopen (path, "we");
    g_assert_nonnull (file);
    fputs (text, file);
    g_assert_cmpint (fclose (file), ==, 0);
  }
}

static double
get_cpu_s (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static double
tell (const char *title, const VmmStore *store)
{
  double begin_s = get_cpu_s ();
  g_autoptr (GPtrArray) entries = vmm_store_list (store, NULL);
  double listed_s = get_cpu_s ();
  g_autoptr (VmmHost) host = vmm_host_new ("/");
  g_autofree char      *machine = vmm_store_machine (host);
  const VmmHistoryQuery query = { .machine = machine };
  g_autoptr (VmmHistory) history = vmm_history_new (entries, &query);
  vmm_history_explain (history, store);
  double end_s = get_cpu_s ();

  printf ("%-24s %6u lines %4u days %2u changes: listed in %.3f s, told in %.3f s of CPU time\n",
          title, entries->len, history->days->len, history->changes->len, listed_s - begin_s,
          end_s - listed_s);
  return end_s - begin_s;
}

int
main (int argc, char **argv)
{
  char            *root = argc > 1 ? NULL : machine_new ();
  g_autofree char *directory = root ? g_build_filename (root, "results", NULL) : g_strdup (argv[1]);
  guint            windows = argc > 2 ? (guint) strtoul (argv[2], NULL, 10) : WINDOWS;

  make_store (directory, windows);
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  g_usleep (3 * G_USEC_PER_SEC); /* files that are younger get no line */
  double by_documents_s = tell ("documents read", store), by_index_s = tell ("by the index", store);
  printf ("by the index, beside reading: %.3fx; goal %.1f s: %s\n", by_index_s / by_documents_s,
          GOAL_S, by_index_s <= GOAL_S ? "met" : "MISSED");
  if (root)
    machine_free (root);
  return EXIT_SUCCESS;
}
