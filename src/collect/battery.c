/* SPDX-License-Identifier: MIT */
/* battery: what a machine draws from its batteries, while they are what feeds it. */
#include "battery.h"

#include "meter.h"

#include <stdlib.h>

#define SUPPLIES "sys/class/power_supply"

enum { STATUS, POWER, CURRENT, VOLTAGE, N_FILES };
static const char *const names[N_FILES] = { "status", "power_now", "current_now", "voltage_now" };

/* What is told outside of these bounds is no measurement. */
static const struct {
  double least, most;
} watts = { 0.1, 1000 }, volts = { 1, 100 };

typedef struct {
  VmmProcFile files[N_FILES];
} Battery;

struct _Batteries {
  VmmCause refused;   /* VMM_CAUSE_NONE = they are believed */
  gboolean is_passed; /* by the VMM: the host's */
  GArray  *all;       /* Battery */
};

static gboolean
is_within (double value, double least, double most)
{
  return value >= least && value <= most;
}

/* Some drivers count what flows out below zero. FALSE when there is no number. */
static gboolean
read_micro (VmmProcFile *file, double *ret_value)
{
  VmmProcText text;
  guint64     number;

  if (!vmm_procfs_read (file, NULL))
    return FALSE;
  text = (VmmProcText){ file->text, file->text + strcspn (file->text, "\n") };
  vmm_procfs_skip (&text, "-");
  if (!vmm_procfs_next_number (&text, &number))
    return FALSE;
  *ret_value = (double) number / 1e6;
  return TRUE;
}

/* FALSE when what it tells cannot be. */
static gboolean
read_watts (Battery *battery, double *ret_watts)
{
  double amperes, voltage;

  if (read_micro (&battery->files[POWER], ret_watts))
    return is_within (*ret_watts, watts.least, watts.most);
  if (!read_micro (&battery->files[CURRENT], &amperes) ||
      !read_micro (&battery->files[VOLTAGE], &voltage))
    return FALSE;
  *ret_watts = amperes * voltage;
  return is_within (voltage, volts.least, volts.most) &&
         is_within (*ret_watts, watts.least, watts.most);
}

static float
be_absent (VmmAbsence why, VmmCause cause, VmmCause *ret_cause)
{
  *ret_cause = cause;
  return vmm_absent (why);
}

float
batteries_take (Batteries *batteries, VmmCause *ret_cause, GError **error)
{
  double sum = 0, drawn;
  guint  discharging = 0;

  if (batteries->refused != VMM_CAUSE_NONE)
    return be_absent (VMM_NOT_EXPOSED, batteries->refused, ret_cause);
  for (guint i = 0; i < batteries->all->len; i++) {
    Battery *battery = &g_array_index (batteries->all, Battery, i);
    if (!vmm_procfs_read (&battery->files[STATUS], error))
      return be_absent (VMM_FAILED, VMM_CAUSE_FILE, ret_cause);
    if (!g_str_has_prefix (battery->files[STATUS].text, "Discharging"))
      continue;
    if (!read_watts (battery, &drawn))
      return be_absent (VMM_FAILED, VMM_CAUSE_BATTERY_BEYOND, ret_cause);
    discharging++;
    sum += drawn;
  }
  if (discharging == 0)
    return be_absent (VMM_NOT_EXPOSED, VMM_CAUSE_ON_MAINS, ret_cause);
  *ret_cause = batteries->is_passed ? VMM_CAUSE_HOSTS_BATTERY : VMM_CAUSE_NONE;
  return (float) sum;
}

/* A mouse has a battery, too. */
static gboolean
feeds_machine (const char *root, const char *directory)
{
  g_autofree char *type = meter_read_word (root, directory, "type");
  g_autofree char *scope = meter_read_word (root, directory, "scope");

  return g_strcmp0 (type, "Battery") == 0 && g_strcmp0 (scope, "Device") != 0;
}

static void
add (Batteries *batteries, const char *root, const char *directory)
{
  Battery battery;

  for (guint i = 0; i < N_FILES; i++) {
    g_autofree char *path = g_build_filename (directory, names[i], NULL);
    vmm_procfs_init (&battery.files[i], root, path);
  }
  g_array_append_val (batteries->all, battery);
}

static void
clear (gpointer data)
{
  Battery *battery = data;

  for (guint i = 0; i < N_FILES; i++)
    vmm_procfs_clear (&battery->files[i]);
}

static VmmCause
find_refusal (const VmmHost *host)
{
  if (g_str_equal (host->vmm_id, "virtualbox"))
    return VMM_CAUSE_BATTERY_INVENTED;
  return g_str_equal (host->container, "wsl") ? VMM_CAUSE_BATTERY_DUMMY : VMM_CAUSE_NONE;
}

Batteries *
batteries_new (const char *root, const VmmHost *host)
{
  g_autofree char *supplies = g_build_filename (root, SUPPLIES, NULL);
  g_autoptr (GDir) dir = g_dir_open (supplies, 0, NULL);
  const char *name;
  Batteries  *batteries = g_new0 (Batteries, 1);

  batteries->refused = find_refusal (host);
  batteries->is_passed = !g_str_equal (host->vmm_id, "none");
  batteries->all = g_array_new (FALSE, FALSE, sizeof (Battery));
  g_array_set_clear_func (batteries->all, clear);
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *directory = g_build_filename (SUPPLIES, name, NULL);
    if (feeds_machine (root, directory))
      add (batteries, root, directory);
  }
  if (batteries->all->len > 0)
    return batteries;
  batteries_free (batteries);
  return NULL;
}

void
batteries_free (Batteries *batteries)
{
  if (!batteries)
    return;
  g_array_unref (batteries->all);
  g_free (batteries);
}
