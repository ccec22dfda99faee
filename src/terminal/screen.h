/* SPDX-License-Identifier: MIT */
/* screen: a terminal borrowed for a live view, and given back whatever happens.
 *
 * While borrowed, the alternate screen is shown, the cursor hidden and typed characters are not
 * echoed. It is given back by vmm_screen_leave(), when a fatal signal arrives, and for as long as
 * the program is suspended (Ctrl-Z). One per process: signal handlers have no other way to it. */
#pragma once

#include <glib.h>

#define VMM_SCREEN_LEAVE "\033[?25h\033[?1049l\033[0m"

/* `fd` is best non-blocking. TRUE when typed keys can be read from standard input one by one. */
gboolean vmm_screen_enter (int fd);

/* Gives it back; fine when not entered. FALSE when the terminal takes nothing: VMM_SCREEN_LEAVE shall then go
 * before whatever it is shown next. */
gboolean vmm_screen_leave (void);

/* From now on the next SIGINT, SIGTERM or SIGHUP gives the terminal back and ends the process at
 * once: for the time in which an orderly end waits for a device. */
void vmm_screen_make_signals_final (void);
