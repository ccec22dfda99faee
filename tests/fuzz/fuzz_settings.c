/* SPDX-License-Identifier: MIT */
/* fuzz_settings: any bytes as the window's settings leave a plan that can be run. */
#include <gio/gio.h>

static const char *settings;
static gsize       settings_length;

/* Instead of reading a file. An empty file is no NULL. */
#define g_key_file_load_from_file(file, path, flags, error)                                        \
  ((void) (path), g_key_file_load_from_data (file, settings, settings_length, flags, error))

#include "../../src/gui/settings.c" /* NOLINT(bugprone-suspicious-include): with the above */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (VmmPlan) plan = { 0 };

  settings = size ? (const char *) data : "";
  settings_length = size;
  vmm_plan_init (&plan);
  vmm_settings_load (&plan);
  g_assert_true (vmm_plan_check (&plan, NULL));
  g_assert_true (!plan.ping_target || g_str_equal (plan.ping_target, "none") ||
                 g_hostname_is_ip_address (plan.ping_target));
  return 0;
}
