/* SPDX-License-Identifier: MIT */
/* test_plan: the defaults are possible, the limits are kept, and copies are whole. */
#include "vmm/error.h"
#include "vmm/plan.h"

#include <string.h>

static void
test_defaults (void)
{
  g_auto (VmmPlan) plan;
  g_autoptr (GError) error = NULL;

  vmm_plan_init (&plan);
  g_assert_true (vmm_plan_check (&plan, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (plan.duration_s, ==, 30);
  g_assert_cmpuint (vmm_plan_ticks (&plan), ==, 30);
  g_assert_true (plan.probes);
  g_assert_null (plan.ping_target);
  g_assert_null (plan.sysroot);
}

static void
test_limits (void)
{
  static const struct {
    guint       duration_s, interval_ms, history, ticks;
    const char *complaint; /* NULL = it is fine */
  } cases[] = {
    { 5, 1000, 3600, 5, NULL },
    { 3600, 100, 1, 36000, NULL },
    { 30, 1000, 1u << 24, 30, NULL },
    { 10, 10000, 3600, 1, NULL },
    { 19, 10000, 3600, 1, NULL },
    { 30, 700, 3600, 42, NULL },
    { 31, 10000, 3600, 3, NULL },
    { 4, 1000, 3600, 4, "duration" },
    { 3601, 1000, 3600, 3601, "duration" },
    { 0, 1000, 3600, 0, "duration" },
    { G_MAXUINT, 1000, 3600, G_MAXUINT, "duration" },
    { 30, 99, 3600, 303, "interval" },
    { 30, 10001, 3600, 2, "interval" },
    { 30, 0, 3600, 0, "interval" },
    { 30, 1000, 0, 30, "history" },
    { 30, 1000, (1u << 24) + 1, 30, "history" },
    { 9, 10000, 3600, 0, "longer than" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (VmmPlan) plan;
    g_autoptr (GError) error = NULL;

    vmm_plan_init (&plan);
    plan.duration_s = cases[i].duration_s;
    plan.interval_ms = cases[i].interval_ms;
    plan.history = cases[i].history;
    g_assert_cmpint (vmm_plan_check (&plan, &error), ==, cases[i].complaint == NULL);
    g_assert_cmpuint (vmm_plan_ticks (&plan), ==, cases[i].ticks);
    g_assert_cmpfloat_with_epsilon (vmm_plan_seconds (&plan),
                                    cases[i].ticks * (cases[i].interval_ms / 1000.0), 1e-6);
    g_assert_cmpint (vmm_plan_is_standard (&plan), ==, vmm_plan_seconds (&plan) == 30);
    if (!cases[i].complaint)
      continue;
    g_assert_error (error, VMM_ERROR, VMM_ERROR_RANGE);
    g_assert_nonnull (strstr (error->message, cases[i].complaint));
  }
}

static void
test_copy (void)
{
  g_auto (VmmPlan) plan, copy;

  vmm_plan_init (&plan);
  plan.ping_target = g_strdup ("192.0.2.1");
  plan.label = g_strdup ("before the update");
  plan.sysroot = g_strdup ("/srv/machine");
  plan.scratch_dir = g_strdup ("/var/tmp");
  plan.seed = G_MAXUINT64;
  vmm_plan_copy (&copy, &plan);
  g_assert_true (copy.label != plan.label);
  vmm_plan_clear (&plan);
  g_assert_null (plan.label);
  g_assert_cmpstr (copy.ping_target, ==, "192.0.2.1");
  g_assert_cmpstr (copy.label, ==, "before the update");
  g_assert_cmpstr (copy.sysroot, ==, "/srv/machine");
  g_assert_cmpstr (copy.scratch_dir, ==, "/var/tmp");
  g_assert_cmpuint (copy.seed, ==, G_MAXUINT64);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/defaults", test_defaults);
  g_test_add_func ("/plan/limits", test_limits);
  g_test_add_func ("/plan/copy", test_copy);
  return g_test_run ();
}
