/* SPDX-License-Identifier: MIT */
/* test_session: a run under a clock that is an argument, with sources that keep a diary. */
#include "vmm/error.h"
#include "vmm/session.h"

#include <math.h>
#include <string.h>

#define SECOND G_TIME_SPAN_SECOND
#define START (1000 * SECOND + 7)
#define CREATED_US (1800000000 * SECOND)

/* ---- Sources that do as they are told and remember what they were asked. */

typedef struct {
  guint    started, stopped, sampled, freed;
  gint64   started_us, sampled_us;
  gint64   pulse_us, pulsed_us; /* a pulse is wanted every pulse_us; the latest */
  guint    pulses;
  guint    begun, ended; /* windows */
  gboolean in_window;
} Diary;

typedef struct {
  VmmSource source;
  Diary    *diary;
  gboolean  read_before; /* the counter has had its first reading */
} Fake;

static void
fake_start (VmmSource *self, gint64 now_us)
{
  Diary *diary = ((Fake *) self)->diary;
  diary->started++;
  diary->started_us = now_us;
}

static void
fake_stop (VmmSource *self)
{
  Diary *diary = ((Fake *) self)->diary;
  diary->stopped++;
  diary->in_window = FALSE;
}

/* The number of the sample in each of its channels, pending in the first. */
static void
fake_sample (VmmSource *self, gint64 now_us, float *row)
{
  Fake *fake = (Fake *) self;

  fake->diary->sampled++;
  fake->diary->sampled_us = now_us;
  for (guint i = 0; i < self->class->n_channels; i++) {
    g_assert_cmpint (vmm_absence (row[self->class->channels[i]]), ==, VMM_OFF);
    row[self->class->channels[i]] =
        fake->read_before ? (float) fake->diary->sampled : vmm_absent (VMM_PENDING);
  }
  fake->read_before = TRUE;
}

static gint64
fake_pulse (VmmSource *self, gint64 now_us)
{
  Diary *diary = ((Fake *) self)->diary;

  diary->pulses++;
  if (now_us >= diary->pulsed_us + diary->pulse_us)
    diary->pulsed_us = now_us;
  return diary->pulsed_us + diary->pulse_us;
}

static VmmReason
fake_reason (VmmSource *self, VmmChannelId channel)
{
  return vmm_reason (channel == VMM_CHANNEL_DISK_FLUSH ? VMM_CAUSE_NO_FLUSH_COUNT : VMM_CAUSE_NONE);
}

static void
fake_free (VmmSource *self)
{
  ((Fake *) self)->diary->freed++;
  g_free (self);
}

/* Windows begin and end in turns, and only in a source that is started. */
static void
fake_window_begins (VmmSource *self, gint64 now_us)
{
  Diary *diary = ((Fake *) self)->diary;
  g_assert_cmpuint (diary->started, >, diary->stopped);
  g_assert_false (diary->in_window);
  diary->in_window = TRUE;
  diary->begun++;
}

static void
fake_window_ends (VmmSource *self)
{
  Diary *diary = ((Fake *) self)->diary;
  g_assert_cmpuint (diary->started, >, diary->stopped);
  g_assert_true (diary->in_window);
  diary->in_window = FALSE;
  diary->ended++;
}

static void
fake_describe_ping (VmmSource *self, VmmDescription *description)
{
  description->ping = (VmmPingInfo){ .method = VMM_PING_ICMP_RAW, .address = "192.0.2.1" };
}

static void
fake_describe_probes (VmmSource *self, VmmDescription *description)
{
  description->probes = (VmmProbesInfo){ .direct = TRUE, .rounds = 3 };
  description->activity = "disk sync";
}

static const VmmChannelId disk_channels[] = { VMM_CHANNEL_DISK_READ, VMM_CHANNEL_DISK_FLUSH };
static const VmmChannelId probe_channels[] = { VMM_CHANNEL_PROBE_WAKE, VMM_CHANNEL_CPU_STOLEN };
static const VmmChannelId ping_channels[] = { VMM_CHANNEL_NETWORK_RTT };

/* The methods that all of them have; of the others each lacks some. */
#define FAKE(title, those)                                                                         \
  .name = (title), .channels = (those), .n_channels = G_N_ELEMENTS (those), .start = fake_start,   \
  .stop = fake_stop, .sample = fake_sample, .reason = fake_reason, .free = fake_free

static const VmmSourceClass disk_class = { FAKE ("disk", disk_channels) };
static const VmmSourceClass probe_class = { FAKE ("probes", probe_channels),
                                            .window_begins = fake_window_begins,
                                            .window_ends = fake_window_ends,
                                            .describe = fake_describe_probes };
static const VmmSourceClass ping_class = { FAKE ("ping", ping_channels),
                                           .window_begins = fake_window_begins,
                                           .window_ends = fake_window_ends, .pulse = fake_pulse,
                                           .describe = fake_describe_ping };

static VmmSource *
make_fake (const VmmSourceClass *class, Diary *diary)
{
  Fake *fake = g_new0 (Fake, 1);
  fake->source.class = class;
  fake->diary = diary;
  return &fake->source;
}

/* ---- A session on them. */

typedef struct {
  VmmSession *session;
  VmmHost    *host;
  Diary       disk, probes, ping;
  GString    *story;      /* one letter per call of the observer */
  int         restart_in; /* `finished` starts again so often */
  gboolean    stop_in_sampled;
} Fixture;

static void
on_sampled (VmmSession *session, gpointer data)
{
  Fixture *f = data;

  g_string_append_c (f->story, 's');
  if (f->stop_in_sampled)
    vmm_session_stop (session);
}

static void
on_finished (VmmSession *session, gpointer data)
{
  Fixture *f = data;

  g_string_append_c (f->story, 'F');
  g_assert_cmpint (vmm_session_get_state (session), ==, VMM_SESSION_FINISHED);
  g_assert_false (f->probes.in_window);
  if (f->restart_in-- > 0)
    vmm_session_start (session, f->disk.sampled_us, CREATED_US);
}

static void
set_up_plan (Fixture *f, const VmmPlan *plan)
{
  const VmmObserver observer = { on_sampled, on_finished };
  const VmmHost     fields = { .cpus = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();

  *f = (Fixture){ .ping = { .pulse_us = SECOND / 5 } };
  f->story = g_string_new (NULL);
  f->host = vmm_host_copy (&fields);
  g_ptr_array_add (sources, make_fake (&disk_class, &f->disk));
  g_ptr_array_add (sources, make_fake (&ping_class, &f->ping));
  g_ptr_array_add (sources, make_fake (&probe_class, &f->probes));
  f->session = vmm_session_new_with_sources (plan, f->host, sources, &error);
  g_assert_no_error (error);
  g_assert_nonnull (f->session);
  g_assert_cmpuint (sources->len, ==, 0);
  vmm_session_set_observer (f->session, &observer, f);
}

static void
set_up (Fixture *f)
{
  g_auto (VmmPlan) plan;

  vmm_plan_init (&plan);
  set_up_plan (f, &plan);
}

static void
tear_down (Fixture *f)
{
  vmm_session_free (f->session);
  g_assert_cmpuint (f->disk.freed, ==, 1);
  g_assert_cmpuint (f->probes.freed, ==, 1);
  g_assert_cmpuint (f->ping.freed, ==, 1);
  vmm_host_unref (f->host);
  g_string_free (f->story, TRUE);
}

/* Steps from tick to tick until `end_us`, each `late_us` after it is due. */
static void
run_until (Fixture *f, gint64 from_us, gint64 end_us, gint64 late_us)
{
  for (gint64 due_us = from_us + SECOND; due_us <= end_us; due_us += SECOND)
    vmm_session_step (f->session, due_us + late_us);
}

static VmmWindow
get_window (const Fixture *f)
{
  VmmWindow window;
  vmm_session_get_window (f->session, &window);
  return window;
}

/* ---- Tests */

static void
test_window (void)
{
  Fixture        f;
  VmmWindow      window;
  const VmmRing *ring;

  set_up (&f);
  ring = vmm_session_get_ring (f.session);
  g_assert_cmpint (vmm_session_get_state (f.session), ==, VMM_SESSION_IDLE);
  g_assert_cmpint (vmm_session_step (f.session, START - 1), ==, G_MAXINT64);
  g_assert_cmpuint (f.disk.sampled, ==, 0);
  g_assert_cmpint (get_window (&f).end_us, ==, 0);

  vmm_session_start (f.session, START, CREATED_US);
  g_assert_cmpint (f.disk.started_us, ==, START);
  g_assert_cmpint (vmm_session_get_state (f.session), ==, VMM_SESSION_OBSERVING);
  g_assert_cmpint (vmm_session_get_created (f.session), ==, CREATED_US);
  g_assert_cmpuint (f.disk.sampled, ==, 1); /* the first reading, into no row */
  g_assert_cmpuint (vmm_ring_get_length (ring), ==, 0);

  run_until (&f, START, START + 30 * SECOND, 0);
  window = get_window (&f);
  g_assert_cmpstr (f.story->str, ==, "ssssssssssssssssssssssssssssssF");
  g_assert_cmpint (window.start_us, ==, START);
  g_assert_cmpint (window.end_us, ==, START + 30 * SECOND);
  g_assert_cmpuint (window.first, ==, 0);
  g_assert_cmpuint (window.end, ==, 30);
  g_assert_cmpuint (window.ticks, ==, 30);
  g_assert_cmpuint (window.missed, ==, 0);
  g_assert_true (window.complete);
  for (guint i = 0; i < 30; i++) {
    g_assert_cmpint (vmm_ring_get_time (ring, i), ==, START + (i + 1) * SECOND);
    g_assert_cmpfloat (vmm_ring_get (ring, i, VMM_CHANNEL_DISK_READ), ==, i + 2);
    g_assert_cmpint (vmm_absence (vmm_ring_get (ring, i, VMM_CHANNEL_CPU_BUSY)), ==, VMM_OFF);
  }
  tear_down (&f);
}

/* The sampling goes on, and no source stops: it hears that the window is over. */
static void
test_after_window (void)
{
  Fixture f;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 29 * SECOND, 0);
  g_assert_cmpuint (f.probes.begun, ==, 1);
  g_assert_cmpuint (f.probes.ended + f.ping.ended, ==, 0);
  run_until (&f, START + 29 * SECOND, START + 40 * SECOND, 0);
  g_assert_cmpuint (f.probes.ended, ==, 1);
  g_assert_cmpuint (f.ping.ended, ==, 1);
  g_assert_cmpuint (f.disk.stopped + f.ping.stopped + f.probes.stopped, ==, 0);
  g_assert_cmpuint (vmm_ring_get_length (vmm_session_get_ring (f.session)), ==, 40);
  g_assert_cmpuint (get_window (&f).end, ==, 30); /* as measured */
  g_assert_cmpuint (f.story->len, ==, 41);
  tear_down (&f);
}

/* Lateness does not add up: the next tick is due where it was planned. */
static void
test_no_drift (void)
{
  Fixture f;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  f.ping.pulse_us = 100 * SECOND; /* not before the next tick */
  for (int k = 1; k <= 30; k++)
    g_assert_cmpint (vmm_session_step (f.session, START + k * SECOND + 900000), ==,
                     START + (k + 1) * SECOND);
  g_assert_cmpuint (get_window (&f).missed, ==, 0);
  g_assert_cmpuint (get_window (&f).end, ==, 30);
  g_assert_cmpint (vmm_ring_get_time (vmm_session_get_ring (f.session), 29), ==,
                   START + 30 * SECOND + 900000);
  tear_down (&f);
}

static void
test_early_steps (void)
{
  Fixture f;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  vmm_session_step (f.session, START + SECOND - 1);
  vmm_session_step (f.session, START - 5 * SECOND); /* time does not run backwards */
  g_assert_cmpuint (f.disk.sampled, ==, 1);
  vmm_session_step (f.session, START + SECOND);
  vmm_session_step (f.session, START + SECOND);
  vmm_session_step (f.session, START);
  g_assert_cmpuint (f.disk.sampled, ==, 2);
  vmm_session_start (f.session, START - SECOND, CREATED_US);
  g_assert_cmpint (get_window (&f).start_us, ==, START + SECOND);
  vmm_session_step (f.session, START + 2 * SECOND);
  g_assert_cmpuint (f.disk.sampled, ==, 3); /* no reading twice at one time */
  g_assert_cmpuint (get_window (&f).end, ==, 2);
  tear_down (&f);
}

/* Stopped for five seconds in mid-window: one row, four ticks missed, back on the beat. */
static void
test_pause (void)
{
  Fixture   f;
  VmmWindow window;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 10 * SECOND, 0);
  vmm_session_step (f.session, START + 15 * SECOND + 300000);
  window = get_window (&f);
  g_assert_cmpuint (window.ticks, ==, 15);
  g_assert_cmpuint (window.missed, ==, 4);
  g_assert_cmpuint (window.end, ==, 11);
  run_until (&f, START + 15 * SECOND, START + 30 * SECOND, 0);
  window = get_window (&f);
  g_assert_cmpuint (window.ticks, ==, 30);
  g_assert_cmpuint (window.missed, ==, 4);
  g_assert_cmpuint (window.end, ==, 26);
  g_assert_true (window.complete);

  vmm_session_start (f.session, START + 31 * SECOND, CREATED_US);
  window = get_window (&f);
  g_assert_cmpuint (window.ticks + window.missed, ==, 0);
  g_assert_false (window.complete);
  tear_down (&f);
}

/* A pause that swallows the window's end: its row is the window's last, and knows of it. */
static void
test_pause_over_end (void)
{
  Fixture   f;
  VmmWindow window;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 27 * SECOND, 0);
  vmm_session_step (f.session, START + 86400 * SECOND);
  window = get_window (&f);
  g_assert_cmpuint (window.ticks, ==, 30);
  g_assert_cmpuint (window.missed, ==, 2);
  g_assert_cmpuint (window.end, ==, 28);
  g_assert_true (window.complete);
  g_assert_cmpint (f.story->str[f.story->len - 1], ==, 'F');
  g_assert_cmpint (vmm_session_step (f.session, START + 86400 * SECOND), <=,
                   START + 86401 * SECOND);
  vmm_session_step (f.session, START + 86401 * SECOND);
  g_assert_cmpuint (get_window (&f).end, ==, 28);
  tear_down (&f);
}

static void
test_measure_again (void)
{
  Fixture   f;
  VmmWindow window;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 35 * SECOND, 0);

  /* Between two ticks; the rows so far stay. */
  gint64 again_us = START + 35 * SECOND + 400000;
  vmm_session_start (f.session, again_us, CREATED_US);
  g_assert_cmpint (vmm_session_get_state (f.session), ==, VMM_SESSION_OBSERVING);
  g_assert_cmpuint (f.probes.begun, ==, 2);
  g_assert_cmpuint (f.disk.started + f.ping.started, ==, 2); /* they never stopped */
  run_until (&f, again_us, again_us + 30 * SECOND, 0);
  window = get_window (&f);
  g_assert_cmpint (window.start_us, ==, again_us);
  g_assert_cmpuint (window.first, ==, 35);
  g_assert_cmpuint (window.end, ==, 65);
  g_assert_cmpuint (window.missed, ==, 0);
  g_assert_cmpuint (f.probes.ended, ==, 2);
  tear_down (&f);
}

/* Again before the window is over: the probes go on, the window is new. */
static void
test_start_in_window (void)
{
  Fixture f;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 12 * SECOND, 0);
  vmm_session_start (f.session, START + 12 * SECOND, CREATED_US); /* at a row's very time */
  g_assert_cmpuint (f.probes.begun, ==, 1);
  g_assert_cmpuint (get_window (&f).first, ==, 12);
  g_assert_cmpuint (get_window (&f).end, ==, 12);
  g_assert_false (get_window (&f).complete);
  run_until (&f, START + 12 * SECOND, START + 42 * SECOND, 0);
  g_assert_cmpuint (get_window (&f).end, ==, 42);
  g_assert_true (get_window (&f).complete);
  tear_down (&f);
}

static void
test_start_in_observer (void)
{
  Fixture f;

  set_up (&f);
  f.restart_in = 2;
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 95 * SECOND, 0);
  g_assert_cmpuint (f.probes.begun, ==, 3);
  g_assert_cmpuint (f.probes.ended, ==, 3);
  g_assert_cmpuint (get_window (&f).first, ==, 60);
  g_assert_cmpuint (get_window (&f).end, ==, 90);
  g_assert_cmpuint (f.story->len, ==, 95 + 3);
  tear_down (&f);
}

static void
test_stop (void)
{
  Fixture   f;
  VmmWindow window;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 10 * SECOND, 0);
  vmm_session_stop (f.session);
  vmm_session_stop (f.session);
  g_assert_cmpint (vmm_session_get_state (f.session), ==, VMM_SESSION_IDLE);
  g_assert_cmpuint (f.disk.stopped, ==, 1);
  g_assert_cmpuint (f.probes.stopped, ==, 1);
  g_assert_false (f.probes.in_window);
  g_assert_cmpint (vmm_session_step (f.session, START + 40 * SECOND), ==, G_MAXINT64);
  window = get_window (&f);
  g_assert_cmpuint (window.ticks, ==, 10);
  g_assert_cmpuint (window.end, ==, 10);
  g_assert_false (window.complete);
  g_assert_cmpstr (f.story->str, ==, "ssssssssss");

  vmm_session_start (f.session, START + 50 * SECOND, CREATED_US);
  g_assert_cmpuint (f.disk.started, ==, 2);
  run_until (&f, START + 50 * SECOND, START + 80 * SECOND, 0);
  g_assert_true (get_window (&f).complete);
  g_assert_cmpuint (get_window (&f).first, ==, 10);
  tear_down (&f);
}

/* The window ends where it stands, and the sampling goes on. */
static void
test_cut (void)
{
  Fixture   f;
  VmmWindow window;

  set_up (&f);
  vmm_session_cut (f.session);
  g_assert_cmpint (vmm_session_get_state (f.session), ==, VMM_SESSION_IDLE);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 10 * SECOND, 0);
  vmm_session_cut (f.session);
  vmm_session_cut (f.session);
  g_assert_cmpint (vmm_session_get_state (f.session), ==, VMM_SESSION_FINISHED);
  run_until (&f, START + 10 * SECOND, START + 40 * SECOND, 0);
  g_assert_cmpuint (f.disk.stopped + f.probes.stopped, ==, 0);
  g_assert_cmpuint (f.probes.ended, ==, 1);
  window = get_window (&f);
  g_assert_cmpint (window.end_us, ==, START + 10 * SECOND);
  g_assert_cmpuint (window.ticks, ==, 10);
  g_assert_cmpuint (window.end, ==, 10);
  g_assert_false (window.complete);
  g_assert_cmpuint (f.story->len, ==, 40); /* rows, and no end */
  vmm_session_start (f.session, START + 50 * SECOND, CREATED_US);
  g_assert_cmpuint (f.probes.begun, ==, 2);
  tear_down (&f);
}

static void
test_stop_in_observer (void)
{
  Fixture f;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 29 * SECOND, 0);
  f.stop_in_sampled = TRUE;
  g_assert_cmpint (vmm_session_step (f.session, START + 30 * SECOND), ==, G_MAXINT64);
  g_assert_cmpint (f.story->str[f.story->len - 1], ==, 's'); /* no news after the stop */
  tear_down (&f);
}

/* Woken at the earlier of tick and pulse, and the pulse is told the time. */
static void
test_pulse (void)
{
  Fixture f;
  gint64  now_us = START;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  f.ping.pulsed_us = START;
  f.ping.pulse_us = 300000;
  for (int i = 1; i <= 3; i++)
    now_us = vmm_session_step (f.session, now_us);
  g_assert_cmpint (now_us, ==, START + 900000);
  g_assert_cmpint (f.ping.pulsed_us, ==, START + 600000);
  now_us = vmm_session_step (f.session, now_us);
  g_assert_cmpint (now_us, ==, START + SECOND);
  g_assert_cmpuint (f.disk.sampled, ==, 1);
  now_us = vmm_session_step (f.session, now_us);
  g_assert_cmpint (now_us, ==, START + 1200000);
  g_assert_cmpuint (f.disk.sampled, ==, 2);
  tear_down (&f);
}

/* A clock may begin anywhere. */
static void
test_start_at_zero (void)
{
  Fixture f;

  set_up (&f);
  vmm_session_start (f.session, 0, CREATED_US);
  vmm_session_step (f.session, SECOND);
  g_assert_cmpfloat (vmm_ring_get (vmm_session_get_ring (f.session), 0, VMM_CHANNEL_DISK_READ), ==,
                     2);
  tear_down (&f);
}

static void
test_intervals (void)
{
  static const struct {
    guint duration_s, interval_ms, rows;
  } cases[] = { { 5, 100, 50 }, { 30, 10000, 3 }, { 5, 2000, 2 }, { 7, 300, 23 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (VmmPlan) plan;
    Fixture f;
    gint64  now_us = START;

    vmm_plan_init (&plan);
    plan.duration_s = cases[i].duration_s;
    plan.interval_ms = cases[i].interval_ms;
    plan.history = 1; /* less than the window: it is kept whole all the same */
    set_up_plan (&f, &plan);
    vmm_session_start (f.session, START, CREATED_US);
    while (vmm_session_get_state (f.session) == VMM_SESSION_OBSERVING)
      now_us = vmm_session_step (f.session, now_us);
    g_assert_cmpuint (get_window (&f).ticks, ==, cases[i].rows);
    g_assert_cmpuint (get_window (&f).end - get_window (&f).first, ==, cases[i].rows);
    g_assert_cmpint (get_window (&f).end_us - START, ==,
                     (gint64) cases[i].rows * cases[i].interval_ms * 1000);
    tear_down (&f);
  }
}

/* Rows of the window that the ring has forgotten are no longer in it. */
static void
test_window_forgotten (void)
{
  g_auto (VmmPlan) plan;
  Fixture f;

  vmm_plan_init (&plan);
  plan.history = 40;
  set_up_plan (&f, &plan);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 50 * SECOND, 0);
  g_assert_cmpuint (get_window (&f).first, ==, 0);
  g_assert_cmpuint (get_window (&f).end, ==, 20);
  run_until (&f, START + 50 * SECOND, START + 90 * SECOND, 0);
  g_assert_cmpuint (get_window (&f).first, ==, 0);
  g_assert_cmpuint (get_window (&f).end, ==, 0);
  tear_down (&f);
}

/* The history is changed in a running window and after it: its rows stay, as does what it measures. */
static void
test_history_changed (void)
{
  Fixture f;

  set_up (&f);
  vmm_session_start (f.session, START, CREATED_US);
  run_until (&f, START, START + 10 * SECOND, 0);
  vmm_session_set_history (f.session, 1);
  g_assert_cmpuint (vmm_ring_get_length (vmm_session_get_ring (f.session)), ==, 10);
  run_until (&f, START + 10 * SECOND, START + 30 * SECOND, 0);
  g_assert_cmpint (vmm_session_get_state (f.session), ==, VMM_SESSION_FINISHED);
  g_assert_cmpuint (get_window (&f).first, ==, 0);
  g_assert_cmpuint (get_window (&f).end, ==, 30);
  vmm_session_set_history (f.session, 100);
  g_assert_cmpuint (vmm_session_get_plan (f.session)->history, ==, 100);
  run_until (&f, START + 30 * SECOND, START + 60 * SECOND, 0);
  g_assert_cmpuint (vmm_ring_get_length (vmm_session_get_ring (f.session)), ==, 60);
  g_assert_cmpuint (get_window (&f).end, ==, 30);
  g_assert_cmpuint (f.disk.started, ==, 1);
  tear_down (&f);
}

static void
test_parts (void)
{
  Fixture        f;
  VmmDescription sources;

  set_up (&f);
  g_assert_cmpstr (vmm_session_get_source (f.session, VMM_CHANNEL_NETWORK_RTT)->class->name, ==,
                   "ping");
  g_assert_null (vmm_session_get_source (f.session, VMM_CHANNEL_CPU_BUSY));
  VmmReason reason = vmm_session_get_reason (f.session, VMM_CHANNEL_DISK_FLUSH);
  g_assert_cmpint (reason.cause, ==, VMM_CAUSE_NO_FLUSH_COUNT);
  g_assert_cmpstr (reason.sentence, ==, vmm_cause_sentence (VMM_CAUSE_NO_FLUSH_COUNT));
  g_assert_null (vmm_session_get_reason (f.session, VMM_CHANNEL_DISK_READ).sentence);
  g_assert_null (vmm_session_get_reason (f.session, VMM_CHANNEL_CPU_BUSY).sentence);
  vmm_session_describe (f.session, &sources);
  g_assert_cmpstr (sources.ping.address, ==, "192.0.2.1");
  g_assert_cmpuint (sources.probes.rounds, ==, 3);
  g_assert_cmpstr (sources.activity, ==, "disk sync");
  g_assert_true (vmm_session_get_host (f.session) == f.host);
  g_assert_cmpuint (vmm_session_get_plan (f.session)->duration_s, ==, 30);
  tear_down (&f);
}

/* A session of nothing: rows of nothing, and accounts of nobody. */
static void
test_without_sources (void)
{
  g_auto (VmmPlan) plan;
  const VmmHost fields = { .cpus = 1 };
  g_autoptr (VmmHost) host = vmm_host_copy (&fields);
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autoptr (VmmSession) session = NULL;
  VmmDescription description = { .ping = { .method = VMM_PING_TCP }, .probes = { .rounds = 1 } };

  vmm_plan_init (&plan);
  session = vmm_session_new_with_sources (&plan, host, sources, NULL);
  vmm_session_start (session, START, CREATED_US);
  g_assert_cmpint (vmm_session_step (session, START + SECOND), ==, START + 2 * SECOND);
  g_assert_cmpuint (vmm_ring_get_length (vmm_session_get_ring (session)), ==, 1);
  vmm_session_describe (session, &description);
  g_assert_cmpint (description.ping.method, ==, VMM_PING_NONE);
  g_assert_cmpuint (description.probes.rounds, ==, 0);
  g_assert_cmpstr (description.activity, ==, "");
  vmm_session_free (NULL);
}

/* The sources are taken even so. */
static void
test_false_plan (void)
{
  g_auto (VmmPlan) plan;
  Diary         diary = { 0 };
  const VmmHost fields = { .cpus = 1 };
  g_autoptr (VmmHost) host = vmm_host_copy (&fields);
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  vmm_plan_init (&plan);
  plan.duration_s = 0;
  g_ptr_array_add (sources, make_fake (&disk_class, &diary));
  g_assert_null (vmm_session_new_with_sources (&plan, host, sources, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_RANGE);
  g_assert_cmpuint (diary.freed, ==, 1);
  g_assert_cmpuint (sources->len, ==, 0);
}

/* A window that began long ago is due at once, the next tick is not; nothing is, once the session
 * is stopped or gone. */
static void
test_attach (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_auto (VmmPlan) plan;
  Fixture f;

  g_main_context_push_thread_default (context);
  vmm_plan_init (&plan);
  plan.interval_ms = 10000;
  set_up_plan (&f, &plan);
  f.ping.pulse_us = 3600 * SECOND;
  vmm_session_attach (f.session);
  g_assert_false (g_main_context_iteration (context, FALSE)); /* idle */
  vmm_session_start (f.session, g_get_monotonic_time () - 3601 * SECOND, CREATED_US);
  g_assert_true (g_main_context_iteration (context, FALSE));
  g_assert_cmpstr (f.story->str, ==, "sF");
  g_assert_cmpuint (get_window (&f).missed, ==, 2);
  g_assert_false (g_main_context_iteration (context, FALSE));

  vmm_session_start (f.session, 0, CREATED_US);
  vmm_session_stop (f.session);
  g_assert_false (g_main_context_iteration (context, FALSE));
  vmm_session_start (f.session, 0, CREATED_US);
  tear_down (&f);
  g_assert_false (g_main_context_iteration (context, FALSE));
  g_main_context_pop_thread_default (context);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/window", test_window);
  g_test_add_func ("/session/after-window", test_after_window);
  g_test_add_func ("/session/no-drift", test_no_drift);
  g_test_add_func ("/session/early-steps", test_early_steps);
  g_test_add_func ("/session/pause", test_pause);
  g_test_add_func ("/session/pause-over-end", test_pause_over_end);
  g_test_add_func ("/session/measure-again", test_measure_again);
  g_test_add_func ("/session/start-in-window", test_start_in_window);
  g_test_add_func ("/session/start-in-observer", test_start_in_observer);
  g_test_add_func ("/session/stop", test_stop);
  g_test_add_func ("/session/cut", test_cut);
  g_test_add_func ("/session/stop-in-observer", test_stop_in_observer);
  g_test_add_func ("/session/pulse", test_pulse);
  g_test_add_func ("/session/start-at-zero", test_start_at_zero);
  g_test_add_func ("/session/intervals", test_intervals);
  g_test_add_func ("/session/window-forgotten", test_window_forgotten);
  g_test_add_func ("/session/history-changed", test_history_changed);
  g_test_add_func ("/session/parts", test_parts);
  g_test_add_func ("/session/without-sources", test_without_sources);
  g_test_add_func ("/session/false-plan", test_false_plan);
  g_test_add_func ("/session/attach", test_attach);
  return g_test_run ();
}
