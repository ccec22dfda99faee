/* SPDX-License-Identifier: MIT */
/* test_probe_kblockd: the workers that carry flushes are known by their names. */
#include "kblockd.h"

static void
test_names (void)
{
  const char *workers[] = { "kworker/0:1H", "kworker/0:1H-kblockd", "kworker/127:12H+kblockd" };
  const char *others[] = { "",
                           "kworker",
                           "kworker/",
                           "kworker/R-kblockd",
                           "kworker/u8:0-events_unbound",
                           "kworker/0:1-events",
                           "kworker/0:H",
                           "kworker/:1H",
                           "kworker/0",
                           "bash" };

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    g_assert_true (vmm_kblockd_is_worker (workers[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (vmm_kblockd_is_worker (others[i]));
}

static void
test_waiting (void)
{
  VmmKblockd kblockd = { 0 };

  vmm_kblockd_close (&kblockd);
  vmm_kblockd_start (&kblockd);
  g_assert_cmpuint (vmm_kblockd_waited_ns (&kblockd), ==, 0);

  vmm_kblockd_open (&kblockd);
  vmm_kblockd_start (&kblockd);
  for (guint i = 0; i < kblockd.n; i++) /* none can have waited since the future */
    kblockd.workers[i].waited_ns = G_MAXUINT64;
  g_assert_cmpuint (vmm_kblockd_waited_ns (&kblockd), ==, 0);
  vmm_kblockd_close (&kblockd);
  vmm_kblockd_close (&kblockd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/kblockd/names", test_names);
  g_test_add_func ("/probe/kblockd/waiting", test_waiting);
  return g_test_run ();
}
