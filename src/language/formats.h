/* SPDX-License-Identifier: MIT */
/* formats: those of all sentences that may be stored. */
#pragma once

/* NULL after the last. Collected from the sources by formats.py. */
extern const char *const vmm_formats[];
