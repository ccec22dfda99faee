/* SPDX-License-Identifier: MIT */
/* disk: what all whole disks together did between two readings of proc/diskstats. */
#include "passive.h"
#include "whole_disk.h"
#include "vmm/procfs.h"

#include <string.h>

/* The numbers after the name. (Linux, Documentation/admin-guide/iostats.rst) */
enum {
  READS,
  READS_MERGED,
  SECTORS_READ,
  READ_MS,
  WRITES,
  WRITES_MERGED,
  SECTORS_WRITTEN,
  WRITE_MS,
  IN_FLIGHT,
  BUSY_MS,
  WEIGHTED_MS,
  N_COLUMNS_MIN,
  DISCARDS = N_COLUMNS_MIN, /* since Linux 4.18 */
  DISCARDS_MERGED,
  SECTORS_DISCARDED,
  DISCARD_MS,
  FLUSHES, /* since Linux 5.5 */
  FLUSH_MS,
  N_COLUMNS
};

static const guint counters[] = { READS,           SECTORS_READ, READ_MS, WRITES,
                                  SECTORS_WRITTEN, WRITE_MS,     BUSY_MS, DISCARDS,
                                  DISCARD_MS,      FLUSHES,      FLUSH_MS };

#define SECTOR_BYTES 512      /* whatever the disk's own sectors are */
#define NAME_BYTES 32         /* DISK_NAME_LEN, its zero included */
#define PER_SECOND_MAX 0x1p25 /* 17 GB/s in sectors: a counter that wrapped did less */
#define LEAP_MAX 0x1p30       /* 550 GB/s: one that leapt further is broken */

static const VmmChannelId channels[] = {
  VMM_CHANNEL_DISK_READ,  VMM_CHANNEL_DISK_WRITE, VMM_CHANNEL_DISK_IOPS,
  VMM_CHANNEL_DISK_AWAIT, VMM_CHANNEL_DISK_UTIL,  VMM_CHANNEL_DISK_FLUSH,
};

typedef struct {
  char     name[NAME_BYTES];
  gsize    length;
  gboolean is_whole;
  guint64  seen;    /* the number of the reading that named it last */
  guint64  reading; /* the number of the reading that `numbers` are from; 0 = none */
  guint    columns;
  guint64  numbers[N_COLUMNS];
} Device;

typedef struct {
  Passive     passive;
  char       *root;
  VmmProcFile diskstats[2]; /* read in turn: the other one is the last reading */
  guint64     reading;
  gint64      at_us;
  GHashTable *devices; /* name -> Device */
  GPtrArray  *lines;   /* of the last reading, in its order: the Device, or NULL */
} Disk;

/* What all disks did since the last reading. */
typedef struct {
  double   seconds;
  double   sum[N_COLUMNS];
  double   busiest_ms;
  guint    whole, counted, first; /* disks: all, those in `sum`, those that need a second reading */
  gboolean counts_flushes, is_garbled;
} Passed;

/* The lines keep their order for as long as no disk comes or goes. */
static Device *
find_device (Disk *disk, guint line, VmmProcText name)
{
  gsize length = (gsize) (name.end - name.at);

  Device *device = line < disk->lines->len ? disk->lines->pdata[line] : NULL;
  if (device && device->length == length && memcmp (device->name, name.at, length) == 0)
    return device;

  char key[NAME_BYTES] = "";
  memcpy (key, name.at, length);
  device = g_hash_table_lookup (disk->devices, key);
  if (!device) {
    device = g_new0 (Device, 1);
    memcpy (device->name, key, sizeof key);
    device->length = strlen (key);
    device->is_whole = whole_disk_check (disk->root, key);
    g_hash_table_insert (disk->devices, device->name, device);
  }
  return device;
}

static gboolean
was_not_seen (gpointer key, gpointer value, gpointer data)
{
  const Disk *disk = data;
  return ((Device *) value)->seen != disk->reading;
}

/* Counters are 32 or 64 bits wide and wrap. One that ran back any further was started anew. */
static gboolean
subtract (guint64 old, guint64 now, double seconds, double *ret_passed)
{
  guint64 passed = now - old;

  if (now < old && old <= G_MAXUINT32)
    passed = (guint32) passed;
  if ((double) passed > (now < old ? PER_SECOND_MAX : LEAP_MAX) * seconds)
    return FALSE;
  *ret_passed = (double) passed;
  return TRUE;
}

/* FALSE when the counters of the disk are not those of the last reading any more. */
static gboolean
add_device (const Device *device, const guint64 *numbers, Passed *passed)
{
  double did[N_COLUMNS] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++) {
    guint column = counters[i];
    if (column < device->columns && !subtract (device->numbers[column], numbers[column],
                                               MAX (passed->seconds, 1), &did[column]))
      return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    passed->sum[counters[i]] += did[counters[i]];
  passed->busiest_ms = MAX (passed->busiest_ms, did[BUSY_MS]);
  return TRUE;
}

static void
parse_device (Disk *disk, Device *device, VmmProcText line, Passed *passed)
{
  guint64 numbers[N_COLUMNS];
  guint   columns = 0;

  passed->whole++;
  while (columns < N_COLUMNS && vmm_procfs_next_number (&line, &numbers[columns]))
    columns++;
  if (columns < N_COLUMNS_MIN) {
    passed->is_garbled = TRUE;
    return;
  }
  passed->counts_flushes |= columns > FLUSH_MS;

  gboolean is_first =
      device->reading + 1 != disk->reading || device->columns != columns || passed->seconds <= 0;
  gboolean is_counted = !is_first && add_device (device, numbers, passed);
  passed->first += is_first;
  passed->counted += is_counted;
  device->columns = columns;
  device->reading = is_first || is_counted ? disk->reading : 0; /* nothing follows from a break */
  memcpy (device->numbers, numbers, columns * sizeof *numbers);
}

/* The device that `line` tells of, or NULL: there is none, or it was told of before. */
static Device *
parse_line (Disk *disk, guint n, VmmProcText line, Passed *passed)
{
  VmmProcText name;
  guint64     major, minor;

  if (!vmm_procfs_next_number (&line, &major) || !vmm_procfs_next_number (&line, &minor) ||
      !vmm_procfs_next_word (&line, &name) || name.end - name.at >= NAME_BYTES) {
    passed->is_garbled = TRUE;
    return NULL;
  }
  Device *device = find_device (disk, n, name);
  if (device->seen == disk->reading)
    return NULL;
  device->seen = disk->reading;
  if (device->is_whole)
    parse_device (disk, device, line, passed);
  return device;
}

/* Most disks of a large machine stand still: a line that says what it said need not be parsed.
 * FALSE when it must be. */
static gboolean
skip_line (Disk *disk, guint n, VmmProcText line, VmmProcText line_before, Passed *passed)
{
  Device *device = n < disk->lines->len ? disk->lines->pdata[n] : NULL;
  gsize   length = (gsize) (line.end - line.at);

  if (!device || !line_before.at || length != (gsize) (line_before.end - line_before.at) ||
      memcmp (line.at, line_before.at, length) != 0 || device->seen + 1 != disk->reading ||
      (device->is_whole && (device->reading + 1 != disk->reading || passed->seconds <= 0)))
    return FALSE;
  device->seen = disk->reading;
  if (device->is_whole) {
    device->reading = disk->reading;
    passed->whole++;
    passed->counted++;
    passed->counts_flushes |= device->columns > FLUSH_MS;
  }
  return TRUE;
}

static VmmProcText
get_text (const VmmProcFile *file)
{
  return file->text ? (VmmProcText){ file->text, file->text + file->length } : (VmmProcText){ 0 };
}

static void
parse (Disk *disk, gint64 now_us, Passed *ret_passed)
{
  VmmProcText rest = get_text (&disk->diskstats[disk->reading % 2]);
  VmmProcText before = get_text (&disk->diskstats[(disk->reading + 1) % 2]);
  VmmProcText line, line_before = { 0 };
  guint       n = 0, devices = 0;

  *ret_passed = (Passed){ .seconds = (double) (now_us - disk->at_us) / 1e6 };
  disk->at_us = now_us;
  disk->reading++;
  for (; vmm_procfs_next_line (&rest, &line); n++) {
    if (n >= disk->lines->len)
      g_ptr_array_add (disk->lines, NULL);
    else
      vmm_procfs_next_line (&before, &line_before);
    if (!skip_line (disk, n, line, line_before, ret_passed))
      disk->lines->pdata[n] = parse_line (disk, n, line, ret_passed);
    devices += disk->lines->pdata[n] != NULL;
  }
  g_ptr_array_set_size (disk->lines, (gint) n);
  if (devices < g_hash_table_size (disk->devices))
    g_hash_table_foreach_remove (disk->devices, was_not_seen, disk);
}

static void
put_mean (Disk *disk, float *row, VmmChannelId channel, double sum_ms, double n, VmmCause none)
{
  if (n > 0)
    passive_put (&disk->passive, row, channel, sum_ms / n);
  else
    passive_put_absent (&disk->passive, row, channel, VMM_PENDING, none);
}

static void
put_passed (Disk *disk, const Passed *passed, float *row)
{
  Passive      *passive = &disk->passive;
  const double *sum = passed->sum;
  double        operations = sum[READS] + sum[WRITES] + sum[DISCARDS];
  double        operations_ms = sum[READ_MS] + sum[WRITE_MS] + sum[DISCARD_MS];
  double        megabytes = SECTOR_BYTES / 1e6 / passed->seconds;

  passive_put (passive, row, VMM_CHANNEL_DISK_READ, sum[SECTORS_READ] * megabytes);
  passive_put (passive, row, VMM_CHANNEL_DISK_WRITE, sum[SECTORS_WRITTEN] * megabytes);
  passive_put (passive, row, VMM_CHANNEL_DISK_IOPS, operations / passed->seconds);
  passive_put (passive, row, VMM_CHANNEL_DISK_UTIL,
               MIN (100, passed->busiest_ms / 10 / passed->seconds));
  put_mean (disk, row, VMM_CHANNEL_DISK_AWAIT, operations_ms, operations, VMM_CAUSE_NO_IO);
  put_mean (disk, row, VMM_CHANNEL_DISK_FLUSH, sum[FLUSH_MS], sum[FLUSHES], VMM_CAUSE_NO_FLUSH);
  if (passed->counted < passed->whole)
    for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
      if (vmm_absence (row[channels[i]]) == VMM_PRESENT)
        passive->reasons[channels[i]] = vmm_reason (VMM_CAUSE_DISK_LEFT_OUT);
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Disk    *disk = (Disk *) source;
  Passive *passive = &disk->passive;
  Passed   passed;

  g_clear_error (&passive->error);
  if (!vmm_procfs_read (&disk->diskstats[disk->reading % 2], &passive->error)) {
    passive_fail (passive, row);
    return;
  }
  parse (disk, now_us, &passed);
  if (passed.counted > 0)
    put_passed (disk, &passed, row);
  else if (passed.first > 0)
    passive_put_all_absent (passive, row, VMM_PENDING, VMM_CAUSE_FIRST_READING);
  else if (passed.is_garbled)
    passive_put_all_absent (passive, row, VMM_FAILED, VMM_CAUSE_DISK_GARBLED);
  else if (passed.whole > 0)
    passive_put_all_absent (passive, row, VMM_FAILED, VMM_CAUSE_DISK_LEAPT);
  else
    passive_put_all_absent (passive, row, VMM_NOT_EXPOSED, VMM_CAUSE_NO_DISK);

  if (passed.counted + passed.first > 0 && !passed.counts_flushes)
    passive_put_absent (passive, row, VMM_CHANNEL_DISK_FLUSH, VMM_NOT_EXPOSED,
                        VMM_CAUSE_NO_FLUSH_COUNT);
}

static void
free_disk (VmmSource *source)
{
  Disk *disk = (Disk *) source;

  for (guint i = 0; i < G_N_ELEMENTS (disk->diskstats); i++)
    vmm_procfs_clear (&disk->diskstats[i]);
  g_clear_error (&disk->passive.error);
  g_ptr_array_unref (disk->lines);
  g_hash_table_unref (disk->devices);
  g_free (disk->root);
  g_free (disk);
}

static const VmmSourceClass class = {
  .name = "disk",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .start = passive_start,
  .sample = sample,
  .reason = passive_reason,
  .free = free_disk,
};

VmmSource *
vmm_disk_new (const char *root)
{
  g_return_val_if_fail (root != NULL, NULL);

  Disk *disk = g_new0 (Disk, 1);
  float row[VMM_N_CHANNELS];

  disk->passive.source.class = &class;
  disk->root = g_strdup (root);
  disk->devices = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  disk->lines = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (disk->diskstats); i++)
    vmm_procfs_init (&disk->diskstats[i], root, "proc/diskstats");
  sample (&disk->passive.source, 0, row); /* for the reasons */
  disk->reading++;                        /* no reading is the one before the next */
  return &disk->passive.source;
}
