/* SPDX-License-Identifier: MIT */
/* skipping: windows that were due and not measured, since the program was started and before. */
#pragma once

#include "vmm/snapshot.h"

typedef struct {
  VmmStore *store; /* where they are counted for ever; NULL = nowhere */
  char     *machine;
  guint64   now[VMM_N_SKIPPED];
  VmmSkips  before;
  gboolean  is_before_unknown; /* it cannot be read */
} VmmSkipping;

/* `is_kept`: in the user's store, where those of before are found. */
void vmm_skipping_init (VmmSkipping *skipping, const VmmHost *host, gboolean is_kept);
void vmm_skipping_clear (VmmSkipping *skipping);

/* One more. FALSE and the error: it counts, and until the program ends. */
gboolean vmm_skipping_add (VmmSkipping *skipping, VmmSkipped why, gint64 wall_us, GError **error);

/* Fills the members that this knows. */
void vmm_skipping_describe (const VmmSkipping *skipping, VmmSnapshot *snapshot);
