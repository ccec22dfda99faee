/* SPDX-License-Identifier: MIT */
/* turns_dialog: which of the guests this is that measure by turns, how long, and what to enter in the others. */
#pragma once

#include "vmm/turns.h"

#include <gtk/gtk.h>

/* `label`, of this guest's results: NULL = none. Both are the callee's for the call alone. */
typedef void (*VmmTurnsChosen) (const VmmTurns *turns, const char *label, gpointer data);

/* Asks; `chosen` hears of it, unless the user leaves it. `data` outlives `parent`. */
void vmm_turns_dialog_ask (GtkWindow *parent, const VmmPlan *plan, VmmTurnsChosen chosen,
                           gpointer data);
