/* SPDX-License-Identifier: MIT */
/* score_card_findings: why the score is what it is: what speaks against the window, what is wrong with the VMM,
 * and the probes. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "vmm/phrases.h"
#include "score_card_private.h"
#include "vmm/language.h"
#include "vmm/words.h"
#include "finding.h"
#include "probe_table.h"

#define MAX_REASONS 3
#define COMPACT_HEIGHT 100 /* of all of it above the graphs: about as the scale beside it */

void
vmm_score_card_clear_findings (VmmScoreCard *card)
{
  GList *children = gtk_container_get_children (GTK_CONTAINER (card->findings));

  card->probes = NULL;
  g_list_free_full (children, (GDestroyNotify) gtk_widget_destroy);
}

void
vmm_score_card_fit_label (GtkWidget *label, gpointer data)
{
  if (GTK_IS_LABEL (label))
    gtk_label_set_max_width_chars (GTK_LABEL (label),
                                   ((VmmScoreCard *) data)->beside ? VMM_CARD_CHARACTERS : -1);
}

static void
add_line (VmmScoreCard *card, const char *text, const char *class)
{
  g_autofree char *line = vmm_phrase_capitalise (text);
  GtkWidget       *label = gtk_label_new (line);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_widget_set_tooltip_text (label, line);
  gtk_widget_show (label);
  gtk_container_add (GTK_CONTAINER (card->findings), label);
}

/* What the core says, in the user's language. */
static void
add_reason (VmmScoreCard *card, const char *headline, const char *reason)
{
  g_autofree char *said = vmm_say (reason);

  if (headline)
    add_line (card, headline, "finding");
  add_line (card, said, "quiet");
}

static void
add_advice (VmmScoreCard *card, const VmmResult *result)
{
  g_autoptr (GPtrArray) advice = vmm_advise (result);

  for (guint i = 0; i < advice->len; i++)
    vmm_finding_add_folded (GTK_CONTAINER (card->findings), advice->pdata[i], VMM_CARD_CHARACTERS);
  if (advice->len == 0)
    add_line (card, vmm_words_no_findings (vmm_result_get_score (result)), "quiet");
}

/* Open where there is room for it. */
static void
add_probes (VmmScoreCard *card, const VmmScore *score)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  card->probes = gtk_expander_new (_ ("Probes"));
  gtk_style_context_add_class (gtk_widget_get_style_context (card->probes), "probes");
  vmm_probe_table_add (GTK_CONTAINER (box), score, FALSE);
  gtk_container_add (GTK_CONTAINER (card->probes), box);
  gtk_widget_show_all (card->probes);
  gtk_expander_set_expanded (GTK_EXPANDER (card->probes), card->beside);
  gtk_container_add (GTK_CONTAINER (card->findings), card->probes);
}

void
vmm_score_card_fit_findings (VmmScoreCard *card)
{
  gtk_container_foreach (GTK_CONTAINER (card->findings), vmm_score_card_fit_label, card);
  if (card->probes)
    gtk_expander_set_expanded (GTK_EXPANDER (card->probes), card->beside);
}

static void
add_reasons (VmmScoreCard *card, const VmmScore *score)
{
  guint n = 0;

  for (guint i = 0; score->reasons && i < score->reasons->len && n < MAX_REASONS; i++, n++)
    add_reason (card, NULL, g_ptr_array_index (score->reasons, i));
  if (score->quality == VMM_QUALITY_INVALID)
    return;
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    if (score->categories[c].reason && n++ < MAX_REASONS) {
      g_autofree char *headline =
          g_strdup_printf (_ ("%s: no score"), vmm_words_metric (vmm_category_metric (c)));
      add_reason (card, headline, score->categories[c].reason);
    }
}

/* What speaks against the window, what has no score, what to do about the VMM, and the probes. */
void
vmm_score_card_show_findings (VmmScoreCard *card, const VmmResult *result, const char *note)
{
  const VmmScore *score = vmm_result_get_score (result);

  vmm_score_card_clear_findings (card);
  if (note)
    add_line (card, note, "quiet");
  if (strcmp (vmm_result_get_host (result)->vmm_id, "none") == 0) {
    add_line (card, _ ("No VMM found"), "finding");
    add_line (card, _ ("This run can serve as the reference."), "quiet");
  }
  if (!vmm_result_get_plan (result)->probes)
    return;
  add_reasons (card, score);
  if (score->quality == VMM_QUALITY_INVALID)
    return;
  add_advice (card, result);
  add_probes (card, score);
  vmm_score_card_fit_findings (card);
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
  const gboolean compact = !card->beside;

  g_object_set (card->scroller, "vscrollbar-policy",
                scrolling || compact ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER,
                "max-content-height", compact ? COMPACT_HEIGHT : -1, NULL);
}
