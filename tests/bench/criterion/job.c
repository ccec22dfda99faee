/* SPDX-License-Identifier: MIT */
/* job: how long one unit of a job takes, as a program's user would time it.
 *
 * usage: job NAME SECONDS UNITS SHELL-COMMAND. It runs the command again and again until SECONDS have
 * passed or UNITS are done, and prints "JOB NAME seconds-a-unit units", or "JOB NAME failed status".
 * The command `clock` is its own: 2000 readings of the clock. A command that says how many
 * "Requests/sec:" it got is believed: its unit is a thousand of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READINGS = 2000, LIMIT_S = 45 };

static double
get_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static int
read_clock (void)
{
  for (int i = 0; i < READINGS; i++)
    get_now ();
  return 0;
}

static void
become (const char *command, int output)
{
  alarm (LIMIT_S); /* stays through exec */
  dup2 (output, STDOUT_FILENO);
  dup2 (output, STDERR_FILENO);
  execlp ("dash", "dash", "-c", command, (char *) NULL);
  _exit (127);
}

/* What the command wrote is kept up to its last kilobytes; returns its status. */
static int
run (const char *command, char *said, size_t size)
{
  int    ends[2], status = -1;
  size_t length = 0;
  char   part[512];

  if (pipe (ends) != 0)
    return -1;
  pid_t child = fork ();
  if (child == 0)
    become (command, ends[1]);
  close (ends[1]);
  for (ssize_t n; (n = read (ends[0], part, sizeof part)) > 0;)
    if (length + (size_t) n < size) {
      memcpy (said + length, part, (size_t) n);
      length += (size_t) n;
    }
  said[length] = '\0';
  close (ends[0]);
  waitpid (child, &status, 0);
  return status;
}

int
main (int argc, char **argv)
{
  if (argc != 5) {
    fprintf (stderr, "usage: job NAME SECONDS UNITS SHELL-COMMAND\n");
    return 2;
  }
  double      least = atof (argv[2]), begin = get_now (), seconds = 0;
  int         units = atoi (argv[3]), n = 0;
  static char said[65536];
  const char *rate = NULL;

  while (n == 0 || (seconds < least && n < units)) {
    int status = strcmp (argv[4], "clock") == 0 ? read_clock () : run (argv[4], said, sizeof said);
    if (status != 0) {
      said[400] = '\0';
      printf ("JOB %s failed %d\n", argv[1], status);
      fprintf (stderr, "%s: %s\n", argv[1], said);
      return 1;
    }
    n++;
    seconds = get_now () - begin;
  }
  rate = strstr (said, "Requests/sec:");
  printf ("JOB %s %.6g %d\n", argv[1], rate ? 1000 / atof (rate + 13) : seconds / n, n);
  return 0;
}
