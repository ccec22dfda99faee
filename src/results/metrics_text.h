/* SPDX-License-Identifier: MIT */
/* metrics_text: what OpenMetrics and the text format of Prometheus have in common. */
#pragma once

#include "vmm/host.h"

/* The two lines that begin a family of `type`. */
void vmm_metrics_append_family (GString *text, const char *name, const char *type,
                                const char *help);

/* name="value" of a sample's labels; the first is appended to a "{". */
void vmm_metrics_append_label (GString *text, const char *name, const char *value);

/* A label for each fact of the host that has one. */
void vmm_metrics_append_host (GString *text, const VmmHost *host);

/* A family of one sample without a label, in a C printf format for the value; nothing where that is
 * not finite. */
void vmm_metrics_append_figure (GString *text, const char *name, const char *type, const char *help,
                                const char *format, double value);

/* vmm_build_info, of "vmm_monitor 1.0.0", and what says which guest it is. */
void vmm_metrics_append_machine (GString *text, const char *program, guint definition,
                                 const VmmHost *host);
