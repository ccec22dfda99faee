/* SPDX-License-Identifier: MIT */
/* fuzz_settings: any bytes as the window's settings leave settings that can be followed. */
#include <gio/gio.h>
#include <glib/gstdio.h>

static const char *bytes;
static gsize       length;

/* Instead of reading a file. An empty file is no NULL. */
#undef g_stat
#define g_stat(path, about)                                                                        \
  ((void) (path), (about)->st_mode = S_IFREG, (about)->st_size = (goffset) length, 0)
#define g_key_file_load_from_file(file, path, flags, error)                                        \
  ((void) (path), g_key_file_load_from_data (file, bytes, length, flags, error))

#include "../../src/run/settings.c" /* NOLINT(bugprone-suspicious-include): with the above */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (VmmSettings) kept = { 0 };
  guint n, known = 0;

  bytes = size ? (const char *) data : "";
  length = size;
  vmm_settings_init (&kept);
  vmm_settings_load (&kept, "settings.ini");
  g_assert_cmpuint (kept.interval_ms, >=, VMM_PLAN_INTERVAL_MIN_MS);
  g_assert_cmpuint (kept.interval_ms, <=, VMM_PLAN_INTERVAL_MAX_MS);
  g_assert_true (!kept.ping_target || vmm_plan_is_target (kept.ping_target));
  g_assert_cmpuint (kept.units, <, VMM_N_UNITS);
  const guint *offered = vmm_settings_histories (&n);
  for (guint i = 0; i < n; i++)
    known += offered[i] == kept.history_s;
  g_assert_cmpuint (known, ==, 1);
  return 0;
}
