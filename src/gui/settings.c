/* SPDX-License-Identifier: MIT */
/* settings: interval and ping target, from one session of the window to the next. */
#include "settings.h"

#include <gio/gio.h>

#define GROUP "measurement"
#define INTERVAL "interval_ms"
#define TARGET "ping_target"

static char *
get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "vmm_monitor", "settings.ini", NULL);
}

void
vmm_settings_load (VmmPlan *plan)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_path ();

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return;
  int              interval_ms = g_key_file_get_integer (file, GROUP, INTERVAL, NULL);
  g_autofree char *target = g_key_file_get_string (file, GROUP, TARGET, NULL);
  if (plan->interval_ms == VMM_PLAN_INTERVAL_MS && interval_ms >= VMM_PLAN_INTERVAL_MIN_MS &&
      interval_ms <= VMM_PLAN_INTERVAL_MAX_MS)
    plan->interval_ms = (guint) interval_ms;
  if (!plan->ping_target && target &&
      (g_str_equal (target, "none") || g_hostname_is_ip_address (target)))
    plan->ping_target = g_steal_pointer (&target);
}

void
vmm_settings_save (const VmmPlan *plan)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_path (), *directory = g_path_get_dirname (path);

  g_key_file_set_integer (file, GROUP, INTERVAL, (int) plan->interval_ms);
  if (plan->ping_target)
    g_key_file_set_string (file, GROUP, TARGET, plan->ping_target);
  if (g_mkdir_with_parents (directory, 0700) == 0)
    g_key_file_save_to_file (file, path, NULL);
}
