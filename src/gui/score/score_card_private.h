/* SPDX-License-Identifier: MIT */
/* score_card_private: what the files of the score card share. */
#pragma once

#include "dial.h"
#include "score_card.h"

#define VMM_CARD_CHARACTERS 30 /* a line of words beside the graphs */

struct _VmmScoreCard {
  GtkBox     parent;
  VmmDial   *dial;
  GtkWidget *scores, *words, *heading, *explanation, *activity, *save;
  GtkWidget *findings, *scroller;
  GtkWidget *bars[VMM_N_CATEGORIES], *numbers[VMM_N_CATEGORIES];
  gint64     start_us;          /* of the window that is shown */
  gboolean   observing, beside; /* the graphs, not above them */
};

/* score_card_findings.c: labels as the card's arrangement wants them. `scrolling`: where there is little
 * height the findings scroll, with the keyboard, too. */
void vmm_score_card_fit_label (GtkWidget *label, gpointer data);
void vmm_score_card_clear_findings (VmmScoreCard *card);
void vmm_score_card_show_findings (VmmScoreCard *card, const VmmResult *result, const char *note);
void vmm_score_card_set_scrolling (VmmScoreCard *card, gboolean scrolling);
void vmm_score_card_connect_scroller (VmmScoreCard *card);
