/* SPDX-License-Identifier: MIT */
/* test_run: a measurement's life under a clock that is an argument, with a source made for it. */
#include "vmm/run.h"

#include "machine.h"
#include "made.h"
#include "vmm/store.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define SECOND G_TIME_SPAN_SECOND
#define START (1000 * SECOND)
#define WALL (1800000000 * SECOND) /* so much later is the wall clock */
#define DURATION_S VMM_PLAN_DURATION_MIN_S

/* What is heard, a letter each: b)egun, s)ampled, f)inished, k)ept, n)ot kept, e)nded, r)eplaced; and n
 * with why: N. */
typedef struct {
  VmmRun    *run;
  GString   *story;
  VmmResult *result; /* the newest heard of */
  char      *id;     /* as it was kept last */
  gint64     now_us, begun_us;
} Fixture;

static void
on_begun (VmmRun *run, gpointer data)
{
  Fixture *f = data;

  g_string_append_c (f->story, 'b');
  g_assert_cmpint (vmm_run_get_state (run), ==, VMM_RUN_OBSERVING);
  g_assert_null (vmm_run_get_result (run));
  f->begun_us = f->now_us;
}

static void
on_sampled (VmmRun *run, gpointer data)
{
  g_string_append_c (((Fixture *) data)->story, 's');
}

static void
on_finished (VmmRun *run, VmmResult *result, gpointer data)
{
  Fixture *f = data;

  g_string_append_c (f->story, 'f');
  g_assert_true (vmm_run_get_result (run) == result);
  g_clear_pointer (&f->result, vmm_result_unref);
  f->result = vmm_result_ref (result);
}

static void
on_kept (VmmRun *run, VmmResult *result, const char *id, const GError *error, gpointer data)
{
  Fixture *f = data;

  g_assert_true (!id || !error);
  g_string_append_c (f->story, id ? 'k' : error ? 'N' : 'n');
  g_free (f->id);
  f->id = g_strdup (id);
}

static void
on_ended (VmmRun *run, gpointer data)
{
  g_string_append_c (((Fixture *) data)->story, 'e');
  g_assert_cmpint (vmm_run_get_state (run), ==, VMM_RUN_ENDED);
}

static void
on_replaced (VmmRun *run, gpointer data)
{
  g_string_append_c (((Fixture *) data)->story, 'r');
  g_assert_cmpint (vmm_run_get_state (run), ==, VMM_RUN_IDLE);
}

static void
on_troubled (VmmRun *run, const GError *error, gpointer data)
{
  g_string_append_c (((Fixture *) data)->story, 't');
  g_assert_nonnull (error);
}

static void
set_up (Fixture *f, gconstpointer schedule)
{
  static const VmmRunObserver observer = {
    on_begun, on_sampled, on_finished, on_kept, on_ended, on_replaced, NULL, on_troubled,
  };

  f->run = vmm_run_new_with_session (made_session (DURATION_S, "kvm"), schedule);
  made_fill (made_row);
  f->story = g_string_new (NULL);
  f->now_us = START;
  vmm_run_set_observer (f->run, &observer, f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  vmm_run_free (f->run);
  g_string_free (f->story, TRUE);
  g_clear_pointer (&f->result, vmm_result_unref);
  g_free (f->id);
}

static void
assert_story (Fixture *f, const char *expected)
{
  g_assert_cmpstr (f->story->str, ==, expected);
  g_string_truncate (f->story, 0);
}

static void
begin (Fixture *f)
{
  vmm_run_begin (f->run, f->now_us, f->now_us + WALL);
}

static void
step (Fixture *f)
{
  gint64 next_us = vmm_run_step (f->run, f->now_us, f->now_us + WALL);

  g_assert_cmpint (next_us, >=, f->now_us);
  f->now_us = next_us;
}

static void
step_until (Fixture *f, VmmRunState state)
{
  while (vmm_run_get_state (f->run) != state)
    step (f);
}

static VmmQuality
get_quality (const Fixture *f)
{
  return vmm_result_get_score (f->result)->quality;
}

static const VmmSchedule once = { .windows = 1 };
static const VmmSchedule once_kept = { .windows = 1, .keep = TRUE };
static const VmmSchedule thrice = { .windows = 3, .pause_s = 7, .keep = TRUE };
static const VmmSchedule for_ever = { .windows = 0, .pause_s = 1 };
static const VmmSchedule twice = { .windows = 2 };
static const VmmSchedule aside = { .windows = 2, .keep = TRUE, .aside = TRUE };

/* ---- One window */

static void
test_once (Fixture *f, gconstpointer data)
{
  g_assert_cmpint (vmm_run_get_state (f->run), ==, VMM_RUN_IDLE);
  begin (f);
  assert_story (f, "b");
  step_until (f, VMM_RUN_JUDGING);
  assert_story (f, "sssss");
  g_assert_null (vmm_run_get_result (f->run));
  step (f); /* at once, and not before what is due then has been painted */
  assert_story (f, "fne");
  g_assert_cmpint (get_quality (f), !=, VMM_QUALITY_INVALID);
  g_assert_cmpint (vmm_result_get_created (f->result), ==, START + WALL);
  g_assert_cmpstr (vmm_result_get_place (f->result)->session, ==, ""); /* alone */
  step (f);
  step (f);
  assert_story (f, "ss"); /* sampling goes on, and nothing else comes */
}

static void
test_again (Fixture *f, gconstpointer data)
{
  for (guint i = 1; i <= 3; i++) {
    begin (f);
    g_assert_cmpuint (vmm_run_get_number (f->run), ==, i);
    step_until (f, VMM_RUN_ENDED);
    assert_story (f, "bsssssfne");
  }
}

/* In the window, and when it is over and not yet judged. */
static void
test_start_over (Fixture *f, gconstpointer data)
{
  begin (f);
  step (f);
  step (f);
  begin (f);
  assert_story (f, "bsb");
  step_until (f, VMM_RUN_JUDGING);
  begin (f);
  assert_story (f, "sssssfneb");
  g_assert_cmpint (get_quality (f), !=, VMM_QUALITY_INVALID);
}

/* ---- Several */

/* Their results have one session, and each its number in it. */
static void
assert_place (const Fixture *f, guint number)
{
  const VmmPlace *place = vmm_result_get_place (f->result);
  const VmmPlace *now = vmm_session_get_place (vmm_run_get_session (f->run));

  g_assert_cmpuint (strlen (place->session), ==, VMM_PLACE_ID_SIZE - 1);
  g_assert_cmpstr (place->session, ==, now->session);
  g_assert_cmpuint (place->number, ==, number);
  g_assert_cmpuint (place->turns, ==, 0);
}

static void
test_several (Fixture *f, gconstpointer data)
{
  const guint before = made_count_kept ();

  begin (f);
  for (guint i = 1; i < 3; i++) {
    step_until (f, VMM_RUN_PAUSING);
    assert_story (f, "bsssssfk");
    const gint64 judged_us = vmm_run_get_next_us (f->run) - 7 * SECOND;
    g_assert_cmpint (judged_us, ==, f->begun_us + DURATION_S * SECOND);
    step_until (f, VMM_RUN_OBSERVING);
    g_assert_cmpint (f->begun_us, ==, judged_us + 7 * SECOND);
    g_assert_cmpint (vmm_run_get_next_us (f->run), ==, 0);
    g_assert_cmpuint (vmm_run_get_number (f->run), ==, i + 1);
    assert_place (f, i);
    assert_story (f, "ssssssb"); /* sampling goes on in the pause */
    g_string_assign (f->story, "b");
  }
  step_until (f, VMM_RUN_ENDED);
  assert_story (f, "bsssssfke");
  g_assert_cmpuint (made_count_kept (), ==, before + 3);
}

static void
test_for_ever (Fixture *f, gconstpointer data)
{
  begin (f);
  for (guint i = 1; i < 20; i++) {
    step_until (f, VMM_RUN_PAUSING);
    g_assert_cmpuint (vmm_run_get_number (f->run), ==, i);
    step_until (f, VMM_RUN_OBSERVING);
  }
}

/* ---- By turns: slots of 15 s, of which those from START + 5, 20, 65 and 80 s on are the first guest's. */

#define FIRST_SLOT 120000067 /* since the epoch */

static const VmmSchedule by_turns = { .turns = { 1, 2, 15, START + WALL + 85 * SECOND } };

static void
await_window (Fixture *f, guint begin_s, guint64 slot)
{
  const VmmPlace *place = vmm_session_get_place (vmm_run_get_session (f->run));

  g_assert_cmpint (vmm_run_get_state (f->run), ==, VMM_RUN_PAUSING);
  g_assert_cmpint (vmm_run_get_next_us (f->run), ==, START + begin_s * SECOND);
  step_until (f, VMM_RUN_OBSERVING);
  g_assert_cmpint (f->begun_us, ==, START + begin_s * SECOND);
  g_assert_cmpuint (place->slot, ==, slot);
  g_assert_cmpuint (place->turn, ==, 1);
  g_assert_cmpuint (place->turns, ==, 2);
}

static void
test_turns (Fixture *f, gconstpointer data)
{
  static const guint begins_s[] = { 5, 20, 65, 80 }, slots[] = { 0, 1, 4, 5 };

  begin (f);
  assert_story (f, ""); /* it is not its turn */
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++) {
    await_window (f, begins_s[i], FIRST_SLOT + slots[i]);
    step_until (f, i + 1 < G_N_ELEMENTS (slots) ? VMM_RUN_PAUSING : VMM_RUN_ENDED);
    g_assert_cmpuint (vmm_result_get_place (f->result)->slot, ==, FIRST_SLOT + slots[i]);
    g_assert_cmpuint (vmm_result_get_place (f->result)->number, ==, i + 1);
  }
  g_assert_true (g_str_has_suffix (f->story->str, "fne")); /* the next one would end too late */
}

/* A clock that is set, or a guest that slept, misses its slot and waits for the next. */
static void
test_turns_missed (Fixture *f, gconstpointer data)
{
  begin (f);
  f->now_us = START + 5 * SECOND;
  vmm_run_step (f->run, f->now_us, f->now_us + WALL + VMM_TURNS_LATE_US + 1);
  assert_story (f, "");
  g_assert_cmpint (vmm_run_get_next_us (f->run), ==, START + 18 * SECOND - 1);
  vmm_run_step (f->run, START + 18 * SECOND - 1, START + WALL + 20 * SECOND);
  assert_story (f, "b");
}

/* Not even one window has its place before the end. */
static void
test_turns_none (Fixture *f, gconstpointer data)
{
  f->now_us = START + 83 * SECOND;
  begin (f);
  assert_story (f, "e");
}

/* While it waits for its turn. */
static void
test_turns_stopped (Fixture *f, gconstpointer data)
{
  begin (f);
  g_assert_false (vmm_run_stop (f->run));
  assert_story (f, "e");
}

/* Turns are chosen and ended while the run goes on: the window that is measured is the last of them. */
static void
test_turns_chosen (Fixture *f, gconstpointer data)
{
  begin (f);
  step_until (f, VMM_RUN_ENDED);
  vmm_run_set_turns (f->run, &by_turns.turns);
  begin (f);
  step_until (f, VMM_RUN_OBSERVING);
  vmm_run_end_turns (f->run);
  step_until (f, VMM_RUN_ENDED);
  const VmmPlace *place = vmm_result_get_place (f->result);
  g_assert_cmpuint (place->turns, ==, 2);
  g_assert_cmpuint (place->number, ==, 1);
  g_assert_cmpuint (strlen (place->session), ==, VMM_PLACE_ID_SIZE - 1);
  begin (f); /* there is no turn any more */
  g_assert_cmpint (vmm_run_get_state (f->run), ==, VMM_RUN_ENDED);

  vmm_run_set_turns (f->run, &by_turns.turns);
  begin (f);
  g_assert_cmpint (vmm_run_get_state (f->run), ==, VMM_RUN_PAUSING);
  vmm_run_end_turns (f->run);
  g_assert_cmpint (vmm_run_get_state (f->run), ==, VMM_RUN_ENDED);

  vmm_run_set_turns (f->run, &(VmmTurns){ 0 });
  begin (f);
  step_until (f, VMM_RUN_ENDED);
  g_assert_cmpuint (vmm_result_get_place (f->result)->turns, ==, 0);
  g_assert_cmpstr (vmm_result_get_place (f->result)->session, ==, "");
}

/* Turns that are chosen while a window is measured: it would reach into the turn of another guest. */
static void
test_turns_amid (Fixture *f, gconstpointer data)
{
  begin (f);
  step (f);
  g_assert_cmpint (vmm_run_get_state (f->run), ==, VMM_RUN_OBSERVING);
  vmm_run_set_turns (f->run, &by_turns.turns);
  begin (f);
  g_assert_cmpint (vmm_run_get_state (f->run), ==, VMM_RUN_PAUSING);
  g_assert_cmpint (vmm_session_get_state (vmm_run_get_session (f->run)), !=, VMM_SESSION_OBSERVING);
  step_until (f, VMM_RUN_OBSERVING);
  step_until (f, VMM_RUN_PAUSING);
  g_assert_cmpuint (vmm_result_get_place (f->result)->number, ==, 1);
}

/* Windows of a session that began before this run have their place behind those of before. */
static void
test_from (Fixture *f, gconstpointer data)
{
  const VmmPlace place = { .turn = 2, .turns = 2, .number = 6, .session = "0123456789abcdef" };

  begin (f);
  step_until (f, VMM_RUN_ENDED);
  vmm_run_begin_from (f->run, &place, 2, f->now_us, WALL + f->now_us);
  g_assert_cmpuint (vmm_run_count_left (f->run), ==, 1);
  step_until (f, VMM_RUN_ENDED);
  g_assert_cmpuint (vmm_result_get_place (f->result)->number, ==, 8);
  g_assert_cmpuint (vmm_result_get_place (f->result)->turn, ==, 2);
  g_assert_cmpstr (vmm_result_get_place (f->result)->session, ==, place.session);
  vmm_run_set_turns (f->run, &(VmmTurns){ 0 });
  begin (f);
  step_until (f, VMM_RUN_ENDED);
  g_assert_cmpuint (vmm_result_get_place (f->result)->number, ==, 1);
  g_assert_cmpstr (vmm_result_get_place (f->result)->session, ==, "");
}

/* ---- Keeping */

static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (VmmStore) store = vmm_store_open (directory);

  begin (f);
  step_until (f, VMM_RUN_ENDED);
  assert_story (f, "bsssssfke");
  g_autoptr (VmmResult) read = vmm_store_load (store, f->id, NULL);
  g_assert_cmpint (vmm_result_get_created (read), ==, vmm_result_get_created (f->result));
  vmm_run_set_keep (f->run, FALSE);
  begin (f);
  step_until (f, VMM_RUN_ENDED);
  assert_story (f, "bsssssfne");
}

static void
test_kept_by_hand (Fixture *f, gconstpointer data)
{
  const guint before = made_count_kept ();

  vmm_run_keep (f->run, NULL); /* there is nothing to keep */
  begin (f);
  vmm_run_keep (f->run, NULL);
  step_until (f, VMM_RUN_ENDED);
  assert_story (f, "bsssssfne");
  vmm_run_keep (f->run, NULL);
  assert_story (f, "k");
  g_assert_cmpuint (made_count_kept (), ==, before + 1);
}

/* Where no directory can be, it says why, and goes on. */
static void
test_not_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *results = vmm_store_default_directory ();
  g_autofree char *ours = g_path_get_dirname (results);
  g_autofree char *above = g_path_get_dirname (ours);
  g_autofree char *away = g_strconcat (ours, "-away", NULL);

  g_assert_cmpint (g_mkdir_with_parents (above, 0700), ==, 0);
  gboolean moved = g_rename (ours, away) == 0;
  g_assert_true (g_file_set_contents (ours, "", 0, NULL));
  begin (f);
  step_until (f, VMM_RUN_OBSERVING);
  step_until (f, VMM_RUN_PAUSING);
  assert_story (f, "bsssssfN");
  g_assert_nonnull (vmm_run_get_result (f->run));
  g_assert_cmpint (g_remove (ours), ==, 0);
  if (moved)
    g_assert_cmpint (g_rename (away, ours), ==, 0);
  vmm_run_keep (f->run, NULL);
  assert_story (f, "k");
  g_assert_cmpint (vmm_run_get_state (f->run), ==, VMM_RUN_PAUSING);
}

/* Beside the loop: the next window waits until it is told, however long that is. */
static void
test_aside (Fixture *f, gconstpointer data)
{
  begin (f);
  step_until (f, VMM_RUN_KEEPING);
  step (f);
  step (f);
  assert_story (f, "bsssssfss");
  while (vmm_run_get_state (f->run) == VMM_RUN_KEEPING)
    g_main_context_iteration (NULL, TRUE);
  assert_story (f, "k");
  step (f);
  assert_story (f, "b"); /* no pause was asked for */
}

/* An earlier result's fate is told in the next window, and changes nothing there. */
static void
test_late (Fixture *f, gconstpointer data)
{
  begin (f);
  step_until (f, VMM_RUN_KEEPING);
  begin (f);
  assert_story (f, "bsssssfb");
  while (!f->id)
    g_main_context_iteration (NULL, TRUE);
  assert_story (f, "k");
  g_assert_cmpint (vmm_run_get_state (f->run), ==, VMM_RUN_OBSERVING);
}

/* What is being kept when the run is freed will be, and a window that is over is judged. */
static void
test_freed (Fixture *f, gconstpointer data)
{
  const guint before = made_count_kept ();

  begin (f);
  step_until (f, VMM_RUN_JUDGING);
  g_clear_pointer (&f->run, vmm_run_free);
  assert_story (f, "bsssssf");
  while (made_count_kept () == before) /* the ledger may still be read */
    g_main_context_iteration (NULL, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_story (f, "");
}

static void
test_freed_in_window (Fixture *f, gconstpointer data)
{
  begin (f);
  step (f);
  g_clear_pointer (&f->run, vmm_run_free);
  assert_story (f, "b");
}

/* ---- Attached: what is due comes by itself, and what can be painted before it */

static gboolean
on_paint (gpointer story)
{
  g_string_append_c (story, 'p');
  return G_SOURCE_REMOVE;
}

/* Its session's rows, far ahead of the real clock, so that the alarm is silent; and a picture of the
 * last one, as late as GTK paints. */
static void
fill_window (Fixture *f)
{
  while (vmm_run_get_state (f->run) == VMM_RUN_OBSERVING)
    f->now_us = vmm_session_step (vmm_run_get_session (f->run), f->now_us);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, on_paint, f->story, NULL);
}

/* As often as it can take to come that far, and not for ever. */
static void
iterate_until (Fixture *f, VmmRunState state)
{
  for (guint i = 0; i < 20 && vmm_run_get_state (f->run) != state; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (vmm_run_get_state (f->run), ==, state);
}

static void
test_attached (Fixture *f, gconstpointer data)
{
  f->now_us += g_get_monotonic_time ();
  vmm_run_attach (f->run);
  begin (f);
  fill_window (f);
  assert_story (f, "bsssss");
  iterate_until (f, VMM_RUN_PAUSING);
  assert_story (f, "pfn");
  iterate_until (f, VMM_RUN_OBSERVING); /* no pause was asked for */
  fill_window (f);
  iterate_until (f, VMM_RUN_ENDED);
  assert_story (f, "bssssspfne");
}

/* What was due is not done again by itself when it has been done for another reason. */
static void
test_attached_stopped (Fixture *f, gconstpointer data)
{
  f->now_us += g_get_monotonic_time ();
  vmm_run_attach (f->run);
  begin (f);
  fill_window (f);
  g_assert_false (vmm_run_stop (f->run));
  assert_story (f, "bsssssfne");
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  assert_story (f, "p");
}

/* Three are asked for after one: they are a session of their own, numbered from 1. */
static void
test_three_more (Fixture *f, gconstpointer data)
{
  begin (f);
  step_until (f, VMM_RUN_ENDED);
  g_assert_cmpuint (vmm_run_count_left (f->run), ==, 0);
  g_assert_cmpstr (vmm_result_get_place (f->result)->session, ==, "");
  assert_story (f, "bsssssfke");
  vmm_run_begin_several (f->run, 3, f->now_us, WALL + f->now_us);
  g_assert_cmpuint (vmm_run_count_left (f->run), ==, 2);
  step_until (f, VMM_RUN_ENDED);
  g_assert_cmpuint (vmm_run_count_left (f->run), ==, 0);
  g_assert_cmpuint (vmm_run_get_number (f->run), ==, 3);
  g_assert_cmpuint (vmm_result_get_place (f->result)->number, ==, 3);
  g_assert_cmpstr (vmm_result_get_place (f->result)->session, !=, "");
  vmm_run_begin_several (f->run, 1, f->now_us, WALL + f->now_us);
  step_until (f, VMM_RUN_ENDED);
  g_assert_cmpstr (vmm_result_get_place (f->result)->session, ==, "");
}

/* ---- Stopping */

static void
test_stopped (Fixture *f, gconstpointer data)
{
  begin (f);
  step (f);
  step (f);
  g_assert_true (vmm_run_stop (f->run));
  assert_story (f, "bsfke");
  g_assert_cmpint (get_quality (f), ==, VMM_QUALITY_INVALID);
  g_assert_cmpuint (vmm_result_get_ticks (f->result), ==, 1);
  g_assert_false (vmm_run_stop (f->run));
  assert_story (f, "");
}

/* Its result is as that of one that is stopped, and rows come after it. */
static void
test_cut (Fixture *f, gconstpointer data)
{
  begin (f);
  step (f);
  step (f);
  g_assert_true (vmm_run_cut (f->run));
  assert_story (f, "bsfke");
  g_assert_cmpint (get_quality (f), ==, VMM_QUALITY_INVALID);
  g_assert_false (vmm_run_cut (f->run));
  step (f);
  step (f);
  assert_story (f, "ss");
  begin (f);
  step_until (f, VMM_RUN_ENDED);
  g_assert_cmpint (get_quality (f), !=, VMM_QUALITY_INVALID);
}

/* Nothing was measured: there is a result, that says so, and it is not kept. */
static void
test_stopped_at_once (Fixture *f, gconstpointer data)
{
  begin (f);
  g_assert_true (vmm_run_stop (f->run));
  assert_story (f, "bfne");
  g_assert_cmpint (get_quality (f), ==, VMM_QUALITY_INVALID);
}

static void
test_stopped_in_pause (Fixture *f, gconstpointer data)
{
  begin (f);
  step_until (f, VMM_RUN_PAUSING);
  assert_story (f, "bsssssfk");
  g_assert_false (vmm_run_stop (f->run));
  assert_story (f, "e");
  g_assert_true (vmm_run_get_result (f->run) == f->result);
  step (f);
  assert_story (f, "");
}

/* Between the last sample and the judging the window is complete. */
static void
test_stopped_before_judging (Fixture *f, gconstpointer data)
{
  begin (f);
  step_until (f, VMM_RUN_JUDGING);
  g_assert_false (vmm_run_stop (f->run));
  assert_story (f, "bsssssfke");
  g_assert_cmpint (get_quality (f), !=, VMM_QUALITY_INVALID);
}

static void
test_stopped_before (Fixture *f, gconstpointer data)
{
  g_assert_false (vmm_run_stop (f->run));
  assert_story (f, "");
}

/* ---- Another plan */

static void
test_follow (Fixture *f, gconstpointer data)
{
  VmmSession *before = vmm_run_get_session (f->run);
  g_auto (VmmPlan) plan = { 0 };
  g_autoptr (GError) error = NULL;

  vmm_plan_copy (&plan, vmm_session_get_plan (before));
  begin (f);
  step (f);
  plan.history = 700;
  g_assert_true (vmm_run_follow (f->run, &plan, NULL));
  g_assert_true (vmm_run_get_session (f->run) == before);
  g_assert_cmpuint (vmm_session_get_plan (before)->history, ==, 700);
  plan.interval_ms = 1;
  g_assert_false (vmm_run_follow (f->run, &plan, &error));
  g_assert_nonnull (error);
  assert_story (f, "b"); /* all is as it was */
  step_until (f, VMM_RUN_JUDGING);
  assert_story (f, "sssss");
  plan.interval_ms = 500;
  plan.probes = FALSE;
  g_free (plan.ping_target);
  plan.ping_target = g_strdup ("none");
  g_assert_true (vmm_run_follow (f->run, &plan, NULL));
  assert_story (f, "fner"); /* what was over is judged */
  g_assert_null (vmm_run_get_result (f->run));
  g_assert_cmpuint (vmm_session_get_plan (vmm_run_get_session (f->run))->interval_ms, ==, 500);
  g_assert_cmpstr (vmm_session_get_host (vmm_run_get_session (f->run))->cpu_model, ==,
                   "Made CPU @ 2.30GHz");
}

static void
test_new (void)
{
  g_auto (VmmPlan) plan = { 0 };
  g_autoptr (GError) error = NULL;

  vmm_plan_init (&plan);
  plan.duration_s = 0;
  g_assert_null (vmm_run_new (&plan, &once, &error));
  g_assert_nonnull (error);
  vmm_run_free (NULL);
}

/* ---- The ledger of the outlook */

static guint
count_claims (const Fixture *f)
{
  const VmmOutlook *outlook = vmm_session_get_outlook (vmm_run_get_session (f->run));

  return vmm_outlook_get_ledger (outlook)->pages[VMM_OUTLOOK_CPU].n;
}

static guint
count_kept_claims (void)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  VmmLedger ledger;

  vmm_store_load_ledger (store, &ledger, NULL);
  return ledger.pages[VMM_OUTLOOK_CPU].n;
}

/* After the window, without probes: busy for 12 s of every 40. */
static void
step_with_rhythm (Fixture *f, guint seconds)
{
  made_row[VMM_CHANNEL_PROBE_CLOCK] = vmm_absent (VMM_OFF);
  for (guint s = 0; s < seconds; s++) {
    made_row[VMM_CHANNEL_CPU_BUSY] = f->now_us / SECOND % 40 < 12 ? 95 : 5;
    step (f);
  }
}

/* What is claimed is kept a minute later, or when the run ends, and the next run goes on with it. */
static void
test_ledger (Fixture *f, gconstpointer data)
{
  begin (f);
  step_until (f, VMM_RUN_ENDED);
  step_with_rhythm (f, 300);
  g_assert_cmpuint (count_claims (f), ==, 1);
  g_assert_cmpuint (count_kept_claims (), ==, 0);
  step_with_rhythm (f, 60);
  g_assert_cmpuint (count_kept_claims (), ==, 2);
  step_with_rhythm (f, 40);
  guint claims = count_claims (f);
  g_assert_cmpuint (claims, ==, 3);
  tear_down (f, data);
  *f = (Fixture){ 0 };
  g_assert_cmpuint (count_kept_claims (), ==, claims);

  set_up (f, data);
  begin (f);
  g_assert_cmpuint (count_claims (f), ==, claims);
}

/* What is kept and cannot be read is told, and everything else goes on; who keeps nothing reads nothing. */
static void
test_ledger_damaged (Fixture *f, gconstpointer data)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autofree char *path = g_build_filename (directory, "outlook.ledger", NULL);
  gboolean         is_kept = data == &once_kept;

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{", -1, NULL));
  begin (f);
  step_until (f, VMM_RUN_ENDED);
  g_assert_cmpuint (count_claims (f), ==, 0);
  assert_story (f, is_kept ? "tbsssssfke" : "bsssssfne");
  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, !is_kept);
  g_remove (path);
}

int
main (int argc, char **argv)
{
  char *home = machine_new ();

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, schedule, test)                                                                  \
  g_test_add ("/run/" path, Fixture, &schedule, set_up, test, tear_down)
  ADD ("once", once, test_once);
  ADD ("again", once, test_again);
  ADD ("start-over", once, test_start_over);
  ADD ("several", thrice, test_several);
  ADD ("for-ever", for_ever, test_for_ever);
  ADD ("turns", by_turns, test_turns);
  ADD ("turns-missed", by_turns, test_turns_missed);
  ADD ("turns-none", by_turns, test_turns_none);
  ADD ("turns-stopped", by_turns, test_turns_stopped);
  ADD ("turns-chosen", once, test_turns_chosen);
  ADD ("turns-amid", once, test_turns_amid);
  ADD ("from", once, test_from);
  ADD ("kept", once_kept, test_kept);
  ADD ("kept-by-hand", once, test_kept_by_hand);
  ADD ("not-kept", thrice, test_not_kept);
  ADD ("aside", aside, test_aside);
  ADD ("late", aside, test_late);
  ADD ("freed", aside, test_freed);
  ADD ("freed-in-window", once, test_freed_in_window);
  ADD ("attached", twice, test_attached);
  ADD ("attached-stopped", twice, test_attached_stopped);
  ADD ("three-more", once_kept, test_three_more);
  ADD ("stopped", once_kept, test_stopped);
  ADD ("cut", once_kept, test_cut);
  ADD ("stopped-at-once", once_kept, test_stopped_at_once);
  ADD ("stopped-in-pause", thrice, test_stopped_in_pause);
  ADD ("stopped-before-judging", once_kept, test_stopped_before_judging);
  ADD ("stopped-before", thrice, test_stopped_before);
  ADD ("follow", once, test_follow);
  ADD ("ledger", once_kept, test_ledger);
  ADD ("ledger-damaged", once_kept, test_ledger_damaged);
  ADD ("ledger-not-kept", once, test_ledger_damaged);
  g_test_add_func ("/run/new", test_new);
  int code = g_test_run ();
  machine_free (home);
  return code;
}
