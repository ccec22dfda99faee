/* SPDX-License-Identifier: MIT */
/* settings: choices with a default each, from one session of the window to the next. */
#include "settings.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "vmm/channel.h"
#include "vmm/error.h"

#define MEASUREMENT "measurement"
#define INTERVAL "interval_ms"
#define TARGET "ping_target"
#define WINDOW "window"
#define HISTORY "history_s"
#define SAVE "save"
#define UNITS "units"

#define MAX_BYTES 65536 /* a file of ours has some hundred */

/* Rows that can be looked back at: a day at one a second, in at most 16 MiB, of which the kernel
 * gives what is written to. Eight bytes of time, and for each channel 4 and an eighth more. */
#define MAX_ROWS 86400
G_STATIC_ASSERT (MAX_ROWS *(8 + VMM_N_CHANNELS * 9 / 2) <= 16 * 1024 * 1024);

static const guint histories[] = { 600, 3600, 6 * 3600, 24 * 3600 };

void
vmm_settings_init (VmmSettings *settings)
{
  *settings = (VmmSettings){
    .interval_ms = VMM_PLAN_INTERVAL_MS,
    .history_s = histories[G_N_ELEMENTS (histories) - 1],
    .save = TRUE,
    .units = VMM_UNITS_CUSTOMARY,
  };
}

void
vmm_settings_copy (VmmSettings *ret_copy, const VmmSettings *settings)
{
  *ret_copy = *settings;
  ret_copy->ping_target = g_strdup (settings->ping_target);
}

void
vmm_settings_clear (VmmSettings *settings)
{
  g_clear_pointer (&settings->ping_target, g_free);
}

const guint *
vmm_settings_histories (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (histories);
  return histories;
}

guint
vmm_settings_rows (guint history_s, guint interval_ms)
{
  guint64 rows = history_s * G_GUINT64_CONSTANT (1000) / MAX (1, interval_ms);

  return (guint) CLAMP (rows, 1, MAX_ROWS);
}

char *
vmm_settings_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "vmm_monitor", "settings.ini", NULL);
}

/* Nothing is opened that could hang or be without end. */
static GKeyFile *
read_file (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GStatBuf about;

  if (g_stat (path, &about) != 0 || !S_ISREG (about.st_mode) || about.st_size > MAX_BYTES ||
      !g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL))
    return NULL;
  return g_steal_pointer (&file);
}

static void
load_history (VmmSettings *settings, GKeyFile *file)
{
  int history_s = g_key_file_get_integer (file, WINDOW, HISTORY, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
    if ((int) histories[i] == history_s)
      settings->history_s = histories[i];
}

static void
load_units (VmmSettings *settings, GKeyFile *file)
{
  g_autofree char *id = g_key_file_get_value (file, WINDOW, UNITS, NULL);

  for (guint i = 0; i < VMM_N_UNITS; i++)
    if (g_strcmp0 (vmm_units ((VmmUnits) i)->id, id) == 0)
      settings->units = (VmmUnits) i;
}

/* Texts are read as they are written: none of ours has an escape, over a wrong one GLib stumbles. */
void
vmm_settings_load (VmmSettings *settings, const char *path)
{
  g_autoptr (GKeyFile) file = read_file (path);
  g_autoptr (GError) error = NULL;

  if (!file)
    return;
  int              interval_ms = g_key_file_get_integer (file, MEASUREMENT, INTERVAL, NULL);
  g_autofree char *target = g_key_file_get_value (file, MEASUREMENT, TARGET, NULL);
  gboolean         save = g_key_file_get_boolean (file, WINDOW, SAVE, &error);
  if (interval_ms >= VMM_PLAN_INTERVAL_MIN_MS && interval_ms <= VMM_PLAN_INTERVAL_MAX_MS)
    settings->interval_ms = (guint) interval_ms;
  if (target && vmm_plan_is_target (target)) {
    g_free (settings->ping_target);
    settings->ping_target = g_steal_pointer (&target);
  }
  if (!error)
    settings->save = save;
  load_history (settings, file);
  load_units (settings, file);
}

gboolean
vmm_settings_save (const VmmSettings *settings, const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = read_file (path);
  g_autofree char *directory = g_path_get_dirname (path);

  if (!file)
    file = g_key_file_new ();
  g_key_file_set_integer (file, MEASUREMENT, INTERVAL, (int) settings->interval_ms);
  if (settings->ping_target)
    g_key_file_set_string (file, MEASUREMENT, TARGET, settings->ping_target);
  else
    g_key_file_remove_key (file, MEASUREMENT, TARGET, NULL);
  g_key_file_set_integer (file, WINDOW, HISTORY, (int) settings->history_s);
  g_key_file_set_boolean (file, WINDOW, SAVE, settings->save);
  g_key_file_set_string (file, WINDOW, UNITS, vmm_units (settings->units)->id);
  if (g_mkdir_with_parents (directory, 0700) == 0)
    return g_key_file_save_to_file (file, path, error);
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "%s: %s", directory, g_strerror (errno));
  return FALSE;
}
