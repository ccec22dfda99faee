/* SPDX-License-Identifier: MIT */
/* quiet: a thread that no signal comes to. */
#pragma once

#include <glib.h>

/* Signals are for the main thread; but a fault is this thread's own, and blocked it would end the
 * process without the handlers that give a terminal back. The threads that it makes are like it. NULL
 * when there can be none. */
GThread *vmm_quiet_thread_new (const char *name, GThreadFunc run, gpointer data);
