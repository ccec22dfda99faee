/* SPDX-License-Identifier: MIT */
/* test_score_card: each state of the answer, in the words that people and assistive technology
 * get. */
#include "score_card.h"

#include <gtk/gtk.h>
#include <math.h>
#include <vmm-resources.h>

#include "../core/made.h"
#include "style.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

/* What is unlike a clean run of a KVM guest, and what is then to be read. */
typedef struct {
  const char  *path, *vmm_id, *sysroot;
  gboolean     passive;
  VmmChannelId channel; /* of the row, */
  float        value;   /* instead of what made_fill() says; by default the CPU is idle */
  const char  *network; /* why it has no score */
  const char  *score;   /* the dial's description begins so */
  const char  *words[4];
} State;

static const State states[] = {
  { .path = "/score-card/clean",
    .score = "Score 100.0, 95 % interval ",
    .words = { "Clean measurement", "No symptom found: nothing to fix", "100.0" } },
  { .path = "/score-card/busy",
    .channel = VMM_CHANNEL_CPU_BUSY,
    .value = NAN,
    .score = "Score 100.0, 95 % interval ",
    .words = { "Busy measurement", "Guest load unknown" } },
  { .path = "/score-card/disturbed",
    .channel = VMM_CHANNEL_CPU_BUSY,
    .value = 43,
    .score = "Score (100.0), 95 % interval ",
    .words = { "Disturbed measurement", "The guest's own load was 40 %",
               "In brackets: not fit for comparison. Measure again when the guest is idle." } },
  { .path = "/score-card/invalid",
    .channel = VMM_CHANNEL_CLOCK_LOST,
    .value = 5000,
    .score = "No score: ",
    .words = { "No score", "This measurement cannot be judged. Measure again.",
               "The guest, or this program, was stopped for 5000 ms", "–" } },
  { .path = "/score-card/passive",
    .passive = TRUE,
    .score = "No score: ",
    .words = { "Watching only", "Without probes there is no score: the graphs show how busy the "
                                "guest is, not how well it is served." } },
  { .path = "/score-card/another-machine",
    .vmm_id = "virtualbox",
    .sysroot = "/other",
    .passive = TRUE,
    .score = "No score: ",
    .words = { "Another machine", "These are another machine's files: nothing can be tried out on "
                                  "it, so there is no score." } },
  { .path = "/score-card/bare-metal",
    .vmm_id = "none",
    .score = "Score 100.0, 95 % interval ",
    .words = { "Clean measurement", "No VMM found", "This run can serve as the reference." } },
  { .path = "/score-card/no-network",
    .network = "no default gateway",
    .score = "Score 100.0, 95 % interval ",
    .words = { "Clean measurement", "Network: no score", "No default gateway", "–" } },
  { .path = "/score-card/no-permission-to-ping",
    .network = "raw socket: Operation not permitted; to allow it: sysctl",
    .score = "Score 100.0, 95 % interval ",
    .words = { "Network: no score", "Raw socket: Operation not permitted; to allow it: sysctl" } },
};

static VmmResult *
make_result (const State *state)
{
  float row[VMM_N_CHANNELS];
  g_auto (VmmPlan) plan = { 0 };

  made_fill (row);
  row[state->channel] = state->value;
  vmm_plan_init (&plan);
  plan.probes = !state->passive;
  plan.sysroot = g_strdup (state->sysroot);
  VmmResult *result = made_run (&plan, state->vmm_id ? state->vmm_id : "kvm",
                                (const float (*)[VMM_N_CHANNELS]) & row, 1);
  if (state->network) {
    g_autofree char *reason = g_strdup_printf ("\"%s\"", state->network);
    made_change (&result, "score/categories/network/value", "null", "score/categories/network/low",
                 "null", "score/categories/network/high", "null", "score/categories/network/reason",
                 reason, NULL);
  }
  return result;
}

/* ---- What is to be read */

typedef struct {
  const char *words;
  gboolean    found;
} Search;

static void
look_at (GtkWidget *widget, gpointer data)
{
  Search *search = data;

  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    search->found |= g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), search->words) == 0;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), look_at, search);
}

static gboolean
says (GtkWidget *card, const char *words)
{
  Search search = { words, FALSE };

  look_at (card, &search);
  return search.found;
}

static void
find_dial (GtkWidget *widget, gpointer data)
{
  const char *name = atk_object_get_name (gtk_widget_get_accessible (widget));

  if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), find_dial, data);
  if (g_strcmp0 (name, "Score") == 0)
    *(GtkWidget **) data = widget;
}

static const char *
describe (GtkWidget *card)
{
  GtkWidget *dial = NULL;

  gtk_container_foreach (GTK_CONTAINER (card), find_dial, &dial);
  return atk_object_get_description (gtk_widget_get_accessible (dial));
}

static GtkWidget *
show_card (void)
{
  GtkWidget *window = gtk_offscreen_window_new ();
  GtkWidget *card = g_object_new (VMM_TYPE_SCORE_CARD, NULL);

  vmm_score_card_arrange (VMM_SCORE_CARD (card), GTK_ORIENTATION_VERTICAL, TRUE);
  gtk_container_add (GTK_CONTAINER (window), card);
  gtk_widget_show (window);
  return card;
}

static void
destroy (GtkWidget *card)
{
  while (g_main_context_iteration (NULL, FALSE)) /* it draws itself */
    ;
  gtk_widget_destroy (gtk_widget_get_toplevel (card));
}

/* ---- The states */

static void
test_result (gconstpointer data)
{
  const State *state = data;
  g_autoptr (VmmResult) result = make_result (state);
  GtkWidget *card = show_card ();

  vmm_score_card_show_result (VMM_SCORE_CARD (card), result, NULL);
  g_test_message ("%s", describe (card));
  g_assert_true (g_str_has_prefix (describe (card), state->score));
  for (guint i = 0; i < G_N_ELEMENTS (state->words) && state->words[i]; i++)
    if (!says (card, state->words[i]))
      g_error ("it does not say: %s", state->words[i]);
  destroy (card);
}

static void
test_not_kept (void)
{
  g_autoptr (VmmResult) result = make_result (&states[0]);
  GtkWidget *card = show_card ();

  vmm_score_card_show_result (VMM_SCORE_CARD (card), result, "This run was not kept: disk full");
  g_assert_true (says (card, "This run was not kept: disk full"));
  g_assert_true (says (card, "Clean measurement"));
  destroy (card);
}

/* Whatever it says: the graphs beside it do not move, and what is long scrolls. */
static void
test_size (void)
{
  GtkWidget *card = show_card ();
  g_autoptr (VmmResult) clean = make_result (&states[0]);
  g_autofree char *note = g_strnfill (2000, 'w');
  int              width, height, with_note, side;

  vmm_score_card_show_result (VMM_SCORE_CARD (card), clean, NULL);
  gtk_widget_get_preferred_height (card, &height, NULL);
  vmm_score_card_show_result (VMM_SCORE_CARD (card), clean, note);
  gtk_widget_get_preferred_height (card, &with_note, NULL);
  g_assert_cmpint (with_note, ==, height);
  gtk_widget_get_preferred_width (card, NULL, &width);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++) {
    g_autoptr (VmmResult) result = make_result (&states[i]);
    int width_now;
    vmm_score_card_show_result (VMM_SCORE_CARD (card), result, NULL);
    gtk_widget_get_preferred_width (card, NULL, &width_now);
    g_assert_cmpint (width_now, ==, width);
  }
  side = vmm_score_card_get_side_width (VMM_SCORE_CARD (card));
  vmm_score_card_arrange (VMM_SCORE_CARD (card), GTK_ORIENTATION_HORIZONTAL, FALSE);
  g_assert_cmpint (vmm_score_card_get_side_width (VMM_SCORE_CARD (card)), ==, side);
  destroy (card);
}

/* While it observes: what is left, what is probed; of an earlier score nothing. */
static void
test_observing (void)
{
  g_autoptr (VmmSession) session = made_session (30, "kvm");
  g_autoptr (VmmResult) result = make_result (&states[2]);
  GtkWidget *card = show_card ();
  int        width, width_now;

  vmm_score_card_show_result (VMM_SCORE_CARD (card), result, NULL);
  vmm_session_start (session, 0, g_get_real_time ());
  vmm_score_card_show_progress (VMM_SCORE_CARD (card), session, 0);
  g_assert_cmpstr (describe (card), ==, "Measuring, 30 seconds left");
  g_assert_true (says (card, "Measuring this VMM"));
  g_assert_true (says (card, "–"));
  g_assert_false (says (card, "100.0"));
  g_assert_false (says (card, "The guest's own load was 40 %"));
  gtk_widget_get_preferred_width (card, NULL, &width);
  made_activity = "a probe with a name of more than thirty letters";
  vmm_score_card_show_progress (VMM_SCORE_CARD (card), session, 17 * G_USEC_PER_SEC + 1);
  g_assert_cmpstr (describe (card), ==, "Measuring, 13 seconds left");
  g_assert_true (says (card, "Measuring: a probe with a name of more than thirty letters"));
  gtk_widget_get_preferred_width (card, NULL, &width_now);
  g_assert_cmpint (width_now, ==, width);
  vmm_score_card_show_progress (VMM_SCORE_CARD (card), session, 31 * G_USEC_PER_SEC);
  g_assert_cmpstr (describe (card), ==, "Measuring, 0 seconds left");
  made_activity = "";
  vmm_session_start (session, 20 * G_USEC_PER_SEC, g_get_real_time ());
  vmm_score_card_show_progress (VMM_SCORE_CARD (card), session, 20 * G_USEC_PER_SEC);
  g_assert_cmpstr (describe (card), ==, "Measuring, 30 seconds left");
  g_assert_false (says (card, "Measuring: a probe with a name of more than thirty letters"));
  destroy (card);
}

/* Stopped early, with probes and without, it says so. */
static void
test_stopped (void)
{
  static const float row[1][VMM_N_CHANNELS];

  for (int probes = 0; probes < 2; probes++) {
    g_auto (VmmPlan) plan = { 0 };
    GtkWidget *card = show_card ();

    vmm_plan_init (&plan);
    plan.probes = probes;
    g_autoptr (VmmSession) session = made_session_of (&plan, made_host ("kvm"), row, 1);
    vmm_session_start (session, 0, g_get_real_time ());
    vmm_session_step (session, G_USEC_PER_SEC);
    vmm_session_cut (session);
    g_autoptr (VmmResult) result = vmm_result_new (session);
    vmm_score_card_show_result (VMM_SCORE_CARD (card), result, NULL);
    g_assert_true (says (card, "Measurement stopped"));
    g_assert_true (says (card, "It ended early, so there is no score. The graphs go on."));
    destroy (card);
  }
}

static void
find_cut (GtkWidget *widget, gpointer data)
{
  int width, height;

  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), find_cut, data);
  if (!GTK_IS_LABEL (widget))
    return;
  width = gtk_widget_get_allocated_width (widget);
  gtk_widget_get_preferred_height_for_width (widget, width, &height, NULL);
  if (gtk_widget_get_allocated_height (widget) >= height &&
      !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))))
    return;
  g_test_message ("cut: %s", gtk_label_get_text (GTK_LABEL (widget)));
  *(gboolean *) data = TRUE;
}

static void
expand (GtkWidget *widget, gpointer data)
{
  if (GTK_IS_EXPANDER (widget))
    gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE);
  if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), expand, data);
}

static void
check_whole (VmmResult *result, GtkOrientation orientation, gboolean scrolling, int width)
{
  GtkWidget *card = show_card ();
  gboolean   cut = FALSE;

  vmm_score_card_arrange (VMM_SCORE_CARD (card), orientation, scrolling);
  vmm_score_card_show_result (VMM_SCORE_CARD (card), result, NULL);
  gtk_container_foreach (GTK_CONTAINER (card), expand, NULL);
  gtk_widget_set_size_request (card, width, -1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  find_cut (card, &cut);
  g_assert_false (cut);
  destroy (card);
}

#define COMPACT_WIDTH 538 /* in the smallest window, of 560 pixels */

/* Above the graphs, beside them, and in one column with them: nothing that is said is cut off. */
static void
test_whole (void)
{
  for (guint i = 0; i <= G_N_ELEMENTS (states); i++) {
    g_autoptr (VmmResult) result =
        i < G_N_ELEMENTS (states) ? make_result (&states[i]) : made_bad ();
    check_whole (result, GTK_ORIENTATION_HORIZONTAL, FALSE, COMPACT_WIDTH);
    check_whole (result, GTK_ORIENTATION_VERTICAL, FALSE, COMPACT_WIDTH);
    check_whole (result, GTK_ORIENTATION_VERTICAL, TRUE, -1);
  }
}

/* Why the score is what it is: what is wrong and what that costs, how to fix it, and each probe with what 100
 * means and its points. */
static void
test_why (void)
{
  g_autoptr (VmmResult) bad = made_bad ();
  g_autoptr (GPtrArray) advice = vmm_advise (bad);
  const VmmScore *score = vmm_result_get_score (bad);
  GtkWidget      *card = show_card ();

  vmm_score_card_show_result (VMM_SCORE_CARD (card), bad, NULL);
  g_assert_cmpuint (advice->len, >=, 3);
  for (guint i = 0; i < advice->len; i++) {
    g_autofree char *title = vmm_words_finding_title (advice->pdata[i]);
    g_autofree char *bound = vmm_phrase_bind (title);
    g_assert_true (says (card, bound));
  }
  for (const VmmScoreProbe *probe = score->probes; probe->row && probe->row->weight > 0; probe++) {
    char          points[VMM_FIGURE_SIZE], measured[VMM_FIGURE_SIZE], reference[VMM_FIGURE_SIZE];
    VmmFigureUnit unit = vmm_words_probe_unit (probe->row, probe->value);
    g_assert_true (says (card, vmm_channel (probe->row->channel)->title));
    if (isnan (probe->ratio))
      continue;
    g_assert_true (says (card, vmm_figure_points (points, probe->ratio * 100)));
    g_assert_true (says (card, vmm_figure_in (measured, VMM_LOCAL, probe->value, unit)));
    g_assert_true (says (card, vmm_figure_in (reference, VMM_LOCAL, probe->row->reference, unit)));
  }
  destroy (card);
}

/* What the seconds are counted for, where nothing is measured. */
static void
test_recording (void)
{
  g_auto (VmmPlan) plan = { 0 };

  vmm_plan_init (&plan);
  plan.probes = FALSE;
  g_autoptr (VmmSession) session =
      made_session_of (&plan, made_host ("kvm"), (const float (*)[VMM_N_CHANNELS]) made_row, 1);
  GtkWidget *card = show_card ();
  vmm_score_card_show_progress (VMM_SCORE_CARD (card), session, 0);
  g_assert_true (says (card, "Recording this run"));
  destroy (card);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
  g_test_add_func ("/score-card/size", test_size);
  g_test_add_func ("/score-card/whole", test_whole);
  g_test_add_func ("/score-card/why", test_why);
  g_test_add_func ("/score-card/recording", test_recording);
  g_test_add_func ("/score-card/observing", test_observing);
  g_test_add_func ("/score-card/stopped", test_stopped);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_test_add_data_func (states[i].path, &states[i], test_result);
  g_test_add_func ("/score-card/not-kept", test_not_kept);
  return g_test_run ();
}
