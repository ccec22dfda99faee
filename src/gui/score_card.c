/* SPDX-License-Identifier: MIT */
/* score_card: progress, score, sub-scores, and the two or three things worth saying. */
#include "score_card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dial.h"
#include "phrases.h"
#include "score_bar.h"
#include "value_accessible.h"
#include "vmm/advice.h"
#include "words.h"
#include "vmm/language.h"

#define MAX_FINDINGS 3
#define CHARACTERS 30 /* a line of words beside the graphs */

struct _VmmScoreCard {
  GtkBox     parent;
  VmmDial   *dial;
  GtkWidget *scores, *words, *heading, *explanation, *findings, *save;
  GtkWidget *bars[VMM_N_CATEGORIES], *numbers[VMM_N_CATEGORIES];
  gboolean   observing, beside;
};

G_DEFINE_TYPE (VmmScoreCard, vmm_score_card, GTK_TYPE_BOX)

static const char meaning[] = N_ ("100 is the reference guest; 200 is served twice as fast.");
static const char interval_help[] =
    /* xgettext:no-c-format */
    N_ ("95 % interval: where the score would lie 95 times of 100 if the same guest were measured "
        "again and again.");

/* clang-format off */
static const struct { const char *heading, *explanation; } qualities[] = {
  [VMM_QUALITY_CLEAN]     = { N_ ("Clean window"), N_ ("Nothing else of note ran in the guest.") },
  [VMM_QUALITY_BUSY]      = { N_ ("Busy window"), N_ ("The guest had work of its own; its queueing is taken out.") },
  [VMM_QUALITY_DISTURBED] = { N_ ("Disturbed window"),
    N_ ("In brackets: not fit for comparison. Measure again when the guest is idle.") },
  [VMM_QUALITY_INVALID]   = { N_ ("No score"), N_ ("This window cannot be judged. Measure again.") },
};
/* clang-format on */

static void
set_label (GtkWidget *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

/* ---- The four rows */

static void
set_category (VmmScoreCard *card, int c, const VmmScoreValue *score)
{
  g_autofree char *number =
      isnan (score->value) ? g_strdup ("–") : g_strdup_printf ("%.1f", score->value);
  g_autofree char *words = NULL;
  const char      *title = vmm_phrase_category ((guint) c);

  if (!isnan (score->value))
    words = g_strdup_printf (_ ("%1$s %2$s, 95 %% interval %3$.1f to %4$.1f"), title, number,
                             score->low, score->high);
  else {
    g_autofree char *reason =
        score->reason ? vmm_say (score->reason) : g_strdup (_ ("not measured yet"));
    words = g_strdup_printf (C_ ("title: value", "%1$s: %2$s"), title, reason);
  }
  vmm_score_bar_set (VMM_SCORE_BAR (card->bars[c]), score->value, score->low, score->high);
  vmm_value_accessible_set (card->bars[c], score->value, words);
  gtk_widget_set_tooltip_text (card->bars[c], words);
  set_label (card->numbers[c], number);
  gtk_widget_set_tooltip_text (card->numbers[c], words);
}

static void
clear_categories (VmmScoreCard *card)
{
  const VmmScoreValue none = { NAN, NAN, NAN, NULL };

  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    set_category (card, c, &none);
}

static void
add_category (VmmScoreCard *card, int c)
{
  GtkWidget       *title = gtk_label_new (vmm_phrase_category ((guint) c));
  g_autofree char *name =
      g_strdup_printf (C_ ("of a category", "%s score"), vmm_phrase_category ((guint) c));

  gtk_widget_set_halign (title, GTK_ALIGN_START);
  card->bars[c] = g_object_new (VMM_TYPE_SCORE_BAR, "hexpand", TRUE, NULL);
  gtk_style_context_add_class (gtk_widget_get_style_context (card->bars[c]),
                               vmm_metric_id ((VmmMetric) c));
  vmm_value_accessible_set_up (card->bars[c], ATK_ROLE_LEVEL_BAR, name, 100000);
  card->numbers[c] = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (card->numbers[c]), 5);
  gtk_label_set_xalign (GTK_LABEL (card->numbers[c]), 1);
  gtk_style_context_add_class (gtk_widget_get_style_context (card->numbers[c]), "number");
  gtk_grid_attach (GTK_GRID (card->scores), card->numbers[c], 2, c, 1, 1);
  gtk_grid_attach (GTK_GRID (card->scores), card->bars[c], 1, c, 1, 1);
  gtk_grid_attach (GTK_GRID (card->scores), title, 0, c, 1, 1);
}

/* ---- Findings */

static void
clear_findings (VmmScoreCard *card)
{
  GList *children = gtk_container_get_children (GTK_CONTAINER (card->findings));

  g_list_free_full (children, (GDestroyNotify) gtk_widget_destroy);
}

/* Beside the graphs there is room for words; above them each gets one line. */
static void
fit_label (GtkWidget *label, gpointer data)
{
  VmmScoreCard *card = data;
  gboolean      quiet =
      gtk_style_context_has_class (gtk_widget_get_style_context (label), "under-headline");

  gtk_label_set_line_wrap (GTK_LABEL (label), card->beside);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           card->beside ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), card->beside ? CHARACTERS : -1);
  gtk_widget_set_visible (label, card->beside || !quiet);
}

static void
explain (VmmScoreCard *card, const char *text)
{
  set_label (card->explanation, text);
  gtk_widget_set_tooltip_text (card->explanation, text);
}

static void
add_line (VmmScoreCard *card, const char *text, const char *tooltip, const char *class)
{
  /* The core's reasons begin as the middle of a sentence, or with a path. */
  gboolean         is_path = memchr (text, '/', strcspn (text, " ")) != NULL;
  g_autofree char *line = is_path ? g_strdup (text) : vmm_words_capitalise (text);

  GtkWidget *label = gtk_label_new (line);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_widget_set_tooltip_text (label, tooltip ? tooltip : line);
  fit_label (label, card);
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
  g_autoptr (GPtrArray) advice = vmm_advise (result, VMM_LOCAL);

  for (guint i = 0; i < MIN (advice->len, room); i++) {
    const VmmFinding *finding = g_ptr_array_index (advice, i);
    g_autofree char  *tooltip =
        g_strdup_printf (_ ("%1$s\n\nCause (%2$s): %3$s\n\nSource: %4$s"), finding->evidence,
                         vmm_say_id ("sureness", vmm_sureness_id (finding->sureness)),
                         finding->cause, finding->source);
    add_finding (card, finding->symptom, finding->remedy, tooltip);
  }
  if (advice->len == 0)
    add_finding (card, NULL, _ ("No symptom found: nothing to fix."), NULL);
}

/* What speaks against the window, what has no score, what to do about the VMM. */
static void
show_findings (VmmScoreCard *card, const VmmResult *result, const char *note)
{
  const VmmScore *score = vmm_result_get_score (result);
  guint           n = 0;

  clear_findings (card);
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
          g_strdup_printf (_ ("%s: no score"), vmm_phrase_category ((guint) c));
      add_reason (card, headline, score->categories[c].reason);
    }
  add_advice (card, result, MAX_FINDINGS - MIN (n, MAX_FINDINGS - 1));
}

/* ---- The whole */

/* Why a run without probes has no score. */
static const char *
explain_passive (const VmmPlan *plan)
{
  return plan->sysroot ? _ ("These are another machine's files: nothing can be tried out on it, so "
                            "there is no score.")
                       : _ ("Without probes there is no score: the graphs show how busy the guest "
                            "is, not how well it is served.");
}

static const char *
get_passive_heading (const VmmPlan *plan)
{
  return plan->sysroot ? _ ("Another machine") : _ ("Watching only");
}

static void
begin_progress (VmmScoreCard *card, const VmmPlan *plan)
{
  card->observing = TRUE;
  clear_categories (card);
  clear_findings (card);
  gtk_widget_set_visible (card->scores, plan->probes);
  set_label (card->heading, plan->probes ? _ ("Measuring this VMM") : get_passive_heading (plan));
  explain (card, plan->probes ? _ (meaning) : explain_passive (plan));
  vmm_score_card_offer_saving (card, FALSE);
}

void
vmm_score_card_show_progress (VmmScoreCard *card, VmmSession *session, gint64 now_us)
{
  const char      *activity = vmm_session_get_activity (session);
  VmmWindow        window;
  g_autofree char *seconds = NULL, *words = NULL;

  vmm_session_get_window (session, &window);
  if (!card->observing)
    begin_progress (card, vmm_session_get_plan (session));
  if (vmm_session_get_state (session) == VMM_SESSION_IDLE) { /* it is about to begin */
    window.start_us = now_us;
    window.end_us = now_us + (gint64) vmm_session_get_plan (session)->duration_s * G_USEC_PER_SEC;
  }
  /* In whole seconds: nothing is painted between the samples. */
  guint  left_s = (guint) ceil ((double) MAX (0, window.end_us - now_us) / G_USEC_PER_SEC);
  double all_s = (double) (window.end_us - window.start_us) / G_USEC_PER_SEC;
  seconds = g_strdup_printf ("%u", left_s);
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Measuring, %u second left",
                                        "Measuring, %u seconds left", left_s),
                           left_s);
  vmm_dial_set_text (card->dial, seconds, vmm_dial_caption_left (left_s));
  vmm_dial_set_progress (card->dial, 1 - left_s / all_s);
  vmm_value_accessible_set (GTK_WIDGET (card->dial), NAN, words);
  if (activity[0]) {
    g_autofree char *heading = g_strdup_printf (_ ("Measuring: %s"), _ (activity));
    set_label (card->heading, heading);
  }
}

static void
show_total (VmmScoreCard *card, const VmmScore *score)
{
  gboolean         present[VMM_N_CATEGORIES];
  gboolean         bracketed = score->quality == VMM_QUALITY_DISTURBED;
  g_autofree char *value = NULL, *interval = NULL, *words = NULL;

  if (isnan (score->total.value)) {
    value = g_strdup ("–");
    interval = g_strdup (_ ("no score"));
    g_autofree char *reason = score->total.reason ? vmm_say (score->total.reason) : NULL;
    words = reason ? g_strdup_printf (_ ("No score: %s"), reason) : g_strdup (_ ("No score"));
  } else {
    value = g_strdup_printf (bracketed ? "(%.1f)" : "%.1f", score->total.value);
    interval = g_strdup_printf ("%.1f – %.1f", score->total.low, score->total.high);
    g_autofree char *figures = g_strdup_printf (_ ("Score %1$s, 95 %% interval %2$.1f to %3$.1f."),
                                                value, score->total.low, score->total.high);
    words = g_strdup_printf ("%s %s\n%s", figures, _ (meaning), _ (interval_help));
  }
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    present[c] = !isnan (score->categories[c].value);
  vmm_dial_set_text (card->dial, value, interval);
  vmm_dial_set_parts (card->dial, present);
  vmm_value_accessible_set (GTK_WIDGET (card->dial), score->total.value, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (card->dial), words);
}

void
vmm_score_card_show_result (VmmScoreCard *card, const VmmResult *result, const char *note)
{
  const VmmScore *score = vmm_result_get_score (result);
  const VmmPlan  *plan = vmm_result_get_plan (result);

  card->observing = FALSE;
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    set_category (card, c, &score->categories[c]);
  show_total (card, score);
  set_label (card->heading,
             plan->probes ? _ (qualities[score->quality].heading) : get_passive_heading (plan));
  explain (card, plan->probes ? _ (qualities[score->quality].explanation) : explain_passive (plan));
  show_findings (card, result, note);
  gtk_widget_set_visible (card->scores, plan->probes);
}

void
vmm_score_card_offer_saving (VmmScoreCard *card, gboolean offered)
{
  gtk_widget_set_visible (card->save, offered);
}

void
vmm_score_card_set_orientation (VmmScoreCard *card, GtkOrientation orientation)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (card));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (card), orientation);
  card->beside = orientation == GTK_ORIENTATION_VERTICAL;
  /* Beside the graphs it is of one width, whatever it says. */
  gtk_label_set_width_chars (GTK_LABEL (card->explanation), card->beside ? CHARACTERS : -1);
  fit_label (card->explanation, card);
  gtk_widget_set_hexpand (card->scores, card->beside);
  gtk_container_foreach (GTK_CONTAINER (card->findings), fit_label, card);
  if (card->beside)
    gtk_style_context_remove_class (context, "compact");
  else
    gtk_style_context_add_class (context, "compact");
}

int
vmm_score_card_get_side_width (VmmScoreCard *card)
{
  GtkWidget *blocks[] = { GTK_WIDGET (card->dial), card->scores, card->words };
  int        width, widest = 0, padding = 2 * 17;

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++) {
    gtk_widget_get_preferred_width (blocks[i], NULL, &width);
    widest = MAX (widest, width);
  }
  return widest + padding;
}

static void
vmm_score_card_class_init (VmmScoreCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_DIAL);
  gtk_widget_class_set_css_name (widget_class, "scorecard");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/vmm_monitor/score_card.ui");
  gtk_widget_class_bind_template_child (widget_class, VmmScoreCard, dial);
  gtk_widget_class_bind_template_child (widget_class, VmmScoreCard, scores);
  gtk_widget_class_bind_template_child (widget_class, VmmScoreCard, words);
  gtk_widget_class_bind_template_child (widget_class, VmmScoreCard, heading);
  gtk_widget_class_bind_template_child (widget_class, VmmScoreCard, explanation);
  gtk_widget_class_bind_template_child (widget_class, VmmScoreCard, findings);
  gtk_widget_class_bind_template_child (widget_class, VmmScoreCard, save);
}

static void
vmm_score_card_init (VmmScoreCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
  vmm_value_accessible_set_up (GTK_WIDGET (card->dial), ATK_ROLE_LEVEL_BAR, _ ("Score"), 100000);
  /* A grid tells its children last come first: so the first one is told first. */
  for (int c = VMM_N_CATEGORIES - 1; c >= 0; c--)
    add_category (card, c);
  gtk_widget_show_all (card->scores);
  clear_categories (card);
}
