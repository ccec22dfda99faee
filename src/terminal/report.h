/* SPDX-License-Identifier: MIT */
/* report: a result as a page of text for people. */
#pragma once

#include "console.h"
#include "vmm/result.h"

/* The whole page, UTF-8, at most 80 columns wide, coloured as the console wants. Free with
 * g_free(). */
char *vmm_report (const VmmResult *result, const VmmConsole *console);

/* The score in one line: "Score 97.3 (94.1 to 100.6) · CPU 101.2 · ... · clean", or "No score: "
 * and why; ends in a newline. A disturbed window's score is in brackets. Free with g_free(). */
char *vmm_report_line (const VmmResult *result);
