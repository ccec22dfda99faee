/* SPDX-License-Identifier: MIT */
/* deliver: brings a result to the files that were asked for, and says what became of it. */
#pragma once

#include "console.h"
#include "vmm/options.h"
#include "vmm/result.h"

/* TRUE when a result goes to standard output, which then holds nothing else. */
gboolean vmm_deliver_takes_output (const VmmOptions *options);

/* TRUE when a result goes anywhere but to the store: it is wanted although nobody reads what is shown. */
gboolean vmm_deliver_has_files (const VmmOptions *options);

/* FALSE when a file that is to be written at the end is sure not to be: known before the window rather than
 * after it. */
gboolean vmm_deliver_check (const VmmOptions *options, GError **error);

/* Says on standard error when the results are to be kept and are sure not to be. */
void vmm_deliver_warn (const VmmOptions *options);

/* Writes the files. `run` is the window's number, from 1: with --repeat it goes into the files'
 * names ("result-2.json"). What cannot be written is appended to `complaints`, a line each, as standard error says it.
 * Returns what all this means for the exit code. */
VmmExit vmm_deliver (const VmmOptions *options, const VmmResult *result, guint run,
                     const VmmConsole *console, GString *complaints);

/* A result that was to be kept and is not, for `error`, is a complaint and a failure. */
VmmExit vmm_deliver_not_kept (const GError *error, GString *complaints);

/* How a result that was kept as `id` is found again, for the end of its report; "" when `id` is NULL. Free with
 * g_free(). */
char *vmm_deliver_tell (const char *id, const VmmConsole *console);
