/* SPDX-License-Identifier: MIT */
/* score_card: the answer: what is being measured, then the score and what it means. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/result.h"
#include "vmm/session.h"

#define VMM_TYPE_SCORE_CARD (vmm_score_card_get_type ())
G_DECLARE_FINAL_TYPE (VmmScoreCard, vmm_score_card, VMM, SCORE_CARD, GtkBox)

/* Which machine this is, and how that is known. */
void vmm_score_card_set_machine (VmmScoreCard *card, const char *summary, const char *evidence);

/* The window runs: seconds left, what is probed now. Cheap when nothing has changed. */
void vmm_score_card_show_progress (VmmScoreCard *card, VmmSession *session, gint64 now_us);

/* The window is over. `note` is a further line (why the run was not kept), or NULL. */
void vmm_score_card_show_result (VmmScoreCard *card, const VmmResult *result, const char *note);

/* Where the label of what is measured is written. */
GtkEntry *vmm_score_card_get_label (VmmScoreCard *card);

/* Whether there is one before it to compare it with. */
void vmm_score_card_offer_comparison (VmmScoreCard *card, gboolean offered);

/* Whether the run that is shown can be saved by hand. */
void vmm_score_card_offer_saving (VmmScoreCard *card, gboolean offered);

/* Upright or lying; `scrolling`: with little height what it found scrolls, and it grows no higher
 * than what is beside it. */
void vmm_score_card_arrange (VmmScoreCard *card, GtkOrientation orientation, gboolean scrolling);

/* What it needs beside the graphs. */
int vmm_score_card_get_side_width (VmmScoreCard *card);
