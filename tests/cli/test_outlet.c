/* SPDX-License-Identifier: MIT */
/* test_outlet: a reader that takes nothing is not waited for, and misses what it is told it misses. */
#include "outlet.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE 80
#define LINES 3000

/* Two ends of a way: what is written to `near` is read from `far`, which never blocks. */
typedef struct {
  int        far, near;
  VmmOutlet *outlet;
  GString   *taken;
} Way;

static void
open_way (Way *way, int far, int near, gsize bytes)
{
  *way = (Way){ far, near, vmm_outlet_new (near, bytes), g_string_new (NULL) };
  g_assert_cmpint (fcntl (far, F_SETFL, O_NONBLOCK), ==, 0);
}

static void
open_pipe (Way *way, gsize bytes)
{
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  open_way (way, ends[0], ends[1], bytes);
}

static void
open_terminal (Way *way, gsize bytes)
{
  char name[64];
  int  far = posix_openpt (O_RDWR | O_NOCTTY);

  g_assert_cmpint (far, >=, 0);
  g_assert_cmpint (grantpt (far), ==, 0);
  g_assert_cmpint (unlockpt (far), ==, 0);
  g_assert_cmpint (ptsname_r (far, name, sizeof name), ==, 0);
  open_way (way, far, open (name, O_RDWR | O_NOCTTY), bytes);
}

static void
close_way (Way *way)
{
  vmm_outlet_free (way->outlet);
  g_string_free (way->taken, TRUE);
  if (way->far >= 0)
    close (way->far);
  close (way->near);
}

static void
take (Way *way)
{
  char   bytes[4096];
  gssize n;

  while ((n = read (way->far, bytes, sizeof bytes)) > 0)
    g_string_append_len (way->taken, bytes, n);
}

/* Lines that are longer than the way is wide. */
static void
put_lines (Way *way)
{
  for (int i = 0; i < LINES; i++) {
    char line[LINE + 1];
    g_snprintf (line, sizeof line, "%*d\n", LINE - 1, i);
    g_assert_true (vmm_outlet_put (way->outlet, line, NULL));
  }
}

/* Reads on until nothing waits. */
static void
take_all (Way *way)
{
  do {
    take (way);
    g_assert_true (vmm_outlet_put (way->outlet, "", NULL));
  } while (vmm_outlet_is_waiting (way->outlet));
  take (way);
}

/* The lines 0, 1, ... without a gap: how many. */
static guint
count_taken (const Way *way)
{
  g_auto (GStrv) lines = g_strsplit (way->taken->str, "\n", -1);
  guint n = 0;

  while (lines[n][0] == ' ') {
    g_assert_cmpuint (strtoul (lines[n], NULL, 10), ==, n);
    n++;
  }
  return n;
}

static void
check_waits (Way *way)
{
  put_lines (way);
  g_assert_true (vmm_outlet_is_waiting (way->outlet));
  g_assert_cmpint (fcntl (way->near, F_GETFL) & O_NONBLOCK, ==, 0); /* others write there, too */
  take_all (way);
  g_assert_cmpuint (count_taken (way), ==, LINES);
  g_assert_null (strstr (way->taken->str, "left out"));
  close_way (way);
}

static void
test_pipe (void)
{
  Way way;

  open_pipe (&way, LINES * LINE);
  check_waits (&way);
}

static void
test_terminal (void)
{
  Way way;

  open_terminal (&way, LINES * LINE);
  check_waits (&way);
}

static void
test_dropped (void)
{
  Way  way;
  char said[64];

  open_pipe (&way, LINE * 10 + LINE / 2);
  put_lines (&way);
  take_all (&way);
  guint taken = count_taken (&way);
  g_assert_cmpuint (taken, >=, 10);
  g_assert_cmpuint (taken, <, LINES);
  g_assert_true (vmm_outlet_put (way.outlet, "later\n", NULL));
  take_all (&way);
  g_snprintf (said, sizeof said, "\n(%u lines are left out: nobody read them in time)\nlater\n",
              LINES - taken);
  g_assert_true (g_str_has_suffix (way.taken->str, said));
  close_way (&way);
}

/* Half of the queue has to be free before anything is queued again. */
static void
test_room (void)
{
  Way way;

  open_pipe (&way, LINE * 10);
  put_lines (&way);
  char part[LINE * 10];
  g_assert_cmpint (read (way.far, part, sizeof part), >, 0);
  g_assert_true (vmm_outlet_put (way.outlet, "too early\n", NULL));
  take_all (&way);
  g_assert_null (strstr (way.taken->str, "too early"));
  close_way (&way);
}

static void
test_discard (void)
{
  Way way;

  open_terminal (&way, LINES * LINE);
  put_lines (&way);
  vmm_outlet_discard (way.outlet);
  g_assert_false (vmm_outlet_is_waiting (way.outlet));
  take_all (&way);
  g_assert_cmpuint (way.taken->len, <, LINES * LINE);
  close_way (&way);
}

static void
test_patience (void)
{
  g_autoptr (GError) error = NULL;
  Way way;

  open_pipe (&way, LINES * LINE);
  put_lines (&way);
  vmm_outlet_be_patient (way.outlet, 1);
  g_assert_false (vmm_outlet_put (way.outlet, "late\n", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  take (&way);
  vmm_outlet_discard (way.outlet);
  vmm_outlet_be_patient (way.outlet, VMM_OUTLET_FOR_EVER);
  g_assert_true (vmm_outlet_put (way.outlet, "in time\n", NULL));
  g_assert_false (vmm_outlet_is_waiting (way.outlet));
  close_way (&way);
}

static void
test_gone (void)
{
  g_autoptr (GError) error = NULL;
  Way way;

  open_pipe (&way, LINE);
  close (way.far);
  way.far = -1;
  g_assert_false (vmm_outlet_put (way.outlet, "unheard\n", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
  close_way (&way);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN);
  g_test_add_func ("/outlet/pipe", test_pipe);
  g_test_add_func ("/outlet/terminal", test_terminal);
  g_test_add_func ("/outlet/dropped", test_dropped);
  g_test_add_func ("/outlet/room", test_room);
  g_test_add_func ("/outlet/discard", test_discard);
  g_test_add_func ("/outlet/patience", test_patience);
  g_test_add_func ("/outlet/gone", test_gone);
  return g_test_run ();
}
