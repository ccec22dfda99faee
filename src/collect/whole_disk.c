/* SPDX-License-Identifier: MIT */
/* whole_disk: which names of proc/diskstats count, so that every byte is counted once. */
#include "whole_disk.h"

#include <string.h>
#include <sys/stat.h>

/* Followed by a number, these are no disks of their own. nbd and rbd are: what they stand on is
 * another machine's. */
/* clang-format off */
static const char *const others[] = {
  "loop",                                         /* a file of another disk */
  "ram", "zram",                                  /* memory */
  "dm-", "md", "md_d", "bcache", "drbd", "zd",    /* made of other disks */
  "sr", "scd", "fd",                              /* drives whose medium is mostly not there */
};
/* clang-format on */

/* Names of which the digits at the end are the partition's. */
static const char *const lettered[] = { "sd", "hd", "vd", "xvd" };

static gboolean
is_other (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_has_prefix (name, others[i]) && g_ascii_isdigit (name[strlen (others[i])]))
      return TRUE;
  return FALSE;
}

/* "sda1", "nvme0n1p1", "mmcblk0p2", and neither "nvme0n1" nor "mmcblk0". */
static gboolean
looks_like_partition (const char *name)
{
  gsize length = strlen (name);
  while (length > 0 && g_ascii_isdigit (name[length - 1]))
    length--;
  if (name[length] == '\0')
    return FALSE;
  if (length >= 2 && name[length - 1] == 'p' && g_ascii_isdigit (name[length - 2]))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (lettered); i++)
    if (g_str_has_prefix (name, lettered[i]))
      return TRUE;
  return FALSE;
}

/* I/O to the head of an NVMe multipath goes through its paths (nvme0c1n1), which count it on every
 * kernel, the head only since Linux 6.4. */
static gboolean
is_multipath_head (const char *directory)
{
  g_autofree char *target = g_file_read_link (directory, NULL);
  return target && strstr (target, "/nvme-subsystem/");
}

static gboolean
is_made_of_others (const char *directory)
{
  g_autofree char *slaves = g_build_filename (directory, "slaves", NULL);
  g_autoptr (GDir) dir = g_dir_open (slaves, 0, NULL);
  return dir && g_dir_read_name (dir);
}

gboolean
whole_disk_check (const char *root, const char *name)
{
  if (name[0] == '\0' || name[0] == '.' || is_other (name))
    return FALSE;

  g_autofree char *block = g_build_filename (root, "sys/block", NULL);
  if (!g_file_test (block, G_FILE_TEST_IS_DIR))
    return !looks_like_partition (name);

  g_autofree char *entry = g_strdelimit (g_strdup (name), "/", '!'); /* "cciss/c0d0" */
  g_autofree char *directory = g_build_filename (block, entry, NULL);
  struct stat      status;
  return lstat (directory, &status) == 0 && !is_multipath_head (directory) &&
         !is_made_of_others (directory);
}
