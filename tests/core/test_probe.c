/* SPDX-License-Identifier: MIT */
/* test_probe: every probe answers with a number or a reason, and gives back what it took. */
#include "load.h"
#include "probe.h"
#include "vmm/sources.h"

#include <string.h>

#define TICK_US 10000000 /* a first round is still in time seconds after its tick */

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* The idler ends when it next runs: for that the test waits. */
static void
assert_nothing_left (guint threads, guint fds)
{
  while (count_entries ("/proc/self/task") > threads)
    g_thread_yield ();
  g_assert_cmpuint (count_entries ("/proc/self/task"), ==, threads);
  g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, fds);
}

#define ONE(name) +1
enum { N_BURSTS = VMM_BURSTS (ONE) };
#undef ONE

static void
test_table (void)
{
  gboolean               is_there[VMM_N_CHANNELS] = { FALSE };
  guint                  n;
  const VmmProbe *const *table = vmm_probes_table (&n);

  for (guint i = 0; i < n; i++) {
    g_assert_false (is_there[table[i]->channel]);
    is_there[table[i]->channel] = TRUE;
    g_assert_cmpstr (table[i]->activity, !=, "");
    g_assert_cmpuint (table[i]->batches, >, 0);
    g_assert_cmpuint (table[i]->budget_ms, >, 0);
    g_assert_cmpfloat (table[i]->factor, >, 0);
    g_assert_nonnull (table[i]->batch);
  }
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (vmm_channel_is_of_bursts (table[i]->channel), ==, i >= n - N_BURSTS);
  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    g_assert_cmpint (is_there[c], ==,
                     vmm_channel (c)->metric == VMM_METRIC_PROBE || c == VMM_CHANNEL_CPU_STOLEN);
}

typedef struct {
  VmmCpuSet allowed;
  int       policy;
} Scheduling;

static void
get_scheduling (int tid, Scheduling *ret_scheduling)
{
  *ret_scheduling = (Scheduling){ .policy = sched_getscheduler (tid) };
  g_assert_cmpint (
      sched_getaffinity (tid, sizeof ret_scheduling->allowed.sets, ret_scheduling->allowed.sets),
      ==, 0);
}

/* A probe changes where and how its threads run, and changes it back. */
static void
assert_scheduling (int tid, const Scheduling *before)
{
  Scheduling now;

  get_scheduling (tid, &now);
  g_assert_cmpint (now.policy, ==, before->policy);
  g_assert_cmpmem (&now.allowed, sizeof now.allowed, &before->allowed, sizeof before->allowed);
}

static void
test_patience (void)
{
  VmmPartner partner = { NULL };
  Scheduling before;
  g_autoptr (GError) error = NULL;

  get_scheduling (0, &before);
  g_assert_cmpint (before.policy, ==, SCHED_OTHER);
  vmm_partner_start (&partner, &error);
  g_assert_no_error (error);
  vmm_partner_be_patient (&partner, FALSE);
  assert_scheduling (partner.tid, &before);
  vmm_partner_be_patient (&partner, TRUE);
  g_assert_cmpint (sched_getscheduler (0), ==, SCHED_BATCH);
  g_assert_cmpint (sched_getscheduler (partner.tid), ==, SCHED_BATCH);
  vmm_partner_be_patient (&partner, FALSE);
  assert_scheduling (0, &before);
  assert_scheduling (partner.tid, &before);

  /* The user's own choice stays. */
  const struct sched_param none = { 0 };
  g_assert_cmpint (sched_setscheduler (0, SCHED_BATCH, &none), ==, 0);
  vmm_partner_be_patient (&partner, TRUE);
  g_assert_cmpint (sched_getscheduler (partner.tid), ==, SCHED_OTHER);
  vmm_partner_be_patient (&partner, FALSE);
  g_assert_cmpint (sched_getscheduler (0), ==, SCHED_BATCH);
  g_assert_cmpint (sched_setscheduler (0, SCHED_OTHER, &none), ==, 0);
  vmm_partner_stop (&partner);
}

/* The state of a thread of this process: 'R', 'S' ...; 0 when there is none. */
static char
get_state (int tid)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/stat", tid), *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  const char *end = strrchr (text, ')');
  g_assert_nonnull (end);
  return end[2];
}

/* It runs when it is asked to, sleeps by itself when it is not, has the least of priorities, and is
 * gone some time after its end. */
static void
test_idler (void)
{
  g_autoptr (GError) error = NULL;
  VmmIdler *idler = vmm_idler_new (&error);

  g_assert_no_error (error);
  int tid = vmm_idler_tid (idler);
  for (guint i = 0; i < 3; i++) {
    double used = vmm_idler_cpu_seconds (idler);
    /* It is told of before it has its policy: for ever, if it never gets that. */
    while (vmm_idler_cpu_seconds (idler) < used + 1e-4 || sched_getscheduler (tid) != SCHED_IDLE)
      g_assert_true (vmm_idler_keep_awake (idler, &error));
    if (i == 2)
      vmm_idler_rest (idler);
    while (get_state (tid) != 'S')
      g_thread_yield ();
  }
  g_assert_true (vmm_idler_keep_awake (idler, &error));
  vmm_idler_free (idler);
  while (get_state (tid))
    g_thread_yield ();
  vmm_idler_free (NULL);
}

/* Each for real; one that cannot work here says why. */
static void
test_each (void)
{
  guint                  n, fds = count_entries ("/proc/self/fd");
  guint                  threads = count_entries ("/proc/self/task");
  const VmmProbe *const *table = vmm_probes_table (&n);
  VmmKit                 kit;
  gpointer               states[VMM_N_CHANNELS];
  Scheduling             before;

  get_scheduling (0, &before);
  vmm_kit_init (&kit, NULL, 1);
  vmm_stopwatch_open (&kit.watch);
  for (guint i = 0; i < n; i++) {
    const VmmProbe *probe = table[i];
    g_autoptr (GError) error = NULL;

    states[i] = g_malloc0 (probe->state_bytes);
    g_test_message ("%s", probe->activity);
    if (probe->check && !probe->check (&kit, &error)) {
      g_assert_cmpstr (error->message, !=, "");
      continue;
    }
    vmm_probe_open (probe, &kit, states[i], &error);
    g_assert_no_error (error);
    float value = vmm_probe_run (probe, &kit, states[i], 0, &error); /* one batch */
    g_assert_no_error (error);
    g_assert_cmpint (vmm_absence (value), ==, VMM_PRESENT);
    assert_scheduling (0, &before);
    if (kit.partner.thread)
      assert_scheduling (kit.partner.tid, &before);
    if (probe->channel == VMM_CHANNEL_CPU_STOLEN)
      g_assert_cmpfloat (value, <=, 100);
    else
      g_assert_cmpfloat (value, >=, 0);
  }
  for (guint i = 0; i < n; i++) {
    vmm_probe_close (table[i], &kit, states[i]);
    g_free (states[i]);
  }
  g_assert_cmpuint (kit.held_bytes, ==, 0);
  vmm_stopwatch_close (&kit.watch);
  vmm_kit_clear (&kit);
  assert_nothing_left (threads, fds);
}

/* With little memory the shapes stay and the buffers shrink; with less there is a reason. */
static void
test_memory (void)
{
  const struct {
    guint64  mib;
    gboolean is_possible;
    guint64  held_mib[2];
  } cases[] = { { 0, FALSE, { 0 } }, { 15, FALSE, { 0 } }, { 16, TRUE, { 2 * 4, 8 } } };
  const VmmProbe *probes[] = { &vmm_probe_copy, &vmm_probe_load };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    VmmKit kit;

    vmm_kit_init (&kit, NULL, 1);
    kit.buffer_bytes = cases[i].mib << 20;
    for (guint p = 0; p < G_N_ELEMENTS (probes); p++) {
      g_autofree void *state = g_malloc0 (probes[p]->state_bytes);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (probes[p]->check (&kit, &error), ==, cases[i].is_possible);
      if (!cases[i].is_possible) {
        g_assert_true (g_str_has_prefix (error->message, kit.buffer_limit));
        continue;
      }
      g_assert_true (vmm_probe_open (probes[p], &kit, state, &error));
      g_assert_cmpuint (kit.held_bytes, ==, cases[i].held_mib[p] << 20);
      g_assert_cmpint (vmm_absence (vmm_probe_run (probes[p], &kit, state, G_MAXINT64, &error)), ==,
                       VMM_PRESENT);
      g_assert_no_error (error);
      vmm_probe_close (probes[p], &kit, state);
      g_assert_cmpuint (kit.held_bytes, ==, 0);
    }
    vmm_kit_clear (&kit);
  }
}

/* The chain goes once through every page before it comes back. */
static void
test_chain (void)
{
  const guint          n = 2048, entries = 4096 / sizeof (guint32);
  g_autofree guint32  *lines = g_new0 (guint32, n * entries);
  g_autofree gboolean *is_visited = g_new0 (gboolean, n);
  guint64              random = 3;
  guint32              first = vmm_load_link_pages (lines, n * 4096, &random), at = first;

  for (guint i = 0; i < n; i++) {
    g_assert_false (is_visited[at / entries]);
    is_visited[at / entries] = TRUE;
    at = lines[at];
  }
  g_assert_cmpuint (at, ==, first);
}

static void
assert_all (VmmSource *probes, VmmAbsence why)
{
  float row[VMM_N_CHANNELS];

  vmm_source_sample (probes, g_get_monotonic_time (), row);
  for (guint i = 0; i < probes->class->n_channels; i++)
    g_assert_cmpint (vmm_absence (row[probes->class->channels[i]]), ==, why);
}

static VmmSource *
make_source (const char *scratch_dir)
{
  VmmProbesOptions options = { .scratch_dir = scratch_dir, .interval_us = TICK_US, .seed = 5 };

  return vmm_probes_new (&options);
}

static VmmProbesInfo
get_info (VmmSource *probes)
{
  VmmDescription description;
  vmm_source_describe (probes, &description);
  return description.probes;
}

static const char *
get_activity (VmmSource *probes)
{
  VmmDescription description;
  vmm_source_describe (probes, &description);
  return description.activity;
}

static void
test_source (void)
{
  guint         fds = count_entries ("/proc/self/fd"), threads = count_entries ("/proc/self/task");
  VmmSource    *probes = make_source (NULL);
  VmmProbesInfo info;
  float         row[VMM_N_CHANNELS];

  assert_all (probes, VMM_OFF);
  g_assert_cmpstr (get_activity (probes), ==, "");
  for (guint run = 0; run < 2; run++) {
    vmm_source_window_begins (probes, g_get_monotonic_time ());
    do {
      g_thread_yield ();
      info = get_info (probes);
    } while (info.rounds == 0);

    vmm_source_sample (probes, g_get_monotonic_time (), row);
    for (guint i = 0; i < probes->class->n_channels; i++) {
      VmmChannelId channel = probes->class->channels[i];
      VmmAbsence   why = vmm_absence (row[channel]);

      if (channel == VMM_CHANNEL_SELF_IOPS)
        g_assert_cmpint (why, ==, VMM_PENDING);
      else if (why != VMM_PRESENT && why != VMM_PENDING) /* no turn, on a slow machine */
        g_assert_nonnull (vmm_source_reason (probes, channel).sentence);
    }
    vmm_source_sample (probes, g_get_monotonic_time () + TICK_US, row); /* in one row only */
    g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_COMPUTE]), ==, VMM_PENDING);
    g_assert_cmpfloat (row[VMM_CHANNEL_SELF_IOPS], >=, 0);
    if (run == 0)
      vmm_source_window_ends (probes);
    else
      vmm_source_stop (probes); /* in the window */
    assert_all (probes, VMM_OFF);
  }
  info = get_info (probes);
  g_assert_cmpuint (info.rounds, ==, 1); /* each run has its own account */
  g_assert_cmpfloat (info.cpu_seconds, >, 0);
  g_assert_cmpuint (info.buffer_bytes, <=, 50 << 20);
  vmm_source_free (probes);
  assert_nothing_left (threads, fds);
}

/* Stopped while it prepares, and while it has not begun. */
static void
test_stop_early (void)
{
  VmmSource *probes = make_source (NULL);
  float      row[VMM_N_CHANNELS];

  vmm_source_window_begins (probes, g_get_monotonic_time ());
  vmm_source_stop (probes);
  vmm_source_stop (probes);
  vmm_source_window_begins (probes, g_get_monotonic_time () + G_MAXINT32);
  vmm_source_free (probes);

  probes = make_source (NULL);
  vmm_source_window_begins (probes, g_get_monotonic_time ());
  while (*get_activity (probes) == '\0')
    g_thread_yield ();
  vmm_source_free (probes);

  /* A tick that is still to come. */
  probes = make_source (NULL);
  vmm_source_window_begins (probes, g_get_monotonic_time () + TICK_US);
  vmm_source_sample (probes, g_get_monotonic_time (), row);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_COMPUTE]), ==, VMM_PENDING);
  vmm_source_free (probes);
}

/* Without a scratch directory the rest goes on; the reason is there from construction on. */
static void
test_no_scratch (void)
{
  VmmSource    *probes = make_source ("/nonexistent");
  VmmProbesInfo info;
  float         row[VMM_N_CHANNELS];

  g_assert_cmpstr (vmm_source_reason (probes, VMM_CHANNEL_PROBE_SYNC).sentence, ==,
                   "/nonexistent: No such file or directory");
  g_assert_cmpstr (vmm_source_reason (probes, VMM_CHANNEL_PROBE_READ).sentence, ==,
                   "/nonexistent: No such file or directory");
  g_assert_null (vmm_source_reason (probes, VMM_CHANNEL_PROBE_COMPUTE).sentence);
  vmm_source_window_begins (probes, g_get_monotonic_time ());
  do {
    g_thread_yield ();
    info = get_info (probes);
  } while (info.rounds == 0);
  vmm_source_sample (probes, g_get_monotonic_time (), row);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_READ]), ==, VMM_NOT_EXPOSED);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_SYNC]), ==, VMM_NOT_EXPOSED);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_COMPUTE]), ==, VMM_PRESENT);
  g_assert_null (info.scratch_dir);
  g_assert_cmpuint (info.written_bytes, ==, 0);
  vmm_source_free (probes);
}

/* Its file stays open to the next window, which writes that much less, where that is asked for. */
static void
test_scratch_stays (void)
{
  for (gboolean keeps = FALSE; keeps <= TRUE; keeps++) {
    const VmmProbesOptions options = { .interval_us = TICK_US, .seed = 5, .keeps_scratch = keeps };
    VmmSource             *probes = vmm_probes_new (&options);
    guint                  closed = count_entries ("/proc/self/fd");

    vmm_source_window_begins (probes, g_get_monotonic_time ());
    while (get_info (probes).rounds == 0)
      g_thread_yield ();
    guint64 filled = get_info (probes).written_bytes;
    vmm_source_window_ends (probes);
    vmm_source_window_begins (probes, g_get_monotonic_time ());
    while (get_info (probes).rounds == 0)
      g_thread_yield ();
    guint64 again = get_info (probes).written_bytes;
    if (filled >= 32 << 20) /* unless the disk is slow, or there is none */
      g_assert_cmpint (again >= 32 << 20, ==, !keeps);
    vmm_source_free (probes);
    g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, closed);
  }
}

/* In the round of a burst the bursts have their turn, and nothing else. */
static void
test_burst (void)
{
  VmmProbesOptions options = { .interval_us = TICK_US, .seed = 5, .ticks = 5 };
  guint      fds = count_entries ("/proc/self/fd"), threads = count_entries ("/proc/self/task");
  VmmSource *probes = vmm_probes_new (&options);
  float      row[VMM_N_CHANNELS];

  vmm_source_window_begins (probes, g_get_monotonic_time () - 2 * TICK_US);
  while (get_info (probes).rounds == 0)
    g_thread_yield ();
  vmm_source_sample (probes, g_get_monotonic_time (), row);
  for (guint i = 0; i < probes->class->n_channels; i++) {
    VmmChannelId channel = probes->class->channels[i];
    VmmAbsence   why = vmm_absence (row[channel]);

    if (channel == VMM_CHANNEL_SELF_IOPS)
      continue;
    if (!vmm_channel_is_of_bursts (channel))
      g_assert_cmpint (why, !=, VMM_PRESENT);
    else if (why == VMM_PRESENT && channel == VMM_CHANNEL_PROBE_UNEQUAL)
      g_assert_true (row[channel] >= 0 && row[channel] < 100);
    else if (why == VMM_PRESENT)
      g_assert_cmpfloat (row[channel], >, 0);
    else if (why != VMM_PENDING) /* on a slow machine not every one has its turn */
      g_assert_nonnull (vmm_source_reason (probes, channel).sentence);
  }
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_PARALLEL]), ==, VMM_PRESENT);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_COMPUTE]), ==, VMM_PENDING);
  vmm_source_free (probes);
  assert_nothing_left (threads, fds);
}

/* Without bursts their channels are off, and the same round is one like the others. */
static void
test_light (void)
{
  const struct {
    guint    ticks;
    gboolean light;
    VmmCause cause;
  } cases[] = { { 5, TRUE, VMM_CAUSE_LIGHT }, { 4, FALSE, VMM_CAUSE_SHORT_WINDOW } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    VmmProbesOptions options = {
      .interval_us = TICK_US, .seed = 5, .ticks = cases[i].ticks, .light = cases[i].light
    };
    VmmSource *probes = vmm_probes_new (&options);
    float      row[VMM_N_CHANNELS];

    vmm_source_window_begins (probes, g_get_monotonic_time () - 2 * TICK_US);
    while (get_info (probes).rounds == 0)
      g_thread_yield ();
    vmm_source_sample (probes, g_get_monotonic_time (), row);
    g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_COMPUTE]), ==, VMM_PRESENT);
    g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_PARALLEL]), ==, VMM_OFF);
    g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PROBE_DEEP]), ==, VMM_OFF);
    g_assert_cmpint (vmm_source_reason (probes, VMM_CHANNEL_PROBE_DEEP).cause, ==, cases[i].cause);
    vmm_source_free (probes);
  }
}

static gpointer
do_nothing (gpointer data)
{
  return data;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_thread_join (g_thread_new ("first", do_nothing, NULL)); /* sanitizers add one of theirs to it */
  g_test_add_func ("/probe/table", test_table);
  g_test_add_func ("/probe/each", test_each);
  g_test_add_func ("/probe/patience", test_patience);
  g_test_add_func ("/probe/idler", test_idler);
  g_test_add_func ("/probe/memory", test_memory);
  g_test_add_func ("/probe/chain", test_chain);
  g_test_add_func ("/probe/source", test_source);
  g_test_add_func ("/probe/burst", test_burst);
  g_test_add_func ("/probe/light", test_light);
  g_test_add_func ("/probe/stop-early", test_stop_early);
  g_test_add_func ("/probe/no-scratch", test_no_scratch);
  g_test_add_func ("/probe/scratch-stays", test_scratch_stays);
  return g_test_run ();
}
