/* SPDX-License-Identifier: MIT */
/* folder: whether somebody works in a folder of the host, which is slow with many small files. */
#include "machine.h"

#include "vmm/procfs.h"

#include <string.h>

#define MOUNTS "proc/self/mountinfo"
#define DIRECTORY "proc/self/cwd"
#define ENVIRONMENT "proc/self/environ"
#define HOME "HOME="
#define TYPE " - " /* before the file system's */
enum { MOUNT_POINT = 4, MOUNT_WORDS };

/* File systems that a VMM serves from its host: VirtualBox, VMware, Parallels, QEMU and others, WSL 1. */
static const char *const types[] = {
  "vboxsf", "fuse.vmhgfs-fuse", "vmhgfs", "prl_fs", "fuse.prl_fsd", "9p", "virtiofs", "drvfs"
};

static const char *
find_type (const char *line)
{
  const char *type = strstr (line, TYPE);

  for (guint i = 0; type && i < G_N_ELEMENTS (types); i++)
    if (g_str_has_prefix (type + strlen (TYPE), types[i]) &&
        type[strlen (TYPE) + strlen (types[i])] == ' ')
      return types[i];
  return "";
}

/* How much of the path this mount has, 0 = it is elsewhere: "/mnt" of "/mnt/a", not of "/mnta". */
static gsize
match (const char *line, const char *path)
{
  g_auto (GStrv) words = g_strsplit (line, " ", MOUNT_WORDS + 1);
  g_autofree char *point =
      g_strv_length (words) > MOUNT_POINT ? g_strcompress (words[MOUNT_POINT]) : NULL;
  gsize length = point ? strlen (point) : 0;

  if (!point || !g_str_has_prefix (path, point))
    return 0;
  return length == 1 || path[length] == '/' || path[length] == '\0' ? length : 0;
}

/* Of the innermost mount; of several at one place the last. Who has the host's folder as its root has no
 * other, and is made so. */
static const char *
find_folder (const char *mounts, const char *path)
{
  g_auto (GStrv) lines = g_strsplit (mounts, "\n", -1);
  const char *type = "";
  gsize       longest = 1;

  for (guint i = 0; path && lines[i]; i++) {
    gsize length = match (lines[i], path);
    if (length > 1 && length >= longest) {
      longest = length;
      type = find_type (lines[i]);
    }
  }
  return type;
}

static char *
read_home (const Machine *machine)
{
  VmmProcFile file;
  char       *home = NULL;

  vmm_procfs_init (&file, machine->root, ENVIRONMENT);
  if (vmm_procfs_read (&file, NULL))
    for (const char *at = file.text, *end = at + file.length; at < end && !home;
         at += strlen (at) + 1)
      if (g_str_has_prefix (at, HOME))
        home = g_strdup (at + strlen (HOME));
  vmm_procfs_clear (&file);
  return home;
}

char *
folder_detect (const Machine *machine)
{
  g_autofree char *mounts = vmm_procfs_read_text (machine->root, MOUNTS, NULL);
  g_autofree char *link = g_build_filename (machine->root, DIRECTORY, NULL);
  g_autofree char *directory = g_file_read_link (link, NULL);
  g_autofree char *home = read_home (machine);
  const char      *type = find_folder (mounts ? mounts : "", directory);

  return g_strdup (*type ? type : find_folder (mounts ? mounts : "", home));
}
