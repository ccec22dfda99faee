/* SPDX-License-Identifier: MIT */
/* test_serve: a guest that measures by a timetable, under clocks that are arguments. */
#include "vmm/serve.h"

#include "machine.h"
#include "made.h"
#include "timetable.h"
#include "vmm/store.h"
#include "watch.h"

#include <glib/gstdio.h>

#define SECOND G_TIME_SPAN_SECOND
#define START (1000 * SECOND)
#define WALL (1800000000 * SECOND) /* so much later is the wall clock */
#define EVERY_S VMM_SERVE_EVERY_MIN_S
#define WATCH 2 /* of `once` */

/* ---- The timetable */

static void
test_timetable (void)
{
  const gint64 hour = 3600 * SECOND, phase = 600 * SECOND, at = 10 * hour + phase;

  static const struct {
    const char *name;
    gint64      from_s, to_s; /* of the wall clock, beside `at` */
    VmmDue      due;
    gint64      next_s;
  } rows[] = {
    { "before", -100, -1, VMM_DUE_NOT_YET, 0 },
    { "to the second", -100, 0, VMM_DUE_NOW, 3600 },
    { "a little late", -100, 59, VMM_DUE_NOW, 3600 },
    { "asleep when it was due", -100, 1800, VMM_DUE_LATE, 3600 },
    { "asleep for a day", -100, 86500, VMM_DUE_LATE, 25 * 3600 },
    { "the clock was put back a little", -100, -200, VMM_DUE_NOT_YET, 0 },
    { "the clock was put back a day", -100, -86500, VMM_DUE_NOT_YET, -24 * 3600 },
    { "the clock was put forward ten years", -100, 315360000 + 5, VMM_DUE_LATE, 315360000 + 3600 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    VmmTimetable table;

    g_test_message ("%s", rows[i].name);
    vmm_timetable_init (&table, hour, phase, 0, at + rows[i].from_s * SECOND);
    g_assert_cmpint (table.next_us, ==, at);
    g_assert_cmpint (vmm_timetable_check (&table, at + rows[i].to_s * SECOND), ==, rows[i].due);
    g_assert_cmpint (table.next_us, ==, at + rows[i].next_s * SECOND);
    if (rows[i].due != VMM_DUE_NOT_YET) /* once */
      g_assert_cmpint (vmm_timetable_check (&table, at + rows[i].to_s * SECOND), ==,
                       VMM_DUE_NOT_YET);
  }
}

/* Each window is late by chance, by half of the interval at most, and the same every time; none is left out, and
 * none of them is due twice. */
static void
test_uneven (void)
{
  const gint64 hour = 3600 * SECOND, phase = 600 * SECOND;
  VmmTimetable table;
  gint64       least = hour, most = 0, due_us = 0;

  vmm_timetable_init (&table, hour, phase, hour / 2, 0);
  for (guint i = 0; i < 500; i++) {
    due_us = table.next_us;
    gint64 late_us = due_us - phase - (gint64) i * hour;
    g_assert_cmpint (late_us, >=, 0);
    g_assert_cmpint (late_us, <=, hour / 2);
    least = MIN (least, late_us);
    most = MAX (most, late_us);
    g_assert_cmpint (vmm_timetable_check (&table, due_us - 1), ==, VMM_DUE_NOT_YET);
    g_assert_cmpint (vmm_timetable_check (&table, due_us), ==, VMM_DUE_NOW);
  }
  g_assert_cmpint (least, <, hour / 40);
  g_assert_cmpint (most, >, hour / 2 - hour / 40);
  vmm_timetable_init (&table, hour, phase, hour / 2, due_us - 1);
  g_assert_cmpint (table.next_us, ==, due_us);
}

/* 300 machines are spread over the hour: in no minute of it are more than 20 of them. */
static void
test_phase (void)
{
  const gint64 hour = 3600 * SECOND;
  char        *root = machine_new ();
  guint        minutes[60] = { 0 };

  for (guint i = 0; i < 300; i++) {
    g_autofree char *id = g_strdup_printf ("%032x\n", i);
    machine_write (root, "etc/machine-id", id);
    gint64 phase_us = vmm_timetable_phase (root, hour);
    g_assert_cmpint (phase_us, >=, 0);
    g_assert_cmpint (phase_us, <, hour);
    g_assert_cmpint (phase_us, ==, vmm_timetable_phase (root, hour));
    minutes[phase_us / (60 * SECOND)]++;
  }
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    g_assert_cmpuint (minutes[i], <=, 20);
  machine_write (root, "etc/machine-id", "\n"); /* as in an image: by chance, within the hour */
  gint64 by_chance_us = vmm_timetable_phase (root, hour);
  g_assert_cmpint (by_chance_us, >=, 0);
  g_assert_cmpint (by_chance_us, <, hour);
  machine_free (root);
}

/* ---- The watch */

static void
test_watch (void)
{
  float       row[VMM_N_CHANNELS];
  VmmWatch    watch;
  VmmSnapshot snapshot = { 0 };

  vmm_watch_init (&watch, 4);
  vmm_watch_describe (&watch, &snapshot);
  g_assert_true (isnan (snapshot.steal_seconds));
  g_assert_true (isnan (snapshot.stolen_ratio));
  g_assert_true (isnan (vmm_watch_get_busy (&watch)));

  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    row[c] = vmm_absent (VMM_NOT_EXPOSED);
  vmm_watch_add_row (&watch, row, SECOND);
  row[VMM_CHANNEL_CPU_STEAL] = 25;
  row[VMM_CHANNEL_CPU_BUSY] = 80;
  row[VMM_CHANNEL_CLOCK_LOST] = 1500;
  row[VMM_CHANNEL_CLOCK_STEP] = -501;
  vmm_watch_add_row (&watch, row, 2 * SECOND);
  row[VMM_CHANNEL_CPU_BUSY] = 20;
  row[VMM_CHANNEL_CLOCK_STEP] = 500;
  vmm_watch_add_row (&watch, row, 2 * SECOND);
  vmm_watch_add_look (&watch, &(VmmLook){ 3, 1 });
  vmm_watch_add_look (&watch, &(VmmLook){ 1, 0 });

  vmm_watch_describe (&watch, &snapshot);
  g_assert_cmpfloat (snapshot.steal_seconds, ==, 4); /* a quarter of 4 CPUs for 2 s, twice */
  g_assert_cmpfloat (snapshot.stopped_seconds, ==, 3);
  g_assert_cmpuint (snapshot.clock_steps, ==, 1);
  g_assert_cmpfloat (snapshot.stolen_ratio, ==, 0.25);
  g_assert_cmpfloat (snapshot.stolen_observed_seconds, ==, 4);
  g_assert_cmpfloat (vmm_watch_get_busy (&watch), ==, 50);

  for (guint i = 0; i < VMM_WATCH_LOOKS; i++)
    vmm_watch_add_look (&watch, &(VmmLook){ 1, 0 });
  vmm_watch_describe (&watch, &snapshot);
  g_assert_cmpfloat (snapshot.stolen_ratio, ==, 0); /* of the newest */
  g_assert_cmpfloat (snapshot.stolen_missing_seconds, ==, 1);
}

/* The host takes something or nothing, and never more than was watched. */
static void
test_look (void)
{
  VmmLook look;

  vmm_stolen_look (&look.observed_seconds, &look.missing_seconds);
  g_assert_cmpfloat (look.observed_seconds, >, 0.0);
  g_assert_cmpfloat (look.missing_seconds, >=, 0);
  g_assert_cmpfloat (look.missing_seconds, <=, look.observed_seconds);
}

/* ---- The life of it */

typedef struct {
  VmmServe *serve;
  char     *place, *textfile;
  GString  *story; /* what it could not tell, and could again: s S t T; e)nded */
  gint64    now_us;
} Fixture;

static void
on_failed (VmmServe *serve, VmmReceiver receiver, const GError *error, gpointer data)
{
  Fixture *f = data;

  g_string_append_c (f->story, error ? "stp"[receiver] : "STP"[receiver]);
}

static void
on_skipped (VmmServe *serve, VmmSkipped why, gpointer data)
{
  g_string_append_c (((Fixture *) data)->story, "bl"[why]);
}

static void
on_measured (VmmServe *serve, const VmmResult *result, gpointer data)
{
  g_string_append_c (((Fixture *) data)->story, 'm');
}

static void
on_ended (VmmServe *serve, gpointer data)
{
  g_string_append_c (((Fixture *) data)->story, 'e');
}

static void
set_up (Fixture *f, gconstpointer once)
{
  static const VmmServeObserver observers[] = { { on_failed, on_ended },
                                                { on_failed, on_ended, on_skipped, on_measured } };
  const gboolean                is_watch = once && *(const int *) once == WATCH;
  static const VmmSchedule      schedule = { .windows = 1, .keep = TRUE };

  VmmRun *run = vmm_run_new_with_session (made_session (VMM_PLAN_DURATION_MIN_S, "kvm"), &schedule);
  f->place = machine_new ();
  f->textfile = g_build_filename (f->place, "text", "vmm.prom", NULL);
  machine_write (f->place, "text/other", "");
  f->serve = vmm_serve_new_with (run, made_session (VMM_PLAN_DURATION_MIN_S, "kvm"),
                                 &(VmmServeOptions){ .every_s = EVERY_S,
                                                     .textfile = f->textfile,
                                                     .once = once != NULL,
                                                     .keep = TRUE,
                                                     .watch = is_watch });
  made_fill (made_row);
  f->story = g_string_new (NULL);
  f->now_us = START;
  vmm_serve_set_observer (f->serve, &observers[is_watch], f);
  vmm_serve_begin (f->serve, f->now_us, f->now_us + WALL);
}

static void
tear_down (Fixture *f, gconstpointer once)
{
  vmm_serve_free (f->serve);
  machine_free (f->place);
  g_free (f->textfile);
  g_string_free (f->story, TRUE);
}

static VmmSnapshot
describe (const Fixture *f)
{
  VmmSnapshot snapshot;

  vmm_serve_describe (f->serve, f->now_us + WALL, &snapshot);
  return snapshot;
}

static void
step_for (Fixture *f, gint64 seconds)
{
  gint64 until_us = f->now_us + seconds * SECOND;

  while (f->now_us < until_us) {
    gint64 next_us = vmm_serve_step (f->serve, f->now_us, f->now_us + WALL);
    g_assert_cmpint (next_us, >=, f->now_us);
    f->now_us = MIN (next_us, until_us);
  }
}

/* FALSE: not there, or the file is without it. */
static gboolean
says (const Fixture *f, const char *line)
{
  g_autofree char *text = NULL, *whole = g_strconcat ("\n", line, "\n", NULL);

  return g_file_get_contents (f->textfile, &text, NULL, NULL) && strstr (text, whole);
}

/* Before its first window it has a text without a score; then one an interval, each kept. */
static void
test_windows (Fixture *f, gconstpointer once)
{
  g_assert_true (says (f, "vmm_windows_total 0"));
  g_assert_null (describe (f).result);
  step_for (f, EVERY_S + 20);
  g_assert_cmpuint (describe (f).windows, ==, 1);
  g_assert_nonnull (describe (f).result);
  g_assert_true (says (f, "vmm_windows_total 1"));
  g_assert_true (says (f, "vmm_score 100"));
  step_for (f, EVERY_S);
  g_assert_cmpuint (describe (f).windows, ==, 2);
  g_assert_cmpint (describe (f).next_us, >, f->now_us + WALL);
  g_assert_cmpstr (f->story->str, ==, "");
  g_assert_cmpint (vmm_run_get_state (vmm_serve_get_run (f->serve)), ==, VMM_RUN_ENDED);

  g_assert_cmpuint (made_count_kept (), ==, 2);
}

static void
test_busy (Fixture *f, gconstpointer once)
{
  made_row[VMM_CHANNEL_CPU_BUSY] = 61;
  step_for (f, EVERY_S + 20);
  g_assert_cmpuint (describe (f).windows, ==, 0);
  g_assert_cmpuint (describe (f).skipped[VMM_SKIPPED_BUSY], ==, 1);
  g_assert_true (says (f, "vmm_windows_skipped_total{reason=\"busy\"} 1"));
  made_row[VMM_CHANNEL_CPU_BUSY] = 5;
  step_for (f, EVERY_S);
  g_assert_cmpuint (describe (f).windows, ==, 1);
}

/* The count of what was skipped goes on when the program is started again. */
static void
test_skipped_before (Fixture *f, gconstpointer once)
{
  made_row[VMM_CHANNEL_CPU_BUSY] = 61;
  step_for (f, EVERY_S + 20);
  guint64 before = describe (f).skipped_ever[VMM_SKIPPED_BUSY];
  tear_down (f, once);
  set_up (f, once);
  g_assert_cmpuint (before, >, 0);
  g_assert_cmpuint (describe (f).skipped[VMM_SKIPPED_BUSY], ==, 0);
  g_assert_cmpuint (describe (f).skipped_ever[VMM_SKIPPED_BUSY], ==, before);
  g_autofree char *line =
      g_strdup_printf ("vmm_windows_skipped_total{reason=\"busy\"} %" G_GUINT64_FORMAT, before);
  g_assert_true (says (f, line));

  g_autofree char *directory = vmm_store_default_directory ();
  g_autofree char *path = g_build_filename (directory, "watch.skipped", NULL);
  tear_down (f, once);
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));
  set_up (f, once);
  g_assert_true (describe (f).is_ever_unknown);
  g_assert_false (says (f, "vmm_windows_skipped_total{reason=\"busy\"} 0"));
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* The guest is stopped for an hour. */
static void
test_late (Fixture *f, gconstpointer once)
{
  guint64 windows;

  step_for (f, 10);
  windows = describe (f).windows;
  f->now_us = describe (f).next_us - WALL + 100 * SECOND;
  step_for (f, 10);
  g_assert_cmpuint (describe (f).windows, ==, windows);
  g_assert_cmpuint (describe (f).skipped[VMM_SKIPPED_LATE], ==, 1);
}

/* The directory vanishes and comes back: said once each, counted each time, measured on. */
static void
test_textfile (Fixture *f, gconstpointer once)
{
  g_autofree char *directory = g_path_get_dirname (f->textfile),
                  *other = g_build_filename (directory, "other", NULL);

  g_assert_cmpint (g_unlink (f->textfile), ==, 0);
  g_assert_cmpint (g_unlink (other), ==, 0);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
  step_for (f, EVERY_S + 20);
  g_assert_cmpstr (f->story->str, ==, "t");
  g_assert_cmpuint (describe (f).failures[VMM_RECEIVER_TEXTFILE], >=, 3);
  g_assert_cmpuint (describe (f).windows, ==, 1);
  machine_write (f->place, "text/other", "");
  step_for (f, 70);
  g_assert_cmpstr (f->story->str, ==, "tT");
  g_assert_true (says (f, "vmm_windows_total 1"));
}

/* What the store does not take is kept in memory until it does. */
static void
test_store (Fixture *f, gconstpointer once)
{
  const char      *home = g_getenv ("XDG_DATA_HOME");
  g_autofree char *obstacle = g_build_filename (home, "vmm_monitor", NULL),
                  *away = g_build_filename (home, "away", NULL);
  guint kept = made_count_kept ();

  g_assert_cmpint (g_rename (obstacle, away), ==, 0);
  machine_write (home, "vmm_monitor", "no directory");
  step_for (f, EVERY_S + 20);
  g_assert_cmpstr (f->story->str, ==, "s");
  g_assert_cmpuint (describe (f).failures[VMM_RECEIVER_STORE], >=, 1);
  g_assert_cmpint (g_unlink (obstacle), ==, 0);
  g_assert_cmpint (g_rename (away, obstacle), ==, 0);
  step_for (f, 70);
  g_assert_cmpuint (made_count_kept (), ==, kept + 1);
  g_assert_cmpstr (f->story->str, ==, "sS");
}

static void
test_once (Fixture *f, gconstpointer once)
{
  made_row[VMM_CHANNEL_CPU_BUSY] = 99; /* it was asked for */
  step_for (f, VMM_PLAN_DURATION_MIN_S + 1);
  g_assert_cmpstr (f->story->str, ==, "e");
  g_assert_cmpuint (describe (f).windows, ==, 1);
  g_assert_cmpint (describe (f).next_us, ==, 0);
  g_assert_true (says (f, "vmm_windows_total 1"));
  step_for (f, 3 * EVERY_S);
  g_assert_cmpstr (f->story->str, ==, "e");
}

/* Who watches looks first: at a busy guest, and at one that is not. */
static void
test_watch_busy (Fixture *f, gconstpointer once)
{
  made_row[VMM_CHANNEL_CPU_BUSY] = 99;
  step_for (f, 9);
  g_assert_cmpstr (f->story->str, ==, "");
  step_for (f, VMM_PLAN_DURATION_MIN_S + 2);
  g_assert_cmpstr (f->story->str, ==, "be");
  g_assert_cmpuint (describe (f).skipped[VMM_SKIPPED_BUSY], ==, 1);
  g_assert_cmpuint (describe (f).windows, ==, 0);
  step_for (f, 3 * EVERY_S);
  g_assert_cmpstr (f->story->str, ==, "be");
}

static void
test_watch_once (Fixture *f, gconstpointer once)
{
  guint kept = made_count_kept ();

  step_for (f, VMM_PLAN_DURATION_MIN_S + 12);
  g_assert_cmpstr (f->story->str, ==, "me");
  g_assert_cmpuint (made_count_kept (), ==, kept + 1);
}

/* ---- Its file of the disk probes */

/* The number of the nameless file of `directory` that is open; 0 = none is. The first that is found stays
 * mapped in *file, so that no other has its number. */
static guint64
find_scratch (const char *directory, GMappedFile **file)
{
  g_autoptr (GDir) open = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  GStatBuf    about;

  while ((name = g_dir_read_name (open))) {
    g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
    g_autofree char *target = g_file_read_link (path, NULL);
    if (!target || !g_str_has_prefix (target, directory) || g_stat (path, &about) != 0)
      continue;
    if (!*file)
      *file = g_mapped_file_new (path, FALSE, NULL);
    g_assert_nonnull (*file);
    return about.st_ino;
  }
  return 0;
}

/* A window until its first round is over; the file that is open then, and is left alone or closed aside. */
static guint64
measure_round (VmmServe *serve, const char *directory, GMappedFile **mapped)
{
  VmmRun    *run = vmm_serve_get_run (serve);
  VmmSource *probes = vmm_session_get_source (vmm_run_get_session (run), VMM_CHANNEL_PROBE_SYNC);
  VmmDescription description = { 0 };

  vmm_run_begin (run, g_get_monotonic_time (), g_get_real_time ());
  do {
    g_thread_yield ();
    vmm_source_describe (probes, &description);
  } while (description.probes.rounds == 0);
  guint64 file = find_scratch (directory, mapped);
  g_assert_cmpuint (file, !=, 0);
  vmm_run_stop (run);
  return file;
}

/* Who serves writes it once: it is one file from window to window, and ends with the server. Who measures
 * once keeps none. */
static void
test_scratch (void)
{
  g_autofree char *directory = g_dir_make_tmp ("vmm-serve-XXXXXX", NULL);

  for (gboolean once = FALSE; once <= TRUE; once++) {
    g_auto (VmmPlan) plan = { 0 };
    g_autoptr (GError) error = NULL;
    GMappedFile *mapped = NULL;

    vmm_plan_init (&plan);
    plan.ping_target = g_strdup ("none");
    plan.scratch_dir = g_strdup (directory);
    VmmServe *serve =
        vmm_serve_new (&plan, &(VmmServeOptions){ .every_s = EVERY_S, .once = once }, &error);
    g_assert_no_error (error);
    guint64 first = measure_round (serve, directory, &mapped);
    while (once && find_scratch (directory, &mapped))
      g_thread_yield ();
    if (g_mapped_file_get_length (mapped) < 32 << 20) /* one that is not whole is made anew */
      g_test_skip ("the disk is slow");
    else
      for (guint window = 0; !once && window < 2; window++)
        g_assert_cmpuint (measure_round (serve, directory, &mapped), ==, first);
    vmm_serve_free (serve);
    g_assert_cmpuint (find_scratch (directory, &mapped), ==, 0);
    g_mapped_file_unref (mapped);
  }
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

int
main (int argc, char **argv)
{
  static int yes = TRUE, watch = WATCH;
  char      *home = machine_new ();

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serve/timetable", test_timetable);
  g_test_add_func ("/serve/uneven", test_uneven);
  g_test_add_func ("/serve/phase", test_phase);
  g_test_add_func ("/serve/watch", test_watch);
  g_test_add_func ("/serve/look", test_look);
  g_test_add_func ("/serve/scratch", test_scratch);
#define LIFE(name, once) g_test_add ("/serve/" #name, Fixture, once, set_up, test_##name, tear_down)
  LIFE (windows, NULL);
  LIFE (busy, NULL);
  LIFE (late, NULL);
  LIFE (textfile, NULL);
  LIFE (store, NULL);
  LIFE (once, &yes);
  LIFE (watch_busy, &watch);
  LIFE (watch_once, &watch);
  LIFE (skipped_before, NULL);
  int code = g_test_run ();
  machine_free (home);
  return code;
}
