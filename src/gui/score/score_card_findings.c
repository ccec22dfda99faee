/* SPDX-License-Identifier: MIT */
/* score_card_findings: the two or three things worth saying about a run. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "vmm/phrases.h"
#include "score_card_private.h"
#include "vmm/language.h"
#include "vmm/words.h"
#include "label.h"

#define MAX_FINDINGS 3

void
vmm_score_card_clear_findings (VmmScoreCard *card)
{
  GList *children = gtk_container_get_children (GTK_CONTAINER (card->findings));

  g_list_free_full (children, (GDestroyNotify) gtk_widget_destroy);
}

/* Lines of a label above the graphs: as high as the dial beside it, with two or three such labels. */
#define COMPACT_LINES 4

/* Beside the graphs there is room for words; above them each gets four lines. */
void
vmm_score_card_fit_label (GtkWidget *label, gpointer data)
{
  VmmScoreCard *card = data;
  gboolean      quiet =
      gtk_style_context_has_class (gtk_widget_get_style_context (label), "under-headline");

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), card->beside ? -1 : COMPACT_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           card->beside ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), card->beside ? VMM_CARD_CHARACTERS : -1);
  gtk_widget_set_visible (label, card->beside || !quiet);
}

static void
add_line (VmmScoreCard *card, const char *text, const char *tooltip, const char *class)
{
  g_autofree char *line = vmm_phrase_capitalise (text);
  GtkWidget       *label = gtk_label_new (line);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_widget_set_tooltip_text (label, tooltip ? tooltip : line);
  vmm_score_card_fit_label (label, card);
  gtk_container_add (GTK_CONTAINER (card->findings), label);
}

/* A headline, and a quiet line below it; either may be NULL. */
static void
add_finding (VmmScoreCard *card, const char *headline, const char *line, const char *tooltip)
{
  if (headline)
    add_line (card, headline, tooltip ? tooltip : line, "finding");
  if (line)
    add_line (card, line, tooltip, headline ? "under-headline" : "quiet");
}

/* What the core says, in the user's language. */
static void
add_reason (VmmScoreCard *card, const char *headline, const char *reason)
{
  g_autofree char *said = vmm_say (reason);

  add_finding (card, headline, said, NULL);
}

static void
add_advice (VmmScoreCard *card, const VmmResult *result, guint room)
{
  g_autoptr (GPtrArray) advice = vmm_advise (result);

  for (guint i = 0; i < MIN (advice->len, room); i++) {
    const VmmFinding *finding = g_ptr_array_index (advice, i);
    g_autofree char  *evidence = vmm_words_evidence (finding, VMM_LOCAL);
    g_autofree char  *tooltip =
        g_strdup_printf (_ ("%1$s\n\nCause (%2$s): %3$s\n\nSource: %4$s"), evidence,
                         vmm_say_id ("sureness", vmm_sureness_id (finding->sureness)),
                         _ (finding->cause), finding->source);
    add_finding (card, _ (finding->symptom), _ (finding->remedy), tooltip);
  }
  if (advice->len == 0)
    add_finding (card, NULL, vmm_words_no_findings (vmm_result_get_score (result)), NULL);
}

/* What speaks against the window, what has no score, what to do about the VMM. */
void
vmm_score_card_show_findings (VmmScoreCard *card, const VmmResult *result, const char *note)
{
  const VmmScore *score = vmm_result_get_score (result);
  guint           n = 0;

  vmm_score_card_clear_findings (card);
  if (note)
    add_finding (card, NULL, note, NULL);
  if (strcmp (vmm_result_get_host (result)->vmm_id, "none") == 0)
    add_finding (card, _ ("No VMM found"), _ ("This run can serve as the reference."), NULL);
  if (!vmm_result_get_plan (result)->probes)
    return;
  for (guint i = 0; score->reasons && i < score->reasons->len && n < MAX_FINDINGS; i++, n++)
    add_reason (card, NULL, g_ptr_array_index (score->reasons, i));
  if (score->quality == VMM_QUALITY_INVALID)
    return;
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    if (score->categories[c].reason && n++ < MAX_FINDINGS) {
      g_autofree char *headline =
          g_strdup_printf (_ ("%s: no score"), vmm_words_metric (vmm_category_metric (c)));
      add_reason (card, headline, score->categories[c].reason);
    }
  add_advice (card, result, MAX_FINDINGS - MIN (n, MAX_FINDINGS - 1));
}

/* ---- Scrolling */

/* Without anything to scroll it is no stop for Tab. */
static void
on_scroller_changed (GtkAdjustment *adjustment, gpointer scroller)
{
  gtk_widget_set_can_focus (scroller, gtk_adjustment_get_upper (adjustment) >
                                          gtk_adjustment_get_page_size (adjustment));
}

void
vmm_score_card_connect_scroller (VmmScoreCard *card)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (card->scroller));

  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_scroller_changed), card->scroller,
                           0);
}

void
vmm_score_card_set_scrolling (VmmScoreCard *card, gboolean scrolling)
{
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (card->scroller), GTK_POLICY_NEVER,
                                  scrolling ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}
