/* SPDX-License-Identifier: MIT */
/* kvp: what Hyper-V told its guest, which its daemon keeps in a file that everybody may read.
 *
 * Linux, tools/hv/hv_kvp_daemon.c: a record is a key of 512 bytes and a value of 2048, each ended by a
 * zero byte. Pool 3 is the host's own ("host to guest, auto"). */
#include "instance_facts.h"

#include "clean.h"
#include "vmm/procfs.h"

#include <string.h>

#define POOL "var/lib/hyperv/.kvp_pool_3"
#define KEY_SIZE 512
#define RECORD_SIZE (KEY_SIZE + 2048)
#define HOST_NAME "PhysicalHostName"

char *
kvp_find (const char *bytes, gsize length, const char *key)
{
  const char *end = bytes + length - length % RECORD_SIZE; /* no half record */

  for (const char *at = bytes; at < end; at += RECORD_SIZE)
    if (strncmp (at, key, KEY_SIZE) == 0)
      return clean_text (at + KEY_SIZE, RECORD_SIZE - KEY_SIZE, CLEAN_MAX);
  return NULL;
}

/* NULL where it is not told. */
static char *
read_host_name (const char *root)
{
  VmmProcFile file;
  char       *name = NULL;

  vmm_procfs_init (&file, root, POOL);
  if (vmm_procfs_read (&file, NULL))
    name = kvp_find (file.text, file.length, HOST_NAME);
  vmm_procfs_clear (&file);
  return name;
}

void
kvp_read (Machine *machine, Instance *instance)
{
  g_autofree char *name = read_host_name (machine->root);

  instance_take (machine, instance, INSTANCE_HOST_HINT, name, "Hyper-V " HOST_NAME);
}

char *
vmm_host_read_hint (const char *root)
{
  g_autofree char *name = read_host_name (root);
  char            *hint = name ? instance_make_hint (name) : NULL;

  return hint ? hint : g_strdup ("");
}
