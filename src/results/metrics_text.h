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
