/* SPDX-License-Identifier: MIT */
/* turns_dialog: the first guest makes codes, the others are given one; what is wrong is said while it is typed. */
#include "turns_dialog.h"

#include <glib/gi18n-lib.h>

#include "vmm/axis.h"
#include "vmm/language.h"
#include "vmm/phrases.h"

#define WIDTH 52 /* characters */

static const guint minutes[] = { 10, 20, 30, 60, 120 };

typedef struct {
  GtkWidget     *dialog, *code, *guests, *time, *label, *others, *place, *problem, *trust;
  VmmPlan        plan;
  VmmTurns       turns; /* as it is chosen now */
  gint64         opened_us;
  VmmTurnsChosen chosen;
  gpointer       data;
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
      g_strdup_printf (_ ("This is guest %1$u of %2$u; its last window ends at %3$s."),
                       asking->turns.turn, asking->turns.turns, end);

  show_text (asking->place, end_us ? place
                                   : _ ("No window of this guest ends before the time "
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

static void
update (Asking *asking)
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
  gtk_dialog_set_response_sensitive (GTK_DIALOG (asking->dialog), GTK_RESPONSE_ACCEPT,
                                     is_good && end_us);
}

/* ---- Making */

static GtkWidget *
add_words (GtkGrid *grid, const char *words, int row, const char *class)
{
  GtkWidget *label = gtk_label_new (words);

  g_object_set (label, "wrap", TRUE, "max-width-chars", WIDTH, "xalign", 0.0, "visible",
                words != NULL, NULL);
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_grid_attach (grid, label, 0, row, 2, 1);
  return label;
}

static GtkWidget *
add_choice (GtkGrid *grid, const char *name, GtkWidget *choice, int row)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (name);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), choice);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (choice, TRUE);
  gtk_widget_show (label);
  gtk_widget_show (choice);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, choice, 1, row, 1, 1);
  return choice;
}

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

/* clang-format off */
static void
fill (Asking *asking, GtkGrid *grid)
{
  add_words (grid, _ ("Guests of one host measure in alternate slots of the wall clock, without talking to each other. What drifts on the host falls on all of them alike, so that they can be compared."), 0, NULL);
  asking->code = add_choice (grid, _ ("Co_de from the other guest"), make_entry (NULL, _ ("none: begin here")), 1);
  asking->guests = add_choice (grid, _ ("_Guests"), gtk_spin_button_new_with_range (2, VMM_TURNS_MAX, 1), 2);
  asking->time = add_choice (grid, _ ("_Time for it"), make_time (), 3);
  asking->label = add_choice (grid, _ ("_Label of this guest's results"), make_entry (asking->plan.label, _ ("no label")), 4);
  asking->place = add_words (grid, NULL, 5, NULL);
  add_words (grid, _ ("Enter in the other guests, in this dialog or after “vmm_monitor turns”, a code each:"), 6, NULL);
  asking->others = add_words (grid, NULL, 7, "heading");
  asking->problem = add_words (grid, NULL, 8, "error");
  asking->trust = gtk_check_button_new_with_mnemonic (_ ("T_he clocks of all guests show the same second"));
  gtk_grid_attach (grid, asking->trust, 0, 9, 2, 1);
  add_words (grid, _ ("If only one of them can run at a time: “vmm_monitor turns --guided 1 --label NAME”, in a terminal, says when to start which."), 10, "note");
}
/* clang-format on */

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  vmm_plan_clear (&asking->plan);
  g_free (asking);
}

static void
on_response (GtkDialog *dialog, int response, gpointer data)
{
  Asking          *asking = data;
  VmmTurns         turns = asking->turns;
  VmmTurnsChosen   chosen = asking->chosen;
  gpointer         chosen_data = asking->data;
  g_autofree char *label = g_strdup (get_text (asking->label));

  gtk_widget_destroy (GTK_WIDGET (dialog));
  if (response == GTK_RESPONSE_ACCEPT)
    chosen (&turns, *label ? label : NULL, chosen_data);
}

void
vmm_turns_dialog_ask (GtkWindow *parent, const VmmPlan *plan, VmmTurnsChosen chosen, gpointer data)
{
  Asking    *asking = g_new0 (Asking, 1);
  GtkWidget *grid = gtk_grid_new ();

  vmm_plan_copy (&asking->plan, plan);
  asking->opened_us = g_get_real_time ();
  asking->chosen = chosen;
  asking->data = data;
  asking->dialog = gtk_dialog_new_with_buttons (
      _ ("Measure in Turns"), parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT,
      _ ("_Cancel"), GTK_RESPONSE_CANCEL, _ ("_Start"), GTK_RESPONSE_ACCEPT, NULL);
  gtk_dialog_set_default_response (GTK_DIALOG (asking->dialog), GTK_RESPONSE_ACCEPT);
  gtk_window_set_resizable (GTK_WINDOW (asking->dialog), FALSE);
  g_object_set (grid, "margin", 18, "row-spacing", 10, "column-spacing", 14, "visible", TRUE, NULL);
  fill (asking, GTK_GRID (grid));
  gtk_label_set_selectable (GTK_LABEL (asking->others), TRUE);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (asking->dialog))),
                     grid);
  g_object_set_data_full (G_OBJECT (asking->dialog), "asking", asking, asking_free);
  g_signal_connect_swapped (asking->code, "changed", G_CALLBACK (update), asking);
  g_signal_connect_swapped (asking->guests, "value-changed", G_CALLBACK (update), asking);
  g_signal_connect_swapped (asking->time, "changed", G_CALLBACK (update), asking);
  g_signal_connect_swapped (asking->trust, "toggled", G_CALLBACK (update), asking);
  g_signal_connect (asking->dialog, "response", G_CALLBACK (on_response), asking);
  update (asking);
  gtk_window_present (GTK_WINDOW (asking->dialog));
}
