/* SPDX-License-Identifier: MIT */
/* random: numbers that need only look like chance, fast: where a batch goes, what a block holds. */
#pragma once

#include <glib.h>

/* xorshift64: `state` is never 0. */
guint64 vmm_random (guint64 *state);
