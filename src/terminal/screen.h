/* SPDX-License-Identifier: MIT */
/* screen: a terminal borrowed for a live view, and given back whatever happens.
 *
 * While borrowed, the alternate screen is shown, the cursor hidden and typed characters are not
 * echoed. It is given back by vmm_screen_leave(), when a fatal signal arrives, and for as long as
 * the program is suspended (Ctrl-Z). One per process: signal handlers have no other way to it. */
#pragma once

#include <glib.h>

/* TRUE when typed keys can be read from standard input one by one. */
gboolean vmm_screen_enter (int fd);
void     vmm_screen_leave (void); /* fine when not entered */

/* From now on the next SIGINT, SIGTERM or SIGHUP gives the terminal back and ends the process at
 * once: for the time in which an orderly end waits for a device. */
void vmm_screen_make_signals_final (void);
