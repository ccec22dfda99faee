/* SPDX-License-Identifier: MIT */
/* run_report: one run in words. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/result.h"

/* "Score 134.2, 95 % interval 113.6 to 158.7, disturbed window." Free with g_free(). */
char *vmm_run_report_score (const VmmResult *result);

/* Above the chart: what the run is, its score, its window. Below it: what to do about the VMM. */
void vmm_run_report_begin (GtkContainer *box, const VmmResult *result);
void vmm_run_report_end (GtkContainer *box, const VmmResult *result);
