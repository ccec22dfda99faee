/* SPDX-License-Identifier: MIT */
/* energy: what this machine, and this guest, take.
 *
 * Counters of the processor belong to the machine only where no VMM is between: in a guest of KVM they are
 * this guest's share, which QEMU tells (rapl=true), and elsewhere nobody says whose they are. */
#include "energy.h"

#include "battery.h"
#include "meter.h"
#include "passive.h"
#include "powercap.h"
#include "told.h"
#include "vmm/error.h"

#include <string.h>

static const VmmChannelId channels[] = {
  VMM_CHANNEL_ENERGY_GUEST,
  VMM_CHANNEL_ENERGY_PACKAGE,
  VMM_CHANNEL_ENERGY_MEMORY,
  VMM_CHANNEL_ENERGY_MACHINE,
};

#define N_CHANNELS G_N_ELEMENTS (channels)
#define HWMON "sys/class/hwmon"

typedef struct {
  Meter        meter;
  VmmChannelId channel;
  gboolean     is_forbidden;
} Counter;

typedef struct {
  Passive    passive;
  GArray    *counters;
  Batteries *batteries; /* NULL = none, or better is there */
  Told      *told;      /* NULL = nothing is */
  VmmCause   lacking[N_CHANNELS];
  GError    *errors[N_CHANNELS];
} Energy;

/* ---- A tick */

typedef struct {
  guint    counters;
  double   watts;
  float    absence; /* of one of them, and why */
  VmmCause cause;
} Sum;

static float
take (Counter *counter, gint64 now_us, VmmCause *ret_cause, GError **error)
{
  if (!counter->is_forbidden)
    return meter_take (&counter->meter, now_us, ret_cause, error);
  *ret_cause = VMM_CAUSE_ENERGY_ROOT;
  return vmm_absent (VMM_NOT_EXPOSED);
}

/* Every counter is read, so that all of them are of one time. */
static Sum
add_counters (Energy *energy, guint i, gint64 now_us)
{
  Sum sum = { 0 };

  for (guint c = 0; c < energy->counters->len; c++) {
    Counter *counter = &g_array_index (energy->counters, Counter, c);
    VmmCause cause;

    if (counter->channel != channels[i])
      continue;
    float watts = take (counter, now_us, &cause, energy->errors[i] ? NULL : &energy->errors[i]);
    sum.counters++;
    if (vmm_absence (watts) == VMM_PRESENT)
      sum.watts += (double) watts;
    else if (sum.cause == VMM_CAUSE_NONE || vmm_absence (sum.absence) == VMM_PENDING) {
      sum.absence = watts;
      sum.cause = cause;
    }
  }
  return sum;
}

/* `value` of a channel, and what is said of it, which may accompany a number as well. */
static void
put (Energy *energy, guint i, float *row, float value, VmmReason reason)
{
  row[channels[i]] = value;
  energy->passive.reasons[channels[i]] = reason;
}

static void
put_cause (Energy *energy, guint i, float *row, float value, VmmCause cause)
{
  VmmReason reason = vmm_reason (cause);

  if (energy->errors[i] && cause == VMM_CAUSE_FILE)
    reason.sentence = energy->errors[i]->message;
  put (energy, i, row, value, reason);
}

static void
put_sum (Energy *energy, guint i, float *row, const Sum *sum)
{
  if (sum->cause != VMM_CAUSE_NONE)
    put_cause (energy, i, row, sum->absence, sum->cause);
  else
    put_cause (energy, i, row, (float) sum->watts,
               channels[i] == VMM_CHANNEL_ENERGY_GUEST ? VMM_CAUSE_GUESTS_SHARE : VMM_CAUSE_NONE);
}

static void
put_told (Energy *energy, guint i, float *row, gint64 now_us)
{
  VmmCause    cause;
  const char *sentence;
  float       value = told_take (energy->told, now_us, &cause, &sentence);
  VmmReason   reason = vmm_reason (cause);

  if (cause == VMM_CAUSE_FILE)
    reason.sentence = sentence;
  put (energy, i, row, value, reason);
}

static void
put_batteries (Energy *energy, guint i, float *row)
{
  VmmCause cause;
  float    value = batteries_take (energy->batteries, &cause, &energy->errors[i]);

  put_cause (energy, i, row, value, cause);
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Energy *energy = (Energy *) source;

  for (guint i = 0; i < N_CHANNELS; i++) {
    g_clear_error (&energy->errors[i]);
    Sum sum = add_counters (energy, i, now_us);
    if (channels[i] == VMM_CHANNEL_ENERGY_GUEST && energy->told &&
        (sum.counters == 0 || sum.cause == VMM_CAUSE_ENERGY_ROOT))
      put_told (energy, i, row, now_us);
    else if (sum.counters > 0)
      put_sum (energy, i, row, &sum);
    else if (channels[i] == VMM_CHANNEL_ENERGY_MACHINE && energy->batteries)
      put_batteries (energy, i, row);
    else
      put_cause (energy, i, row, vmm_absent (VMM_NOT_EXPOSED), energy->lacking[i]);
  }
}

/* ---- What there is, found once */

/* Whether it may be read is settled when it is found. */
static void
add_counter (Energy *energy, VmmChannelId channel, const Meter *meter)
{
  Counter  counter = { *meter, channel, FALSE };
  VmmCause cause;
  g_autoptr (GError) error = NULL;

  meter_take (&counter.meter, 0, &cause, &error);
  counter.meter.joules = (Joules){ 0 };
  counter.is_forbidden = g_error_matches (error, VMM_ERROR, VMM_ERROR_PERMISSION);
  g_array_append_val (energy->counters, counter);
}

/* The cause why the zones tell nothing of the machine, or none. */
static VmmCause
find_owner (const VmmHost *host)
{
  if (g_str_equal (host->vmm_id, "none"))
    return VMM_CAUSE_NONE;
  return g_str_equal (host->vmm_id, "kvm") || g_str_equal (host->vmm_id, "qemu")
             ? VMM_CAUSE_OWN_SHARE
             : VMM_CAUSE_NOBODYS_ENERGY;
}

static void
add_zones (Energy *energy, const char *root, const VmmHost *host)
{
  g_autoptr (GArray) zones = powercap_find (root);
  VmmCause owner = find_owner (host);

  for (guint i = 0; i < zones->len; i++) {
    const PowercapZone *zone = &g_array_index (zones, PowercapZone, i);
    gboolean            is_package = zone->channel == VMM_CHANNEL_ENERGY_PACKAGE;
    Meter               meter;

    if (owner != VMM_CAUSE_NONE)
      for (guint c = 0; c < N_CHANNELS; c++)
        energy->lacking[c] = owner;
    if (owner != VMM_CAUSE_NONE && !(owner == VMM_CAUSE_OWN_SHARE && is_package))
      continue;
    meter_init (&meter, root, zone->directory, "energy_uj", TRUE, zone->range);
    add_counter (energy, owner == VMM_CAUSE_NONE ? zone->channel : VMM_CHANNEL_ENERGY_GUEST,
                 &meter);
  }
}

static void
add_power_meter (Energy *energy, const char *root, const char *directory)
{
  static const char *const names[] = { "power1_average", "power1_input" };
  g_autofree char         *kind = meter_read_word (root, directory, "name");

  for (guint i = 0; i < G_N_ELEMENTS (names) && g_strcmp0 (kind, "power_meter") == 0; i++) {
    g_autofree char *full = g_build_filename (root, directory, names[i], NULL);
    Meter            meter;
    if (!g_file_test (full, G_FILE_TEST_EXISTS))
      continue;
    meter_init (&meter, root, directory, names[i], FALSE, 0);
    add_counter (energy, VMM_CHANNEL_ENERGY_MACHINE, &meter);
    return;
  }
}

static gboolean
has_counter (const Energy *energy, VmmChannelId channel)
{
  for (guint i = 0; i < energy->counters->len; i++)
    if (g_array_index (energy->counters, Counter, i).channel == channel)
      return TRUE;
  return FALSE;
}

/* The best that tells of the whole machine, and nothing beside it. */
static void
find_machine (Energy *energy, const char *root, const VmmHost *host)
{
  g_autofree char *path = g_build_filename (root, HWMON, NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (has_counter (energy, VMM_CHANNEL_ENERGY_MACHINE))
    return;
  dir = g_dir_open (path, 0, NULL);
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *directory = g_build_filename (HWMON, name, NULL);
    add_power_meter (energy, root, directory);
  }
  if (!has_counter (energy, VMM_CHANNEL_ENERGY_MACHINE))
    energy->batteries = batteries_new (root, host);
}

static void
free_energy (VmmSource *source)
{
  Energy *energy = (Energy *) source;

  for (guint i = 0; i < energy->counters->len; i++)
    meter_clear (&g_array_index (energy->counters, Counter, i).meter);
  for (guint i = 0; i < N_CHANNELS; i++)
    g_clear_error (&energy->errors[i]);
  g_array_unref (energy->counters);
  batteries_free (energy->batteries);
  told_free (energy->told);
  g_free (energy);
}

static const VmmSourceClass class = {
  .name = "energy",
  .channels = channels,
  .n_channels = N_CHANNELS,
  .start = passive_start,
  .sample = sample,
  .reason = passive_reason,
  .free = free_energy,
};

VmmSource *
vmm_energy_new (const char *root, const VmmHost *host)
{
  g_return_val_if_fail (root != NULL && host != NULL, NULL);

  Energy  *energy = g_new0 (Energy, 1);
  gboolean is_guest = !g_str_equal (host->vmm_id, "none");
  float    row[VMM_N_CHANNELS];

  energy->passive.source.class = &class;
  energy->counters = g_array_new (FALSE, FALSE, sizeof (Counter));
  for (guint i = 0; i < N_CHANNELS; i++)
    energy->lacking[i] = is_guest ? VMM_CAUSE_ENERGY_UNTOLD : VMM_CAUSE_NO_COUNTER;
  add_zones (energy, root, host);
  find_machine (energy, root, host);
  if (is_guest)
    energy->told = told_new (root);
  else
    energy->lacking[0] = VMM_CAUSE_NO_GUEST;
  sample (&energy->passive.source, 0, row); /* for the reasons */
  for (guint i = 0; i < energy->counters->len; i++)
    g_array_index (energy->counters, Counter, i).meter.joules = (Joules){ 0 };
  return &energy->passive.source;
}

void
energy_settle (VmmSource *energy)
{
  told_settle (((Energy *) energy)->told);
}
