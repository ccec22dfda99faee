/* SPDX-License-Identifier: MIT */
/* fuzz_fleet: any bytes as the server's answer, to each question, leave a table that can be shown. */
#include "vmm/fleet.h"

#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check (const VmmFleetGuest *guest)
{
  g_assert_true (isnan (guest->score) || guest->score >= 0);
  g_assert_true (isnan (guest->stolen) || (guest->stolen >= 0 && guest->stolen <= 1));
  g_assert_cmpint (guest->quality, >=, -1);
  g_assert_cmpint (guest->quality, <=, VMM_QUALITY_INVALID);
  g_assert_true (g_utf8_validate (guest->guest, -1, NULL));
  g_assert_cmpuint (strlen (guest->guest), <=, VMM_FLEET_MAX_LABEL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (VmmFleet) fleet = vmm_fleet_new ();

  for (VmmFleetQuestion question = 0; question < VMM_FLEET_N_QUESTIONS; question++) {
    g_autoptr (GError) error = NULL;
    gboolean is_read = vmm_fleet_add (fleet, question, (const char *) data, size, &error);
    g_assert_true (is_read == !error);
  }
  for (guint i = 0; i < fleet->guests->len; i++)
    check (fleet->guests->pdata[i]);
  for (VmmFleetColumn column = 0; column < VMM_FLEET_N_COLUMNS; column++)
    vmm_fleet_sort (fleet, column, column % 2, column % 3 == 0);
  g_autoptr (GArray) noisy = vmm_fleet_find_noisy (fleet);
  g_autofree char *document = vmm_fleet_to_json (fleet, "a");
  g_assert_cmpuint (noisy->len, <=, fleet->guests->len);
  g_assert_nonnull (document);
  return 0;
}
