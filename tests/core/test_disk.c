/* SPDX-License-Identifier: MIT */
/* test_disk: every byte once, every rate per elapsed second, and no disk that was exchanged. */
#include "instrument.h"
#include "whole_disk.h"

/* Two seconds later, the file says `text`. */
static void
sample (Instrument *instrument, const char *text)
{
  machine_write (instrument->root, "proc/diskstats", text);
  if (!instrument->source)
    instrument->source = vmm_disk_new (instrument->root);
  instrument_sample (instrument, 2 * G_USEC_PER_SEC);
}

static void
assert_all_absent (Instrument *instrument, VmmAbsence why)
{
  for (guint i = 0; i < instrument->source->class->n_channels; i++)
    g_assert_cmpint (vmm_absence (instrument->row[instrument->source->class->channels[i]]), ==,
                     why);
}

static void
test_rates (Instrument *instrument, gconstpointer data)
{
  sample (instrument, " 8 0 sda 100 9 1000 50 200 9 2000 80 3 400 900 10 9 9 5 20 40\n"
                      " 8 16 sdb 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n");
  assert_all_absent (instrument, VMM_PENDING);
  assert_reason (instrument->source, DISK_READ, "needs two readings");

  /* reads 10 in 40 ms, writes 20 in 100 ms, discards 10 in 20 ms, 4 flushes in 10 ms */
  sample (instrument, " 8 0 sda 110 9 11000 90 210 9 22000 130 0 900 900 20 9 9 25 22 44\n"
                      " 8 16 sdb 0 0 0 0 10 0 20000 50 0 50 0 0 0 0 0 2 6\n");
  assert_value (instrument->row, DISK_READ, 10000 * 512 / 1e6 / 2);
  assert_value (instrument->row, DISK_WRITE, 40000 * 512 / 1e6 / 2);
  assert_value (instrument->row, DISK_IOPS, 20);
  assert_value (instrument->row, DISK_AWAIT, 4);
  assert_value (instrument->row, DISK_UTIL, 25);
  assert_value (instrument->row, DISK_FLUSH, 2.5);
  g_assert_null (vmm_source_reason (instrument->source, VMM_CHANNEL_DISK_READ).sentence);

  sample (instrument, " 8 0 sda 110 9 11000 90 210 9 22000 130 0 9000 900 20 9 9 25 22 44\n"
                      " 8 16 sdb 0 0 0 0 10 0 20000 50 0 50 0 0 0 0 0 2 6\n");
  assert_value (instrument->row, DISK_READ, 0);
  assert_value (instrument->row, DISK_IOPS, 0);
  assert_value (instrument->row, DISK_UTIL, 100); /* not 405 */
  assert_absent (instrument->row, DISK_AWAIT, PENDING);
  assert_reason (instrument->source, DISK_AWAIT, "no I/O in this interval");
  assert_absent (instrument->row, DISK_FLUSH, PENDING);
  assert_reason (instrument->source, DISK_FLUSH, "no flush in this interval");
}

static void
test_start (Instrument *instrument, gconstpointer data)
{
  sample (instrument, "8 0 sda 0 0 0 0 0 0 0 0 0 0 0\n");
  machine_write (instrument->root, "proc/diskstats", "8 0 sda 900 0 0 0 0 0 0 0 0 0 0\n");
  vmm_source_start (instrument->source, instrument->now_us += 5000000);
  sample (instrument, "8 0 sda 920 0 0 0 0 0 0 0 0 0 0\n");
  assert_value (instrument->row, DISK_IOPS, 10);
  vmm_source_sample (instrument->source, instrument->now_us, instrument->row); /* no time passed */
  assert_absent (instrument->row, DISK_IOPS, PENDING);
}

static void
test_old_kernels (Instrument *instrument, gconstpointer data)
{
  sample (instrument, "3 0 hda 0 0 0 0 0 0 0 0 0 0 0\n3 1 hda1 1 2 3 4\n");
  assert_absent (instrument->row, DISK_READ, PENDING);
  assert_absent (instrument->row, DISK_FLUSH, NOT_EXPOSED);
  assert_reason (instrument->source, DISK_FLUSH, "*counts no flushes*");
  sample (instrument, "3 0 hda 2 0 0 6 0 0 0 0 0 0 0\n3 1 hda1 1 2 3 4\n");
  assert_value (instrument->row, DISK_AWAIT, 3);
  assert_absent (instrument->row, DISK_FLUSH, NOT_EXPOSED);
  sample (instrument, "3 0 hda 2 0 0 6 0 0 0 0 0 0 0 0 0 0 0\n"); /* 4.18: more columns */
  assert_absent (instrument->row, DISK_READ, PENDING);
  sample (instrument, "3 0 hda 2 0 0 6 0 0 0 0 0 0 0 3 0 0 6\n");
  assert_value (instrument->row, DISK_AWAIT, 2);
  assert_absent (instrument->row, DISK_FLUSH, NOT_EXPOSED);
  sample (instrument, "3 0 hda 2 0 0 6 0 0 0 0 0 0 0 0 0 0 0 1 1 7 7 7\n"); /* unknown ones */
  sample (instrument, "3 0 hda 2 0 0 6 0 0 0 0 0 0 0 0 0 0 0 2 6 8 8 8\n");
  assert_value (instrument->row, DISK_FLUSH, 5);
}

/* Each disk of the machine reads its own power of two of sectors. */
static void
test_zoo (Instrument *instrument, gconstpointer data)
{
  static const char *const whole[] = { "sda",   "nvme0n1", "nvme1c1n1",
                                       "vda",   "mmcblk0", "mmcblk0boot0",
                                       "xvda1", "nbd0",    "cciss/c0d0" };
  g_autofree char         *root = machine_fixture ("disk-zoo");
  g_autofree char         *text = machine_read (root, "proc/diskstats");
  g_autofree char         *from = g_build_filename (root, "sys", NULL);
  g_autofree char         *to = g_build_filename (instrument->root, "sys", NULL);
  g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  double expected = 0;

  g_assert_cmpint (symlink (from, to), ==, 0);
  for (guint i = 0; lines[i]; i++) {
    g_auto (GStrv) words = g_strsplit (g_strchug (lines[i]), " ", -1);
    g_autofree char *name = NULL;
    guint            word = 0;

    while (*words[word] == '\0' || g_ascii_isdigit (*words[word]))
      word++;
    name = g_strdup (words[word]);
    g_string_append_printf (before, "1 %u %s 0 0 0 0 0 0 0 0 0 0 0\n", i, name);
    g_string_append_printf (after, "1 %u %s 0 0 %u 0 0 0 0 0 0 0 0\n", i, name, 1u << i);
    for (guint k = 0; k < G_N_ELEMENTS (whole); k++)
      if (g_str_equal (name, whole[k]))
        expected += (double) (1u << i);
  }
  sample (instrument, before->str);
  sample (instrument, after->str);
  double sectors = instrument->row[VMM_CHANNEL_DISK_READ] * 2 * 1e6 / 512;
  for (guint i = 0; lines[i]; i++)
    if (((guint64) (sectors + 0.5) ^ (guint64) expected) >> i & 1)
      g_test_message ("wrongly counted or not: %s", lines[i]);
  g_assert_cmpfloat_with_epsilon (sectors / expected, 1, 1e-6);
}

static void
test_names (void)
{
  static const struct {
    const char *name;
    gboolean    is_whole;
  } names[] = {
    { "sda", TRUE },        { "sdaa", TRUE },          { "sda1", FALSE },
    { "sdaa15", FALSE },    { "vdb", TRUE },           { "vdb2", FALSE },
    { "xvda", TRUE },       { "xvdf1", FALSE },        { "hda3", FALSE },
    { "nvme0n1", TRUE },    { "nvme0n1p2", FALSE },    { "mmcblk0", TRUE },
    { "mmcblk0p1", FALSE }, { "nbd0", TRUE },          { "nbd0p1", FALSE },
    { "pmem0", TRUE },      { "rbd0", TRUE },          { "loop0", FALSE },
    { "ram15", FALSE },     { "zram0", FALSE },        { "dm-3", FALSE },
    { "md0", FALSE },       { "md_d0", FALSE },        { "md127p1", FALSE },
    { "sr0", FALSE },       { "fd0", FALSE },          { "drbd1", FALSE },
    { "zd16", FALSE },      { "bcache0", FALSE },      { "", FALSE },
    { ".", FALSE },         { "..", FALSE },           { "../x", FALSE },
    { "cciss/c0d0", TRUE }, { "cciss/c0d0p1", FALSE },
  };
  char *root = machine_new (); /* without sys: the names alone */

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_test_message ("%s", names[i].name);
    g_assert_cmpint (whole_disk_check (root, names[i].name), ==, names[i].is_whole);
  }
  machine_write (root, "sys/block/xvdf1/size", "1\n");
  g_assert_true (whole_disk_check (root, "xvdf1"));
  g_assert_false (whole_disk_check (root, "sda"));
  g_assert_false (whole_disk_check (root, ".."));
  g_assert_false (whole_disk_check (root, "xvdf1/size"));
  machine_free (root);
}

static void
test_come_and_go (Instrument *instrument, gconstpointer data)
{
  sample (instrument, "8 0 sda 0 0 0 0 0 0 0 0 0 0 0\n8 16 sdb 0 0 0 0 0 0 0 0 0 0 0\n");
  sample (instrument, "8 0 sda 20 0 0 0 0 0 0 0 0 0 0\n8 16 sdb 40 0 0 0 0 0 0 0 0 0 0\n");
  assert_value (instrument->row, DISK_IOPS, 30);
  /* sda went, sdc came; the lines moved */
  sample (instrument, "8 32 sdc 999 0 0 0 0 0 0 0 0 0 0\n8 16 sdb 50 0 0 0 0 0 0 0 0 0 0\n");
  assert_value (instrument->row, DISK_IOPS, 5);
  assert_reason (instrument->source, DISK_IOPS, "without a disk that came*");
  sample (instrument, "8 16 sdb 50 0 0 0 0 0 0 0 0 0 0\n8 32 sdc 1001 0 0 0 0 0 0 0 0 0 0\n");
  assert_value (instrument->row, DISK_IOPS, 1);
  g_assert_null (vmm_source_reason (instrument->source, VMM_CHANNEL_DISK_IOPS).sentence);
  /* sda is back, with more than it had: not a rate */
  sample (instrument, "8 0 sda 7777 0 0 0 0 0 0 0 0 0 0\n");
  assert_absent (instrument->row, DISK_IOPS, PENDING);
}

static void
test_wrap (Instrument *instrument, gconstpointer data)
{
  static const struct {
    const char *before, *after; /* reads */
    double      iops;           /* negative = none */
  } cases[] = {
    { "4294967290", "14", 10 },                              /* 32 bits */
    { "18446744073709551610", "14", 10 },                    /* 64 bits */
    { "18446744073709551610", "18446744073709551615", 2.5 }, /* near it */
    { "4294967290", "4294967300", 5 },                       /* 64 bits past 32 */
    { "1000000", "5", -1 },                                  /* started anew */
    { "4294967290", "4194967290", -1 },                      /* ran backwards */
    { "18446744073709551610", "5000000000000", -1 },         /* ran backwards */
    { "9000000000", "14", -1 },                              /* started anew */
    { "5", "9000000000", -1 },                               /* leapt */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *before = g_strdup_printf ("8 0 sda %s 0 0 0 0 0 0 0 0 0 0\n", cases[i].before);
    g_autofree char *after = g_strdup_printf ("8 0 sda %s 0 0 0 0 0 0 0 0 0 0\n", cases[i].after);

    g_clear_pointer (&instrument->source, vmm_source_free);
    sample (instrument, before);
    sample (instrument, after);
    if (cases[i].iops >= 0) {
      assert_value (instrument->row, DISK_IOPS, cases[i].iops);
    } else {
      assert_absent (instrument->row, DISK_IOPS, FAILED);
      assert_reason (instrument->source, DISK_IOPS, "proc/diskstats: *backwards*");
      sample (instrument, after); /* and recovers */
      assert_absent (instrument->row, DISK_IOPS, PENDING);
      sample (instrument, after);
      assert_value (instrument->row, DISK_IOPS, 0);
    }
  }
}

/* One disk that started anew does not take the other along. */
static void
test_replugged (Instrument *instrument, gconstpointer data)
{
  sample (instrument, "8 0 sda 500 0 0 0 0 0 0 0 0 0 0\n8 16 sdb 0 0 0 0 0 0 0 0 0 0 0\n");
  sample (instrument, "8 0 sda 3 0 0 0 0 0 0 0 0 0 0\n8 16 sdb 40 0 0 0 0 0 0 0 0 0 0\n");
  assert_value (instrument->row, DISK_IOPS, 20);
  assert_reason (instrument->source, DISK_IOPS, "without a disk*");
  sample (instrument, "8 0 sda 5 0 0 0 0 0 0 0 0 0 0\n8 16 sdb 40 0 0 0 0 0 0 0 0 0 0\n");
  assert_value (instrument->row, DISK_IOPS,
                0); /* from a reading that was strange follows nothing */
  assert_reason (instrument->source, DISK_IOPS, "without a disk*");
  sample (instrument, "8 0 sda 7 0 0 0 0 0 0 0 0 0 0\n8 16 sdb 40 0 0 0 0 0 0 0 0 0 0\n");
  assert_value (instrument->row, DISK_IOPS, 1);
  g_assert_null (vmm_source_reason (instrument->source, VMM_CHANNEL_DISK_IOPS).sentence);
}

static void
test_bad_files (Instrument *instrument, gconstpointer data)
{
  static const struct {
    const char *text;
    VmmAbsence  why;
    const char *reason;
  } cases[] = {
    { "", VMM_NOT_EXPOSED, "proc/diskstats: no whole disk" },
    { "7 0 loop0 0 0 0 0 0 0 0 0 0 0 0\n", VMM_NOT_EXPOSED, "proc/diskstats: no whole disk" },
    { "8 0 sda 1 2 3 4 5 6 7 8 9 10 11", VMM_NOT_EXPOSED, "*no whole disk" }, /* cut off */
    { "8 0 sda 1 2 3 4 5 6 7 8 9 10\n", VMM_FAILED, "proc/diskstats: no line with *" },
    { "8 0 sda 1 2 3 4 5 6 7 8 9 10 -11\n", VMM_FAILED, "proc/diskstats: no line with *" },
    { "8 0 sda 1 2 99999999999999999999999 4 5 6 7 8 9 10 11\n", VMM_FAILED, "*no line with *" },
    { "8 0\n", VMM_FAILED, "proc/diskstats: no line with *" },
    { "8 0 a-name-longer-than-any-disk-can-have 1 2 3 4 5 6 7 8 9 10 11\n", VMM_FAILED,
      "*no line*" },
    { "\377\001\n\n\n", VMM_FAILED, "proc/diskstats: no line with *" },
  };

  instrument->source = vmm_disk_new (instrument->root);
  assert_reason (instrument->source, DISK_READ, "proc/diskstats: No such file*");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    sample (instrument, "8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n");
    g_test_message ("case %u", i);
    sample (instrument, cases[i].text);
    for (guint c = 0; c < instrument->source->class->n_channels; c++) {
      VmmChannelId channel = instrument->source->class->channels[c];
      g_assert_cmpint (vmm_absence (instrument->row[channel]), ==, cases[i].why);
      g_assert_true (g_pattern_match_simple (
          cases[i].reason, vmm_source_reason (instrument->source, channel).sentence));
    }
  }
  /* a line of garbage between good ones, and a disk that is named twice */
  sample (instrument, "x\n8 0 sda 0 0 0 0 0 0 0 0 0 0 0\n8 0 sda 9 0 0 0 0 0 0 0 0 0 0\n\n");
  sample (instrument, "x\n8 0 sda 2 0 0 0 0 0 0 0 0 0 0\n8 0 sda 7 0 0 0 0 0 0 0 0 0 0\n\n");
  assert_value (instrument->row, DISK_IOPS, 1);
  machine_remove (instrument->root, "proc/diskstats");
  instrument_sample (instrument, 1000000);
  assert_all_absent (instrument, VMM_FAILED);
  sample (instrument, "8 0 sda 8 0 0 0 0 0 0 0 0 0 0\n"); /* 3 seconds after the last good one */
  assert_value (instrument->row, DISK_IOPS, 2);
}

/* Many disks, then all of them under other names and in another order. */
static void
test_many (Instrument *instrument, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);

  for (guint reading = 0; reading < 6; reading++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (guint i = 0; i < n; i++)
      g_string_append_printf (text, "8 %u d%xx %u 0 0 0 0 0 0 0 0 0 0\n", i,
                              reading == 3  ? n + i /* other names */
                              : reading < 5 ? i
                                            : n - 1 - i, /* another order */
                              reading * 2);
    sample (instrument, text->str);
    if (reading == 0 || reading == 3 || reading == 4)
      assert_absent (instrument->row, DISK_IOPS, PENDING);
    else
      assert_value (instrument->row, DISK_IOPS, n);
  }
}

static void
test_machines (void)
{
  static const struct {
    const char *name;
    gboolean    flushes;
  } cases[] = { { "one-cpu", TRUE },     { "kernel-2.6", FALSE }, { "kernel-4.9", FALSE },
                { "steal-guest", TRUE }, { "container", TRUE },   { "disk-zoo", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *root = machine_fixture (cases[i].name);
    g_autoptr (VmmSource) disk = vmm_disk_new (root);
    float row[VMM_N_CHANNELS];

    vmm_source_start (disk, 0);
    vmm_source_sample (disk, 1000000, row);
    assert_value (row, DISK_READ, 0);
    assert_value (row, DISK_UTIL, 0);
    assert_absent (row, DISK_AWAIT, PENDING);
    g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_DISK_FLUSH]), ==,
                     cases[i].flushes ? VMM_PENDING : VMM_NOT_EXPOSED);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, function)                                                                  \
  g_test_add (name, Instrument, data, instrument_set_up, function, instrument_tear_down)
  ADD ("/disk/rates", NULL, test_rates);
  ADD ("/disk/start", NULL, test_start);
  ADD ("/disk/old-kernels", NULL, test_old_kernels);
  ADD ("/disk/zoo", NULL, test_zoo);
  g_test_add_func ("/disk/names", test_names);
  ADD ("/disk/come-and-go", NULL, test_come_and_go);
  ADD ("/disk/wrap", NULL, test_wrap);
  ADD ("/disk/replugged", NULL, test_replugged);
  ADD ("/disk/bad-files", NULL, test_bad_files);
  ADD ("/disk/10", GUINT_TO_POINTER (10), test_many);
  ADD ("/disk/10000", GUINT_TO_POINTER (10000), test_many);
  g_test_add_func ("/disk/machines", test_machines);
  return g_test_run ();
}
