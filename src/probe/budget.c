/* SPDX-License-Identifier: MIT */
/* budget: how much memory the probes may take without pushing anybody out. */
#include "budget.h"

#include "vmm/procfs.h"

#include <string.h>

/* Where a version of cgroups keeps its limits. Version 1 writes "no limit" as a number near 2^63,
 * version 2 as "max": both leave more than any machine has. */
typedef struct {
  guint       version;
  const char *mount, *limit, *usage, *cache;
} Hierarchy;

/* clang-format off */
static const Hierarchy hierarchies[] = {
  { 1, "sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file " },
  { 2, "sys/fs/cgroup",        "memory.max",            "memory.current",        "inactive_file " },
};
/* clang-format on */

/* The number after `key` at the beginning of a line, blanks between them skipped. */
static gboolean
find_number (const char *text, gsize length, const char *key, guint64 *ret_number)
{
  VmmProcText rest = { text, text + length }, line;

  while (vmm_procfs_next_line (&rest, &line))
    if (vmm_procfs_skip (&line, key))
      return vmm_procfs_next_number (&line, ret_number);
  return FALSE;
}

static gboolean
read_number (const char *dir, const char *file, const char *key, guint64 *ret_number)
{
  g_autofree char *path = g_build_filename (dir, file, NULL);
  g_autofree char *text = NULL;
  gsize            length;

  return g_file_get_contents (path, &text, &length, NULL) &&
         find_number (text, length, key, ret_number);
}

gboolean
vmm_budget_parse_meminfo (const char *text, gsize length, guint64 *ret_bytes)
{
  guint64 available, free, buffers, cached;

  if (!find_number (text, length, "MemAvailable:", &available)) {
    if (!find_number (text, length, "MemFree:", &free) ||
        !find_number (text, length, "Buffers:", &buffers) ||
        !find_number (text, length, "Cached:", &cached))
      return FALSE;
    if (!g_uint64_checked_add (&available, free, buffers) ||
        !g_uint64_checked_add (&available, available, cached))
      return FALSE;
  }
  if (available > G_MAXUINT64 / 1024)
    return FALSE;
  *ret_bytes = available * 1024;
  return TRUE;
}

char *
vmm_budget_parse_cgroup (const char *text, gsize length, guint version)
{
  g_autofree char *copy = g_strndup (text, length);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);

  for (guint i = 0; lines[i]; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], ":", 3); /* number:controllers:path */

    if (g_strv_length (fields) != 3 || fields[2][0] != '/')
      continue;
    g_auto (GStrv) controllers = g_strsplit (fields[1], ",", -1);
    gboolean is_ours = version == 2 ? strcmp (fields[0], "0") == 0 && fields[1][0] == '\0'
                                    : g_strv_contains ((const char *const *) controllers, "memory");
    if (is_ours)
      return g_strdup (fields[2]);
  }
  return NULL;
}

/* What the cgroup at `dir` has left; FALSE when it has no limit or does not say. */
static gboolean
read_left (const Hierarchy *hierarchy, const char *dir, guint64 *ret_bytes)
{
  guint64 limit, usage, cache = 0;

  if (!read_number (dir, hierarchy->limit, "", &limit) ||
      !read_number (dir, hierarchy->usage, "", &usage))
    return FALSE;
  read_number (dir, "memory.stat", hierarchy->cache, &cache);
  usage -= MIN (usage, cache);
  *ret_bytes = limit - MIN (limit, usage);
  return TRUE;
}

/* From our own cgroup to the root of what is mounted. In a container the path may begin above the
 * mount: the levels that are not there are passed over. */
static void
limit_by_cgroups (const char *root, const Hierarchy *hierarchy, const char *cgroup, guint64 *bytes,
                  char **limit)
{
  g_autofree char *path = g_strdup (cgroup);

  for (;;) {
    g_autofree char *dir = g_build_filename (root, hierarchy->mount, path, NULL);
    guint64          left;

    if (read_left (hierarchy, dir, &left) && left < *bytes) {
      *bytes = left;
      g_free (*limit);
      *limit = g_build_filename (hierarchy->mount, path, hierarchy->limit, NULL);
    }
    char *slash = strrchr (path, '/');
    if (!slash || path[1] == '\0')
      return;
    slash[slash == path ? 1 : 0] = '\0';
  }
}

guint64
vmm_budget_get (const char *root, char **ret_limit)
{
  g_autofree char *meminfo = g_build_filename (root, "proc/meminfo", NULL);
  g_autofree char *cgroups = g_build_filename (root, "proc/self/cgroup", NULL);
  g_autofree char *text = NULL;
  gsize            length;
  guint64          bytes;

  if (!g_file_get_contents (meminfo, &text, &length, NULL) ||
      !vmm_budget_parse_meminfo (text, length, &bytes)) {
    *ret_limit = NULL;
    return 0;
  }
  char *limit = g_strdup ("proc/meminfo");
  g_clear_pointer (&text, g_free);
  if (g_file_get_contents (cgroups, &text, &length, NULL))
    for (guint i = 0; i < G_N_ELEMENTS (hierarchies); i++) {
      g_autofree char *cgroup = vmm_budget_parse_cgroup (text, length, hierarchies[i].version);
      if (cgroup)
        limit_by_cgroups (root, &hierarchies[i], cgroup, &bytes, &limit);
    }
  *ret_limit = limit;
  return bytes;
}
