/* SPDX-License-Identifier: MIT */
/* test_channel: the table is complete, and absence survives being a float. */
#include "vmm/channel.h"

#include <string.h>

static void
test_table (void)
{
  for (int i = 0; i < VMM_N_CHANNELS; i++) {
    const VmmChannel *channel = vmm_channel (i);
    g_assert_nonnull (channel->id);
    g_assert_nonnull (channel->title);
    g_assert_nonnull (channel->unit);
    g_assert_cmpint (vmm_channel_find (channel->id), ==, i); /* found, hence also unique */
    g_assert_true (g_str_has_prefix (channel->id, vmm_metric (channel->metric)->id));
    g_assert_cmpint (channel->id[strlen (vmm_metric (channel->metric)->id)], ==, '.');
  }
  g_assert_cmpint (vmm_channel_find ("cpu.nonsense"), ==, -1);
  g_assert_cmpint (vmm_channel_find (""), ==, -1);
}

static void
test_absence (void)
{
  for (int why = VMM_PENDING; why < VMM_N_ABSENCES; why++) {
    float value = vmm_absent (why), stored[2];
    memcpy (&stored[1], &value, sizeof value);
    g_assert_true (isnan (stored[1]));
    g_assert_cmpint (vmm_absence (stored[1]), ==, why);
    g_assert_nonnull (vmm_absence_name (why));
    g_assert_nonnull (vmm_absence_reason (why).sentence);
  }
  g_assert_null (vmm_absence_name (VMM_PRESENT));
  g_assert_null (vmm_absence_reason (VMM_PRESENT).sentence);

  const float present[] = { 0.0f, -0.0f, 1e-30f, -5.0f, 3.4e38f };
  for (guint i = 0; i < G_N_ELEMENTS (present); i++)
    g_assert_cmpint (vmm_absence (present[i]), ==, VMM_PRESENT);

  const float failed[] = { NAN, -NAN, INFINITY, -INFINITY };
  for (guint i = 0; i < G_N_ELEMENTS (failed); i++)
    g_assert_cmpint (vmm_absence (failed[i]), ==, VMM_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel/table", test_table);
  g_test_add_func ("/channel/absence", test_absence);
  return g_test_run ();
}
