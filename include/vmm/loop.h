/* SPDX-License-Identifier: MIT */
/* loop: a main loop, or an error where GLib would abort the program for want of descriptors or threads. */
#pragma once

#include <glib.h>

/* What a main loop and the thread that hears signals hold, and what a window adds to that. */
#define VMM_LOOP_DESCRIPTORS 4
#define VMM_LOOP_WINDOW_DESCRIPTORS 64

/* FALSE with VMM_ERROR_IO when this process cannot open `n` more files. */
gboolean vmm_loop_check (guint n, GError **error);

/* The loop of the default context. Signals can be heard from now on: g_unix_signal_add() needs no
 * descriptor any more. NULL with VMM_ERROR_IO, or G_THREAD_ERROR. */
GMainLoop *vmm_loop_new (GError **error);
