/* SPDX-License-Identifier: MIT */
/* score_card: progress, score, sub-scores, and the two or three things worth saying. */
#include "score_card.h"

#include <math.h>

#include "dial.h"
#include "score_bar.h"
#include "value_accessible.h"
#include "vmm/advice.h"

#define MAX_FINDINGS 3
#define CHARACTERS 30 /* a line of words beside the graphs */

struct _VmmScoreCard {
  GtkBox     parent;
  VmmDial   *dial;
  GtkWidget *scores, *words, *heading, *explanation, *findings;
  GtkWidget *bars[VMM_N_CATEGORIES], *numbers[VMM_N_CATEGORIES];
  gboolean   observing, beside;
};

G_DEFINE_TYPE (VmmScoreCard, vmm_score_card, GTK_TYPE_BOX)

static const char *const category_titles[VMM_N_CATEGORIES] = { "CPU", "Memory", "Disk", "Network" };

static const char meaning[] = "100 is the reference guest; 200 is served twice as fast.";

/* clang-format off */
static const struct { const char *heading, *explanation; } qualities[] = {
  [VMM_QUALITY_CLEAN]     = { "Clean window",     "Nothing else of note ran in the guest." },
  [VMM_QUALITY_BUSY]      = { "Busy window",      "The guest had work of its own; its queueing is taken out." },
  [VMM_QUALITY_DISTURBED] = { "Disturbed window", "In brackets: not fit for comparison. Measure again when the guest is idle." },
  [VMM_QUALITY_INVALID]   = { "No score",         "This window cannot be judged. Measure again." },
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

  if (!isnan (score->value))
    words = g_strdup_printf ("%s %s, 95 %% interval %.1f to %.1f", category_titles[c], number,
                             score->low, score->high);
  else
    words = g_strdup_printf ("%s: %s", category_titles[c],
                             score->reason ? score->reason : "not measured yet");
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
  GtkWidget       *title = gtk_label_new (category_titles[c]);
  g_autofree char *name = g_strdup_printf ("%s score", category_titles[c]);

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
  g_autofree char *line = g_strdup (text);

  /* The core's reasons begin as the middle of a sentence, or with a path. */
  if (!memchr (line, '/', strcspn (line, " ")))
    line[0] = g_ascii_toupper (line[0]);
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

static void
add_advice (VmmScoreCard *card, const VmmResult *result, guint room)
{
  g_autoptr (GPtrArray) advice = vmm_advise (result, VMM_LOCAL);

  for (guint i = 0; i < MIN (advice->len, room); i++) {
    const VmmFinding *finding = g_ptr_array_index (advice, i);
    g_autofree char  *tooltip =
        g_strdup_printf ("%s\n\nCause (%s): %s\n\nSource: %s", finding->evidence,
                         vmm_sureness_id (finding->sureness), finding->cause, finding->source);
    add_finding (card, finding->symptom, finding->remedy, tooltip);
  }
  if (advice->len == 0)
    add_finding (card, NULL, "No symptom found: nothing to fix.", NULL);
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
    add_finding (card, "No VMM found", "This run can serve as the reference.", NULL);
  if (!vmm_result_get_plan (result)->probes)
    return;
  for (guint i = 0; score->reasons && i < score->reasons->len && n < MAX_FINDINGS; i++, n++)
    add_finding (card, NULL, g_ptr_array_index (score->reasons, i), NULL);
  if (score->quality == VMM_QUALITY_INVALID)
    return;
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    if (score->categories[c].reason && n++ < MAX_FINDINGS) {
      g_autofree char *headline = g_strdup_printf ("%s: no score", category_titles[c]);
      add_finding (card, headline, score->categories[c].reason, NULL);
    }
  add_advice (card, result, MAX_FINDINGS - MIN (n, MAX_FINDINGS - 1));
}

/* ---- The whole */

/* Why a run without probes has no score. */
static const char *
explain_passive (const VmmPlan *plan)
{
  return plan->sysroot ? "These are another machine's files: nothing can be tried out on it, so "
                         "there is no score."
                       : "Without probes there is no score: the graphs show how busy the guest is, "
                         "not how well it is served.";
}

static const char *
get_passive_heading (const VmmPlan *plan)
{
  return plan->sysroot ? "Another machine" : "Watching only";
}

static void
begin_progress (VmmScoreCard *card, const VmmPlan *plan)
{
  card->observing = TRUE;
  clear_categories (card);
  clear_findings (card);
  gtk_widget_set_visible (card->scores, plan->probes);
  set_label (card->heading, plan->probes ? "Measuring this VMM" : get_passive_heading (plan));
  explain (card, plan->probes ? meaning : explain_passive (plan));
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
  double left_s = ceil ((double) MAX (0, window.end_us - now_us) / G_USEC_PER_SEC);
  double all_s = (double) (window.end_us - window.start_us) / G_USEC_PER_SEC;
  seconds = g_strdup_printf ("%.0f", left_s);
  words = g_strdup_printf ("Measuring, %s seconds left", seconds);
  vmm_dial_set_text (card->dial, seconds, "seconds left");
  vmm_dial_set_progress (card->dial, 1 - left_s / all_s);
  vmm_value_accessible_set (GTK_WIDGET (card->dial), NAN, words);
  if (activity[0]) {
    g_autofree char *heading = g_strdup_printf ("Measuring: %s", activity);
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
    interval = g_strdup ("no score");
    words = g_strdup_printf ("No score: %s", score->total.reason ? score->total.reason : "");
  } else {
    value = g_strdup_printf (bracketed ? "(%.1f)" : "%.1f", score->total.value);
    interval = g_strdup_printf ("%.1f – %.1f", score->total.low, score->total.high);
    words = g_strdup_printf ("Score %s, 95 %% interval %.1f to %.1f. %s", value, score->total.low,
                             score->total.high, meaning);
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
             plan->probes ? qualities[score->quality].heading : get_passive_heading (plan));
  explain (card, plan->probes ? qualities[score->quality].explanation : explain_passive (plan));
  show_findings (card, result, note);
  gtk_widget_set_visible (card->scores, plan->probes);
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
}

static void
vmm_score_card_init (VmmScoreCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
  vmm_value_accessible_set_up (GTK_WIDGET (card->dial), ATK_ROLE_LEVEL_BAR, "Score", 100000);
  /* A grid tells its children last come first: so the first one is told first. */
  for (int c = VMM_N_CATEGORIES - 1; c >= 0; c--)
    add_category (card, c);
  gtk_widget_show_all (card->scores);
  clear_categories (card);
}
