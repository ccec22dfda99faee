/* SPDX-License-Identifier: MIT */
/* score_card: progress, score and sub-scores, and how good the window was. */
#include "score_card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "score_card_private.h"
#include "template.h"
#include "value_accessible.h"
#include "vmm/language.h"
#include "vmm/words.h"

G_DEFINE_TYPE (VmmScoreCard, vmm_score_card, GTK_TYPE_BOX)

static const char meaning[] = N_ ("100 is the reference guest; 200 is served twice as fast.");
static const char interval_help[] =
    /* xgettext:no-c-format */
    N_ ("95 % interval: where the score would lie 95 times out of 100 if the same guest were "
        "measured again within the hour.");

/* clang-format off */
static const struct { const char *heading, *explanation; } qualities[] = {
  [VMM_QUALITY_CLEAN]     = { N_ ("Clean measurement"), N_ ("Nothing else of note ran in the guest.") },
  [VMM_QUALITY_BUSY]      = { N_ ("Busy measurement"), N_ ("The guest had work of its own; its queueing is taken out.") },
  [VMM_QUALITY_DISTURBED] = { N_ ("Disturbed measurement"),
    N_ ("In brackets: not fit for comparison. Measure again when the guest is idle.") },
  [VMM_QUALITY_INVALID]   = { N_ ("No score"), N_ ("This measurement cannot be judged. Measure again.") },
};
/* clang-format on */

/* ---- The whole */

static void
explain (VmmScoreCard *card, const char *text)
{
  vmm_score_card_set_label (card->explanation, text);
  gtk_widget_set_tooltip_text (card->explanation, text);
}

/* What is probed, or was last; "" = nothing. */
static void
show_activity (VmmScoreCard *card, const char *activity)
{
  gtk_widget_set_visible (card->activity, *activity != '\0');
  if (*activity == '\0')
    return;
  g_autofree char *words = g_strdup_printf (_ ("Measuring: %s"), _ (activity));
  vmm_score_card_set_label (card->activity, words);
}

/* Why a run without probes has no score. */
static const char *
explain_passive (const VmmPlan *plan)
{
  return plan->sysroot ? _ ("These are another machine's files: nothing can be tried out on it, so "
                            "there is no score.")
                       : _ ("Without probes there is no score: the graphs show how busy the guest "
                            "is, not how well it is served.");
}

/* How good the window was, and what it had no eyes for. Free with g_free(). */
static char *
explain_probes (const VmmResult *result)
{
  const char *quality = _ (qualities[vmm_result_get_score (result)->quality].explanation);
  const char *unseen = vmm_words_unseen (result);

  return unseen ? g_strconcat (quality, " ", unseen, NULL) : g_strdup (quality);
}

static const char *
get_passive_heading (const VmmPlan *plan)
{
  return plan->sysroot ? _ ("Another machine") : _ ("Watching only");
}

static gboolean
was_stopped (const VmmResult *result)
{
  return vmm_score_has_cause (vmm_result_get_score (result), VMM_CAUSE_STOPPED_EARLY);
}

static const char *
get_heading (const VmmResult *result)
{
  const VmmPlan *plan = vmm_result_get_plan (result);

  if (was_stopped (result))
    return _ ("Measurement stopped");
  return plan->probes ? _ (qualities[vmm_result_get_score (result)->quality].heading)
                      : get_passive_heading (plan);
}

/* Free with g_free(). */
static char *
explain_result (const VmmResult *result)
{
  const VmmPlan *plan = vmm_result_get_plan (result);

  if (was_stopped (result))
    return g_strdup (_ ("It ended early, so there is no score. The graphs go on."));
  return plan->probes ? explain_probes (result) : g_strdup (explain_passive (plan));
}

static void
begin_progress (VmmScoreCard *card, const VmmPlan *plan)
{
  card->observing = TRUE;
  vmm_score_card_show_scale (card, NULL);
  vmm_score_card_clear_findings (card);
  gtk_widget_set_visible (card->scores, plan->probes);
  vmm_score_card_set_label (card->heading,
                            plan->probes ? _ ("Measuring this VMM") : get_passive_heading (plan));
  explain (card, plan->probes ? _ (meaning) : explain_passive (plan));
  show_activity (card, "");
  /* Else nobody knows what the seconds are counted for. */
  if (!plan->probes) {
    /* TRANSLATORS: in passive mode, below the seconds that are left. */
    vmm_score_card_set_label (card->activity, _ ("Recording this run"));
    gtk_widget_show (card->activity);
  }
  vmm_score_card_offer_saving (card, FALSE);
  vmm_score_card_offer_comparison (card, FALSE);
  gtk_widget_set_visible (card->stop, plan->probes);
}

void
vmm_score_card_show_progress (VmmScoreCard *card, VmmSession *session, gint64 now_us)
{
  VmmDescription   sources;
  VmmWindow        window;
  g_autofree char *words = NULL;

  vmm_session_describe (session, &sources);
  vmm_session_get_window (session, &window);
  if (!card->observing || card->start_us != window.start_us) /* or another one, of another plan */
    begin_progress (card, vmm_session_get_plan (session));
  card->start_us = window.start_us;
  /* It is not what a window that opens begins with. */
  gtk_widget_set_can_focus (card->label, vmm_session_get_state (session) != VMM_SESSION_IDLE);
  if (vmm_session_get_state (session) == VMM_SESSION_IDLE) { /* it is about to begin */
    window.start_us = now_us;
    window.end_us = now_us + (gint64) vmm_session_get_plan (session)->duration_s * G_USEC_PER_SEC;
  }
  /* In whole seconds: nothing is painted between the samples. */
  guint  left_s = (guint) ceil ((double) MAX (0, window.end_us - now_us) / G_USEC_PER_SEC);
  double all_s = (double) (window.end_us - window.start_us) / G_USEC_PER_SEC;
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Measuring, %u second left",
                                        "Measuring, %u seconds left", left_s),
                           left_s);
  vmm_dial_count_down (card->dial, 1 - left_s / all_s, left_s);
  vmm_value_accessible_set (GTK_WIDGET (card->dial), NAN, words);
  if (sources.activity[0])
    show_activity (card, sources.activity);
}

static void
show_total (VmmScoreCard *card, const VmmScore *score)
{
  g_autofree char *value = NULL, *caption = NULL, *words = vmm_words_score (score);

  if (isnan (score->total.value)) {
    value = g_strdup ("–");
    caption = g_strdup (_ ("no score"));
  } else {
    g_autofree char *figures = g_steal_pointer (&words);
    value = vmm_words_points (score->total.value, score->quality);
    g_autofree char *interval = vmm_words_narrow_interval (score->total.low, score->total.high);
    caption = g_strdup_printf (_ ("95 %% interval: %s"), interval);
    words = g_strdup_printf ("%s\n%s\n%s", figures, _ (meaning), _ (interval_help));
  }
  vmm_dial_tell (card->dial, value, caption);
  vmm_value_accessible_set (GTK_WIDGET (card->dial), score->total.value, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (card->dial), words);
}

void
vmm_score_card_show_result (VmmScoreCard *card, const VmmResult *result, const char *note)
{
  const VmmScore *score = vmm_result_get_score (result);
  const VmmPlan  *plan = vmm_result_get_plan (result);

  card->observing = FALSE;
  gtk_widget_hide (card->stop);
  gtk_widget_set_can_focus (card->label, TRUE);
  vmm_score_card_show_scale (card, score);
  show_total (card, score);
  vmm_score_card_set_label (card->heading, get_heading (result));
  g_autofree char *explanation = explain_result (result);
  explain (card, explanation);
  show_activity (card, "");
  vmm_score_card_show_findings (card, result, note);
  gtk_widget_set_visible (card->scores, plan->probes);
}

void
vmm_score_card_set_machine (VmmScoreCard *card, const char *summary, const char *evidence)
{
  gtk_label_set_text (GTK_LABEL (card->machine), summary);
  gtk_widget_set_tooltip_text (card->machine, evidence);
  gtk_widget_show (card->machine);
}

GtkEntry *
vmm_score_card_get_label (VmmScoreCard *card)
{
  return GTK_ENTRY (card->label);
}

void
vmm_score_card_offer_comparison (VmmScoreCard *card, gboolean offered)
{
  gtk_widget_set_visible (card->compare, offered);
}

void
vmm_score_card_offer_saving (VmmScoreCard *card, gboolean offered)
{
  gtk_widget_set_visible (card->save, offered);
}

void
vmm_score_card_arrange (VmmScoreCard *card, GtkOrientation orientation, gboolean scrolling)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (card));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), orientation);
  card->beside = orientation == GTK_ORIENTATION_VERTICAL;
  /* Beside the graphs it is of one width, whatever it says. */
  gtk_label_set_width_chars (GTK_LABEL (card->explanation),
                             card->beside ? VMM_CARD_CHARACTERS : -1);
  vmm_score_card_fit_label (card->explanation, card);
  gtk_label_set_max_width_chars (GTK_LABEL (card->machine),
                                 card->beside ? VMM_CARD_CHARACTERS : VMM_CARD_MACHINE_CHARACTERS);
  gtk_widget_set_hexpand (card->scores, card->beside);
  vmm_score_card_fit_findings (card);
  vmm_score_card_set_scrolling (card, scrolling);
  if (card->beside)
    gtk_style_context_remove_class (context, "compact");
  else
    gtk_style_context_add_class (context, "compact");
}

/* As wide as a label asks for. */
static int
measure_characters (GtkWidget *label, int n)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, NULL);
  PangoContext     *context = pango_layout_get_context (layout);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int               width = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                                 pango_font_metrics_get_approximate_digit_width (metrics));

  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS_CEIL (n * width);
}

/* Not as the words are now: above the graphs each takes as long a line as it needs. */
int
vmm_score_card_get_side_width (VmmScoreCard *card)
{
  int words = measure_characters (card->explanation, VMM_CARD_CHARACTERS), padding = 2 * 17;
  int dial, scores;

  gtk_widget_get_preferred_width (GTK_WIDGET (card->dial), NULL, &dial);
  gtk_widget_get_preferred_width (card->scores, NULL, &scores);
  return MAX (words, MAX (dial, scores)) + padding;
}

#define CHILD(name) VMM_CHILD (VmmScoreCard, name)

static const VmmChild children[] = { CHILD (machine),  CHILD (dial),    CHILD (scores),
                                     CHILD (words),    CHILD (heading), CHILD (explanation),
                                     CHILD (activity), CHILD (save),    CHILD (stop),
                                     CHILD (compare),  CHILD (label),   CHILD (findings),
                                     CHILD (scroller) };

static void
vmm_score_card_class_init (VmmScoreCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_DIAL);
  gtk_widget_class_set_css_name (widget_class, "scorecard");
  VMM_SET_TEMPLATE (widget_class, "score_card.ui", children);
}

static void
vmm_score_card_init (VmmScoreCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
  vmm_value_accessible_set_up (GTK_WIDGET (card->dial), ATK_ROLE_LEVEL_BAR, _ ("Score"), 100000);
  vmm_score_card_make_scale (card);
  vmm_score_card_connect_scroller (card);
}
