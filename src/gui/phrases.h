/* SPDX-License-Identifier: MIT */
/* phrases: what has one name in files and another in each language, and moments as people of a
 * place write them. No widget. */
#pragma once

#include "vmm/channel.h"

/* "CPU", "Memory", "Disk", "Network"; `category` < VMM_N_CATEGORIES. */
const char *vmm_phrase_category (guint category);

/* Date and time of `real_us` (since the epoch), to the minute or `precisely` to the second; the
 * time of day alone. "–" for a moment out of range. Free with g_free(). */
char *vmm_phrase_moment (gint64 real_us, gboolean precisely);
char *vmm_phrase_clock (gint64 real_us);

/* Why a value is absent, where nobody knows a better reason; NULL for VMM_PRESENT. */
const char *vmm_phrase_absence (VmmAbsence why);
