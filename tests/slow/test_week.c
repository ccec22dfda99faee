/* SPDX-License-Identifier: MIT */
/* test_week: a week goes by under a clock that is in a hurry: a day of history takes what it may, and
 * nothing grows after it. */
#include "vmm/result.h"

#include <stdio.h>

#include "../core/machine.h"

#define SECOND G_TIME_SPAN_SECOND
#define DAY_S 86400
#define DAYS 7
#define AGAIN_S 3600 /* a measurement every hour, each with its result */
#define HISTORY_MAX_BYTES (16 << 20)
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
  g_assert_cmpint (bytes, <=, HISTORY_MAX_BYTES);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/week/history", test_history);
  g_test_add_func ("/week/growth", test_week);
  return g_test_run ();
}
