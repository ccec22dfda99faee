/* SPDX-License-Identifier: MIT */
/* score_card_private: what the files of the score card share. */
#pragma once

#include "dial.h"
#include "score_card.h"

#define VMM_CARD_CHARACTERS 38                   /* a line of words beside the graphs */
#define VMM_CARD_MACHINE_CHARACTERS 18           /* of the machine above the graphs */
#define VMM_CARD_N_GROUPS (1 + VMM_N_CATEGORIES) /* the total, then the categories */

struct _VmmScoreCard {
  GtkBox     parent;
  VmmDial   *dial;
  GtkWidget *machine, *scores, *words, *heading, *explanation, *activity, *save, *stop, *compare,
      *label;
  GtkWidget *findings, *scroller, *probes; /* the latter or NULL */
  GtkWidget *marks[VMM_CARD_N_GROUPS], *numbers[VMM_CARD_N_GROUPS], *labels;
  gint64     start_us;          /* of the window that is shown */
  gboolean   observing, beside; /* the graphs, not above them */
};

/* score_card_findings.c: labels as the card's arrangement wants them. `scrolling`: where there is little
 * height, and above the graphs always, the findings scroll, with the keyboard, too. */
void vmm_score_card_fit_label (GtkWidget *label, gpointer data);
void vmm_score_card_fit_findings (VmmScoreCard *card);
void vmm_score_card_clear_findings (VmmScoreCard *card);
void vmm_score_card_show_findings (VmmScoreCard *card, const VmmResult *result, const char *note);
void vmm_score_card_set_scrolling (VmmScoreCard *card, gboolean scrolling);
void vmm_score_card_connect_scroller (VmmScoreCard *card);

/* score_card_scale.c: the scale is made once; `score` NULL: nothing is known yet. */
void vmm_score_card_set_label (GtkWidget *label, const char *text);
void vmm_score_card_make_scale (VmmScoreCard *card);
void vmm_score_card_show_scale (VmmScoreCard *card, const VmmScore *score);
