/* SPDX-License-Identifier: MIT */
/* outlook_page: what comes, on a terminal: notes of a report, lines below the graphs. */
#pragma once

#include "console.h"
#include "vmm/result.h"

void vmm_outlook_append (GString *out, const VmmResult *result, const VmmStyle *style);

/* As many lines as there are, at most `most`, `width` columns wide. */
void vmm_outlook_append_live (GString *out, const VmmOutlook *outlook, const VmmStyle *style,
                              guint width, guint most);
