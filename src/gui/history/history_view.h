/* SPDX-License-Identifier: MIT */
/* history_view: the picture of a history, as a widget. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/history.h"

#define VMM_TYPE_HISTORY_VIEW (vmm_history_view_get_type ())
G_DECLARE_FINAL_TYPE (VmmHistoryView, vmm_history_view, VMM, HISTORY_VIEW, GtkDrawingArea)

/* Shows `history`, which outlives that or is followed by another; NULL = nothing. `description` is what it says, for
 * those who do not see it. */
void vmm_history_view_show (VmmHistoryView *view, const VmmHistory *history,
                            const char *description);
