/* SPDX-License-Identifier: MIT */
/* test_probe_budget: the least of what the machine and each cgroup have left. */
#include "budget.h"

#include <glib/gstdio.h>
#include <string.h>

#define MIB ((guint64) 1 << 20)

static const char meminfo_128[] = "MemTotal:      262144 kB\nMemFree:       4096 kB\n"
                                  "MemAvailable:  131072 kB\nBuffers:        0 kB\n";

/* A root directory made of pairs of path and text. */
typedef struct {
  char *root;
} Machine;

static void
put (const Machine *machine, const char *path, const char *text)
{
  g_autofree char *file = g_build_filename (machine->root, path, NULL);
  g_autofree char *dir = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static void
set_up (Machine *machine, gconstpointer data)
{
  machine->root = g_dir_make_tmp ("vmm-budget-XXXXXX", NULL);
  g_assert_nonnull (machine->root);
  put (machine, "proc/meminfo", meminfo_128);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Machine *machine, gconstpointer data)
{
  remove_tree (machine->root);
  g_free (machine->root);
}

static void
assert_budget (const Machine *machine, guint64 bytes, const char *limit)
{
  g_autofree char *found = NULL;

  g_assert_cmpuint (vmm_budget_get (machine->root, &found), ==, bytes);
  g_assert_cmpstr (found, ==, limit);
}

static void
test_meminfo (void)
{
  const char old[] = "MemTotal: 100 kB\nMemFree: 10 kB\nBuffers: 20 kB\nCached: 30 kB\n";
  const char huge[] = "MemAvailable: 18446744073709551615 kB\n";
  const char words[] = "MemAvailable: many kB\n";
  guint64    bytes = 42;

  g_assert_true (vmm_budget_parse_meminfo (meminfo_128, strlen (meminfo_128), &bytes));
  g_assert_cmpuint (bytes, ==, 128 * MIB);
  g_assert_true (vmm_budget_parse_meminfo (old, strlen (old), &bytes));
  g_assert_cmpuint (bytes, ==, 60 * 1024);
  bytes = 42;
  g_assert_false (vmm_budget_parse_meminfo (huge, strlen (huge), &bytes));
  g_assert_false (vmm_budget_parse_meminfo (words, strlen (words), &bytes));
  g_assert_false (vmm_budget_parse_meminfo (old, 40, &bytes)); /* cut off */
  g_assert_false (vmm_budget_parse_meminfo ("", 0, &bytes));
  g_assert_cmpuint (bytes, ==, 42);
}

static void
test_cgroup (void)
{
  const char       hybrid[] = "9:name=systemd:/\n4:cpu,memory:/a:b/c\n0::/user.slice\n";
  const char       pure[] = "0::/user.slice/session-1.scope\n";
  g_autofree char *v1 = vmm_budget_parse_cgroup (hybrid, strlen (hybrid), 1);
  g_autofree char *v2 = vmm_budget_parse_cgroup (hybrid, strlen (hybrid), 2);
  g_autofree char *alone = vmm_budget_parse_cgroup (pure, strlen (pure), 2);

  g_assert_cmpstr (v1, ==, "/a:b/c");
  g_assert_cmpstr (v2, ==, "/user.slice");
  g_assert_cmpstr (alone, ==, "/user.slice/session-1.scope");
  g_assert_null (vmm_budget_parse_cgroup (pure, strlen (pure), 1));
  g_assert_null (vmm_budget_parse_cgroup ("4:memory", 8, 1));
  g_assert_null (vmm_budget_parse_cgroup ("4:memory:x\n", 11, 1));
  g_assert_null (vmm_budget_parse_cgroup ("", 0, 2));
}

static void
test_no_cgroup (Machine *machine, gconstpointer data)
{
  assert_budget (machine, 128 * MIB, "proc/meminfo");
}

static void
test_unreadable (Machine *machine, gconstpointer data)
{
  put (machine, "proc/meminfo", "");
  assert_budget (machine, 0, NULL);
}

static void
test_version_1 (Machine *machine, gconstpointer data)
{
  put (machine, "proc/self/cgroup", "4:memory:/job/inner\n0::/\n");
  put (machine, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  put (machine, "sys/fs/cgroup/memory/memory.usage_in_bytes", "1048576\n");
  assert_budget (machine, 128 * MIB, "proc/meminfo");

  put (machine, "sys/fs/cgroup/memory/job/memory.limit_in_bytes", "67108864\n");
  put (machine, "sys/fs/cgroup/memory/job/memory.usage_in_bytes", "16777216\n");
  assert_budget (machine, 48 * MIB, "sys/fs/cgroup/memory/job/memory.limit_in_bytes");

  /* File cache that nobody uses is given back under pressure. */
  put (machine, "sys/fs/cgroup/memory/job/memory.stat",
       "inactive_file 1\ntotal_inactive_file 8388608\n");
  assert_budget (machine, 56 * MIB, "sys/fs/cgroup/memory/job/memory.limit_in_bytes");

  /* The inner one decides when it leaves less. */
  put (machine, "sys/fs/cgroup/memory/job/inner/memory.limit_in_bytes", "8388608\n");
  put (machine, "sys/fs/cgroup/memory/job/inner/memory.usage_in_bytes", "9000000\n");
  assert_budget (machine, 0, "sys/fs/cgroup/memory/job/inner/memory.limit_in_bytes");
}

static void
test_version_2 (Machine *machine, gconstpointer data)
{
  put (machine, "proc/self/cgroup", "0::/user.slice/app\n");
  put (machine, "sys/fs/cgroup/user.slice/app/memory.max", "max\n");
  put (machine, "sys/fs/cgroup/user.slice/app/memory.current", "1048576\n");
  assert_budget (machine, 128 * MIB, "proc/meminfo");

  put (machine, "sys/fs/cgroup/user.slice/memory.max", "33554432\n");
  put (machine, "sys/fs/cgroup/user.slice/memory.current", "1048576\n");
  assert_budget (machine, 31 * MIB, "sys/fs/cgroup/user.slice/memory.max");
}

/* In a container the path begins above what is mounted. */
static void
test_container (Machine *machine, gconstpointer data)
{
  put (machine, "proc/self/cgroup", "4:memory:/docker/0123\n");
  put (machine, "sys/fs/cgroup/memory/memory.limit_in_bytes", "67108864\n");
  put (machine, "sys/fs/cgroup/memory/memory.usage_in_bytes", "0\n");
  assert_budget (machine, 64 * MIB, "sys/fs/cgroup/memory/memory.limit_in_bytes");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/budget/meminfo", test_meminfo);
  g_test_add_func ("/probe/budget/cgroup", test_cgroup);
#define ADD(name, function)                                                                        \
  g_test_add ("/probe/budget/" name, Machine, NULL, set_up, function, tear_down)
  ADD ("no-cgroup", test_no_cgroup);
  ADD ("unreadable", test_unreadable);
  ADD ("version-1", test_version_1);
  ADD ("version-2", test_version_2);
  ADD ("container", test_container);
  return g_test_run ();
}
