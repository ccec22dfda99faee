/* SPDX-License-Identifier: MIT */
/* turns_dialog: by the clock the first guest makes codes, the others are given one; by hand two VMs have a place
 * each. What is wrong is said while it is typed. */
#include "turns_dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dialog_rows.h"
#include "guided_news.h"
#include "vmm/axis.h"
#include "vmm/language.h"
#include "vmm/phrases.h"

#define N_CLOCK 6

static const guint minutes[] = { 10, 20, 30, 60, 120 };

typedef struct {
  GtkWidget      *dialog, *by_hand, *steps, *role, *code, *guests, *time, *label;
  GtkWidget      *others, *place, *problem, *trust;
  GtkWidget      *clock[N_CLOCK]; /* what is there for turns by the clock alone */
  VmmPlan         plan;
  VmmTurns        turns; /* as it is chosen now */
  VmmGuided       remembered;
  gboolean        is_under_way;
  gint64          opened_us;
  VmmTurnsAnswers answers;
  gpointer        data;
} Asking;

static const char *
get_text (GtkWidget *entry)
{
  return gtk_entry_get_text (GTK_ENTRY (entry));
}

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, text[0] != '\0');
}

/* ---- What is chosen */

/* A code says it all; who has none is the first. The end is a whole minute, as codes have it. */
static gboolean
read_turns (Asking *asking, GError **error)
{
  guint chosen = (guint) MAX (gtk_combo_box_get_active (GTK_COMBO_BOX (asking->time)), 0);
  guint guests = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (asking->guests));
  g_autofree char *first = g_strdup_printf ("1/%u", guests);
  const char      *code = get_text (asking->code);

  if (!vmm_turns_parse (&asking->turns, *code ? code : first, &asking->plan, error))
    return FALSE;
  if (asking->turns.until_us == G_MAXINT64)
    asking->turns.until_us =
        (asking->opened_us / G_TIME_SPAN_MINUTE + 1 + minutes[chosen]) * G_TIME_SPAN_MINUTE;
  return TRUE;
}

/* One a line. */
static char *
make_codes (const VmmTurns *turns)
{
  GString *codes = g_string_new (NULL);

  for (guint turn = 1; turn <= turns->turns; turn++)
    if (turn != turns->turn) {
      g_autofree char *code = vmm_turns_code (turns, turn);
      g_string_append_printf (codes, "%s%s", codes->len ? "\n" : "", code);
    }
  return g_string_free (codes, FALSE);
}

static void
show_place (Asking *asking, gint64 end_us)
{
  g_autofree char *end = vmm_phrase_clock (end_us);
  g_autofree char *place =
      g_strdup_printf (_ ("This is guest %1$u of %2$u; its last measurement ends at %3$s."),
                       asking->turns.turn, asking->turns.turns, end);

  show_text (asking->place, end_us ? place
                                   : _ ("No measurement of this guest ends before the time "
                                        "that is set."));
}

static void
show_problem (Asking *asking, const GError *error)
{
  g_autofree char *said = error ? vmm_say (error->message) : g_strdup ("");
  g_autofree char *text = vmm_phrase_capitalise (said);

  show_text (asking->problem, text);
}

/* A clock that the kernel does not trust is the user's to trust. */
static gboolean
is_clock_good (Asking *asking, GError **error)
{
  VmmTurnsClock clock;

  vmm_turns_read_clock (&clock);
  gboolean is_good = vmm_turns_check_clock (&clock, error);
  gtk_widget_set_visible (asking->trust, !is_good);
  return is_good || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (asking->trust));
}

static gboolean
is_by_hand (const Asking *asking)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (asking->by_hand));
}

static void
allow_start (Asking *asking, gboolean is_allowed)
{
  gtk_dialog_set_response_sensitive (GTK_DIALOG (asking->dialog), GTK_RESPONSE_ACCEPT, is_allowed);
}

static void
update_by_clock (Asking *asking)
{
  g_autoptr (GError) error = NULL;
  gint64   end_us = 0;
  gboolean is_read = read_turns (asking, &error);
  gboolean has_code = *get_text (asking->code) != '\0';

  if (is_read)
    vmm_turns_count (&asking->turns, g_get_real_time (), &end_us);
  g_autofree char *codes = is_read ? make_codes (&asking->turns) : g_strdup ("");
  show_text (asking->others, codes);
  show_place (asking, end_us);
  gtk_widget_set_visible (asking->place, is_read);
  gtk_widget_set_sensitive (asking->guests, !has_code);
  gtk_widget_set_sensitive (asking->time, !has_code);
  gboolean is_good = is_read && is_clock_good (asking, &error);
  show_problem (asking, error);
  allow_start (asking, is_good && end_us);
}

/* Whether the turns that are remembered are to go on. */
static gboolean
goes_on (const Asking *asking)
{
  return asking->is_under_way && gtk_combo_box_get_active (GTK_COMBO_BOX (asking->role)) == 0;
}

/* The turn that is next here, in the order of the roles. */
static void
make_guided (const Asking *asking, VmmGuided *ret_guided)
{
  int role = gtk_combo_box_get_active (GTK_COMBO_BOX (asking->role)) - asking->is_under_way;

  if (goes_on (asking)) {
    *ret_guided = asking->remembered;
    ret_guided->label = g_strdup (asking->remembered.label);
  } else
    vmm_guided_init (ret_guided, (guint) MAX (role, 0) + 1, VMM_GUIDED_WINDOWS,
                     get_text (asking->label));
}

static void
update_by_hand (Asking *asking)
{
  g_auto (VmmGuided) guided = { 0 };

  make_guided (asking, &guided);
  gboolean         is_named = vmm_guided_is_label (guided.label);
  g_autofree char *place =
      vmm_guided_news_place (&guided, g_get_real_time (), asking->plan.duration_s);
  show_text (asking->place, is_named ? place : "");
  show_text (asking->problem, is_named ? "" : _ ("Each of the two VMs needs a label of its own."));
  allow_start (asking, is_named);
}

static void
update (Asking *asking)
{
  gboolean by_hand = is_by_hand (asking);

  for (guint i = 0; i < N_CLOCK; i++)
    gtk_widget_set_visible (asking->clock[i], !by_hand);
  gtk_widget_set_visible (asking->steps, by_hand);
  gtk_widget_set_visible (asking->role, by_hand);
  gtk_widget_set_sensitive (asking->label, !by_hand || !goes_on (asking));
  if (by_hand) {
    gtk_widget_hide (asking->trust);
    update_by_hand (asking);
  } else
    update_by_clock (asking);
}

/* ---- Making */

static GtkWidget *
make_time (void)
{
  GtkWidget *time = gtk_combo_box_text_new ();

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++) {
    g_autofree char *span = vmm_axis_format_span (minutes[i] * G_TIME_SPAN_MINUTE);
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (time), span);
  }
  gtk_combo_box_set_active (GTK_COMBO_BOX (time), 0);
  return time;
}

static GtkWidget *
make_entry (const char *text, const char *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_text (GTK_ENTRY (entry), text ? text : "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  return entry;
}

static GtkWidget *
make_role (gboolean is_under_way)
{
  GtkComboBoxText *role = GTK_COMBO_BOX_TEXT (gtk_combo_box_text_new ());

  if (is_under_way)
    gtk_combo_box_text_append_text (role, _ ("goes on where it was"));
  gtk_combo_box_text_append_text (role, _ ("begins"));
  gtk_combo_box_text_append_text (role, _ ("is the other one"));
  gtk_combo_box_set_active (GTK_COMBO_BOX (role), 0);
  return GTK_WIDGET (role);
}

/* clang-format off */
static void
fill (Asking *asking, GtkGrid *grid)
{
  GtkWidget *slots = vmm_dialog_add_words (grid, _ ("Guests of one host measure in alternate slots of the wall clock, without talking to each other. What drifts on the host falls on all of them alike, so that they can be compared."), 0, NULL);
  asking->steps = vmm_dialog_add_words (grid, _ ("Two VMs measure five turns, one after the other; after each you are told which one to shut down and which one to start. What drifts on the host falls on both alike."), 2, NULL);
  asking->by_hand = vmm_dialog_add_check (grid, _ ("_Only one of two VMs can run at a time"), 1);
  asking->role = vmm_dialog_add_choice (grid, _ ("This _VM"), make_role (asking->is_under_way), 3);
  asking->code = vmm_dialog_add_choice (grid, _ ("Co_de from the other guest"), make_entry (NULL, _ ("none: begin here")), 4);
  asking->guests = vmm_dialog_add_choice (grid, _ ("_Guests"), gtk_spin_button_new_with_range (2, VMM_TURNS_MAX, 1), 5);
  asking->time = vmm_dialog_add_choice (grid, _ ("_Time for it"), make_time (), 6);
  asking->label = vmm_dialog_add_choice (grid, _ ("_Label of this guest's results"), make_entry (asking->plan.label, _ ("no label")), 7);
  asking->place = vmm_dialog_add_words (grid, NULL, 8, NULL);
  GtkWidget *enter = vmm_dialog_add_words (grid, _ ("Enter in the other guests, in this dialog or after “vmm_monitor turns”, a code each:"), 9, NULL);
  asking->others = vmm_dialog_add_words (grid, NULL, 10, "heading");
  asking->problem = vmm_dialog_add_words (grid, NULL, 11, "error");
  asking->trust = vmm_dialog_add_check (grid, _ ("T_he clocks of all guests show the same second"), 12);
  GtkWidget *const clock[N_CLOCK] = { slots, asking->code, asking->guests, asking->time, enter, asking->others };
  memcpy (asking->clock, clock, sizeof clock);
}
/* clang-format on */

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  vmm_plan_clear (&asking->plan);
  vmm_guided_clear (&asking->remembered);
  g_free (asking);
}

static void
on_response (GtkDialog *dialog, int response, gpointer data)
{
  Asking         *asking = data;
  VmmTurns        turns = asking->turns;
  VmmTurnsAnswers answers = asking->answers;
  gpointer        answers_data = asking->data;
  gboolean        by_hand = is_by_hand (asking);
  g_auto (VmmGuided) guided = { 0 };
  g_autofree char *label = g_strdup (get_text (asking->label));

  make_guided (asking, &guided);
  gtk_widget_destroy (GTK_WIDGET (dialog));
  if (response == GTK_RESPONSE_ACCEPT && by_hand)
    answers.by_hand (&guided, answers_data);
  else if (response == GTK_RESPONSE_ACCEPT)
    answers.by_clock (&turns, *label ? label : NULL, answers_data);
}

void
vmm_turns_dialog_ask (GtkWindow *parent, const VmmPlan *plan, const VmmGuided *remembered,
                      const VmmTurnsAnswers *answers, gpointer data)
{
  Asking    *asking = g_new0 (Asking, 1);
  GtkWidget *grid = gtk_grid_new ();

  vmm_plan_copy (&asking->plan, plan);
  asking->opened_us = g_get_real_time ();
  asking->remembered = *remembered;
  asking->remembered.label = g_strdup (remembered->label);
  asking->is_under_way = remembered->guest > 0;
  asking->answers = *answers;
  asking->data = data;
  asking->dialog = gtk_dialog_new_with_buttons (
      _ ("Measure in Turns"), parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
      _ ("_Cancel"), GTK_RESPONSE_CANCEL, _ ("_Start"), GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (asking->dialog), GTK_RESPONSE_ACCEPT);
  gtk_window_set_resizable (GTK_WINDOW (asking->dialog), FALSE);
  g_object_set (grid, "margin", 18, "row-spacing", 10, "column-spacing", 14, "visible", TRUE, NULL);
  fill (asking, GTK_GRID (grid));
  gtk_label_set_selectable (GTK_LABEL (asking->others), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (asking->by_hand), asking->is_under_way);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (asking->dialog))),
                     grid);
  g_object_set_data_full (G_OBJECT (asking->dialog), "asking", asking, asking_free);
  g_signal_connect_swapped (asking->code, "changed", G_CALLBACK (update), asking);
  g_signal_connect_swapped (asking->guests, "value-changed", G_CALLBACK (update), asking);
  g_signal_connect_swapped (asking->time, "changed", G_CALLBACK (update), asking);
  g_signal_connect_swapped (asking->by_hand, "toggled", G_CALLBACK (update), asking);
  g_signal_connect_swapped (asking->role, "changed", G_CALLBACK (update), asking);
  g_signal_connect_swapped (asking->label, "changed", G_CALLBACK (update), asking);
  g_signal_connect_swapped (asking->trust, "toggled", G_CALLBACK (update), asking);
  g_signal_connect (asking->dialog, "response", G_CALLBACK (on_response), asking);
  update (asking);
  gtk_window_present (GTK_WINDOW (asking->dialog));
}
