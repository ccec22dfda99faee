/* SPDX-License-Identifier: MIT */
/* console: what standard output is, and writing to it. */
#pragma once

#include "vmm/channel.h"

typedef struct {
  int      fd;
  gboolean live;   /* a terminal in whose foreground we are: it can be redrawn */
  gboolean utf8;   /* the locale's character set */
  gboolean colour; /* a terminal, and nobody said NO_COLOR */
  guint    width, height;
} VmmConsole;

/* How pages look: escape sequences, or empty strings where there is no colour. Static storage. */
typedef struct {
  const char *hues[VMM_N_HUES];
  const char *bold, *dim, *reset;
  guint       width; /* of a page: that of the terminal, 50 to 80 columns */
} VmmStyle;

/* Looks at `fd`, the locale and the environment (NO_COLOR, TERM, COLUMNS). A pipe is 80 wide. */
void vmm_console_init (VmmConsole *ret_console, int fd);

/* Asks the terminal for its size again. */
void vmm_console_measure (VmmConsole *console);

VmmStyle vmm_console_style (const VmmConsole *console);

/* Waits for the reader: where that must not be, there is an outlet. Writes `text` whole and as it is, for
 * machines. A reader that has gone is G_IO_ERROR_BROKEN_PIPE; a signal that came while it was waited for
 * is G_IO_ERROR_CANCELLED, and the rest is not written. */
gboolean vmm_console_write_raw (const VmmConsole *console, const char *text, GError **error);

/* Writes the UTF-8 `text` to standard output, in ASCII where the locale wants that, and the latter as it
 * is; FALSE after complaining (not about a reader that has gone). */
gboolean vmm_console_print (const char *text);
gboolean vmm_console_print_raw (const char *text);

/* "vmm_monitor: message", as it is said on standard error, and saying it there. */
char *vmm_console_complaint (const char *message);
void  vmm_console_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Opens /dev/null for each of the first three descriptors that is closed, so that no file of ours
 * ever takes its number; reading and writing there still fail. Call first of all. */
void vmm_console_guard (void);
