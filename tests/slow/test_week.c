/* SPDX-License-Identifier: MIT */
/* test_week: a week goes by under a clock that is in a hurry: a day of history takes what it may, and
 * nothing grows after it. */
#include "vmm/result.h"

#include <glib/gstdio.h>
#include <stdio.h>

#include "../core/machine.h"
#include "../core/made.h"
#include "vmm/serve.h"
#include "vmm/store.h"

#define SECOND G_TIME_SPAN_SECOND
#define DAY_S 86400
#define DAYS 7
#define AGAIN_S 3600                 /* a measurement every hour, each with its result */
#define HISTORY_MORE 1.1             /* times the rows and their moments */
#define GROWTH_MAX_BYTES (256 << 10) /* pages that the allocator touches late */

typedef struct {
  gint64 resident_bytes;
  guint  descriptors;
} Use;

static Use
get_use (void)
{
  g_autofree char *text = machine_read ("/", "proc/self/statm");
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  Use  use = { 0 };
  long pages = 0;

  g_assert_cmpint (sscanf (text, "%*d %ld", &pages), ==, 1);
  use.resident_bytes = pages * sysconf (_SC_PAGESIZE);
  while (g_dir_read_name (dir))
    use.descriptors++;
  return use;
}

static VmmSession *
make_session (const char *root)
{
  g_auto (VmmPlan) plan = { 0 };
  g_autoptr (VmmHost) host = vmm_host_new (root);
  g_autoptr (GError) error = NULL;

  vmm_plan_init (&plan);
  plan.probes = FALSE;
  plan.sysroot = g_strdup (root);
  plan.history = DAY_S;
  VmmSession *session = vmm_session_new (&plan, host, &error);
  g_assert_no_error (error);
  return session;
}

static void
live_a_day (VmmSession *session, gint64 *now_us)
{
  for (guint second = 0; second < DAY_S; second++) {
    if (second % AGAIN_S == 0)
      vmm_session_start (session, *now_us, g_get_real_time ());
    if (second % AGAIN_S == AGAIN_S - 1) {
      g_autoptr (VmmResult) result = vmm_result_new (session);
      g_autofree char *text = vmm_result_to_json (result);
      g_assert_cmpuint (strlen (text), <, VMM_RESULT_MAX_BYTES);
    }
    *now_us += SECOND;
    vmm_session_step (session, *now_us);
  }
}

/* A day of it, once a second. */
static void
test_history (void)
{
  Use before = get_use ();
  g_autoptr (VmmRing) ring = vmm_ring_new (DAY_S, VMM_N_CHANNELS);
  float row[VMM_N_CHANNELS] = { 0 };

  for (gint64 second = 1; second <= DAY_S; second++)
    vmm_ring_push (ring, second * SECOND, row);
  gint64 bytes = get_use ().resident_bytes - before.resident_bytes;
  g_test_message ("a day: %" G_GINT64_FORMAT " KiB", bytes >> 10);
  g_assert_cmpfloat ((double) bytes, <=, HISTORY_MORE * DAY_S * (sizeof row + sizeof (gint64)));
  g_assert_cmpint (bytes, >, DAY_S * (gint64) sizeof row);
}

static void
test_week (void)
{
  g_autofree char *root = machine_fixture ("virtualbox");
  gint64           now_us = SECOND;
  g_autoptr (VmmSession) session = make_session (root);

  live_a_day (session, &now_us);
  Use one = get_use ();
  for (guint day = 1; day < DAYS; day++)
    live_a_day (session, &now_us);
  Use week = get_use ();
  g_test_message ("six days more: %" G_GINT64_FORMAT " KiB",
                  (week.resident_bytes - one.resident_bytes) >> 10);
  g_assert_cmpuint (vmm_ring_get_pushed (vmm_session_get_ring (session)), ==, DAYS * DAY_S);
  g_assert_cmpint (week.resident_bytes - one.resident_bytes, <=, GROWTH_MAX_BYTES);
  g_assert_cmpuint (week.descriptors, ==, one.descriptors);
}

/* ---- A guest that measures every hour, and what happens to it in a week */

#define HOUR (3600 * SECOND)
#define HOURS (DAYS * 24)
#define SUMMER_ENDS                                                                                \
  1792890000 /* Sunday, 25 October 2026, 01:00 UTC: in Berlin it is 3:00, and then 2:00 */
#define ROUNDING 1e-9

typedef struct {
  VmmServe   *serve;
  char       *home, *text_directory, *text;
  GHashTable *counters; /* name and labels -> double *: as they were told last */
  gint64      now_us, wall_us;
} Served;

static void
change_clock (Served *s, gint64 by_us)
{
  s->wall_us += by_us;
}

/* Both clocks go on. */
static void
stop (Served *s, gint64 by_us)
{
  s->wall_us += by_us;
  s->now_us += by_us;
}

/* Where a directory was, there is a file, and the other way round. */
static void
block (const char *directory)
{
  g_autofree char *away = g_strconcat (directory, ".away", NULL);
  gboolean         is_there = g_file_test (directory, G_FILE_TEST_IS_DIR);

  if (!is_there)
    g_assert_cmpint (g_unlink (directory), ==, 0);
  g_assert_cmpint (g_rename (is_there ? directory : away, is_there ? away : directory), ==, 0);
  if (is_there)
    g_assert_true (g_file_set_contents (directory, "", 0, NULL));
}

static void
block_store (Served *s, gint64 by_us)
{
  g_autofree char *directory = g_build_filename (s->home, "vmm_monitor", NULL);

  block (directory);
}

static void
block_text (Served *s, gint64 by_us)
{
  block (s->text_directory);
}

static void
work (Served *s, gint64 by_us)
{
  made_row[VMM_CHANNEL_CPU_BUSY] = by_us ? 90 : 5;
}

static const struct {
  guint hour;
  void (*happens) (Served *s, gint64 by_us);
  gint64 by_us;
} events[] = {
  { 20, change_clock, 3 * HOUR },
  { 26, change_clock, -3 * HOUR },
  { 40, stop, 5 * HOUR },
  { 50, change_clock, HOUR / 3 }, /* asleep: only the wall clock knows */
  { 60, block_store, 0 },
  { 65, block_store, 0 },
  { 80, block_text, 0 },
  { 84, block_text, 0 },
  { 100, work, 1 },
  { 103, work, 0 },
};

static double
get_counter (const Served *s, const char *name)
{
  const double *value = g_hash_table_lookup (s->counters, name);

  g_assert_nonnull (value);
  return *value;
}

/* What counts never goes down, whatever the clocks do. */
static void
read_text (Served *s)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (s->text, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    char *space = strrchr (lines[i], ' ');
    if (lines[i][0] == '#' || !space || !strstr (lines[i], "_total"))
      continue;
    double           value = g_ascii_strtod (space + 1, NULL);
    g_autofree char *name = g_strndup (lines[i], (gsize) (space - lines[i]));
    const double    *before = g_hash_table_lookup (s->counters, name);
    if (before)
      g_assert_cmpfloat (value, >=, *before - ROUNDING);
    g_hash_table_insert (s->counters, g_steal_pointer (&name), g_memdup2 (&value, sizeof value));
  }
}

static void
live_an_hour (Served *s)
{
  gint64 until_us = s->now_us + HOUR;

  while (s->now_us < until_us) {
    gint64 next_us = MIN (vmm_serve_step (s->serve, s->now_us, s->wall_us), until_us);
    s->wall_us += next_us - s->now_us;
    s->now_us = next_us;
  }
  if (g_file_test (s->text, G_FILE_TEST_EXISTS))
    read_text (s);
}

/* One that looks every ten seconds: what is stolen is looked for in real time, each time for some of it. */
static VmmSession *
make_watch (void)
{
  g_auto (VmmPlan) plan = { 0 };

  vmm_plan_init (&plan);
  plan.interval_ms = VMM_PLAN_INTERVAL_MAX_MS;
  return made_session_of (&plan, made_host ("kvm"), (const float (*)[VMM_N_CHANNELS]) made_row, 1);
}

/* Each window that was measured is kept, in the end, and each that was due is measured or counted as skipped. */
static void
test_serve (void)
{
  static const VmmSchedule schedule = { .windows = 1, .keep = TRUE };
  Served                   s = { .home = machine_new (),
                                 .counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                                 .now_us = SECOND,
                                 .wall_us = (SUMMER_ENDS - DAY_S) * SECOND };

  g_setenv ("XDG_DATA_HOME", s.home, TRUE);
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  s.text_directory = g_build_filename (s.home, "text", NULL);
  s.text = g_build_filename (s.text_directory, "vmm.prom", NULL);
  machine_write (s.home, "text/other", "");
  VmmRun *run = vmm_run_new_with_session (made_session (VMM_PLAN_DURATION_MIN_S, "kvm"), &schedule);
  s.serve = vmm_serve_new_with (
      run, make_watch (),
      &(VmmServeOptions){ .every_s = VMM_SERVE_EVERY_S, .textfile = s.text, .keep = TRUE });
  made_fill (made_row);
  vmm_serve_begin (s.serve, s.now_us, s.wall_us);
  for (guint hour = 0; hour < HOURS; hour++) {
    for (guint i = 0; i < G_N_ELEMENTS (events); i++)
      if (events[i].hour == hour)
        events[i].happens (&s, events[i].by_us);
    live_an_hour (&s);
  }
  double windows = get_counter (&s, "vmm_windows_total");
  double busy = get_counter (&s, "vmm_windows_skipped_total{reason=\"busy\"}");
  double late = get_counter (&s, "vmm_windows_skipped_total{reason=\"late\"}");
  g_test_message ("%.0f measured, %.0f busy, %.0f late", windows, busy, late);
  g_assert_cmpuint (made_count_kept (), ==, (guint) windows);
  g_assert_cmpfloat (busy, ==, 3);
  g_assert_cmpfloat (late, >=, 2);
  g_assert_cmpfloat (windows + busy + late, >=, HOURS - 3);
  g_assert_cmpfloat (get_counter (&s, "vmm_monitor_failures_total{receiver=\"store\"}"), >, 10);
  g_assert_cmpfloat (get_counter (&s, "vmm_monitor_failures_total{receiver=\"textfile\"}"), >, 10);
  vmm_serve_free (s.serve);
  g_hash_table_unref (s.counters);
  machine_free (s.home);
  g_free (s.text_directory);
  g_free (s.text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/week/serve", test_serve);
  g_test_add_func ("/week/history", test_history);
  g_test_add_func ("/week/growth", test_week);
  return g_test_run ();
}
