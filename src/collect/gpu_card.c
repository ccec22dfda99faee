/* SPDX-License-Identifier: MIT */
/* gpu_card: one card as sys/class/drm tells of it. A sleeping card is left asleep. */
#include "gpu_card.h"

#include "vmm/error.h"

#include <string.h>

#define CARDS "sys/class/drm"

/* What a driver tells, and where below the card's directory. */
/* clang-format off */
static const struct {
  const char *driver;
  const char *busy;      /* percent; NULL = none */
  const char *idle;      /* ms asleep: what is left is an upper bound of busy */
  const char *used, *total;
  gboolean    counts;    /* microjoules, where it has a sensor of its own */
} drivers[] = {
  { "amdgpu",  "device/gpu_busy_percent", NULL, "device/mem_info_vram_used", "device/mem_info_vram_total", FALSE },
  { "i915",    NULL, "gt/gt0/rc6_residency_ms",                   NULL, NULL, TRUE },
  { "xe",      NULL, "device/tile0/gt0/gtidle/idle_residency_ms", NULL, NULL, TRUE },
  { "radeon",  NULL, NULL, NULL, NULL, FALSE },
  { "nouveau", NULL, NULL, NULL, NULL, FALSE },
};
/* clang-format on */

static const char *const powers[][2] = { { "power1_average", "power1_input" },
                                         { "energy1_input" } };

enum { STATUS, BUSY, IDLE, USED, TOTAL, N_FILES };

struct _GpuCard {
  VmmProcFile files[N_FILES]; /* no name = it has none */
  Meter       power;
  gboolean    has_power;
  guint64     idle_ms; /* at `at_us` */
  gint64      at_us;   /* 0 = no reading */
};

static void
put_absent (GpuReading *reading, guint i, VmmAbsence why, VmmCause cause)
{
  reading->values[i] = vmm_absent (why);
  reading->causes[i] = cause;
}

static void
put (GpuReading *reading, guint i, double value, VmmCause remark)
{
  reading->values[i] = (float) value;
  reading->causes[i] = remark;
}

/* FALSE, and the value is absent. To a reader whom it does not want to wake for, a driver says no. */
static gboolean
read_number (GpuCard *card, guint file, GpuReading *reading, guint i, guint64 *ret_number)
{
  g_autoptr (GError) error = NULL;

  if (!card->files[file].full) {
    put_absent (reading, i, VMM_NOT_EXPOSED, VMM_CAUSE_NO_SENSOR);
    return FALSE;
  }
  if (vmm_procfs_read (&card->files[file], &error) && meter_parse (&card->files[file], ret_number))
    return TRUE;
  if (g_error_matches (error, VMM_ERROR, VMM_ERROR_PERMISSION))
    put_absent (reading, i, VMM_PENDING, VMM_CAUSE_GPU_ASLEEP);
  else
    put_absent (reading, i, VMM_FAILED, VMM_CAUSE_GPU_GARBLED);
  return FALSE;
}

static void
take_busy (GpuCard *card, GpuReading *reading)
{
  guint64 percent;

  if (!read_number (card, BUSY, reading, GPU_BUSY, &percent))
    return;
  if (percent <= 100)
    put (reading, GPU_BUSY, (double) percent, VMM_CAUSE_NONE);
  else
    put_absent (reading, GPU_BUSY, VMM_FAILED, VMM_CAUSE_GPU_GARBLED);
}

static void
take_idle (GpuCard *card, gint64 now_us, GpuReading *reading)
{
  guint64 idle_ms;
  gint64  passed_us = card->at_us > 0 ? now_us - card->at_us : 0;

  if (!read_number (card, IDLE, reading, GPU_BUSY, &idle_ms))
    return;
  if (passed_us <= 0)
    put_absent (reading, GPU_BUSY, VMM_PENDING, VMM_CAUSE_FIRST_READING);
  else if (idle_ms < card->idle_ms)
    put_absent (reading, GPU_BUSY, VMM_PENDING, VMM_CAUSE_NO_READING);
  else {
    double idle = 1e3 * (double) (idle_ms - card->idle_ms) / (double) passed_us;
    put (reading, GPU_BUSY, 100 * (1 - MIN (idle, 1)), VMM_CAUSE_GPU_AWAKE);
  }
  card->idle_ms = idle_ms;
  card->at_us = now_us;
}

static void
take_memory (GpuCard *card, GpuReading *reading)
{
  guint64 used, total;

  if (!read_number (card, USED, reading, GPU_MEMORY, &used) ||
      !read_number (card, TOTAL, reading, GPU_MEMORY, &total))
    return;
  if (total > 0 && used <= total)
    put (reading, GPU_MEMORY, 100 * (double) used / (double) total, VMM_CAUSE_NONE);
  else
    put_absent (reading, GPU_MEMORY, VMM_FAILED, VMM_CAUSE_GPU_GARBLED);
}

static void
take_power (GpuCard *card, gint64 now_us, GpuReading *reading)
{
  g_autoptr (GError) error = NULL;

  if (!card->has_power) {
    put_absent (reading, GPU_POWER, VMM_NOT_EXPOSED, VMM_CAUSE_NO_SENSOR);
    return;
  }
  reading->values[GPU_POWER] =
      meter_take (&card->power, now_us, &reading->causes[GPU_POWER], &error);
  if (g_error_matches (error, VMM_ERROR, VMM_ERROR_PERMISSION))
    put_absent (reading, GPU_POWER, VMM_PENDING, VMM_CAUSE_GPU_ASLEEP);
  else if (error)
    put_absent (reading, GPU_POWER, VMM_FAILED, VMM_CAUSE_GPU_GARBLED);
}

static gboolean
is_asleep (GpuCard *card)
{
  return vmm_procfs_read (&card->files[STATUS], NULL) &&
         g_str_has_prefix (card->files[STATUS].text, "suspended");
}

void
gpu_card_take (GpuCard *card, gint64 now_us, GpuReading *ret_reading)
{
  if (is_asleep (card)) { /* what else is read would wake it */
    put (ret_reading, GPU_BUSY, 0, VMM_CAUSE_GPU_ASLEEP);
    put_absent (ret_reading, GPU_MEMORY, VMM_PENDING, VMM_CAUSE_GPU_ASLEEP);
    put_absent (ret_reading, GPU_POWER, VMM_PENDING, VMM_CAUSE_GPU_ASLEEP);
    card->at_us = 0;
    return;
  }
  if (card->files[IDLE].full)
    take_idle (card, now_us, ret_reading);
  else
    take_busy (card, ret_reading);
  take_memory (card, ret_reading);
  take_power (card, now_us, ret_reading);
}

/* ---- Finding them */

/* "amdgpu"; "" = none. Newer kernels hang the card of virtio on the PCI device. Free with g_free(). */
static char *
find_driver (const char *root, const char *directory)
{
  g_autofree char *link = g_build_filename (root, directory, "device/driver", NULL);
  g_autofree char *target = g_file_read_link (link, NULL);
  g_autofree char *driver = g_path_get_basename (target ? target : "");

  if (target && strcmp (driver, "virtio-pci") != 0)
    return g_steal_pointer (&driver);
  return g_strdup (target ? "virtio_gpu" : "");
}

static void
add_file (GpuCard *card, guint file, const char *root, const char *directory, const char *name)
{
  g_autofree char *path = name ? g_build_filename (directory, name, NULL) : NULL;
  g_autofree char *full = path ? g_build_filename (root, path, NULL) : NULL;

  if (full && g_file_test (full, G_FILE_TEST_EXISTS))
    vmm_procfs_init (&card->files[file], root, path);
}

static void
add_power (GpuCard *card, const char *root, const char *directory, gboolean counts)
{
  g_autofree char *below = g_build_filename (directory, "device/hwmon", NULL);
  g_autofree char *path = g_build_filename (root, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    for (guint i = 0; i < 2 && powers[counts][i] && !card->has_power; i++) {
      g_autofree char *sensors = g_build_filename (below, name, NULL);
      g_autofree char *full = g_build_filename (root, sensors, powers[counts][i], NULL);
      card->has_power = g_file_test (full, G_FILE_TEST_EXISTS);
      if (card->has_power)
        meter_init (&card->power, root, sensors, powers[counts][i], counts, 0);
    }
}

static void
free_card (gpointer data)
{
  GpuCard *card = data;

  for (guint i = 0; i < N_FILES; i++)
    vmm_procfs_clear (&card->files[i]);
  if (card->has_power)
    meter_clear (&card->power);
  g_free (card);
}

static GpuCard *
make_card (const char *root, const char *directory, guint driver)
{
  g_autofree char *status = g_build_filename (directory, "device/power/runtime_status", NULL);
  GpuCard         *card = g_new0 (GpuCard, 1);

  for (guint i = 0; i < N_FILES; i++)
    card->files[i].fd = -1;
  vmm_procfs_init (&card->files[STATUS], root, status);
  add_file (card, BUSY, root, directory, drivers[driver].busy);
  add_file (card, IDLE, root, directory, drivers[driver].idle);
  add_file (card, USED, root, directory, drivers[driver].used);
  add_file (card, TOTAL, root, directory, drivers[driver].total);
  add_power (card, root, directory, drivers[driver].counts);
  return card;
}

/* "card1", not its connector "card1-HDMI-A-1". */
static gboolean
is_card (const char *name)
{
  return g_str_has_prefix (name, "card") && name[4] &&
         strspn (name + 4, "0123456789") == strlen (name + 4);
}

static void
add_card (GPtrArray *cards, const char *root, const char *name, char **ret_silent)
{
  g_autofree char *directory = g_build_filename (CARDS, name, NULL);
  g_autofree char *driver = find_driver (root, directory);

  for (guint i = 0; i < G_N_ELEMENTS (drivers); i++)
    if (g_str_equal (driver, drivers[i].driver)) {
      if (cards->len < GPU_MAX)
        g_ptr_array_add (cards, make_card (root, directory, i));
      return;
    }
  if (!*ret_silent)
    *ret_silent = g_steal_pointer (&driver);
}

GPtrArray *
gpu_cards_find (const char *root, char **ret_silent)
{
  g_autofree char *path = g_build_filename (root, CARDS, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray  *cards = g_ptr_array_new_with_free_func (free_card);
  const char *name;

  *ret_silent = NULL;
  while (dir && (name = g_dir_read_name (dir)))
    if (is_card (name))
      add_card (cards, root, name, ret_silent);
  return cards;
}
