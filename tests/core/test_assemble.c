/* SPDX-License-Identifier: MIT */
/* test_assemble: the sources are those that the plan asks for, and a machine of nothing is no crash. */
#include "vmm/error.h"
#include "vmm/session.h"

#include <glib/gstdio.h>

#define SECOND G_TIME_SPAN_SECOND

static VmmSession *
make_session (const char *root, const char *ping_target, gboolean probes)
{
  g_auto (VmmPlan) plan;
  g_autoptr (VmmHost) host = vmm_host_new (root);
  g_autoptr (GError) error = NULL;
  VmmSession *session;

  vmm_plan_init (&plan);
  plan.sysroot = g_strdup (root);
  plan.ping_target = g_strdup (ping_target);
  plan.probes = probes;
  session = vmm_session_new (&plan, host, &error);
  g_assert_no_error (error);
  g_assert_nonnull (session);
  return session;
}

/* An empty directory as the machine: every passive channel has its source, and says what it misses. */
static void
test_empty_machine (void)
{
  g_autofree char *root = g_dir_make_tmp ("vmm-XXXXXX", NULL);
  g_autoptr (VmmSession) session = make_session (root, NULL, FALSE);
  const VmmRing *ring = vmm_session_get_ring (session);

  vmm_session_start (session, SECOND, g_get_real_time ());
  for (int k = 2; k <= 31; k++)
    vmm_session_step (session, k * SECOND);
  g_assert_cmpint (vmm_session_get_state (session), ==, VMM_SESSION_FINISHED);
  g_assert_cmpuint (vmm_ring_get_length (ring), ==, 30);
  for (int c = 0; c < VMM_N_CHANNELS; c++) {
    VmmAbsence absence = vmm_absence (vmm_ring_get (ring, 29, c));
    switch (vmm_channel (c)->metric) {
    case VMM_METRIC_NETWORK:
    case VMM_METRIC_PROBE:
      g_assert_null (vmm_session_get_source (session, c));
      g_assert_cmpint (absence, ==, VMM_OFF);
      break;
    case VMM_METRIC_CPU:
      if (c == VMM_CHANNEL_CPU_STOLEN) /* a probe's */
        break;
      G_GNUC_FALLTHROUGH;
    case VMM_METRIC_MEMORY:
    case VMM_METRIC_DISK:
    case VMM_METRIC_PRESSURE:
      g_assert_cmpint (absence, !=, VMM_PRESENT);
      g_assert_cmpint (absence, !=, VMM_OFF);
      g_assert_nonnull (vmm_session_get_reason (session, c).sentence);
      break;
    default:
      break;
    }
  }
  g_assert_cmpint (g_rmdir (root), ==, 0); /* and left as it was */
}

static void
test_as_planned (void)
{
  static const struct {
    const char *target;
    gboolean    probes, ping;
  } cases[] = { { NULL, FALSE, FALSE },
                { "none", FALSE, FALSE },
                { "127.0.0.1", FALSE, TRUE },
                { "none", TRUE, FALSE } };
  g_autofree char *root = g_dir_make_tmp ("vmm-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (VmmSession) session = make_session (root, cases[i].target, cases[i].probes);
    VmmDescription sources;

    g_assert_cmpint (vmm_session_get_source (session, VMM_CHANNEL_NETWORK_RTT) != NULL, ==,
                     cases[i].ping);
    g_assert_cmpint (vmm_session_get_source (session, VMM_CHANNEL_PROBE_WAKE) != NULL, ==,
                     cases[i].probes);
    vmm_session_describe (session, &sources);
    g_assert_cmpint (sources.ping.kind, ==, cases[i].ping ? VMM_TARGET_SELF : VMM_TARGET_NONE);
    g_assert_cmpstr (sources.activity, ==, "");
  }
  g_assert_cmpint (g_rmdir (root), ==, 0);
}

static void
test_false_plan (void)
{
  g_auto (VmmPlan) plan;
  const VmmHost fields = { .cpus = 1 };
  g_autoptr (VmmHost) host = vmm_host_copy (&fields);
  g_autoptr (GError) error = NULL;

  vmm_plan_init (&plan);
  plan.interval_ms = 1;
  g_assert_null (vmm_session_new (&plan, host, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_RANGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assemble/empty-machine", test_empty_machine);
  g_test_add_func ("/assemble/as-planned", test_as_planned);
  g_test_add_func ("/assemble/false-plan", test_false_plan);
  return g_test_run ();
}
