/* SPDX-License-Identifier: MIT */
/* test_probe_programs: the probes that do what programs do: they do it, refuse with a reason, and leave
 * nothing behind. */
#include "helper.h"
#include "helper_trim.h"
#include "loopback.h"
#include "probe.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* Which lives in the very memory that the helper gives back. */
static gboolean
skips_under_valgrind (void)
{
  const char *preloaded = g_getenv ("LD_PRELOAD");
  gboolean    is_under = preloaded && strstr (preloaded, "vgpreload");

  if (is_under)
    g_test_skip ("the helper process cannot be made under valgrind");
  return is_under;
}

static void
test_process (void)
{
  g_autoptr (GError) error = NULL;
  VmmHelper helper = { 0 };
  gint64    ns;
  guint64   waited_ns;
  guint     fds = count_entries ("/proc/self/fd");

  if (skips_under_valgrind ())
    return;
  g_assert_true (vmm_helper_start (&helper, &error));
  g_assert_true (vmm_helper_start (&helper, &error)); /* nothing to do */
  g_assert_no_error (error);
  g_autofree char *kept = g_strdup_printf ("/proc/%d/fd", helper.pid);
  g_assert_cmpuint (count_entries (kept), <=, 2);
  for (guint i = 0; i < 3; i++) {
    g_assert_true (vmm_helper_make_process (&helper, &ns, &waited_ns, &error));
    g_assert_no_error (error);
    g_assert_cmpint (ns, >, 0);
  }
  g_assert_cmpfloat (helper.cpu_seconds, >=, 0);

  /* One that is gone is told of. */
  kill (helper.pid, SIGKILL);
  g_assert_false (vmm_helper_make_process (&helper, &ns, &waited_ns, &error));
  g_assert_cmpstr (error->message, ==, "the helper process does not answer");
  vmm_helper_stop (&helper);
  vmm_helper_stop (&helper);
  g_assert_cmpint (waitpid (-1, NULL, 0), ==, -1); /* no zombie */
  g_assert_cmpint (errno, ==, ECHILD);
  g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, fds);
}

/* The helper ends with a program that is killed: this process becomes its parent, and sees it end. */
static void
test_killed (void)
{
  int   pipe_ends[2];
  pid_t helper_pid = 0;

  g_assert_cmpint (prctl (PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL), ==, 0);
  g_assert_cmpint (pipe (pipe_ends), ==, 0);
  pid_t program = fork ();
  if (program == 0) {
    VmmHelper helper = { 0 };

    if (!vmm_helper_start (&helper, NULL) ||
        write (pipe_ends[1], &helper.pid, sizeof helper.pid) != sizeof helper.pid)
      _exit (1);
    pause ();
    _exit (0);
  }
  g_assert_cmpint (read (pipe_ends[0], &helper_pid, sizeof helper_pid), ==, sizeof helper_pid);
  kill (program, SIGKILL);
  g_assert_cmpint (waitpid (program, NULL, 0), ==, program);
  g_assert_cmpint (waitpid (helper_pid, NULL, 0), ==, helper_pid);
  close (pipe_ends[0]);
  close (pipe_ends[1]);
}

static void
test_no_process (void)
{
  pid_t program = fork ();
  int   status;

  if (program == 0) {
    const struct rlimit none = { 0 };
    g_autoptr (GError) error = NULL;
    VmmHelper helper = { 0 };

    /* The limit does not hold for root. */
    if (setrlimit (RLIMIT_NPROC, &none) < 0 || (getuid () == 0 && setuid (65534) < 0))
      _exit (0);
    _exit (vmm_helper_start (&helper, &error) || !g_str_has_prefix (error->message, "fork: "));
  }
  g_assert_cmpint (waitpid (program, &status, 0), ==, program);
  g_assert_cmpint (status, ==, 0);
}

static void
test_choose (void)
{
  static const char maps[] = "100000-200000 r-xp 00000000 fe:01 12   /bin/program\n"
                             "200000-300000 rw-p 00001000 fe:01 12   /bin/program\n"
                             "300000-400000 rw-p 00000000 00:00 0 \n" /* its own cleared memory */
                             "400000-500000 rw-p 00000000 00:00 0    [heap]\n"
                             "600000-700000 r-xp 00000000 fe:01 13   /lib/other.so\n"
                             "800000-900000 rw-p 00000000 00:00 0 \n" /* of this thread */
                             "900000-a00000 rw-p 00000000 00:00 0 \n"
                             "b00000-c00000 r--p 00000000 00:00 0    [vvar]\n"
                             "c00000-d00000 r-xp 00000000 00:00 0    [vdso]\n"
                             "e00000-f00000 r-xp 00000000 fe:01 121  /lib/twelve.so\n";
  static const gsize gone[][2] = { { 0x340000, 0x400000 }, { 0x400000, 0x500000 },
                                   { 0x600000, 0x700000 }, { 0x800000, 0x830000 },
                                   { 0x860000, 0x880000 }, { 0x8b0000, 0x900000 },
                                   { 0x900000, 0xa00000 }, { 0xe00000, 0xf00000 } };
  const gsize        kept[] = { 0x101000, 0x891000, 0x844444, 0x891008 };
  gsize              ranges[16][2];

  g_assert_cmpuint (vmm_helper_choose (maps, kept, G_N_ELEMENTS (kept), ranges, 16), ==,
                    G_N_ELEMENTS (gone));
  g_assert_cmpmem (ranges, sizeof gone, gone, sizeof gone);
  g_assert_cmpuint (vmm_helper_choose (maps, kept, G_N_ELEMENTS (kept), ranges, 2), ==, 2);
  g_assert_cmpuint (vmm_helper_choose ("", kept, G_N_ELEMENTS (kept), ranges, 16), ==, 0);
}

static void
test_tcp (void)
{
  g_autoptr (GError) error = NULL;
  int  ends[2];
  char byte = 0;

  g_assert_true (vmm_loopback_connect (ends, &error));
  g_assert_no_error (error);
  g_assert_cmpint (write (ends[0], "x", 1), ==, 1);
  g_assert_cmpint (read (ends[1], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'x');
  close (ends[0]);
  g_assert_cmpint (read (ends[1], &byte, 1), ==, 0);
  close (ends[1]);

  /* A namespace whose loopback device is down, where one may be made. */
  int   status;
  pid_t program = fork ();
  if (program == 0)
    _exit (unshare (CLONE_NEWNET) == 0 && (vmm_loopback_connect (ends, &error) ||
                                           !g_str_has_prefix (error->message, "127.0.0.1: ")));
  g_assert_cmpint (waitpid (program, &status, 0), ==, program);
  g_assert_cmpint (status, ==, 0);
}

/* Runs the probe once in a directory of its own; "" or why not. Nothing is left there. */
static char *
run_files (const char *dir)
{
  VmmKit kit = { .random = 1, .watch.schedstat = -1, .scratch = { .fd = -1 } };
  g_autoptr (GError) error = NULL;

  kit.scratch.dir.path = (char *) dir;
  vmm_probe_run (&vmm_probe_files, &kit, NULL, 0, &error);
  g_assert_true (error || kit.watch.operations > 0);
  return g_strdup (error ? error->message : "");
}

static void
test_files (void)
{
  g_autofree char *dir = g_dir_make_tmp ("files-XXXXXX", NULL);
  g_autofree char *fine = run_files (dir);
  struct rlimit    before, small;

  g_assert_cmpstr (fine, ==, "");
  g_assert_cmpuint (count_entries (dir), ==, 0);

  /* A disk that takes only a part: here by the limit on file sizes. */
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 1024;
  setrlimit (RLIMIT_FSIZE, &small);
  g_autofree char *full = run_files (dir);
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_true (g_str_has_prefix (full, dir));
  g_assert_cmpuint (count_entries (dir), ==, 0);

  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_autofree char *none = run_files (dir);
  g_assert_true (g_str_has_suffix (none, "No such file or directory"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/programs/choose", test_choose);
  g_test_add_func ("/probe/programs/process", test_process);
  g_test_add_func ("/probe/programs/killed", test_killed);
  g_test_add_func ("/probe/programs/no-process", test_no_process);
  g_test_add_func ("/probe/programs/tcp", test_tcp);
  g_test_add_func ("/probe/programs/files", test_files);
  return g_test_run ();
}
