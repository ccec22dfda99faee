/* SPDX-License-Identifier: MIT */
/* readings: the channels of a result, as sections of the report. */
#pragma once

#include "console.h"
#include "vmm/result.h"

/* Appends the joules of the window, or nothing where no energy was told. */
void vmm_readings_append_energy (GString *out, const VmmResult *result, const VmmStyle *style);

/* Appends a table of the channels that had values; and a note on each that had none, with why. */
void vmm_readings_append (GString *out, const VmmResult *result, const VmmStyle *style);
void vmm_readings_append_missing (GString *out, const VmmResult *result, const VmmStyle *style);
