/* SPDX-License-Identifier: MIT */
/* complaint: makes a crash of what GLib complains of, for libFuzzer to keep its input. GLib ends the
 * program by a signal that libFuzzer does not know. */
#include <signal.h>
#include <stdlib.h>

static void
crash (int number)
{
  abort ();
}

static void __attribute__ ((constructor)) await_complaints (void)
{
  signal (SIGTRAP, crash);
}
