/* SPDX-License-Identifier: MIT */
/* score_page: the gist of the score's document, with the program's own reference table in it. */
#include "score_page.h"

#include <glib/gi18n-lib.h>

#include "template.h"
#include "vmm/figure.h"
#include "vmm/readout.h"
#include "vmm/words.h"
#include "label.h"
#include "leaving.h"

#define LINE_LENGTH 84 /* characters */

struct _VmmScorePage {
  GtkBox     parent;
  GtkWidget *scroller, *page, *definition, *table, *reading, *glossary;
};

G_DEFINE_TYPE (VmmScorePage, vmm_score_page, GTK_TYPE_BOX)

/* A heading, or under NULL a further paragraph. */
typedef struct {
  const char *heading, *text;
} Paragraph;

/* clang-format off */
static const Paragraph definition[] = {
  { N_ ("What it says"),
    N_ ("The score says how well the virtual machine monitor (VMM) serves this guest, not how busy the guest is.") },
  { NULL,
    N_ ("100 is the reference guest, 200 is served twice as fast, 50 half as fast. The scale has no end: the quotient of two scores says how much faster one VMM serves its guest than the other.") },
  { NULL,
    N_ ("For 30 seconds, once a second, small probes try what the guest must ask the VMM for and what the VMM can slow down. The rest of the second is left to the guest. Four times, for 0.4 seconds at most, all CPUs and the disk are asked for all they have; a light measurement leaves that out.") },
};

static const Paragraph reading[] = {
  { N_ ("From values to one number"),
    N_ ("The value of a probe is the median over the seconds. Its ratio to the reference says how fast it was. A category is the weighted geometric mean of its ratios, and the total is that of the categories. What could not be measured is named, and the weights of the rest make up for it. It never counts as 0 or 100.") },
  { NULL,
    N_ ("The load of other programs in the guest is taken out. The time that a probe waits for them does not count; the time that it waits for the host does.") },
  { N_ ("How to read the interval"),
    /* xgettext:no-c-format */ N_ ("The 95 % interval is where the score would lie 95 times out of 100 if the same guest were measured again within the hour. Two single runs whose intervals overlap show no difference.") },
  { N_ ("How good the measurement was"),
    N_ ("Clean: nothing else of note ran in the guest.") },
  { NULL,
    N_ ("Busy: the guest had work of its own, or its work is not known. The waiting for it is taken out.") },
  { NULL,
    N_ ("Disturbed: the guest had too much work or disk load, or readings were missed. The score is in brackets and is not compared.") },
  { NULL,
    N_ ("Invalid: the guest was stopped, its clock was set or the run was cut short. There is no number; measure again.") },
  { N_ ("How to compare"),
    N_ ("One run is an indication. Measure each VMM three times or more, best in turns, and choose all the runs in Results. The verdict says “better” only if chance is no explanation. Else it says that these runs show no difference, and how small a difference they would have shown.") },
  { NULL,
    N_ ("Compare like with like: the same processor, the same ping target, the same categories.") },
  { N_ ("Limits"),
    N_ ("On a machine with a large cache the memory probes measure cache and address translation. Disk load of the guest itself cannot be taken out. The network is the way to the ping target, usually the default gateway.") },
  { NULL,
    N_ ("The reference guest is a definition, not a machine: round figures near those of one measured KVM guest. Other figures or weights would be another version of the score.") },
};

static const Paragraph glossary[] = {
  { NULL,
    N_ ("Own load: the share of the CPUs that programs of this guest used, this one left out.") },
  { NULL,
    N_ ("Pressure (PSI): the share of time in which some program of this guest waited for a CPU, memory or a disk, as the kernel tells it.") },
  { NULL,
    N_ ("VM exit: a way from the guest into the VMM and back; shown with the probes and never scored.") },
};
/* clang-format on */

/* Lines that an eye finds back from. */
static void
add_words (GtkWidget *box, const char *text, const char *class)
{
  gtk_label_set_max_width_chars (GTK_LABEL (vmm_label_add (GTK_CONTAINER (box), text, class)),
                                 LINE_LENGTH);
}

static void
add_paragraphs (GtkWidget *box, const Paragraph *paragraphs, guint n)
{
  for (guint i = 0; i < n; i++) {
    if (paragraphs[i].heading)
      add_words (box, _ (paragraphs[i].heading), "heading");
    add_words (box, _ (paragraphs[i].text), NULL);
  }
}

/* ---- The table */

static void
add_cell (GtkGrid *grid, const char *text, const char *class, int column, int row, int width)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column >= 2 ? 1 : 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), column < 2);
  gtk_label_set_max_width_chars (GTK_LABEL (label), column < 2 ? 44 : -1);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, column == 1);
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_widget_show (label);
  gtk_grid_attach (grid, label, column, row, width, 1);
}

static char *
format_reference (const VmmScoreRow *probe)
{
  const char *unit = vmm_channel (probe->channel)->unit;

  return g_strdup_printf (C_ ("figure as it is, unit", "%1$g %2$s"), probe->reference,
                          vmm_figure_unit_name (VMM_LOCAL, unit));
}

static void
add_category (GtkGrid *grid, VmmCategory category, int row)
{
  g_autofree char *weight = g_strdup_printf (
      C_ ("weight", "%.0f %%"), 100 * vmm_score_category_weight (VMM_SCORE_VERSION, category));

  add_cell (grid, vmm_words_metric (vmm_category_metric (category)), "category", 0, row, 2);
  add_cell (grid, weight, "category", 2, row, 1);
}

static void
add_probe (GtkGrid *grid, const VmmScoreRow *probe, int row)
{
  g_autofree char *weight = g_strdup_printf (C_ ("weight", "%.0f %%"), 100 * probe->weight);
  g_autofree char *reference = format_reference (probe);

  add_cell (grid, _ (vmm_channel (probe->channel)->title), NULL, 0, row, 1);
  add_cell (grid, _ (vmm_channel (probe->channel)->about), "quiet", 1, row, 1);
  add_cell (grid, weight, NULL, 2, row, 1);
  add_cell (grid, reference, NULL, 3, row, 1);
}

static void
fill_table (GtkGrid *grid)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);
  int                row = 0;

  add_cell (grid, _ ("Probe"), "quiet", 0, row, 2);
  add_cell (grid, _ ("Weight"), "quiet", 2, row, 1);
  add_cell (grid, _ ("100 means"), "quiet", 3, row++, 1);
  for (guint i = 0; i < n; i++) {
    if (table[i].weight <= 0)
      continue;
    if (i == 0 || table[i].category != table[i - 1].category)
      add_category (grid, table[i].category, row++);
    add_probe (grid, &table[i], row++);
  }
}

/* The sentences that the graphs have as their tooltips. */
static void
fill_glossary (GtkWidget *box)
{
  add_words (box, _ ("Words"), "heading");
  for (int graph = 0; graph < VMM_N_GRAPHS; graph++) {
    if (vmm_metric (vmm_graph_metric (graph))->is_rare)
      continue;
    g_autofree char *help = vmm_readout_help (vmm_graph_metric (graph));
    g_auto (GStrv) lines = g_strsplit (help, "\n", -1);
    for (guint i = 0; lines[i]; i++)
      add_words (box, lines[i], NULL);
  }
  add_paragraphs (box, glossary, G_N_ELEMENTS (glossary));
}

/* ---- The page */

static gboolean
on_key_press (GtkWidget *widget, GdkEventKey *event)
{
  if (GTK_WIDGET_CLASS (vmm_score_page_parent_class)->key_press_event (widget, event))
    return GDK_EVENT_STOP;
  return vmm_leave_by_key (widget, event, "back");
}

#define CHILD(name) VMM_CHILD (VmmScorePage, name)

static const VmmChild children[] = { CHILD (scroller), CHILD (page),    CHILD (definition),
                                     CHILD (table),    CHILD (reading), CHILD (glossary) };

static void
vmm_score_page_class_init (VmmScorePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->key_press_event = on_key_press;
  gtk_widget_class_set_css_name (widget_class, "scorepage");
  VMM_SET_TEMPLATE (widget_class, "score_page.ui", children);
}

static void
vmm_score_page_init (VmmScorePage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  add_paragraphs (page->definition, definition, G_N_ELEMENTS (definition));
  add_words (page->definition, _ ("What is measured"), "heading");
  fill_table (GTK_GRID (page->table));
  add_paragraphs (page->reading, reading, G_N_ELEMENTS (reading));
  fill_glossary (page->glossary);
  /* Not before: the viewport asks what it shows once, while that is empty, whether its height depends
   * on its width, and would keep the answer. */
  gtk_widget_show (page->page);
}

void
vmm_score_page_focus (VmmScorePage *page)
{
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page->scroller)), 0);
  gtk_widget_grab_focus (page->scroller);
}
