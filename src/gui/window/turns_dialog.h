/* SPDX-License-Identifier: MIT */
/* turns_dialog: which of the guests this is that measure by turns, how long, and what to enter in the others. */
#pragma once

#include "vmm/guided.h"
#include "vmm/turns.h"

#include <gtk/gtk.h>

/* `label`, of this guest's results: NULL = none. Both are the callee's for the call alone. */
typedef void (*VmmTurnsChosen) (const VmmTurns *turns, const char *label, gpointer data);

/* Of two VMs only one can run at a time: this one's next turn. The callee's for the call alone. */
typedef void (*VmmGuidedChosen) (const VmmGuided *guided, gpointer data);

typedef struct {
  VmmTurnsChosen  by_clock;
  VmmGuidedChosen by_hand;
} VmmTurnsAnswers;

/* Asks; one of the `answers` hears of it, unless the user leaves it. `remembered`: the turns that are under way
 * here, by which it offers to go on; guest 0 = none. All but `data` is the caller's; that outlives `parent`. */
void vmm_turns_dialog_ask (GtkWindow *parent, const VmmPlan *plan, const VmmGuided *remembered,
                           const VmmTurnsAnswers *answers, gpointer data);
