/* SPDX-License-Identifier: MIT */
/* injector: lets chosen system calls of this process fail, and hears which files it opens.
 *
 * It takes the place of the C library's functions, so it works on whatever is linked with it, and
 * on any program into which it is preloaded. There the environment gives the one rule, and the file
 * to which every path is added that is to be opened:
 *
 *   VMM_FAULT='CALL NTH ERRNO [PATH]'    fsync 1 28     open 0 24 proc/stat     write -40 28 /var
 *   VMM_OPENED=FILE
 *
 * The NTH such call fails (0 = each; counted from 1; negative: that one and all after it) with
 * ERRNO, a number; with PATH only where the file's path contains it. Two numbers are no error: FAULT_SHORT lets a call of reading or writing
 * move one byte. Calls are counted atomically; set a rule before there are threads. */
#pragma once

#include <glib.h>

#define FAULT_SHORT 9999

/* The calls that can fail: "open", ... NULL-terminated. */
extern const char *const fault_calls[];

/* One rule at a time. `path` NULL = any. */
void fault_arm (const char *call, int nth, int number, const char *path);

/* Ends the rule; how many calls it was asked about. */
guint fault_disarm (void);

/* Hears every path that is to be opened, as a file or directory or link; NULL ends it. */
void fault_watch (void (*on_open) (const char *path));
