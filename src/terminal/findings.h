/* SPDX-License-Identifier: MIT */
/* findings: what could be better about this guest, as a section of the report. */
#pragma once

#include "console.h"
#include "vmm/result.h"

/* Appends every finding with its evidence, cause and remedy, or that there is nothing to fix. */
void vmm_findings_append (GString *out, const VmmResult *result, const VmmStyle *style);
