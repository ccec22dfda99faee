/* SPDX-License-Identifier: MIT */
/* run_report: one run in words. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/result.h"

/* Above the chart: what the run is, its score, its window. Below it: what to do about the VMM. */
void vmm_run_report_begin (GtkContainer *box, const VmmResult *result);
void vmm_run_report_end (GtkContainer *box, const VmmResult *result);
