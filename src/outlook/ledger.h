/* SPDX-License-Identifier: MIT */
/* ledger: what was claimed, what became of it, and who may speak. */
#pragma once

#include "vmm/outlook.h"

/* Whether the newest claim is open. */
gboolean ledger_is_open (const VmmLedgerPage *page);

/* Enters a claim; the oldest of those kept makes room. None may be open. */
void ledger_make (VmmLedgerPage *page, gint64 made_us, gint64 low_us, gint64 high_us,
                  gboolean is_secret);

/* What became of the open one; `came_us` 0 = it did not come. */
void ledger_settle (VmmLedgerPage *page, VmmFate fate, gint64 came_us);

/* Two of the last three were right: for what has to prove itself first. */
gboolean ledger_is_proved (const VmmLedgerPage *page);

/* Two of the last three were wrong, and none was right since. */
gboolean ledger_is_discredited (const VmmLedgerPage *page);

/* Of the last three that came true or did not, those that did. */
guint ledger_count_last (const VmmLedgerPage *page, guint *ret_of);
